"""A submitted report is called back, sent back, and endorsed by its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.exception_states import EndorsingRole, ReportState
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.operations.reports import submit_exception_report
from goldenthread.exception_reports.operations.reviewing import (
    NothingToEndorseError,
    call_back_exception_report,
    endorse_exception_report,
    return_exception_report,
)
from goldenthread.exception_reports.queries.reports import reports_asking_revision
from goldenthread.notices.models import Notice
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ActionUpdate
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NothingToExplainError,
    NotSubmittedError,
)
from tests.exception_reports.test_operations import AFTER_DEADLINE, WHOLE
from tests.factories import (
    IN_Q1,
    ActionOfficerFactory,
    PostFactory,
    PostHoldingFactory,
    UserFactory,
    officeholder,
)

AFTER_PAPERS = datetime.fromisoformat("2009-08-10T10:00:00+01:00")


@pytest.fixture
def report(update: ActionUpdate, officer: Officeholder) -> ExceptionReport:
    PostHoldingFactory(post=update.action.action_officer, holder=officer.user)
    return submit_exception_report(update=update, answers=WHOLE, by=officer, at=AFTER_DEADLINE)


@pytest.fixture
def lead(update: ActionUpdate) -> Officeholder:
    return officeholder(update.action.challenge.plan.lead_member)


def endorse(
    report: ExceptionReport, by: Officeholder, role: EndorsingRole = EndorsingRole.LEAD_MEMBER
) -> None:
    endorse_exception_report(
        report=report, role=role, seen_version=report.version, by=by, at=AFTER_DEADLINE
    )


def send_back(
    report: ExceptionReport, by: Officeholder, note: str = "Why?", at: datetime = AFTER_DEADLINE
) -> None:
    version = fresh(report).version
    return_exception_report(report=report, note=note, seen_version=version, by=by, at=at)


def fresh(report: ExceptionReport) -> ExceptionReport:
    return ExceptionReport.objects.get(pk=report.pk)


def test_an_endorsement_stands_for_the_words_and_falls_when_they_change(
    report: ExceptionReport, lead: Officeholder, officer: Officeholder, update: ActionUpdate
) -> None:
    endorse(report, lead)
    assert fresh(report).state is ReportState.ENDORSED

    call_back_exception_report(report=report, by=officer, at=AFTER_DEADLINE)
    assert fresh(report).state is ReportState.DRAFT
    answers = replace(WHOLE, seen_version=fresh(report).version)
    submit_exception_report(update=update, answers=answers, by=officer, at=AFTER_DEADLINE)

    assert fresh(report).state is ReportState.SUBMITTED
    endorse(fresh(report), lead)
    assert fresh(report).endorsements.count() == 2


def test_steps_changed_behind_its_back_take_an_endorsement_away(
    report: ExceptionReport, lead: Officeholder
) -> None:
    endorse(report, lead)
    report.steps.filter(number=1).update(what="Something else")

    assert fresh(report).state is ReportState.SUBMITTED


def test_a_report_sent_back_can_come_again_after_its_last_day(
    report: ExceptionReport, lead: Officeholder, officer: Officeholder, update: ActionUpdate
) -> None:
    send_back(report, lead, " Name the hall. ")

    held = fresh(report)
    assert (held.state, held.revision_note) == (ReportState.RETURNED, "Name the hall.")
    assert AuditEntry.objects.filter(verb=Verb.EXCEPTION_REPORT_RETURNED).count() == 1
    answers = replace(WHOLE, seen_version=held.version)
    submit_exception_report(update=update, answers=answers, by=officer, at=AFTER_PAPERS)
    assert fresh(report).state is ReportState.SUBMITTED


def test_a_report_cannot_be_called_back_after_its_last_day(
    report: ExceptionReport, officer: Officeholder, lead: Officeholder
) -> None:
    for somebody in (officer, lead):
        with pytest.raises(CycleClosedError):
            call_back_exception_report(report=report, by=somebody, at=AFTER_PAPERS)
    assert fresh(report).state is ReportState.SUBMITTED


def test_only_what_is_in_can_be_sent_back_called_back_or_endorsed(
    report: ExceptionReport, lead: Officeholder, officer: Officeholder
) -> None:
    call_back_exception_report(report=report, by=officer, at=AFTER_DEADLINE)

    with pytest.raises(NotSubmittedError):
        call_back_exception_report(report=report, by=officer, at=AFTER_DEADLINE)
    with pytest.raises(NotSubmittedError):
        send_back(report, lead)
    with pytest.raises(NotSubmittedError):
        endorse(fresh(report), lead)


def test_a_note_is_asked_for(report: ExceptionReport, lead: Officeholder) -> None:
    with pytest.raises(IncompleteReturnError):
        send_back(report, lead, " ")


def test_a_locked_cycle_sends_nothing_back(report: ExceptionReport, lead: Officeholder) -> None:
    cycle = report.about.cycle
    cycle.locked_at, cycle.locked_by = IN_Q1, UserFactory()
    cycle.save()

    with pytest.raises(CycleClosedError):
        send_back(report, lead)


def test_a_return_that_turned_green_leaves_nothing_to_decide(
    report: ExceptionReport, lead: Officeholder
) -> None:
    report.about.rating = Rating.GREEN
    report.about.save()

    with pytest.raises(NothingToExplainError):
        endorse(report, lead)
    with pytest.raises(NothingToExplainError):
        send_back(report, lead)


def test_dmt_and_the_cabinet_endorse_what_a_report_asks_for(
    report: ExceptionReport, lead: Officeholder, update: ActionUpdate
) -> None:
    plan = update.action.challenge.plan
    plan.portfolio_lead = PostFactory(council=plan.council)
    plan.save()

    endorse(report, lead, EndorsingRole.DMT)
    endorse(report, officeholder(plan.portfolio_lead), EndorsingRole.CABINET)

    assert fresh(report).endorsed_as(EndorsingRole.CABINET)
    assert fresh(report).state is ReportState.SUBMITTED, "resources are not the report"
    with pytest.raises(NothingToEndorseError):
        endorse(report, lead, EndorsingRole.DMT)


def test_without_a_call_for_resources_there_is_nothing_to_endorse_for_dmt(
    update: ActionUpdate, officer: Officeholder, lead: Officeholder
) -> None:
    answers = replace(WHOLE, needs_resources=False)
    report = submit_exception_report(update=update, answers=answers, by=officer, at=AFTER_DEADLINE)

    with pytest.raises(NothingToEndorseError):
        endorse(report, lead, EndorsingRole.DMT)


def test_nobody_endorses_their_own_report(report: ExceptionReport, update: ActionUpdate) -> None:
    plan, item = update.action.challenge.plan, update.action
    submitter = officeholder(plan.lead_member, user=report.submitted_by)
    holder = officeholder(plan.lead_member, item.action_officer)

    for own in (submitter, holder):
        with pytest.raises(PermissionDenied, match="Nobody endorses their own"):
            endorse(report, own)


def test_nobody_but_the_post_endorses_or_sends_back(
    report: ExceptionReport, update: ActionUpdate, officer: Officeholder
) -> None:
    lead_officer = officeholder(update.action.challenge.plan.lead_officer)
    for other in (officer, lead_officer):
        with pytest.raises(PermissionDenied):
            endorse(report, other)
    with pytest.raises(PermissionDenied, match="Cabinet Portfolio Lead"):
        endorse(report, lead_officer, EndorsingRole.CABINET)
    with pytest.raises(PermissionDenied):
        send_back(report, officer)
    with pytest.raises(PermissionDenied):
        endorse(report, officeholder(PostFactory()))


def test_words_that_were_not_read_are_not_endorsed(
    report: ExceptionReport, lead: Officeholder
) -> None:
    with pytest.raises(ChangedMeanwhileError):
        endorse_exception_report(
            report=report,
            role=EndorsingRole.LEAD_MEMBER,
            seen_version=0,
            by=lead,
            at=AFTER_DEADLINE,
        )


def test_reports_that_ask_for_a_revision_are_found_for_a_change_request(
    update: ActionUpdate, officer: Officeholder
) -> None:
    answers = replace(WHOLE, is_exceptional=True, exceptional="The flood.")
    report = submit_exception_report(update=update, answers=answers, by=officer, at=AFTER_DEADLINE)
    assert list(reports_asking_revision(update.cycle)) == [report]

    update.rating = Rating.GREEN
    update.save()
    assert not reports_asking_revision(update.cycle)


def test_words_that_were_not_read_are_not_sent_back(
    report: ExceptionReport, lead: Officeholder
) -> None:
    with pytest.raises(ChangedMeanwhileError):
        return_exception_report(
            report=report, note="Why?", seen_version=0, by=lead, at=AFTER_DEADLINE
        )


def test_nothing_is_sent_back_once_the_directors_papers_are_out(
    report: ExceptionReport, lead: Officeholder
) -> None:
    with pytest.raises(CycleClosedError, match="went out on"):
        send_back(report, lead, at=AFTER_PAPERS)


def test_nobody_sends_back_their_own_report(report: ExceptionReport, update: ActionUpdate) -> None:
    own = officeholder(update.action.challenge.plan.lead_officer, user=report.submitted_by)

    with pytest.raises(PermissionDenied, match="You submitted this"):
        send_back(report, own)


def test_whoever_submitted_it_and_all_who_hold_its_item_are_told_but_not_who_sent_it(
    report: ExceptionReport, update: ActionUpdate
) -> None:
    lead = officeholder(update.action.challenge.plan.lead_member)
    joint = ActionOfficerFactory(action=update.action)
    PostHoldingFactory(post=joint.post, holder=UserFactory(name="Jo Field"))
    PostHoldingFactory(post=joint.post, holder=lead.user, capacity=Capacity.JOINT)
    deputy = UserFactory(name="Di Ash")
    ExceptionReport.objects.filter(pk=report.pk).update(submitted_by=deputy)

    send_back(report, lead)

    told = Notice.objects.values_list("recipient_name", flat=True)
    assert sorted(told) == ["Ann Hill", "Di Ash", "Jo Field"]


def test_a_report_is_judged_by_its_cycle_as_it_stands(
    report: ExceptionReport, lead: Officeholder, officer: Officeholder
) -> None:
    cycle = report.about.cycle
    type(cycle).objects.filter(pk=cycle.pk).update(
        locked_at=AFTER_DEADLINE, locked_by=UserFactory()
    )

    with pytest.raises(CycleClosedError, match="locked"):
        send_back(report, lead)
    with pytest.raises(CycleClosedError, match="locked"):
        call_back_exception_report(report=report, by=officer, at=AFTER_DEADLINE)
