"""The actions table of a plan, challenge by challenge (clause D-3)."""

from __future__ import annotations

from goldenthread.design.words import long_date
from goldenthread.documents.tree import Block, Cell, Column, ColumnKind, Heading, Row, Table
from goldenthread.packs.compose.cells import rating_cell, revised_note
from goldenthread.packs.compose.material import Material, item_anchor
from goldenthread.plans.models import Action
from goldenthread.reporting.queries.lines import ActionLine, PlanLines

COLUMNS = (
    Column("How", width=10),
    Column("When", width=4),
    Column("Who", width=5),
    Column("Rating and progress", ColumnKind.RATING, width=14),
)


def action_tables(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out a plan's actions, a table for each challenge."""
    if not plan.actions:
        return []
    blocks: list[Block] = [Heading("Actions", 2)]
    for challenge, lines in plan.challenges:
        title = f"Challenge {challenge.number}: {challenge.title}"
        blocks.append(Heading(title, 3))
        blocks.append(
            Table(
                caption=f"Actions of challenge {challenge.number}",
                columns=COLUMNS,
                rows=tuple(_row(material, line) for line in lines),
            )
        )
    return blocks


def _row(material: Material, line: ActionLine) -> Row:
    action = line.action
    return Row(
        (
            Cell(action.description, note=line.reference),
            Cell(action.due_words, note=_when(material, line), value=action.due_on),
            Cell("; ".join(holder.post.title for holder in action.holders.all())),
            rating_cell(material, line),
        ),
        anchor=item_anchor(line),
    )


def _when(material: Material, line: ActionLine) -> str:
    """Say under the plan's words which day it is tracked by, and what was promised before."""
    said = (_due(line.action), revised_note(material, line))
    return "\n".join(words for words in said if words)


def _due(action: Action) -> str:
    if action.due_on is None:
        return "No completion date"
    said = long_date(action.due_on)
    return "" if said in action.due_words else f"by {said}"
