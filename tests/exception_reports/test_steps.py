"""Steps are rows with versions, and what became of them is said in later quarters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import IndicatorKind, ItemKind
from goldenthread.domain.promises import GivenStep, StepOutcome
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import ExceptionReport, PlannedStep, StepFollowUp
from goldenthread.exception_reports.operations.reports import (
    ExceptionAnswers,
    draft_exception_report,
    submit_exception_report,
)
from goldenthread.exception_reports.operations.reviewing import call_back_exception_report
from goldenthread.exception_reports.operations.steps import Told, follow_up_steps
from goldenthread.exception_reports.queries.runs import run_up_to, runs_in
from goldenthread.exception_reports.queries.steps import open_promises, promises_of, steps_due
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.returns import IncompleteReturnError
from tests.exception_reports.test_operations import WHOLE
from tests.factories import (
    ActionUpdateFactory,
    CouncilFactory,
    DesignationFactory,
    ExceptionReportFactory,
    FrameworkVersionFactory,
    IndicatorUpdateFactory,
    PostFactory,
    ReportingCycleFactory,
    officeholder,
)

IN_JULY = datetime.fromisoformat("2009-07-28T10:00:00+01:00")
IN_OCTOBER = datetime.fromisoformat("2009-10-19T10:00:00+01:00")
ASK = GivenStep(what="Ask the school", who="The school", due_on=date(2009, 8, 3))
RING = GivenStep(what="Ring the school", who="The school", due_on=date(2009, 8, 3))
OPEN = GivenStep(what="Open the hall", who="The school", due_on=date(2009, 12, 14))


@pytest.fixture
def second(council: Council) -> ReportingCycle:
    made: ReportingCycle = ReportingCycleFactory(
        council=council,
        code="Q2",
        quarter=2,
        observes_from=date(2009, 7, 1),
        observes_to=date(2009, 9, 30),
        opens_on=date(2009, 10, 7),
        due_on=date(2009, 10, 21),
    )
    return made


@pytest.fixture
def red_again(update: ActionUpdate, second: ReportingCycle) -> ActionUpdate:
    made: ActionUpdate = ActionUpdateFactory(
        cycle=second, action=update.action, submitted=True, rating=Rating.RED
    )
    return made


def promised(update: ActionUpdate, by: Officeholder) -> list[PlannedStep]:
    answers = replace(WHOLE, steps=(ASK, OPEN))
    report = submit_exception_report(update=update, answers=answers, by=by, at=IN_JULY)
    return list(report.steps.all())


def test_an_owner_is_a_post_where_one_is_called_so(
    update: ActionUpdate, officer: Officeholder, council: Council
) -> None:
    PostFactory(council=council, title="Play Officer")
    PostFactory(title="The school")
    steps = (replace(ASK, who=" play officer "), ASK)

    report = draft_exception_report(
        update=update, answers=ExceptionAnswers(steps=steps), by=officer, at=IN_JULY
    )

    own, other = report.steps.all()
    assert own.owner is not None
    assert (own.owner_name, own.owner_words) == ("Play Officer", "")
    assert (other.owner, other.owner_name) == (None, "The school")


def test_steps_are_changed_dropped_and_kept_in_their_versions(
    update: ActionUpdate, officer: Officeholder
) -> None:
    kept: int | None = None
    for version, steps in enumerate([(ASK, OPEN), (ASK,), (replace(ASK, what="Write"),)]):
        report = draft_exception_report(
            update=update,
            answers=ExceptionAnswers(
                steps=tuple(replace(step, step_id=kept) for step in steps[:1]) + steps[1:],
                seen_version=version,
            ),
            by=officer,
            at=IN_JULY,
        )
        kept = report.steps.all()[0].pk

    assert [step.what for step in PlannedStep.objects.all()] == ["Write"]
    versions = PlannedStep.history.order_by("pk")
    assert [(each.history_type, each.what) for each in versions] == [
        ("+", "Ask the school"),
        ("+", "Open the hall"),
        ("-", "Open the hall"),
        ("~", "Write"),
    ]
    assert {each.history_user for each in versions} == {officer.user}


def test_the_next_report_must_say_what_became_of_what_was_due(
    update: ActionUpdate, red_again: ActionUpdate, officer: Officeholder
) -> None:
    due, later = promised(update, officer)

    with pytest.raises(IncompleteReturnError) as refused:
        submit_exception_report(update=red_again, answers=WHOLE_LATER, by=officer, at=IN_OCTOBER)
    assert set(refused.value.problems) == {f"promise_{due.pk}_outcome"}

    told = {due.pk: Told(outcome=StepOutcome.DONE)}
    submit_exception_report(
        update=red_again, answers=replace(WHOLE_LATER, told=told), by=officer, at=IN_OCTOBER
    )
    assert StepFollowUp.objects.get().step == due
    assert AuditEntry.objects.filter(verb=Verb.PLANNED_STEP_FOLLOWED_UP).count() == 1
    waiting = [p.step for p in promises_of(update.action) if p.is_open]
    assert later in waiting
    assert due not in waiting


WHOLE_LATER = replace(WHOLE, steps=(replace(OPEN, due_on=date(2010, 1, 31)),))


def test_a_draft_keeps_what_was_said_and_ends_nothing(
    update: ActionUpdate, red_again: ActionUpdate, officer: Officeholder
) -> None:
    due, later = promised(update, officer)
    told = {due.pk: Told(outcome=StepOutcome.DONE), later.pk: Told()}

    report = draft_exception_report(
        update=red_again, answers=replace(WHOLE_LATER, told=told), by=officer, at=IN_OCTOBER
    )

    assert set(report.told_of_steps) == {str(due.pk)}
    assert not StepFollowUp.objects.exists()
    assert [p.step for p in open_promises(update.action, before=red_again)] == [due, later]


def test_overdue_steps_are_listed_until_they_are_done(
    update: ActionUpdate, officer: Officeholder, council: Council
) -> None:
    due, _ = promised(update, officer)
    today = date(2009, 10, 19)
    [promise] = steps_due(council, today)
    assert (promise.step, promise.is_overdue(today)) == (due, True)
    assert promise.plan_ids == {update.action.challenge.plan_id}

    moved = Told(outcome=StepOutcome.NOT_DONE, new_due_on=date(2009, 11, 2), words="It rained.")
    follow_up_steps(item=update.action, told={due.pk: moved}, by=officer, at=IN_OCTOBER)
    assert steps_due(council, today) == []
    [promise] = steps_due(council, date(2009, 11, 2))
    assert (promise.due_on, promise.told and promise.told.words) == (
        date(2009, 11, 2),
        "It rained.",
    )

    dropped = Told(outcome=StepOutcome.DROPPED, words="The school closed.")
    follow_up_steps(item=update.action, told={due.pk: dropped}, by=officer, at=IN_OCTOBER)
    assert steps_due(council, date(2009, 11, 2)) == []


def test_a_return_put_right_to_green_promises_nothing_until_it_is_red_again(
    update: ActionUpdate, officer: Officeholder, council: Council
) -> None:
    promised(update, officer)
    for rating, waits in ((Rating.GREEN, False), (Rating.RED, True)):
        update.rating = rating
        update.save()

        assert bool(steps_due(council, date(2009, 12, 31))) is waits


def test_another_councils_promises_are_its_own(update: ActionUpdate, officer: Officeholder) -> None:
    promised(update, officer)
    other = CouncilFactory()
    FrameworkVersionFactory(council=other)

    assert steps_due(other, date(2010, 12, 31)) == []


def test_nobody_else_says_what_became_of_a_step(
    update: ActionUpdate, officer: Officeholder, council: Council
) -> None:
    [due, _] = promised(update, officer)

    with pytest.raises(PermissionDenied):
        follow_up_steps(
            item=update.action,
            told={due.pk: Told(outcome=StepOutcome.DONE)},
            by=officeholder(PostFactory(council=council)),
            at=IN_OCTOBER,
        )


def test_quarters_in_a_row_are_counted_in_a_constant_number_of_queries(
    update: ActionUpdate,
    red_again: ActionUpdate,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    others = [
        ActionUpdateFactory(cycle=red_again.cycle, submitted=True, rating=Rating.AMBER)
        for _ in range(10)
    ]
    keys = [(ItemKind.ACTION, each.action_id) for each in (red_again, *others)]

    with django_assert_num_queries(3):
        runs = runs_in(red_again.cycle, keys)

    assert runs[keys[0]].words == "Red for the second quarter in a row"
    assert {runs[key].words for key in keys[1:]} == {"Amber this quarter"}
    first = run_up_to(update)
    assert first is not None
    assert not first.is_repeated


def test_due_promises_take_as_many_queries_for_twenty_as_for_one(
    cycle: ReportingCycle, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        red = ActionUpdateFactory(cycle=cycle, submitted=True, rating=Rating.RED)
        ExceptionReportFactory(action_update=red, submitted=True)

    with django_assert_max_num_queries(5):
        found = [(p.reference, p.plan_ids) for p in steps_due(cycle.council, date(2009, 8, 3))]

    assert len(found) == 20


def draft(
    update: ActionUpdate, by: Officeholder, *steps: GivenStep, **given: Any
) -> ExceptionReport:
    version = ExceptionReport.objects.get().version
    answers = ExceptionAnswers(steps=steps, seen_version=version, **given)
    return draft_exception_report(update=update, answers=answers, by=by, at=IN_JULY)


@pytest.fixture
def told(update: ActionUpdate, officer: Officeholder) -> PlannedStep:
    """The second step of a report that is a draft again: it was done before its day."""
    _, done = promised(update, officer)
    said = {done.pk: Told(outcome=StepOutcome.DONE)}
    follow_up_steps(item=update.action, told=said, by=officer, at=IN_JULY)
    call_back_exception_report(report=ExceptionReport.objects.get(), by=officer, at=IN_JULY)
    return done


def test_what_was_said_of_a_step_stays_with_its_words_when_another_goes(
    update: ActionUpdate, officer: Officeholder, told: PlannedStep
) -> None:
    draft(update, officer, GivenStep(), replace(OPEN, step_id=told.pk), RING)

    first, second = PlannedStep.objects.all()
    assert (first.pk, first.what) == (told.pk, OPEN.what)
    assert (second.what, StepFollowUp.objects.get().step) == (RING.what, told)


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"what": "Close the hall"}, "step_2_what"), ({"what": "", "who": "", "due_on": None}, "")],
)
def test_a_step_of_which_something_was_said_is_neither_reworded_nor_taken_away(
    update: ActionUpdate,
    officer: Officeholder,
    told: PlannedStep,
    changed: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        draft(update, officer, ASK, replace(OPEN, step_id=told.pk, **changed))

    assert "Open the hall" in refused.value.problems[field]
    assert PlannedStep.objects.count() == 2


def test_the_countys_report_takes_over_from_steps_that_were_followed_up(
    cycle: ReportingCycle,
) -> None:
    red = IndicatorUpdateFactory(
        cycle=cycle, submitted=True, rating=Rating.RED, indicator__collected_by_county=True
    )
    DesignationFactory(indicator=red.indicator, kind=IndicatorKind.LAA)
    officer = officeholder(red.indicator.indicator_officer)
    report = submit_exception_report(
        update=red, answers=replace(WHOLE, steps=(ASK, OPEN)), by=officer, at=IN_JULY
    )
    said = {report.steps.all()[0].pk: Told(outcome=StepOutcome.DONE)}
    follow_up_steps(item=red.indicator, told=said, by=officer, at=IN_JULY)
    call_back_exception_report(report=report, by=officer, at=IN_JULY)

    answers = ExceptionAnswers(county_words="Staffordshire says so.", seen_version=2)
    submit_exception_report(update=red, answers=answers, by=officer, at=IN_JULY)

    assert [step.what for step in PlannedStep.objects.all()] == [ASK.what]
