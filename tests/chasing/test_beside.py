"""What is asked beside the returns is told of like them: one message a person, whatever they owe."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from goldenthread.chasing.due_steps import take_due_steps
from goldenthread.chasing.queries.board import chase_board
from goldenthread.chasing.reminders import remind_due
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.models import Duty
from goldenthread.reporting.models import ReportingCycle
from goldenthread.statements.models import PlanStatement
from tests.factories import (
    AnnualCycleFactory,
    BudgetLineFactory,
    PostFactory,
    PostHoldingFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    UserFactory,
)
from tests.pages.small_council import SmallCouncil

BEFORE = datetime(2009, 7, 18, 9, tzinfo=UTC)


@pytest.fixture
def asked(ashby: SmallCouncil) -> SmallCouncil:
    """The quarter asks for the overviews, for a risk return, and of the Finance Team for one plan's finances."""
    PlanStatement.objects.all().delete()
    RiskActionFactory(
        risk=RiskFactory(plan=ashby.cypf, number=1),
        number=1,
        description="Look for a hall",
        risk_owner=ashby.posts.joint_officer,
    )
    BudgetLineFactory(plan=ashby.cypf, year=2009)
    finance = PostFactory(council=ashby.council, title="Accountant", duty=Duty.FINANCE)
    PostHoldingFactory(post=finance, holder=UserFactory(name="Fay Bell"))
    return ashby


def told(name: str, kind: NoticeKind = NoticeKind.REMINDER) -> Notice:
    return Notice.objects.get(recipient_name=name, kind=kind)


def test_each_hears_in_one_message_of_all_that_they_owe(asked: SmallCouncil) -> None:
    remind_due(BEFORE)

    owner, lead, finance = told("Jo Field"), told("Leo Park"), told("Fay Bell")
    assert owner.subject == "2 returns due on 21 July 2009 (in 3 days)"
    assert "CYPF R1.1 Look for a hall" in owner.text
    risk = asked.cypf.risks.get().actions.get()
    assert f"/ashby/cycles/2009-10/Q1/my-risks/#risk-{risk.pk}" in owner.text
    assert lead.subject == "1 plan overview due on 6 August 2009 (in 19 days)"
    assert "/plans/CYPF/statements/overview/write/" in lead.text
    assert finance.subject == "1 financial overview due on 6 August 2009 (in 19 days)"
    assert not Notice.objects.filter(recipient_name="Carl Lane").exists()


def test_what_was_sent_back_is_told_with_the_reason(asked: SmallCouncil) -> None:
    RiskActionUpdateFactory(
        cycle=asked.quarter,
        risk_action=asked.cypf.risks.get().actions.get(),
        returned_at=BEFORE,
        returned_by=asked.manager.user,
        revision_note="Which hall?",
    )

    remind_due(BEFORE)

    owner = told("Jo Field")
    assert owner.subject == "1 return to revise, of 2 returns you owe"
    assert "Which hall?" in owner.text


def test_a_cycle_that_opens_is_told_with_the_first_date(asked: SmallCouncil) -> None:
    PostHoldingFactory(
        post=asked.posts.lead_officer,
        holder=asked.holder_of(asked.posts.joint_officer),
        capacity=Capacity.JOINT,
    )

    take_due_steps(datetime(2009, 7, 7, 9, tzinfo=UTC))

    both = told("Jo Field", NoticeKind.CYCLE_OPENED)
    assert "2 returns and 1 plan overview, the first by 21 July 2009" in both.subject
    assert "my-updates" not in both.text


def test_a_cycle_that_closes_counts_only_what_was_due(asked: SmallCouncil) -> None:
    take_due_steps(datetime(2009, 7, 22, 9, tzinfo=UTC))

    reminder = told("Leo Park")
    closed = reminder.text[reminder.text.index("takes no more returns") :]
    assert "5 of 5 missing" in closed
    assert "CYPF R1.1 Look for a hall" in closed
    assert "CYPF overview" not in closed


def test_the_annual_report_asks_officers_to_evaluate(ashby: SmallCouncil) -> None:
    AnnualCycleFactory(council=ashby.council)

    remind_due(datetime(2010, 4, 20, 9, tzinfo=UTC))

    officer = told("Aled Rees")
    assert officer.subject == "3 evaluations due on 23 April 2010 (in 3 days)"
    assert "Evaluation of CYPF 1.1 Open a homework club" in officer.text
    assert f"/annual/my-evaluations/#action-{ashby.club.pk}" in officer.text


def test_each_stands_on_the_board_once_with_its_own_deadline(asked: SmallCouncil) -> None:
    def board(cycle: ReportingCycle) -> dict[str, tuple[ReturnState, date]]:
        found = chase_board(cycle, [asked.cypf, asked.es], today=date(2009, 7, 22))
        return {one.item.reference: (one.state, one.due_on) for one in found.outstanding}

    assert board(asked.quarter) | {
        "CYPF R1.1": (ReturnState.LATE, date(2009, 7, 21)),
        "CYPF overview": (ReturnState.OWED, date(2009, 8, 6)),
        "ES overview": (ReturnState.OWED, date(2009, 8, 6)),
        "CYPF financial overview": (ReturnState.OWED, date(2009, 8, 6)),
    } == board(asked.quarter)
    assert "CYPF R1.1" not in board(asked.six_weekly)
