"""What looks odd in an indicator's return: its figures, its estimate, its rating, its definition."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldenthread.domain.assessment import YearsFigures
from goldenthread.domain.definitions import WHOLE, About, Definition, questions_about
from goldenthread.domain.doubts import NOTHING_BEFORE, Doubt, SaidBefore, doubts_about_words
from goldenthread.domain.figures import figure_in_words
from goldenthread.domain.kinds import Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.periods import Period
from goldenthread.domain.rating import Polarity, Rating, RatingRule, TargetFigures
from goldenthread.domain.suggestion import Evidence, Suggestion, suggest_rating
from goldenthread.domain.usual import FAR_TIMES, Series, Usual, chance, usual_for

SLIPS = (Decimal(10), Decimal(100), Decimal(1000))
ROOM = Decimal("1.5")
"""A figure put right is to lie within this many times of those that it is put right by."""
CLOSE = Decimal("1.1")
_ASKS = {
    About.POLARITY: "Tell the performance manager which is wrong, or tick if both are meant.",
    About.UNIT: "Tell the performance manager if the unit is wrong, or tick if it is meant.",
    About.TARGET_ZERO: "Ask the performance manager for one, or tick if none is needed.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFigure:
    """A figure as an officer gives it for a period that may not have ended yet."""

    field: str
    period: Period
    value: Decimal
    has_ended: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSaid:
    """What an indicator officer returns on a day, and what is known beside it.

    `earlier` holds the figures that stand already, earliest first; `years` has those typed, too.
    `suggestion` is what the figures suggest by the council's `rule`.
    """

    years: YearsFigures
    typed: tuple[TypedFigure, ...]
    earlier: Series
    previous_outturn: Decimal | None
    estimated_outturn: Decimal | None
    rating: Rating | None
    rule: RatingRule
    suggestion: Suggestion
    commentary: str
    today: date
    before: SaidBefore = NOTHING_BEFORE


def doubts_about_indicator(said: IndicatorSaid) -> tuple[Doubt, ...]:
    """Find what looks odd in an indicator's return, in the order of its form."""
    return (
        *(doubt for figure in said.typed for doubt in _about_figure(said, figure)),
        *_about_estimate(said),
        *_green_against_figures(said),
        *doubts_about_words(said.commentary, said.before, today=said.today),
        *_about_definition(said),
    )


# A figure against its history, its target and its unit


def _about_figure(said: IndicatorSaid, figure: TypedFigure) -> Iterator[Doubt]:
    if not figure.has_ended:
        yield Doubt(
            key=f"not_ended:{figure.period.starts_on}:{_plain(figure.value)}",
            field=figure.field,
            finding=(
                f"{figure.period.label} has not ended, so {_say(said, figure.value)} is provisional "
                "and will be asked for again."
            ),
            ask="Leave the figure out, or tick if it is meant.",
        )
    earlier = tuple(each for each in said.earlier if each[0] < figure.period)
    usual = usual_for(
        figure.period,
        earlier,
        follows_the_year=_follows_the_year(said),
        counts=said.years.unit is Unit.NUMBER,
    )
    odd = _far_from_usual(said, figure, usual) if usual else _slip_against_target(said, figure)
    if odd is None and _is_over_the_whole(said, figure.value):
        odd = _over_the_whole(said, figure.value, figure.field, figure.period)
    if odd is not None:
        yield odd


def _far_from_usual(said: IndicatorSaid, figure: TypedFigure, usual: Usual) -> Doubt | None:
    value = figure.value
    # Half a month counts half of what a whole one does.
    is_below = value < usual.lower and figure.has_ended
    if not is_below and value <= usual.upper:
        return None
    meant = _meant(said, value, _lies_near(usual.lowest, usual.highest))
    side = "below" if is_below else "above"
    return _odd_figure(
        said,
        figure,
        f"{_say(said, value)} for {figure.period.label} is far {side} what it was before, "
        f"{_ran(said, usual)}.",
        meant,
    )


def _slip_against_target(said: IndicatorSaid, figure: TypedFigure) -> Doubt | None:
    """Find a figure that is the target but for its noughts, where no history can say more."""
    target = said.years.target
    if target is None or target.value is None or target.value <= 0 or _follows_the_year(said):
        return None
    adds_up = said.years.accumulation is Accumulation.SUM
    expected = target.value / said.years.frequency.periods_in_year if adds_up else target.value
    # At its start a measure may well stand at a tenth of where it is to go.
    meant = _meant(said, figure.value, _lies_near(expected, expected, CLOSE), slips=SLIPS[1:])
    if meant is None:
        return None
    share = " a period" if adds_up else ""
    return _odd_figure(
        said,
        figure,
        f"{_say(said, figure.value)} for {figure.period.label} is far from the target of "
        f"{_say(said, expected)}{share}.",
        meant,
    )


def _odd_figure(
    said: IndicatorSaid, figure: TypedFigure, finding: str, meant: Decimal | None
) -> Doubt:
    kind = "far_from_history" if meant is None else "slip"
    question = "" if meant is None else f"Did you mean {_say(said, meant)}? "
    return Doubt(
        key=f"{kind}:{figure.period.starts_on}:{_plain(figure.value)}",
        field=figure.field,
        finding=finding,
        ask=f"{question}Tick if {_say(said, figure.value)} is right.",
    )


def _ran(said: IndicatorSaid, usual: Usual) -> str:
    """Say what earlier figures ran from and to, and since when."""
    first, last = usual.compared[0][0], usual.compared[-1][0]
    if first == last:
        return f"{_say(said, usual.lowest)} in {first.label}"
    span = f"{_say(said, usual.lowest)} to {_say(said, usual.highest)}"
    if usual.lowest == usual.highest:
        span = _say(said, usual.lowest)
    if _follows_the_year(said):
        return f"{span} in {first.label} and {last.label}"
    return f"{span} since {first.label}"


def _is_over_the_whole(said: IndicatorSaid, value: Decimal) -> bool:
    """Test whether a percentage is over 100 where neither its target nor its history was."""
    target = said.years.target
    known = [value for _, value in said.earlier]
    if target is not None and target.value is not None:
        known.append(target.value)
    return said.years.unit is Unit.PERCENT and value > WHOLE >= max(known, default=Decimal())


def _over_the_whole(
    said: IndicatorSaid, value: Decimal, field: str, period: Period | None = None
) -> Doubt:
    when = f" for {period.label}" if period else ""
    return Doubt(
        key=f"over_100:{period.starts_on if period else field}:{_plain(value)}",
        field=field,
        finding=f"{_say(said, value)}{when} is more than the whole, which is 100%.",
        ask=f"Tick if {_say(said, value)} is right.",
    )


# The estimate against what can be expected


def _about_estimate(said: IndicatorSaid) -> Iterator[Doubt]:
    value = said.estimated_outturn
    if value is None:
        return
    expected = _expected(said)
    is_on_target = said.years.target is not None and said.years.target.value == value
    if expected and not is_on_target and not any(_is_like(said, value, e) for _, e in expected):
        figures = [each for _, each in expected]
        meant = _meant(said, value, _lies_near(min(figures), max(figures)))
        question = "" if meant is None else f"Did you mean {_say(said, meant)}? "
        known = ", ".join(f"{name} {_say(said, each)}" for name, each in expected)
        yield Doubt(
            key=f"{'far_from_expected' if meant is None else 'slip'}:estimate:{_plain(value)}",
            field="estimated_outturn",
            finding=f"The estimated outturn of {_say(said, value)} is far from {known}.",
            ask=f"{question}Tick if {_say(said, value)} is right.",
        )
    elif _is_over_the_whole(said, value):
        yield _over_the_whole(said, value, "estimated_outturn")


def _expected(said: IndicatorSaid) -> list[tuple[str, Decimal]]:
    target, outturn = said.years.target, said.years.outturn
    named = [
        ("where the year is heading by its figures,", outturn.value if outturn else None),
        ("the target of", target.value if target else None),
        ("last year's", said.previous_outturn),
    ]
    return [(name, value) for name, value in named if value]


def _is_like(said: IndicatorSaid, value: Decimal, expected: Decimal) -> bool:
    low, high = sorted((expected / FAR_TIMES, expected * FAR_TIMES))
    by_chance = said.years.unit is Unit.NUMBER and abs(value - expected) <= chance(expected)
    return by_chance or low <= value <= high


# The rating against the figures


def _green_against_figures(said: IndicatorSaid) -> Iterator[Doubt]:
    """Find a Green that the estimate does not bear out, nor what is suggested (clause R-4)."""
    if said.rating is not Rating.GREEN:
        return
    reason = _why_not_green(said)
    if reason is not None:
        estimate = said.estimated_outturn
        yield Doubt(
            key=f"green_below_target:{_plain(estimate) if estimate is not None else 'projection'}",
            field="rating",
            finding=f"It is rated Green, but {reason}.",
            ask="Tick if Green is right.",
        )


def _why_not_green(said: IndicatorSaid) -> str | None:
    estimate, years = said.estimated_outturn, said.years
    if estimate is not None and years.target is not None:
        by_rule = suggest_rating(
            Evidence(
                value=estimate,
                target=years.target,
                polarity=years.polarity,
                rule=said.rule,
                unit=years.unit,
                decimals=years.decimals,
                estimate=estimate,
            )
        )
        if by_rule.rating not in (None, Rating.GREEN):
            return by_rule.reason
        if by_rule.rating is None and _falls_short(estimate, years.polarity, years.target):
            said_so = f"{_say(said, estimate)} is worse than the target"
            return f"the estimated outturn of {said_so}"
    is_against = said.suggestion.rating not in (None, Rating.GREEN)
    return said.suggestion.reason if is_against else None


def _falls_short(value: Decimal, polarity: Polarity, target: TargetFigures) -> bool:
    if target.value is None:
        return False
    shortfalls = {Polarity.HIGH: target.value - value, Polarity.LOW: value - target.value}
    return shortfalls.get(polarity, Decimal()) > 0


# The definition


def _about_definition(said: IndicatorSaid) -> Iterator[Doubt]:
    years = said.years
    definition = Definition(
        polarity=years.polarity,
        unit=years.unit,
        decimals=years.decimals,
        target=years.target,
        previous_outturn=said.previous_outturn,
    )
    for question in questions_about(definition):
        if question.about in _ASKS:
            yield Doubt(
                key=f"definition:{question.about}",
                field="",
                finding=question.words,
                ask=_ASKS[question.about],
                is_standing=True,
            )


# Noughts and words


def _lies_near(
    lowest: Decimal, highest: Decimal, room: Decimal = ROOM
) -> Callable[[Decimal], bool]:
    return lambda value: lowest / room <= value <= highest * room


def _meant(
    said: IndicatorSaid,
    value: Decimal,
    fits: Callable[[Decimal], bool],
    *,
    slips: tuple[Decimal, ...] = SLIPS,
) -> Decimal | None:
    """Guess a figure whose noughts or point slipped, or return None; a count has no parts."""
    finest = Decimal(1).scaleb(-said.years.decimals)
    guesses = (guess for times in slips for guess in (value / times, value * times))
    return next((each for each in guesses if each and each % finest == 0 and fits(each)), None)


def _follows_the_year(said: IndicatorSaid) -> bool:
    return said.years.projection is Projection.LAST_YEARS_PROFILE


def _say(said: IndicatorSaid, value: Decimal) -> str:
    """Say a figure with the decimals that it was typed with, no fewer than the indicator's own."""
    decimals = said.years.decimals
    is_finer = value % Decimal(1).scaleb(-decimals) != 0
    return figure_in_words(value, said.years.unit, None if is_finer else decimals)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
