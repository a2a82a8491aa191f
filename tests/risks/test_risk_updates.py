"""What Risk Owners return each quarter (clauses R-3, R-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import RiskAction
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.risks.operations import (
    RiskReturn,
    call_back_risk_update,
    draft_risk_update,
    submit_risk_update,
)
from goldenthread.risks.queries import missing_in, my_risk_lines, risk_lines
from tests.factories import (
    IN_Q1,
    LettingInFactory,
    PostFactory,
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

AFTER = datetime(2009, 7, 22, 10, tzinfo=UTC)
FILE = pytest.mark.parametrize("file", [draft_risk_update, submit_risk_update])
File = Callable[..., RiskActionUpdate]
AMBER = RiskReturn(
    rating=Rating.AMBER, commentary=" Two halls seen. ", being_done=" A third on Monday. "
)


@pytest.fixture
def cycle(council: Council) -> ReportingCycle:
    found: ReportingCycle = ReportingCycleFactory(council=council)
    return found


@pytest.fixture
def action(council: Council) -> RiskAction:
    found: RiskAction = RiskActionFactory(council=council)
    return found


@pytest.fixture
def owner(action: RiskAction) -> Officeholder:
    return officeholder(action.risk_owner, user=UserFactory(name="Ann Hill"))


def file_it(
    cycle: ReportingCycle,
    action: RiskAction,
    by: Officeholder,
    *,
    file: File = submit_risk_update,
    at: datetime = IN_Q1,
    answers: RiskReturn = AMBER,
) -> RiskActionUpdate:
    return file(cycle=cycle, action=action, answers=answers, by=by, at=at)


def test_a_risk_owner_says_how_it_goes_and_what_is_being_done(
    cycle: ReportingCycle, action: RiskAction, owner: Officeholder
) -> None:
    update = file_it(cycle, action, owner)

    assert (update.submitted_for, update.submitted_by) == (action.risk_owner, owner.user)
    [line] = risk_lines(cycle, [action.plan], today=IN_Q1.date())
    assert (line.state, line.rating, line.was) == (ReturnState.IN, Rating.AMBER, None)
    assert line.progress == "Two halls seen.\nWhat is being done: A third on Monday."
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id) == (Verb.UPDATE_SUBMITTED, update.pk)
    assert update.history.get().history_user == owner.user


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        (RiskReturn(), {"rating", "commentary"}),
        (RiskReturn(rating=Rating.GREEN, commentary=" "), {"commentary"}),
        (RiskReturn(rating=Rating.RED, commentary="No hall."), {"being_done"}),
        (RiskReturn(rating=Rating.AMBER, commentary="One.", being_done=" "), {"being_done"}),
    ],
)
def test_what_is_missing_is_said(
    cycle: ReportingCycle,
    action: RiskAction,
    owner: Officeholder,
    said: RiskReturn,
    problems: set[str],
) -> None:
    with pytest.raises(IncompleteReturnError) as caught:
        file_it(cycle, action, owner, answers=said)
    assert set(caught.value.problems) == problems
    assert not file_it(cycle, action, owner, answers=said, file=draft_risk_update).is_submitted


@FILE
def test_nobody_else_returns_on_it(cycle: ReportingCycle, action: RiskAction, file: File) -> None:
    for post in (PostFactory(council=cycle.council), action.plan.lead_officer):
        with pytest.raises(PermissionDenied, match=f"Only {action.risk_owner} can return"):
            file_it(cycle, action, officeholder(post), file=file)
    with pytest.raises(PermissionDenied, match="no post in the council"):
        file_it(cycle, action, officeholder(PostFactory()), file=file)


@FILE
def test_after_the_deadline_it_is_closed_but_to_the_leads_and_whoever_is_let_in(
    cycle: ReportingCycle, action: RiskAction, owner: Officeholder, file: File
) -> None:
    with pytest.raises(CycleClosedError, match="took returns until 21 July 2009"):
        file_it(cycle, action, owner, file=file, at=AFTER)
    LettingInFactory(cycle=cycle, person=owner.user)
    update = file_it(cycle, action, owner, file=file, at=AFTER)
    assert update.version == 1
    RiskActionUpdate.objects.all()._raw_delete("default")

    lead = officeholder(action.plan.lead_officer)
    assert file_it(cycle, action, lead, at=AFTER).submitted_for == action.plan.lead_officer


def test_the_performance_manager_may_file_what_is_missing(
    cycle: ReportingCycle, action: RiskAction
) -> None:
    post = PostFactory(council=cycle.council, duty=Duty.PERFORMANCE_MANAGER)

    assert file_it(cycle, action, officeholder(post), at=AFTER).submitted_for == post


@FILE
def test_a_six_weekly_update_takes_none(
    action: RiskAction, owner: Officeholder, file: File
) -> None:
    cycle = SixWeeklyCycleFactory(council=owner.council)

    with pytest.raises(CycleClosedError, match="takes no returns on the risk register"):
        file_it(cycle, action, owner, file=file, at=datetime(2009, 6, 3, 10, tzinfo=UTC))
    assert my_risk_lines(owner, cycle, today=IN_Q1.date()) == []


@FILE
def test_nobody_writes_over_what_they_have_not_seen_or_what_is_in(
    cycle: ReportingCycle, action: RiskAction, owner: Officeholder, file: File
) -> None:
    file_it(cycle, action, owner, file=draft_risk_update)
    with pytest.raises(ChangedMeanwhileError, match="Ann Hill saved this return"):
        file_it(cycle, action, owner, file=file)
    RiskActionUpdate.objects.all()._raw_delete("default")
    file_it(cycle, action, owner)

    with pytest.raises(AlreadySubmittedError):
        file_it(cycle, action, owner, file=file)


def test_it_is_called_back_until_the_deadline(
    cycle: ReportingCycle, action: RiskAction, owner: Officeholder
) -> None:
    update = file_it(cycle, action, owner)

    draft = call_back_risk_update(update=update, by=owner, at=IN_Q1)

    assert not draft.is_submitted
    with pytest.raises(NotSubmittedError):
        call_back_risk_update(update=update, by=owner, at=IN_Q1)
    lead = officeholder(action.plan.lead_officer)
    with pytest.raises(CycleClosedError):
        call_back_risk_update(update=update, by=lead, at=AFTER)


def test_an_owner_owes_what_is_not_in_with_the_quarter_before_beside_it(
    cycle: ReportingCycle, action: RiskAction, owner: Officeholder
) -> None:
    RiskActionFactory(risk=action.risk)
    RiskActionUpdateFactory(cycle=cycle, risk_action=action, submitted=True)
    second = ReportingCycleFactory(
        council=cycle.council, code="Q2", quarter=2, due_on=cycle.due_on.replace(month=10)
    )

    [line] = my_risk_lines(owner, second, today=AFTER.date())

    assert (line.was, line.rating, line.progress) == (Rating.GREEN, None, "")
    assert missing_in([line]) == [line]


def test_the_number_of_queries_does_not_grow_with_the_risks(
    cycle: ReportingCycle, action: RiskAction, django_assert_num_queries: Any
) -> None:
    plans = [action.plan]
    for _ in range(9):
        RiskActionFactory(risk=action.risk)

    with django_assert_num_queries(5):
        assert len(risk_lines(cycle, plans, today=IN_Q1.date())) == 10
