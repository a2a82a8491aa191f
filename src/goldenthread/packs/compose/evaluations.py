"""What difference each action and indicator of a plan made, as its officer says (clause C-3)."""

from __future__ import annotations

from goldenthread.design.words import plural
from goldenthread.documents.tree import Block, Cell, Column, Heading, Notice, Row, Table
from goldenthread.domain.obligations import ReturnState
from goldenthread.evaluations.queries import EvaluationLine, missing_in
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.queries.lines import PlanLines

COLUMNS = (
    Column("Action or indicator", width=9),
    Column("Officer", width=5),
    Column("What was delivered", width=10),
    Column("What difference it made", width=10),
)


def evaluation_blocks(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out a plan's evaluations, and count those that have not come; nothing of an empty plan."""
    lines = [line for line in material.evaluations if line.plan.pk == plan.plan.pk]
    if not lines:
        return []
    table = Table(
        caption="What difference it made",
        columns=COLUMNS,
        rows=tuple(_row(line) for line in lines),
    )
    return [Heading("What difference it made", 2), *_missing(lines), table]


def _missing(lines: list[EvaluationLine]) -> list[Block]:
    missing = missing_in(lines)
    if not missing:
        return []
    return [Notice(f"{plural(len(missing), 'evaluation').capitalize()} of {len(lines)} not in.")]


def _row(line: EvaluationLine) -> Row:
    said = line.submitted
    promised = "; ".join(words for words in (line.promised, line.outturn) if words)
    if said:
        delivered, difference = Cell(said.delivered), Cell(said.difference)
    else:
        delivered, difference = Cell(_not_in(line.state)), Cell("")
    item = Cell(line.what, note=promised, reference=line.name, reference_text=line.reference)
    return Row((item, Cell(line.whom), delivered, difference))


def _not_in(state: ReturnState) -> str:
    """Say why nothing is said, so that nobody's silence looks like an answer."""
    if state.is_outstanding:
        return "Not evaluated yet"
    return "Not due to start" if state is ReturnState.NOT_DUE_TO_START else "Not open yet"
