from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.posts import Capacity
from goldenthread.domain.promises import GivenStep
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.doors import explains_until
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import (
    ExceptionAnswers,
    check_is_needed,
    draft_exception_report,
    submit_exception_report,
)
from goldenthread.organisation.models import Council, FrameworkVersion
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NothingToExplainError,
)
from tests.factories import (
    ActionOfficerFactory,
    ActionUpdateFactory,
    IndicatorUpdateFactory,
    MilestoneFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

FILE = pytest.mark.parametrize("file", [draft_exception_report, submit_exception_report])
AFTER_DEADLINE = datetime.fromisoformat("2009-07-28T10:00:00+01:00")

WHOLE = ExceptionAnswers(
    why="The caretaker left.",
    done="The post was advertised twice.",
    steps=(
        GivenStep(what="Take on a caretaker", who="The school", due_on=date(2009, 8, 31)),
        GivenStep(what="Open the hall", who="The school", due_on=date(2009, 9, 14)),
    ),
    planned="The school pays until then.",
    limits="The pay scale.",
    needs_resources=True,
    resources="A caretaker for three evenings.",
    resources_effect="The hall opens all week.",
    must_be_endorsed=True,
    is_exceptional=False,
)


def test_a_whole_report_stands_beside_its_return(
    update: ActionUpdate, officer: Officeholder
) -> None:
    submit_exception_report(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    report = ExceptionReport.objects.get()
    assert report.about == update
    assert (report.why, report.done) == (WHOLE.why, WHOLE.done)
    assert (report.planned, report.limits) == (WHOLE.planned, WHOLE.limits)
    assert (report.needs_resources, report.resources) == (True, WHOLE.resources)
    assert (report.resources_effect, report.must_be_endorsed) == (WHOLE.resources_effect, True)
    assert (report.is_exceptional, report.exceptional) == (False, "")
    assert [step.what for step in report.steps.all()] == ["Take on a caretaker", "Open the hall"]
    assert (report.submitted_for, report.submitted_as) == (officer.posts[0], Capacity.ANSWERABLE)
    assert (report.submitted_by, report.submitted_at) == (officer.user, AFTER_DEADLINE)
    assert report.is_submitted
    assert report.history.get().history_user == officer.user
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id) == (Verb.EXCEPTION_REPORT_SUBMITTED, report.pk)


def test_an_indicators_red_is_explained_by_its_officer(cycle: ReportingCycle) -> None:
    update = IndicatorUpdateFactory(cycle=cycle, submitted=True, rating=Rating.AMBER)
    officer = officeholder(update.indicator.indicator_officer)

    report = submit_exception_report(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    assert report.about == update
    assert report.action_update is None


def test_words_beside_a_no_are_dropped(update: ActionUpdate, officer: Officeholder) -> None:
    answers = replace(
        WHOLE, needs_resources=False, is_exceptional=True, exceptional=" The flood of June. "
    )

    report = submit_exception_report(update=update, answers=answers, by=officer, at=AFTER_DEADLINE)

    assert (report.resources, report.exceptional) == ("", "The flood of June.")
    assert (report.resources_effect, report.must_be_endorsed) == ("", None)


def test_a_draft_may_lack_everything(update: ActionUpdate, officer: Officeholder) -> None:
    draft_exception_report(update=update, answers=ExceptionAnswers(), by=officer, at=AFTER_DEADLINE)

    report = ExceptionReport.objects.get()
    assert not report.is_submitted
    assert (report.needs_resources, report.is_exceptional) == (None, None)
    assert AuditEntry.objects.get().verb is Verb.EXCEPTION_REPORT_DRAFTED


def test_a_draft_is_submitted_in_its_place(update: ActionUpdate, officer: Officeholder) -> None:
    draft = draft_exception_report(
        update=update, answers=ExceptionAnswers(why="First thoughts"), by=officer, at=AFTER_DEADLINE
    )
    submit_exception_report(
        update=update, answers=replace(WHOLE, seen_version=1), by=officer, at=AFTER_DEADLINE
    )

    report = ExceptionReport.objects.get()
    assert (report.pk, report.version, report.why) == (draft.pk, 2, WHOLE.why)
    assert [version.why for version in report.history.order_by("pk")] == [
        "First thoughts",
        WHOLE.why,
    ]


@pytest.mark.parametrize(
    ("missing", "fields"),
    [
        ({"why": " "}, {"why"}),
        ({"done": ""}, {"done"}),
        ({"planned": ""}, set()),
        ({"steps": ()}, {"step_1_what"}),
        ({"steps": (GivenStep(what="Wait"),)}, {"step_1_who", "step_1_due_on"}),
        ({"steps": (GivenStep(), GivenStep(who="Me"))}, {"step_2_what", "step_2_due_on"}),
        ({"resources_effect": " "}, {"resources_effect"}),
        ({"must_be_endorsed": None}, {"must_be_endorsed"}),
        ({"limits": ""}, set()),
        ({"needs_resources": None}, {"needs_resources"}),
        ({"is_exceptional": None}, {"is_exceptional"}),
        ({"resources": " "}, {"resources"}),
        ({"is_exceptional": True}, {"exceptional"}),
        ({"needs_resources": False, "resources": ""}, set()),
    ],
)
def test_a_missing_answer_is_named_by_its_question(
    update: ActionUpdate, officer: Officeholder, missing: dict[str, Any], fields: set[str]
) -> None:
    answers = replace(WHOLE, **missing)

    assert _problems(update, answers, officer) == fields
    assert ExceptionReport.objects.exists() is not bool(fields)


def _problems(update: ActionUpdate, answers: ExceptionAnswers, by: Officeholder) -> set[str]:
    try:
        submit_exception_report(update=update, answers=answers, by=by, at=AFTER_DEADLINE)
    except IncompleteReturnError as error:
        return set(error.problems)
    return set()


def test_every_question_left_empty_is_named(update: ActionUpdate, officer: Officeholder) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        submit_exception_report(
            update=update, answers=ExceptionAnswers(), by=officer, at=AFTER_DEADLINE
        )

    problems = refused.value.problems
    assert set(problems) == {"why", "done", "step_1_what", "needs_resources", "is_exceptional"}
    assert problems["why"] == "Answer the question: Why is it red or amber?"
    assert problems["needs_resources"].startswith("Select yes or no: ")
    assert not ExceptionReport.objects.exists()
    assert not AuditEntry.objects.exists()


def test_no_framework_excuses_from_why_and_from_a_step(
    update: ActionUpdate, officer: Officeholder
) -> None:
    adopted = FrameworkVersion.objects.get()
    for key in ("why", "done", "planned"):
        adopted.text = adopted.text.replace(f'key = "{key}"', f'key = "{key}"\nrequired = false')
    adopted.save()

    assert _problems(update, replace(WHOLE, why="", done="", steps=()), officer) == {
        "why",
        "step_1_what",
    }


@pytest.mark.parametrize(
    "given",
    [
        {"submitted": True, "rating": Rating.GREEN},
        {"rating": Rating.RED},
        {},
    ],
)
@FILE
def test_what_is_on_track_or_a_draft_has_nothing_to_explain(
    cycle: ReportingCycle, given: dict[str, Any], file: Any
) -> None:
    update = ActionUpdateFactory(cycle=cycle, **given)
    officer = officeholder(update.action.action_officer)

    with pytest.raises(NothingToExplainError):
        file(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    assert not ExceptionReport.objects.exists()


def test_a_six_weekly_red_has_nothing_to_explain(council: Council) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    update = ActionUpdateFactory(cycle=six_weekly, submitted=True, rating=Rating.RED)

    with pytest.raises(NothingToExplainError):
        check_is_needed(update)


def test_a_monitored_indicator_without_a_rating_has_nothing_to_explain(
    cycle: ReportingCycle,
) -> None:
    update: IndicatorUpdate = IndicatorUpdateFactory(cycle=cycle, submitted=True, rating=None)

    with pytest.raises(NothingToExplainError):
        check_is_needed(update)


@pytest.mark.parametrize("rating", [Rating.RED, Rating.AMBER])
def test_every_quarterly_red_and_amber_is_to_be_explained(
    cycle: ReportingCycle, rating: Rating
) -> None:
    check_is_needed(ActionUpdateFactory(cycle=cycle, submitted=True, rating=rating))
    check_is_needed(IndicatorUpdateFactory(cycle=cycle, submitted=True, rating=rating))


def test_reports_are_taken_until_the_papers_go_out(
    update: ActionUpdate, officer: Officeholder
) -> None:
    last_minute = datetime.fromisoformat("2009-08-06T23:59:00+01:00")

    assert explains_until(update.cycle) == date(2009, 8, 6)
    report = submit_exception_report(update=update, answers=WHOLE, by=officer, at=last_minute)
    assert report.is_submitted


@FILE
def test_a_report_after_the_papers_went_out_is_refused(
    update: ActionUpdate, officer: Officeholder, file: Any
) -> None:
    next_day = datetime.fromisoformat("2009-08-07T00:01:00+01:00")

    with pytest.raises(CycleClosedError, match="until 6 August 2009"):
        file(update=update, answers=WHOLE, by=officer, at=next_day)

    assert not ExceptionReport.objects.exists()


def test_without_a_day_for_the_papers_reports_are_due_with_the_returns(council: Council) -> None:
    cycle = ReportingCycleFactory(council=council)
    MilestoneFactory(cycle=cycle, forum=BodyKind.SCRUTINY)
    MilestoneFactory(cycle=cycle, step=Step.FORUM_RECEIVES)

    assert explains_until(cycle) == cycle.due_on


@FILE
def test_a_report_is_submitted_once(update: ActionUpdate, officer: Officeholder, file: Any) -> None:
    submit_exception_report(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    with pytest.raises(AlreadySubmittedError, match="exception report"):
        file(update=update, answers=replace(WHOLE, seen_version=1), by=officer, at=AFTER_DEADLINE)


@FILE
def test_words_that_nobody_saw_are_not_written_over(
    update: ActionUpdate, officer: Officeholder, file: Any
) -> None:
    joint = officeholder(ActionOfficerFactory(action=update.action).post)
    draft_exception_report(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    with pytest.raises(ChangedMeanwhileError, match="Ann Hill saved this exception report"):
        file(update=update, answers=WHOLE, by=joint, at=AFTER_DEADLINE)


@FILE
def test_nobody_explains_the_item_of_another(
    update: ActionUpdate, council: Council, file: Any
) -> None:
    stranger = officeholder(PostFactory(council=council))

    with pytest.raises(PermissionDenied):
        file(update=update, answers=WHOLE, by=stranger, at=AFTER_DEADLINE)


def test_nobody_explains_the_indicator_of_another(cycle: ReportingCycle) -> None:
    update = IndicatorUpdateFactory(cycle=cycle, submitted=True, rating=Rating.RED)
    stranger = officeholder(PostFactory(council=cycle.council))

    with pytest.raises(PermissionDenied):
        submit_exception_report(update=update, answers=WHOLE, by=stranger, at=AFTER_DEADLINE)


@FILE
def test_a_return_and_its_cycle_are_judged_as_they_stand_and_not_as_they_were_read(
    update: ActionUpdate, officer: Officeholder, file: Any
) -> None:
    ReportingCycle.objects.filter(pk=update.cycle_id).update(
        locked_at=AFTER_DEADLINE, locked_by=UserFactory()
    )
    with pytest.raises(CycleClosedError, match="locked"):
        file(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)

    ReportingCycle.objects.filter(pk=update.cycle_id).update(locked_at=None, locked_by=None)
    ActionUpdate.objects.filter(pk=update.pk).update(rating=Rating.GREEN)
    with pytest.raises(NothingToExplainError):
        file(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)
