"""What a return still lacks, in a few words: the same rules as when it is submitted."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.design.words import join_words
from goldenthread.domain.returns import (
    FigureAnswer,
    IndicatorAnswers,
    Problems,
    problems_with_action_return,
    problems_with_indicator_return,
)
from goldenthread.domain.suggestion import Suggestion
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate

_NOUNS = {
    "estimated_outturn": "estimated outturn",
    "rating": "rating",
    "judgement_reason": "why it is rated otherwise",
    "commentary": "comment",
}


def needs_of_action(update: ActionUpdate | None) -> list[str]:
    """Say what an action's return still needs (clause R-1)."""
    problems = problems_with_action_return(
        rating=update.rating if update else None, commentary=update.commentary if update else ""
    )
    return _in_words(problems)


def needs_of_indicator(figures: CycleFigures, update: IndicatorUpdate | None) -> list[str]:
    """Say what an indicator's return still needs, its figures first (clause R-2)."""
    drafted = update or IndicatorUpdate()
    due = {
        figure.period.starts_on.isoformat(): figure.period.short_label
        for figure in figures.wanted
        if figures.is_owed(figure)
    }
    problems = problems_with_indicator_return(
        IndicatorAnswers(
            rating=drafted.rating,
            commentary=drafted.commentary,
            estimated_outturn=drafted.estimated_outturn,
            no_estimate_reason=drafted.no_estimate_reason,
            judgement_reason=drafted.judgement_reason,
            figures={day: _drafted(drafted, day) for day in due},
        ),
        due=due,
        polarity=figures.indicator.polarity,
        suggestion=Suggestion(rating=drafted.suggested_rating, reason=drafted.suggestion_reason),
    )
    missing = [label for day, label in due.items() if day in problems]
    noun = "figure" if len(missing) == 1 else "figures"
    said = [f"{noun} for {join_words(missing)}"] if missing else []
    return said + _in_words(problems)


def _drafted(update: IndicatorUpdate, day: str) -> FigureAnswer:
    value, reason = update.draft_figures.get(day, (None, ""))
    return FigureAnswer(
        value=None if value is None else Decimal(value), unavailable_reason=reason or ""
    )


def _in_words(problems: Problems) -> list[str]:
    return [noun for field, noun in _NOUNS.items() if field in problems]
