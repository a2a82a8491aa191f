"""How a plan's spending stands, in its part of the paper (clauses O-2, P-6)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goldenthread.documents.tree import Heading, Notice, Paragraph
from goldenthread.packs.compose.pack import compose
from tests.factories import (
    BudgetLineFactory,
    FinanceFigureFactory,
    FinanceStatementFactory,
    UserFactory,
)
from tests.packs.quarter import PLAN, paper
from tests.packs.tree_reading import section, table, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

FINANCES = f"{PLAN}: financial overview"


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def spend(council: SmallCouncil) -> None:
    statement = FinanceStatementFactory(
        cycle=council.quarter,
        plan=council.cypf,
        submitted=True,
        words="The grant is not in yet.",
        saved_by=UserFactory(name="Sunita Parmar"),
        submitted_for__title="Accountant",
    )
    wardens, grants = (
        BudgetLineFactory(plan=council.cypf, number=number, heading=heading, amount=amount)
        for number, heading, amount in (
            (1, "Wardens", Decimal(200_000)),
            (2, "Grants", Decimal(1_034_567)),
        )
    )
    FinanceFigureFactory(
        statement=statement, line=wardens, forecast=Decimal(185_000), explanation="Two left."
    )
    FinanceFigureFactory(statement=statement, line=grants)


def test_a_sentence_the_figures_and_their_sum(ashby: SmallCouncil) -> None:
    spend(ashby)

    part = section(paper(ashby), FINANCES)

    assert Paragraph(
        "The year is forecast to end £15,000 (1.2%) under its budget of £1.2m. "
        "Significant variances: Wardens."
    ) in (part.blocks)
    rows = [[cell.text for cell in row.cells] for row in table(part, "Budget and spending").rows]
    minus = "\N{MINUS SIGN}"
    assert rows == [
        ["Wardens", "£200,000", "£50,000", "£185,000", f"{minus}£15,000", "Two left."],
        ["Grants", "£1,034,567", "£50,000", "£1,034,567", "£0", ""],
        ["All lines", "£1,234,567", "£100,000", "£1,219,567", f"{minus}£15,000", ""],
    ]
    said = words_in(part)
    assert "The grant is not in yet." in said
    assert "Written by Sunita Parmar, Accountant, 14 July 2009." in said


def test_one_line_needs_no_sum(ashby: SmallCouncil) -> None:
    line = BudgetLineFactory(plan=ashby.cypf, number=1)
    statement = FinanceStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    FinanceFigureFactory(statement=statement, line=line)

    part = section(paper(ashby), FINANCES)

    assert len(table(part, "Budget and spending").rows) == 1
    assert "end on its budget of £200,000. No variance is significant." in words_in(part)


def test_a_plan_without_a_budget_gets_a_sentence(ashby: SmallCouncil) -> None:
    blocks = section(paper(ashby), FINANCES).blocks

    at = blocks.index(Heading("Finances", 2))
    assert blocks[at + 1] == Paragraph("The plan has no budget of its own for 2009/10.")


def test_one_that_has_not_come_is_said_to_be_missing(ashby: SmallCouncil) -> None:
    BudgetLineFactory(plan=ashby.cypf, number=1)

    notice = Notice("This has not come. It is for the Finance Team to write.")
    assert notice in section(paper(ashby), FINANCES).blocks


def test_neither_a_six_weekly_update_nor_a_forum_of_targets_has_any(ashby: SmallCouncil) -> None:
    spend(ashby)

    for cycle, body in ((ashby.six_weekly, ashby.dmt), (ashby.quarter, ashby.partnership)):
        assert "Two left." not in words_in(compose(cycle, body, at=PAPERS_OUT))
