"""Filing one row of a workbook in a sitting, as any page files a return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.domain.returns import FigureAnswer
from goldenthread.reporting.operations.action_updates import (
    ActionReturn,
    draft_action_in,
    submit_action_in,
)
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    draft_indicator_in,
    submit_indicator_in,
)
from goldenthread.reporting.operations.sittings import Sitting
from goldenthread.reporting.queries.filings import ActionFiling, IndicatorFiling
from goldenthread.reporting.queries.own_filings import Filing
from goldenthread.workbooks.sheets.answers import RowAnswers, drafted, drafted_reasons, submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class RowReturn:
    """What a row says about an item, over which version of its return, with the doubts ticked."""

    filing: Filing
    answers: RowAnswers
    seen_version: int
    confirmed: frozenset[str] = frozenset()


def held_by(filing: Filing) -> RowAnswers:
    """Say what is held of a return, in the shape of a row."""
    if filing.update is None or not filing.update.is_submitted:
        return drafted(filing.update)
    return submitted(filing.update, None if isinstance(filing, ActionFiling) else filing.figures)


def submit_row(sitting: Sitting, row: RowReturn) -> None:
    """Submit what a row says.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if it is not whole, or the cycle or the return is closed
    """
    if isinstance(row.filing, ActionFiling):
        submit_action_in(sitting, action=row.filing.action, answers=_action_return(row))
    else:
        indicator = row.filing.figures.indicator
        submit_indicator_in(
            sitting, indicator=indicator, answers=_indicator_return(row, row.filing)
        )


def draft_row(sitting: Sitting, row: RowReturn) -> None:
    """Keep what a row says as a draft.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if the cycle or the return is closed
    """
    if isinstance(row.filing, ActionFiling):
        draft_action_in(sitting, action=row.filing.action, answers=_action_return(row))
    else:
        indicator = row.filing.figures.indicator
        draft_indicator_in(sitting, indicator=indicator, answers=_indicator_return(row, row.filing))


def _action_return(row: RowReturn) -> ActionReturn:
    return ActionReturn(
        rating=row.answers.rating,
        commentary=row.answers.commentary,
        seen_version=row.seen_version,
        confirmed=row.confirmed,
    )


def _indicator_return(row: RowReturn, filing: IndicatorFiling) -> IndicatorReturn:
    said = row.answers
    return IndicatorReturn(
        rating=said.rating,
        commentary=said.commentary,
        estimated_outturn=said.estimated_outturn,
        no_estimate_reason=said.no_estimate_reason,
        judgement_reason=said.judgement_reason,
        figures=_figures(said, filing),
        seen_version=row.seen_version,
        confirmed=row.confirmed,
    )


def _figures(said: RowAnswers, filing: IndicatorFiling) -> dict[date, FigureAnswer]:
    """Give each figure that is wanted its value; the row's one reason goes to those owed that lack."""
    figures = filing.figures
    owed = {asked.period.starts_on for asked in figures.wanted if figures.is_owed(asked)}
    lacking = (owed | figures.reopened) - set(said.figures)
    reasons = _reasons(said, filing)
    return {
        **{day: FigureAnswer(value=value) for day, value in said.figures.items()},
        **{day: FigureAnswer(unavailable_reason=reasons.get(day, "")) for day in lacking},
    }


def _reasons(said: RowAnswers, filing: IndicatorFiling) -> dict[date, str]:
    update = filing.update
    if update is not None and said.no_figure_reason == drafted(update).no_figure_reason:
        own = drafted_reasons(update)
        if own:
            return own
    return {asked.period.starts_on: said.no_figure_reason for asked in filing.figures.wanted}
