from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from goldenthread.audit.models import Verb
from goldenthread.design import words
from goldenthread.domain.assessment import YearsFigures, assess
from goldenthread.domain.doubts import Doubt, SaidBefore
from goldenthread.domain.doubts_about_figures import IndicatorSaid, doubts_about_indicator
from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.rating import Rating, RatingRule
from goldenthread.domain.returns import (
    FigureAnswer,
    IndicatorAnswers,
    Problems,
    needs_judgement_reason,
    problems_with_indicator_return,
)
from goldenthread.domain.suggestion import Suggestion
from goldenthread.indicators.models import Indicator
from goldenthread.indicators.operations import GivenFigure, record_figures
from goldenthread.indicators.queries import HeldFigure
from goldenthread.organisation import queries as organisation
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.doubting import (
    check_is_whole_and_meant,
    earlier_figures,
    figure_field,
    said_in,
    ticked_in_words,
    typed_figures,
)
from goldenthread.reporting.operations.filing import (
    Change,
    changed,
    check_correction_has_reason,
    corrects,
    mark_submitted,
    record_correction,
)
from goldenthread.reporting.operations.sittings import Sitting, one_at_a_time, sit_down
from goldenthread.reporting.returns import AlreadySubmittedError


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorReturn:
    """What an indicator officer filled in, and the version of the return that they saw.

    Figures go by the first day of their period. `confirmed` names the doubts that they ticked;
    `correction_reason` says why a return that was submitted is put right after its cycle has closed.
    """

    rating: Rating | None
    commentary: str
    estimated_outturn: Decimal | None = None
    no_estimate_reason: str = ""
    judgement_reason: str = ""
    figures: Mapping[date, FigureAnswer] = field(default_factory=dict)
    seen_version: int = 0
    confirmed: frozenset[str] = frozenset()
    correction_reason: str = ""

    @property
    def values(self) -> dict[date, Decimal | None]:
        """The figures given, by the first day of their period; None where there is a reason instead."""
        return {
            starts_on: answer.value for starts_on, answer in self.figures.items() if answer.is_given
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weighed:
    """A return with what the figures say of it."""

    answers: IndicatorReturn
    years: YearsFigures
    suggestion: Suggestion
    rule: RatingRule

    @property
    def judgement_reason(self) -> str:
        """The officer's reason for another rating; what they say where they agree is no reason."""
        differs = needs_judgement_reason(self.answers.rating, self.suggestion)
        return self.answers.judgement_reason.strip() if differs else ""


def draft_indicator_update(
    *,
    cycle: ReportingCycle,
    indicator: Indicator,
    answers: IndicatorReturn,
    by: Officeholder,
    at: datetime,
) -> IndicatorUpdate:
    """Keep what an officer has written so far, whole or not; its figures wait with the draft.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    """
    with sit_down(cycle=cycle, indicators=[indicator], by=by, at=at) as sitting:
        return draft_indicator_in(sitting, indicator=indicator, answers=answers)


@one_at_a_time
def draft_indicator_in(
    sitting: Sitting, *, indicator: Indicator, answers: IndicatorReturn
) -> IndicatorUpdate:
    """Keep a draft of one of a sitting's indicators, as `draft_indicator_update` does."""
    update = sitting.open_indicator(indicator, seen_version=answers.seen_version)
    if update.is_submitted:
        raise AlreadySubmittedError("This return is in, so a correction cannot wait as a draft.")
    figures = sitting.figures[indicator.pk]
    update.draft_figures = {
        starts_on.isoformat(): [
            None if answer.value is None else str(answer.value),
            answer.unavailable_reason,
        ]
        for starts_on, answer in answers.figures.items()
        # One that was called back stays open to be given again while its box is empty.
        if answer.is_given or starts_on in figures.reopened
    }
    weighed = weigh_by(sitting.framework, figures, answers)
    _save(sitting, update, weighed, verb=Verb.UPDATE_DRAFTED, changes={})
    return update


def submit_indicator_update(
    *,
    cycle: ReportingCycle,
    indicator: Indicator,
    answers: IndicatorReturn,
    by: Officeholder,
    at: datetime,
) -> IndicatorUpdate:
    """Submit a return of an indicator with its figures, or correct one that is closed (clause R-2).

    The rating that the figures suggest is kept beside the officer's, and so is the projection beside
    their estimate.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle is closed, or the return was submitted or changed
    :raises IncompleteReturnError: if something is missing, by field
    :raises UnconfirmedDoubtsError: if something looks odd and is not ticked
    """
    with sit_down(cycle=cycle, indicators=[indicator], by=by, at=at) as sitting:
        return submit_indicator_in(sitting, indicator=indicator, answers=answers)


@one_at_a_time
def submit_indicator_in(
    sitting: Sitting, *, indicator: Indicator, answers: IndicatorReturn
) -> IndicatorUpdate:
    """Submit the return of one of a sitting's indicators, as `submit_indicator_update` does."""
    by, at = sitting.by, sitting.at
    update = sitting.open_indicator(indicator, seen_version=answers.seen_version)
    is_correction = corrects(update, sitting.cycle, at)
    figures = sitting.figures[indicator.pk]
    weighed = weigh_by(sitting.framework, figures, answers)
    before = said_in(sitting.before.get((ItemKind.INDICATOR, indicator.pk)))
    doubts = _doubts(figures, weighed, before, sitting.day)
    check_is_whole_and_meant(
        problems=_problems(figures, weighed),
        doubts=doubts,
        ticked=answers.confirmed,
        before=before,
    )
    update.confirmed_doubts = [doubt.finding for doubt in doubts]
    if is_correction:
        check_correction_has_reason(answers.correction_reason)
    given = _given(figures, answers)
    changes = record_figures(indicator=indicator, figures=given, by=by.user, at=at)
    if is_correction:
        corrected = _corrected_figures(figures, given)
        _correct(sitting, update, weighed, corrected=corrected, changes=changes)
        return update
    update.draft_figures = {}
    mark_submitted(update, indicator, by, at)
    _save(sitting, update, weighed, verb=Verb.UPDATE_SUBMITTED, changes=changes)
    return update


def _correct(
    sitting: Sitting,
    update: IndicatorUpdate,
    weighed: _Weighed,
    *,
    corrected: Sequence[Change],
    changes: Mapping[str, list[Any]],
) -> None:
    every = [*corrected, *_changes(update, weighed)]
    _save(sitting, update, weighed, verb=Verb.UPDATE_CORRECTED, changes=dict(changes))
    reason = weighed.answers.correction_reason
    record_correction(update, every, reason=reason, by=sitting.by, at=sitting.at)


def _corrected_figures(figures: CycleFigures, given: Sequence[GivenFigure]) -> list[Change]:
    """Say of each figure given again what it was, as the indicator's pages write it."""
    return [
        change
        for figure in given
        for change in changed(
            figure.period.label,
            _said(figures.indicator, figures.measurement(figure.period)),
            _said(figures.indicator, figure),
        )
    ]


def _said(indicator: Indicator, figure: GivenFigure | HeldFigure | None) -> str:
    if figure is None or figure.value is None:
        return figure.unavailable_reason if figure else ""
    said = _exactly(indicator, figure.value)
    return f"{said} (provisional)" if figure.is_provisional else said


def _exactly(indicator: Indicator, value: Decimal | None) -> str:
    """Write a figure to its last decimal, so that a correction never looks as if nothing changed."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return words.figure(value, indicator.unit, max(0, -int(exponent)))


def _changes(update: IndicatorUpdate, weighed: _Weighed) -> list[Change]:
    answers, indicator = weighed.answers, update.indicator
    was, now = (rating and rating.label for rating in (update.rating, answers.rating))
    estimates = (
        _exactly(indicator, update.estimated_outturn),
        _exactly(indicator, answers.estimated_outturn),
    )
    return [
        *changed("Estimated outturn", *estimates),
        *changed("Why no estimate", update.no_estimate_reason, answers.no_estimate_reason.strip()),
        *changed("Rating", was, now),
        *changed("Why rated so", update.judgement_reason, weighed.judgement_reason),
        *changed("Comments", update.commentary, answers.commentary.strip()),
    ]


def weigh(figures: CycleFigures, cycle: ReportingCycle, answers: IndicatorReturn) -> _Weighed:
    """Work out what the figures, held and typed, say of a return."""
    return weigh_by(organisation.framework_of(cycle.council), figures, answers)


def weigh_by(framework: Framework, figures: CycleFigures, answers: IndicatorReturn) -> _Weighed:
    """Work out what the figures say of a return under a framework."""
    years = figures.with_typed(answers.values)
    suggestion = assess(
        years,
        estimate=answers.estimated_outturn,
        rule=framework.rating.rule,
        rates=framework.rating.rates,
    )
    return _Weighed(answers=answers, years=years, suggestion=suggestion, rule=framework.rating.rule)


def _problems(figures: CycleFigures, weighed: _Weighed) -> Problems:
    answers = weighed.answers
    typed = {figure_field(starts_on): answer for starts_on, answer in answers.figures.items()}
    due = [
        figure_field(f.period.starts_on)
        for f in figures.wanted
        if figures.is_owed(f) or _is_emptied(f, figures, answers)
    ]
    return problems_with_indicator_return(
        IndicatorAnswers(
            rating=answers.rating,
            commentary=answers.commentary,
            estimated_outturn=answers.estimated_outturn,
            no_estimate_reason=answers.no_estimate_reason,
            judgement_reason=answers.judgement_reason,
            figures={name: typed.get(name, FigureAnswer()) for name in [*due, *typed]},
        ),
        due=due,
        polarity=figures.indicator.polarity,
        suggestion=weighed.suggestion,
    )


def _is_emptied(asked: AskedFigure, figures: CycleFigures, answers: IndicatorReturn) -> bool:
    """Test whether a due figure that stood before was shown again and came back empty."""
    starts_on = asked.period.starts_on
    return asked.is_due and starts_on in figures.reopened and starts_on in answers.figures


def _doubts(
    figures: CycleFigures, weighed: _Weighed, before: SaidBefore, today: date
) -> tuple[Doubt, ...]:
    answers = weighed.answers
    return doubts_about_indicator(
        IndicatorSaid(
            years=weighed.years,
            typed=typed_figures(figures, answers.values),
            earlier=earlier_figures(figures),
            previous_outturn=figures.indicator.previous_outturn,
            estimated_outturn=answers.estimated_outturn,
            rating=answers.rating,
            rule=weighed.rule,
            suggestion=weighed.suggestion,
            commentary=answers.commentary,
            today=today,
            before=before,
        )
    )


def _given(figures: CycleFigures, answers: IndicatorReturn) -> list[GivenFigure]:
    wanted = {figure.period.starts_on: figure for figure in figures.wanted}
    return [
        GivenFigure(
            period=wanted[starts_on].period,
            value=answer.value,
            unavailable_reason=answer.unavailable_reason.strip(),
            is_provisional=wanted[starts_on].is_provisional,
        )
        for starts_on, answer in sorted(answers.figures.items())
        if starts_on in wanted and answer.is_given
    ]


def _save(
    sitting: Sitting,
    update: IndicatorUpdate,
    weighed: _Weighed,
    *,
    verb: Verb,
    changes: dict[str, list[object]],
) -> None:
    answers, suggestion, outturn = weighed.answers, weighed.suggestion, weighed.years.outturn
    before = update.rating
    update.rating = answers.rating
    update.commentary = answers.commentary.strip()
    update.estimated_outturn = answers.estimated_outturn
    update.no_estimate_reason = answers.no_estimate_reason.strip()
    update.projected_outturn = outturn.value if outturn else None
    update.projection_reason = outturn.reason if outturn else ""
    update.suggested_rating = suggestion.rating
    update.suggestion_reason = suggestion.reason
    update.suggestion_inputs = list(suggestion.inputs)
    update.judgement_reason = weighed.judgement_reason
    changes = {"rating": [before, answers.rating], **changes, **ticked_in_words(update)}
    sitting.save(update, verb=verb, changes=changes)
