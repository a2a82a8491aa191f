"""What has not come, or came late, each by name: nobody's silence looks like good news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from goldenthread.design.words import join_words, plural
from goldenthread.documents.tree import Cell, Column, Notice, Row, Section, Table
from goldenthread.domain.closing import Closing
from goldenthread.domain.obligations import ReturnState
from goldenthread.evaluations.queries import missing_in as evaluations_missing
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.plans.models import Plan
from goldenthread.reporting.queries.lines import Line
from goldenthread.risks.queries import RiskLine, missing_in

TITLE, ANCHOR = "Late and missing returns", "missing"
NOT_IN = "Not in"
COLUMNS = (
    Column("Item", width=5),
    Column("What", width=12),
    Column("Who answers", width=7),
    Column("How late", width=6),
)


def late_returns(material: Material) -> Section | None:
    """Name what has not come and then what came late; nothing where all came in time."""
    missing, late = tuple(_missing(material)), tuple(_late(material))
    if not missing and not late:
        return None
    notices = [Notice(f"{_not_in_words(material)} not in.")] if missing else []
    tables = [
        Table(caption=caption, columns=COLUMNS, rows=rows)
        for caption, rows in ((NOT_IN, missing), ("In, but late", late))
        if rows
    ]
    return Section(title=TITLE, anchor=ANCHOR, blocks=(*notices, *tables))


def late_returns_in_words(material: Material) -> str:
    """Say on the first page how much is not in and how much came late; nothing where all came in time."""
    late = len(list(_late(material)))
    said = []
    if missing := _not_in_words(material):
        said.append(f"{missing} not in")
    if late:
        said.append(f"{plural(late, 'return')} came late")
    return ", ".join(said)


def counted_in_words(*, returns: int, exception_reports: int, parts: int) -> str:
    """Count what is not in, by the same three sorts wherever it is told; nothing where all is in.

    A return is of an action or an indicator; what is said of a risk or a whole plan is another part.
    """
    counts = (
        (returns, "return"),
        (exception_reports, "exception report"),
        (parts, "other part"),
    )
    return join_words([plural(count, noun) for count, noun in counts if count])


def _not_in_words(material: Material) -> str:
    return counted_in_words(
        returns=len(list(_missing_returns(material))),
        exception_reports=len(list(_missing_reports(material))),
        parts=len(list(_missing_parts(material))),
    )


def _missing(material: Material) -> Iterator[Row]:
    yield from _missing_returns(material)
    yield from _missing_reports(material)
    yield from _missing_parts(material)


def _missing_reports(material: Material) -> Iterator[Row]:
    for exception in material.exceptions:
        if exception.is_owed:
            line = exception.line
            yield _row(_item(line), f"Exception report: {line.title}", line.officer, NOT_IN)


def _missing_parts(material: Material) -> Iterator[Row]:
    for risk in missing_in(material.risks):
        yield _risk_row(risk, _not_in(material, risk.state))
    yield from _missing_of_plans(material)
    for evaluation in evaluations_missing(material.evaluations):
        name = Cell(reference=evaluation.name, reference_text=evaluation.reference)
        yield _row(name, f"Evaluation: {evaluation.what}", evaluation.whom, NOT_IN)


def _missing_returns(material: Material) -> Iterator[Row]:
    for line in material.lines:
        if line.state.is_outstanding:
            yield _item_row(line, _not_in(material, line.state))


def _missing_of_plans(material: Material) -> Iterator[Row]:
    for said in material.statements:
        if said.submitted is None:
            yield _row(_plan(said.plan), said.name, said.whom, NOT_IN)
    for finance in material.finances:
        if finance.is_missing:
            yield _row(_plan(finance.plan), "Finances", finance.whom, NOT_IN)


def _late(material: Material) -> Iterator[Row]:
    due_on = material.told_in.due_on
    for line in material.lines:
        if line.update and line.update.submitted_at:
            days = (timezone.localdate(line.update.submitted_at) - due_on).days
            if days > 0:
                yield _item_row(line, _came(days, is_again=line.update.returned_at is not None))
    for risk in material.risks:
        if risk.submitted and risk.submitted.submitted_at:
            days = (timezone.localdate(risk.submitted.submitted_at) - due_on).days
            if days > 0:
                yield _risk_row(risk, _came(days, is_again=False))


def _came(days: int, *, is_again: bool) -> str:
    said = f"{plural(days, 'day')} late"
    return f"{said}, when it was sent back and put right" if is_again else said


def _not_in(material: Material, state: ReturnState) -> str:
    """Say how late what is not in is by now, and whether it was sent back."""
    if state is ReturnState.TO_REVISE:
        return "Sent back for revision"
    days = (_today(material) - material.told_in.due_on).days
    if days > 0:
        return f"{plural(days, 'day')} late"
    return _IN_TIME[material.told_in.closing_on(_today(material))]


_IN_TIME = {
    Closing.NOT_OPEN: "Not due yet",
    Closing.OPEN: "Not due yet",
    Closing.CLOSED_TO_OFFICERS: "Not in when returns were closed",
    Closing.LOCKED: "Not in when it was locked",
}


def _today(material: Material) -> date:
    return timezone.localdate(material.at)


def _item_row(line: Line, how_late: str) -> Row:
    return _row(_item(line), line.title, line.officer, how_late)


def _risk_row(line: RiskLine, how_late: str) -> Row:
    return _row(Cell(line.reference), line.action.description, line.owner, how_late)


def _item(line: Line) -> Cell:
    return Cell(reference=item_anchor(line), reference_text=line.reference)


def _plan(plan: Plan) -> Cell:
    return Cell(reference=plan_anchor(plan), reference_text=plan.code)


def _row(name: Cell, what: str, who: str, how_late: str) -> Row:
    return Row((name, Cell(what), Cell(who), Cell(how_late)))
