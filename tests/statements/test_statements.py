"""What a plan's leads say of it as a whole (clause O-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.posts import Capacity
from goldenthread.domain.statements import Said
from goldenthread.organisation.models import Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import asked_beside
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from goldenthread.statements.models import PlanStatement
from goldenthread.statements.operations.statements import (
    call_back_statement,
    draft_statement,
    submit_statement,
)
from goldenthread.statements.queries.statements import (
    answers_of,
    earlier_statements,
    statements_asked,
    submitter_words,
    versions_of,
)
from tests.domain.test_framework_statements import PARTNERS, SHIPPED
from tests.factories import (
    IN_Q1,
    FrameworkVersionFactory,
    LettingInFactory,
    PlanFactory,
    PlanStatementFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

KEYS = ("on_track", "improvements", "issues", "resources")
WHOLE = {key: Said(words=f" About {key}. ") for key in KEYS}
BETWEEN = datetime(2009, 7, 30, 10, tzinfo=UTC)
AFTER_PAPERS = datetime(2009, 8, 7, 10, tzinfo=UTC)
BEFORE = datetime(2009, 7, 1, 10, tzinfo=UTC)
FILE = pytest.mark.parametrize("file", [draft_statement, submit_statement])
File = Callable[..., PlanStatement]


def submit(
    cycle: ReportingCycle,
    plan: Plan,
    by: Officeholder,
    *,
    file: File = submit_statement,
    said: Mapping[str, Said] = WHOLE,
    at: datetime = BETWEEN,
    **given: Any,
) -> PlanStatement:
    given = {"key": "overview", "seen_version": 0, **given}
    return file(cycle=cycle, plan=plan, said=said, by=by, at=at, **given)


def test_an_overview_keeps_each_answer_with_its_question(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    submit(cycle, plan, lead)

    statement = PlanStatement.objects.get()
    assert statement.is_submitted
    assert (statement.submitted_by, statement.submitted_at) == (lead.user, BETWEEN)
    assert (statement.submitted_for, statement.submitted_as) == (
        plan.lead_officer,
        Capacity.ANSWERABLE,
    )
    [line] = statements_asked(cycle, [plan], today=BETWEEN.date())
    assert line.answers[0] == (
        "How is the plan doing as a whole, and is its priority on track?",
        "About on_track.",
    )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id) == (Verb.STATEMENT_SUBMITTED, statement.pk)
    assert statement.history.get().history_user == lead.user


def test_the_lead_member_may_answer_in_place_of_the_lead_officer(
    cycle: ReportingCycle, plan: Plan
) -> None:
    statement = submit(cycle, plan, officeholder(plan.lead_member, user=UserFactory(name="Dora")))

    assert submitter_words(statement) == f"Dora, {plan.lead_member}, 30 July 2009"


def test_a_deputy_is_named_as_one(cycle: ReportingCycle, plan: Plan) -> None:
    deputy = Officeholder(
        user=UserFactory(name="Jo Field"),
        council=plan.council,
        posts=(plan.lead_officer,),
        capacities={plan.lead_officer_id: Capacity.DEPUTY},
    )

    said = submitter_words(submit(cycle, plan, deputy))

    assert said == f"Jo Field, deputy of {plan.lead_officer}, 30 July 2009"


def test_a_draft_may_lack_everything_and_is_submitted_in_its_place(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    draft = submit(cycle, plan, lead, file=draft_statement, said={})
    assert (draft.is_submitted, submitter_words(draft)) == (False, "")

    submit(cycle, plan, lead, seen_version=1)

    assert PlanStatement.objects.get().version == 2
    assert versions_of(PlanStatement.objects.get()) == [
        "Submitted by Leo Park, 30 July 2009 at 11:00",
        "Saved as a draft by Leo Park, 30 July 2009 at 11:00",
    ]


def test_what_is_missing_is_said_by_question(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    with pytest.raises(IncompleteReturnError) as caught:
        submit(cycle, plan, lead, said=WHOLE | {"issues": Said(words=" ")})

    assert set(caught.value.problems) == {"issues"}
    assert not PlanStatement.objects.exists()


@FILE
def test_nobody_else_may_write_it(cycle: ReportingCycle, plan: Plan, file: File) -> None:
    with pytest.raises(PermissionDenied, match="can write this about"):
        submit(cycle, plan, officeholder(PostFactory(council=plan.council)), file=file)


@FILE
def test_the_lead_of_another_council_may_not(cycle: ReportingCycle, plan: Plan, file: File) -> None:
    with pytest.raises(PermissionDenied, match="no post in the council"):
        submit(cycle, plan, officeholder(PlanFactory().lead_officer), file=file)


@FILE
@pytest.mark.parametrize("at", [BEFORE, AFTER_PAPERS])
def test_it_is_taken_from_the_opening_until_the_papers_go_out(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder, file: File, at: datetime
) -> None:
    with pytest.raises(CycleClosedError):
        submit(cycle, plan, lead, file=file, at=at)


def test_once_the_papers_are_out_whoever_is_let_in_may_still_write(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    LettingInFactory(cycle=cycle, person=lead.user, until=AFTER_PAPERS.date())

    assert submit(cycle, plan, lead, at=AFTER_PAPERS).is_submitted


def test_the_performance_manager_helps_out_only_after_the_papers(
    cycle: ReportingCycle, plan: Plan
) -> None:
    post = PostFactory(council=plan.council, duty=Duty.PERFORMANCE_MANAGER)
    manager = officeholder(post)
    with pytest.raises(PermissionDenied):
        submit(cycle, plan, manager)

    assert submit(cycle, plan, manager, at=AFTER_PAPERS).submitted_for == post


@FILE
def test_a_locked_cycle_takes_nothing(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder, file: File
) -> None:
    cycle.locked_at, cycle.locked_by = IN_Q1, lead.user
    cycle.save()

    with pytest.raises(CycleClosedError, match="is locked"):
        submit(cycle, plan, lead, file=file)


@FILE
def test_nobody_writes_over_words_they_have_not_seen(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder, file: File
) -> None:
    submit(cycle, plan, lead, file=draft_statement)

    with pytest.raises(ChangedMeanwhileError, match="Leo Park saved this overview"):
        submit(cycle, plan, lead, file=file)


@FILE
def test_what_is_submitted_is_called_back_first(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder, file: File
) -> None:
    statement = submit(cycle, plan, lead)
    with pytest.raises(AlreadySubmittedError):
        submit(cycle, plan, lead, file=file, seen_version=1)

    call_back_statement(statement=statement, by=lead, at=BETWEEN)

    assert submit(cycle, plan, lead, file=file, seen_version=2).version == 3
    verbs = AuditEntry.objects.order_by("number").values_list("verb", flat=True)
    assert Verb.STATEMENT_CALLED_BACK in verbs


def test_a_draft_is_not_called_back(cycle: ReportingCycle, plan: Plan, lead: Officeholder) -> None:
    with pytest.raises(NotSubmittedError):
        call_back_statement(
            statement=submit(cycle, plan, lead, file=draft_statement), by=lead, at=BETWEEN
        )


def test_nothing_is_called_back_that_papers_have_printed(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    statement = submit(cycle, plan, lead)
    LettingInFactory(cycle=cycle, person=lead.user, until=AFTER_PAPERS.date())

    with pytest.raises(CycleClosedError):
        call_back_statement(statement=statement, by=lead, at=AFTER_PAPERS)


def test_a_six_weekly_update_asks_for_none(plan: Plan, lead: Officeholder) -> None:
    cycle = SixWeeklyCycleFactory(council=plan.council)

    assert statements_asked(cycle, [plan], today=BETWEEN.date()) == []
    with pytest.raises(CycleClosedError, match="does not ask this"):
        submit(cycle, plan, lead)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (BEFORE, ReturnState.NOT_OPEN),
        (BETWEEN, ReturnState.OWED),
        (AFTER_PAPERS, ReturnState.LATE),
    ],
)
def test_one_that_has_not_come_is_owed_until_the_papers_and_late_after(
    cycle: ReportingCycle, plan: Plan, at: datetime, state: ReturnState
) -> None:
    [line] = statements_asked(cycle, [plan], today=at.date())

    assert line.state is state
    assert line.whom == f"{plan.lead_officer} or {plan.lead_member}"


def test_a_lead_owes_it_and_nobody_else(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    other = officeholder(PostFactory(council=plan.council))
    [owed] = asked_beside(cycle, [plan], today=BETWEEN.date())
    assert owed.state.is_outstanding
    assert lead.holds_any(owed.post_ids)
    assert not other.holds_any(owed.post_ids)

    submit(cycle, plan, lead)

    [done] = asked_beside(cycle, [plan], today=BETWEEN.date())
    assert not done.state.is_outstanding


def test_a_councils_own_statement_is_asked_of_whom_it_says(
    cycle: ReportingCycle, plan: Plan, lead: Officeholder
) -> None:
    FrameworkVersionFactory(
        council=plan.council, version="b", text=SHIPPED + PARTNERS, adopted_at=IN_Q1
    )
    manager = officeholder(PostFactory(council=plan.council, duty=Duty.PERFORMANCE_MANAGER))
    said = {"said": Said(words="They agreed.")}

    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        submit(cycle, plan, lead, key="partners", said=said)
    submit(cycle, plan, manager, key="partners", said=said)

    overview, partners = statements_asked(cycle, [plan], today=BETWEEN.date())
    assert (overview.submitted, partners.title) == (None, f"What partners say of {plan.title}")


def test_earlier_quarters_stand_latest_first_and_drafts_do_not(
    cycle: ReportingCycle, plan: Plan
) -> None:
    PlanStatementFactory(cycle=cycle, plan=plan, submitted=True)
    second, third = (
        ReportingCycleFactory(
            council=plan.council,
            code=code,
            quarter=number,
            opens_on=opens_on,
            due_on=due_on,
        )
        for code, number, opens_on, due_on in (
            ("Q2", 2, BETWEEN.date().replace(month=10), BETWEEN.date().replace(month=11)),
            ("Q3", 3, BETWEEN.date().replace(month=12), BETWEEN.date().replace(month=12)),
        )
    )
    PlanStatementFactory(cycle=second, plan=plan)

    assert [each.cycle for each in earlier_statements(third, plan, "overview")] == [cycle]
    assert earlier_statements(cycle, plan, "overview") == []


def test_a_question_that_was_dropped_keeps_its_words(cycle: ReportingCycle, plan: Plan) -> None:
    kept = {"question": "Who did well?", "words": "Everybody.", "is_yes": None}
    statement = PlanStatementFactory(cycle=cycle, plan=plan, answers={"praise": kept})
    [line] = statements_asked(cycle, [plan], today=BETWEEN.date())

    assert answers_of(statement, line.rule) == [("Who did well?", "Everybody.")]
