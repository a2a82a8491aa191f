"""The cells that several tables share: ratings with their words, figures, dates."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone

from goldenthread.documents.tree import Cell
from goldenthread.domain.obligations import ReturnState
from goldenthread.packs.compose.material import Material, exception_anchor
from goldenthread.packs.compose.rule_words import own_band
from goldenthread.reporting.filers import filed_by_another
from goldenthread.reporting.models import IndicatorUpdate
from goldenthread.reporting.queries.lines import IndicatorLine, Line

WHY_UNRATED = {
    ReturnState.NOT_DUE_TO_START: "Not due to start",
    ReturnState.NOT_OPEN: "Not open yet",
    ReturnState.LATE: "Not returned",
    ReturnState.OWED: "Not returned yet",
    ReturnState.DRAFTED: "Not returned yet",
    ReturnState.TO_REVISE: "Sent back for revision",
    ReturnState.IN: "Monitored, not rated",
}


def rating_cell(material: Material, line: Line) -> Cell:
    """Give an item's rating and words, with a reference to its exception report (clauses D-6, E-3)."""
    number = material.exception_number(line)
    told = line.update is not None and line.update.is_submitted
    return Cell(
        text=line.update.commentary if line.update and told else "",
        rating=line.rating,
        rating_label="" if line.rating else _why_unrated(material, line),
        was=line.was,
        reference=exception_anchor(line) if number else "",
        reference_text=f"See exception report {number}" if number else "",
        note=_note(line) if told else "",
    )


def _why_unrated(material: Material, line: Line) -> str:
    """Say why there is no rating; of a cycle that takes nothing more, nothing is said to come yet."""
    is_locked = material.told_in.is_locked_on(timezone.localdate(material.at))
    is_to_come = line.state in (ReturnState.OWED, ReturnState.DRAFTED)
    return WHY_UNRATED[ReturnState.LATE if is_locked and is_to_come else line.state]


def revised_note(material: Material, line: Line) -> str:
    """Say under a target or a date what it was before, the latest revision first (clause G-5)."""
    return "\n".join(each.sentence for each in reversed(material.revisions_of(line)))


def target_note(material: Material, line: IndicatorLine) -> str:
    """Say under a target by which band it is rated, if by one of its own, and how it was revised."""
    band = own_band(line.indicator, line.figures.target, material.framework.rating.rule)
    return "\n".join(said for said in (band, revised_note(material, line)) if said)


def _note(line: Line) -> str:
    """Say under an officer's words why they rated so, and who filed it if not the post's holder."""
    filed = filed_by_another(line.update, line.item) if line.update else ""
    return "\n".join(said for said in (_judgement(line.update), filed) if said)


def _judgement(update: object) -> str:
    """Say what the figures suggested where the officer rated otherwise, and why."""
    if not isinstance(update, IndicatorUpdate) or not update.judgement_reason:
        return ""
    suggested = update.suggested_rating
    if suggested is None:
        return ""
    return (
        f"The figures suggested {suggested.label}. The officer's reason: {update.judgement_reason}"
    )


def rests_on(line: IndicatorLine) -> tuple[str, Decimal] | None:
    """Find the figure that an indicator's rating rests on and what it is; None if there is none.

    It is what the figures were rated by when they were returned; of one that is not rated, the outturn
    that its officer estimated, or else that follows from the figures.
    """
    update = line.update
    if update is None or not update.is_submitted:
        return None
    if update.suggestion_inputs:
        subject, value = update.suggestion_inputs[0]
        return subject.capitalize(), Decimal(value)
    if update.estimated_outturn is not None:
        return "Estimated outturn", update.estimated_outturn
    if update.projected_outturn is not None:
        return "Projected outturn", update.projected_outturn
    return None


def reckoned(value: Decimal | None) -> Decimal | None:
    """Drop from a figure the noughts that only its column in the database adds."""
    if value is None:
        return None
    return Decimal(f"{value.normalize():f}")
