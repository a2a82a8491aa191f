"""What is said of each plan as a whole: its overview, and whatever else a council asks (clause O-1)."""

from __future__ import annotations

from goldenthread.documents.tree import Block, Heading, Notice, Paragraph, Tone
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.queries.lines import PlanLines
from goldenthread.statements.queries.statements import StatementLine, submitter_words


def overview_blocks(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out each statement about a plan, question by question; one that has not come says so."""
    return [
        block
        for line in material.statements
        if line.plan.pk == plan.plan.pk
        for block in _statement(line)
    ]


def _statement(line: StatementLine) -> list[Block]:
    if line.submitted is None:
        words = f"This has not come. It is for {line.whom} to write."
        return [Heading(line.rule.title, 2), Notice(words)]
    answers = [(Heading(asked, 3), Paragraph(answer)) for asked, answer in line.answers]
    said = submitter_words(line.submitted)
    return [
        Heading(line.rule.title, 2),
        Paragraph(f"Answered by {said}.", Tone.NOTE),
        *(block for pair in answers for block in pair),
    ]
