"""What a return must hold before it can be submitted (clauses R-1, R-2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.rating import Polarity, Rating
from goldenthread.domain.suggestion import Suggestion

Problems = dict[str, str]
"""What is wrong, by the field to put it right in: a sentence that says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAnswer:
    """A figure as the officer gave it for one period: a value, a reason for having none, or neither.

    A reason of nothing but spaces is no reason.
    """

    value: Decimal | None = None
    unavailable_reason: str = ""

    @property
    def is_given(self) -> bool:
        return self.value is not None or bool(self.unavailable_reason.strip())

    @property
    def says_two_things(self) -> bool:
        return self.value is not None and bool(self.unavailable_reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAnswers:
    """An indicator officer's return as filled in; figures by the name of their field."""

    rating: Rating | None
    commentary: str
    estimated_outturn: Decimal | None
    no_estimate_reason: str
    judgement_reason: str
    figures: Mapping[str, FigureAnswer]


def problems_with_action_return(*, rating: Rating | None, commentary: str) -> Problems:
    """Find what an action's return lacks: a rating and a comment, whatever the rating (clause R-1)."""
    problems: Problems = {}
    if rating is None:
        problems["rating"] = "Select how this action is going"
    if not commentary.strip():
        problems["commentary"] = "Enter what has happened since the last update"
    return problems


def problems_with_indicator_return(
    answers: IndicatorAnswers,
    *,
    due: Collection[str],
    polarity: Polarity,
    suggestion: Suggestion,
) -> Problems:
    """Find what an indicator's return lacks (clause R-2).

    `due` names the figures whose period has ended and that nobody has given yet. A rating other than
    the figures suggest needs its reason.
    """
    problems = _problems_with_figures(answers.figures, due) | _problems_with_estimate(answers)
    if answers.rating is None and polarity is not Polarity.NONE:
        problems["rating"] = "Select how this indicator is going"
    if not answers.commentary.strip():
        problems["commentary"] = "Enter what lies behind the figures, also when they are good"
    has_reason = bool(answers.judgement_reason.strip())
    if needs_judgement_reason(answers.rating, suggestion) and not has_reason:
        problems["judgement_reason"] = (
            f"{suggestion.sentence} Enter why you rate it otherwise, or choose that rating"
        )
    return problems


def needs_judgement_reason(rating: Rating | None, suggestion: Suggestion) -> bool:
    """Test whether an officer's rating differs from the one that the figures suggest."""
    return rating is not None and suggestion.rating not in (None, rating)


def _problems_with_figures(figures: Mapping[str, FigureAnswer], due: Collection[str]) -> Problems:
    problems: Problems = {}
    for name, answer in figures.items():
        if answer.says_two_things:
            problems[name] = "Enter either the figure or why there is none, not both"
        elif name in due and not answer.is_given:
            problems[name] = "Enter the figure, or say why there is none"
    return problems


def _problems_with_estimate(answers: IndicatorAnswers) -> Problems:
    has_reason = bool(answers.no_estimate_reason.strip())
    if answers.estimated_outturn is None and not has_reason:
        return {"estimated_outturn": "Enter the estimated outturn, or say why none can be given"}
    if answers.estimated_outturn is not None and has_reason:
        return {"estimated_outturn": "Enter either the estimate or why there is none, not both"}
    return {}
