"""What has not come, or came late, each by name: nobody's silence looks like good news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from goldenthread.design.words import plural
from goldenthread.documents.tree import Cell, Column, Notice, Row, Section, Table
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
    returns, parts = tuple(_missing_returns(material)), tuple(_missing_parts(material))
    missing, late = (*returns, *parts), tuple(_late(material))
    if not missing and not late:
        return None
    counts = ((len(returns), "return"), (len(parts), "other part"))
    said = [f"{plural(count, noun).capitalize()} not in." for count, noun in counts if count]
    notices = [Notice(" ".join(said))] if said else []
    tables = [
        Table(caption=caption, columns=COLUMNS, rows=rows)
        for caption, rows in ((NOT_IN, missing), ("In, but late", late))
        if rows
    ]
    return Section(title=TITLE, anchor=ANCHOR, blocks=(*notices, *tables))


def late_returns_in_words(material: Material) -> str:
    """Say on the first page how much is not in and how much came late; nothing where all came in time."""
    missing = len([*_missing_returns(material), *_missing_parts(material)])
    late = len(list(_late(material)))
    said = []
    if missing:
        said.append(f"{plural(missing, 'return or other part', 'returns and other parts')} not in")
    if late:
        said.append(f"{plural(late, 'return')} came late")
    return ", ".join(said)


def _missing_parts(material: Material) -> Iterator[Row]:
    for exception in material.exceptions:
        if exception.is_owed:
            line = exception.line
            yield _row(_item(line), f"Exception report: {line.title}", line.officer, NOT_IN)
    yield from _missing_of_plans(material)
    for evaluation in evaluations_missing(material.evaluations):
        name = Cell(
            reference=f"{evaluation.key.kind.value}-{evaluation.key.pk}",
            reference_text=evaluation.reference,
        )
        yield _row(name, f"Evaluation: {evaluation.what}", evaluation.whom, NOT_IN)


def _missing_returns(material: Material) -> Iterator[Row]:
    for line in material.lines:
        if line.state.is_outstanding:
            yield _item_row(line, _not_in(material, line.state))
    for risk in missing_in(material.risks):
        yield _risk_row(risk, _not_in(material, risk.state))


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
    return f"{plural(days, 'day')} late" if days > 0 else "Not due yet"


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
