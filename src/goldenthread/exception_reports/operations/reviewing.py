"""What happens to a submitted report: its officer calls it back, a lead sends it back or endorses it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.domain.exception_states import EndorsingRole, ReportDeed, state_after
from goldenthread.exception_reports import permissions
from goldenthread.exception_reports.doors import (
    can_be_called_back,
    check_takes_report,
    check_takes_revision,
    closed_words,
    explains_until,
)
from goldenthread.exception_reports.models import Endorsement, ExceptionReport
from goldenthread.exception_reports.operations.reports import (
    check_is_needed,
    locked_report,
    locked_return,
)
from goldenthread.exception_reports.queries.reports import Subject, subject_of
from goldenthread.notices import operations as notices
from goldenthread.notices.composing import compose, link_to
from goldenthread.notices.models import NoticeKind
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.reporting.operations.checking import people_to_tell
from goldenthread.reporting.permissions import check_can_file_in, holding_posts
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
    ReturnRefusedError,
)


class NothingToEndorseError(ReturnRefusedError):
    """The report is endorsed already, or asks for no endorsement of that kind."""


@transaction.atomic
def call_back_exception_report(
    *, report: ExceptionReport, by: Officeholder, at: datetime
) -> ExceptionReport:
    """Make a draft again of a submitted report, until its last day; an endorsement falls away.

    After that day its papers are out, and nobody takes back what they print: not those who answer
    for the plan, and not somebody let in.

    :raises PermissionDenied: if it is not theirs to file
    :raises ReturnRefusedError: if it is too late, or not submitted
    """
    held = _locked(report)
    check_takes_report(
        by,
        held.about.item,
        cycle=held.about.cycle,
        is_to_revise=False,
        day=timezone.localdate(at),
    )
    if not can_be_called_back(held.about.cycle, timezone.localdate(at)):
        raise CycleClosedError(closed_words(held.about.cycle, timezone.localdate(at)))
    _check_can(held, ReportDeed.CALL_BACK)
    held.returned_at = held.returned_by = None
    held.revision_note = ""
    _reopen(held, by, at, verb=Verb.EXCEPTION_REPORT_CALLED_BACK)
    return held


@transaction.atomic
def return_exception_report(
    *, report: ExceptionReport, note: str, seen_version: int, by: Officeholder, at: datetime
) -> ExceptionReport:
    """Send a submitted report back to its officer, with a note of what to revise.

    Whoever submitted it and those who hold its item are told in the same transaction.

    :raises PermissionDenied: if the person does not lead the item's plan, or it is their own
    :raises ReturnRefusedError: if it is not submitted, needed no more or changed meanwhile, or its
        cycle is locked or its papers went out
    :raises IncompleteReturnError: if the note is missing
    """
    held = _locked(report)
    check_can_file_in(by, held.about.cycle)
    permissions.check_can_return(by, held)
    check_takes_revision(held.about.cycle, timezone.localdate(at))
    check_is_needed(held.about)
    _check_can(held, ReportDeed.RETURN)
    if not note.strip():
        raise IncompleteReturnError({"note": "Say what to revise: the officer reads it first"})
    _check_was_read(held, seen_version)
    submitted_by = held.submitted_by
    held.returned_at, held.returned_by = at, by.user
    held.revision_note = note.strip()
    _reopen(held, by, at, verb=Verb.EXCEPTION_REPORT_RETURNED)
    _tell_officers(held, submitted_by, by, at)
    return held


@transaction.atomic
def endorse_exception_report(
    *,
    report: ExceptionReport,
    role: EndorsingRole,
    seen_version: int,
    by: Officeholder,
    at: datetime,
) -> Endorsement:
    """Endorse the words of a report as its Lead Member, or for DMT or the Cabinet what it asks for.

    :raises PermissionDenied: if the person is not in the post that gives it, or explained it themselves
    :raises ReturnRefusedError: if it is not submitted, needed no more, changed or endorsed already
    """
    held = _locked(report)
    check_can_file_in(by, held.about.cycle)
    subject = subject_of(held.about)
    post = permissions.check_can_endorse(by, held, subject.plan, role)
    check_is_needed(held.about)
    _check_can_be_endorsed(held, role)
    _check_was_read(held, seen_version)
    endorsement = Endorsement.objects.create(
        report=held,
        role=role,
        seal=held.seal,
        given_at=at,
        given_by=by.user,
        given_for=post,
        given_as=by.capacity_in(post),
    )
    audit.record(
        council=by.council.name,
        verb=Verb.EXCEPTION_REPORT_ENDORSED,
        target=endorsement,
        by=by.user,
        at=at,
        changes={"seal": [None, endorsement.seal]},
    )
    return endorsement


def _locked(report: ExceptionReport) -> ExceptionReport:
    """Lock a report after its return, as they are locked where it is written."""
    held = locked_report(locked_return(report.about))
    if held is None:  # pragma: no cover - no report is ever deleted
        raise NotSubmittedError("There is no such exception report any more.")
    return held


def _check_was_read(held: ExceptionReport, seen_version: int) -> None:
    if held.version != seen_version:
        raise ChangedMeanwhileError("The report changed while you were reading it. Read it again.")


def _check_can(held: ExceptionReport, deed: ReportDeed) -> None:
    if state_after(held.state, deed) is None:
        raise NotSubmittedError(f"This exception report is {held.state.label.lower()} now.")


def _check_can_be_endorsed(held: ExceptionReport, role: EndorsingRole) -> None:
    if not held.is_submitted:
        raise NotSubmittedError("This exception report is not submitted.")
    if held.endorsed_as(role):
        raise NothingToEndorseError("This exception report is endorsed already.")
    if role is not EndorsingRole.LEAD_MEMBER and not held.must_be_endorsed:
        raise NothingToEndorseError("This exception report asks for no resources to be endorsed.")


def _reopen(held: ExceptionReport, by: Officeholder, at: datetime, *, verb: Verb) -> None:
    held.submitted_at = held.submitted_by = held.submitted_for = held.submitted_as = None
    held.version += 1
    held.saved_at, held.saved_by = at, by.user
    save_version(held, by=by.user, at=at)
    audit.record(
        council=held.about.cycle.council.name,
        verb=verb,
        target=held,
        by=by.user,
        at=at,
        changes={"note": [None, held.revision_note]} if held.revision_note else None,
    )


def _tell_officers(
    held: ExceptionReport, submitted_by: User | None, by: Officeholder, at: datetime
) -> None:
    """Write to whoever submitted the report and holds its item that it came back, and why."""
    cycle, subject = held.about.cycle, subject_of(held.about)
    posts = holding_posts(held.about.item)
    for person in people_to_tell(posts, submitted_by, by.user, at):
        notices.post_notice(
            council=cycle.council.name,
            kind=NoticeKind.RETURNED,
            key=f"exception report {held.pk} returned at version {held.version} to {person.pk}",
            to=person,
            message=compose(
                f"Revise the exception report for {subject.reference}",
                "exception_reports/mail/returned",
                _mail_context(held, subject, person, by),
            ),
            at=at,
        )


def _mail_context(
    held: ExceptionReport, subject: Subject, person: User, by: Officeholder
) -> dict[str, object]:
    cycle = held.about.cycle
    return {
        "council": cycle.council,
        "person": person,
        "lead": by.user,
        "subject_of_report": subject,
        "cycle": cycle,
        "note": held.revision_note,
        "until": long_date(explains_until(cycle)),
        "link": link_to(
            "exception_reports:exception_report_edit",
            cycle.council.name,
            *cycle.slug.split("/"),
            subject.kind.value,
            held.about.pk,
        ),
    }
