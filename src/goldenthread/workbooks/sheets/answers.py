"""What a row of a workbook says, and what a draft would have written there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from goldenthread.domain.rating import Rating
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswers:
    """The answers of one row; figures by the first day of their period, one reason for all that lack."""

    rating: Rating | None = None
    commentary: str = ""
    figures: Mapping[date, Decimal] = field(default_factory=dict)
    no_figure_reason: str = ""
    estimated_outturn: Decimal | None = None
    no_estimate_reason: str = ""
    judgement_reason: str = ""

    @property
    def is_blank(self) -> bool:
        return self == RowAnswers()


def drafted(update: ActionUpdate | IndicatorUpdate | None) -> RowAnswers:
    """Bring what is kept of a return into the shape of a row; of none, an empty one."""
    if update is None:
        return RowAnswers()
    if isinstance(update, ActionUpdate):
        return RowAnswers(rating=update.rating, commentary=in_lines(update.commentary))
    return RowAnswers(
        rating=update.rating,
        commentary=in_lines(update.commentary),
        figures=_drafted_figures(update),
        no_figure_reason="; ".join(dict.fromkeys(drafted_reasons(update).values())),
        estimated_outturn=update.estimated_outturn,
        no_estimate_reason=in_lines(update.no_estimate_reason),
        judgement_reason=in_lines(update.judgement_reason),
    )


def submitted(update: ActionUpdate | IndicatorUpdate, figures: CycleFigures | None) -> RowAnswers:
    """Bring a submitted return into the shape of a row; its figures are kept apart from it."""
    said = drafted(update)
    if figures is None:
        return said
    given = {day: held for day, held in figures.held.items() if day in figures.reopened}
    reasons = (held.unavailable_reason for held in given.values() if held.unavailable_reason)
    return replace(
        said,
        figures={day: held.value for day, held in given.items() if held.value is not None},
        no_figure_reason="; ".join(dict.fromkeys(reasons)),
    )


def _drafted_figures(update: IndicatorUpdate) -> dict[date, Decimal]:
    return {
        date.fromisoformat(starts_on): Decimal(value)
        for starts_on, (value, _) in update.draft_figures.items()
        if value is not None
    }


def drafted_reasons(update: IndicatorUpdate) -> dict[date, str]:
    """List the reasons that a draft gives for missing figures, by the first day of their period."""
    return {
        date.fromisoformat(starts_on): in_lines(reason)
        for starts_on, (value, reason) in sorted(update.draft_figures.items())
        if value is None and reason.strip()
    }


def in_lines(words: str) -> str:
    """End lines as a spreadsheet does, and leave out what stands round the words."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
