"""The risk register of each plan: risk, action, owner, rating and progress (clause D-5)."""

from __future__ import annotations

from goldenthread.documents.tree import Block, Cell, Column, ColumnKind, Heading, Row, Table
from goldenthread.domain.obligations import ReturnState
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.queries.lines import PlanLines
from goldenthread.risks.queries import RiskLine

COLUMNS = (
    Column("Risk", width=9),
    Column("Action", width=9),
    Column("Risk Owner", width=5),
    Column("Rating and progress", ColumnKind.RATING, width=14),
)


def risk_blocks(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out a plan's risk register; nothing of a plan without risks."""
    lines = [line for line in material.risks if line.plan.pk == plan.plan.pk]
    if not lines:
        return []
    table = Table(
        caption="Risk register", columns=COLUMNS, rows=tuple(_row(line) for line in lines)
    )
    return [Heading("Risk register", 2), table]


def _row(line: RiskLine) -> Row:
    is_open = line.state is not ReturnState.NOT_OPEN
    return Row(
        (
            Cell(line.risk.description, note=line.reference),
            Cell(line.action.description, note=line.action.due_words),
            Cell(line.owner),
            Cell(
                line.progress,
                rating=line.rating,
                rating_label="" if line.rating else "Not returned" if is_open else "Not open yet",
                was=line.was,
            ),
        )
    )
