"""How each plan's spending stands against its budget (clauses O-2, P-6)."""

from __future__ import annotations

from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    Heading,
    Notice,
    Paragraph,
    Row,
    Table,
    Tone,
)
from goldenthread.domain.figures import percent_in_words
from goldenthread.domain.variance import Spending
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.queries.lines import PlanLines
from goldenthread.statements.models import FinanceStatement
from goldenthread.statements.queries.finance import FinanceLine, exact_pounds
from goldenthread.statements.queries.statements import submitter_words

COLUMNS = (
    Column("Heading", width=8),
    Column("Budget for the year", ColumnKind.FIGURE),
    Column("Spent to date", ColumnKind.FIGURE),
    Column("Forecast for the year", ColumnKind.FIGURE),
    Column("Forecast less budget", ColumnKind.FIGURE),
    Column("Why", width=10),
)


def finance_blocks(material: Material, plan: PlanLines) -> list[Block]:
    """Lay out a plan's financial overview: a sentence, the figures, and why where they differ much."""
    line = next((each for each in material.finances if each.plan.pk == plan.plan.pk), None)
    if line is None:
        return []
    heading = Heading("Finances", 2)
    if not line.budget:
        year = line.cycle.financial_year.label
        return [heading, Paragraph(f"The plan has no budget of its own for {year}.")]
    if line.submitted is None:
        return [heading, Notice(f"This has not come. It is for {line.whom} to write.")]
    return [heading, *_said(line, line.submitted)]


def _said(line: FinanceLine, statement: FinanceStatement) -> list[Block]:
    words = [Paragraph(statement.words)] if statement.words else []
    return [
        Paragraph(f"{line.sentence} {_significant(line)}"),
        _table(line),
        *words,
        Paragraph(f"Written by {submitter_words(statement)}.", Tone.NOTE),
    ]


def _significant(line: FinanceLine) -> str:
    """Name the lines that end the year far from their budget; nothing is news too."""
    names = "; ".join(figure.heading for figure in line.significant)
    return f"Significant variances: {names}." if names else "No variance is significant."


def _table(line: FinanceLine) -> Table:
    rows = [_row(f.heading, said, f.explanation) for f, said in line.rows]
    if len(rows) > 1:
        rows.append(_row("All lines", line.sum, ""))
    return Table(caption="Budget and spending", columns=COLUMNS, rows=tuple(rows))


def _row(heading: str, said: Spending, why: str) -> Row:
    share = percent_in_words(said.share) if said.share else ""
    return Row(
        (
            Cell(heading),
            Cell(exact_pounds(said.budget)),
            Cell(exact_pounds(said.spent)),
            Cell(exact_pounds(said.forecast)),
            Cell(exact_pounds(said.variance), note=share),
            Cell(why),
        )
    )
