"""A lead's check of a plan: sending a return back for revision, with what is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import BodyKind
from goldenthread.notices.composing import address_of, compose, link_to
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Message, post_notice
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import holdings_on
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.operations.calling_back import lock_submitted, reopen
from goldenthread.reporting.queries.authors import authors_of
from goldenthread.reporting.queries.beside import BesideItem
from goldenthread.reporting.queries.cycles import meeting_of
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
)

Update = ActionUpdate | IndicatorUpdate


@transaction.atomic
def return_update_for_revision(
    *, update: Update, note: str, seen_version: int, by: Officeholder, at: datetime
) -> None:
    """Send a submitted return back to its officer, with what is asked of them (clause R-6).

    It is a draft again, with its words and figures, and can be revised until the cycle is locked.
    Whoever filed it and those who hold its item are told in the same transaction.

    :raises PermissionDenied: if the person does not lead a plan of it, or it is their own
    :raises NotSubmittedError: if it is a draft already
    :raises CycleClosedError: if the cycle is locked or its papers went out
    :raises IncompleteReturnError: if nothing is asked
    :raises ChangedMeanwhileError: if it was changed after the lead had read it
    """
    held, cycle = lock_submitted(update, update.cycle_id)
    held.cycle = cycle
    permissions.check_can_file_in(by, held.cycle)
    permissions.check_can_return(by, held.item, authors=authors_of(held))
    _check_asks(held, held.cycle, note, seen_version, at)
    filed_by = held.submitted_by
    _send_back(held, held.cycle, note.strip(), by, at)
    people = people_to_tell(permissions.holding_posts(held.item), filed_by, by.user, at)
    kind = "action" if isinstance(held, ActionUpdate) else "indicator"
    _tell(people, held, held.cycle, f"returned-{kind}", _message(held, by), at)


@transaction.atomic
def return_beside_for_revision(
    *,
    kept: Drafted,
    item: BesideItem,
    cycle: ReportingCycle,
    note: str,
    seen_version: int,
    by: Officeholder,
    at: datetime,
) -> None:
    """Send back something that is asked beside the returns, with what is asked of who wrote it (clause R-6).

    It is a draft again and can be revised until the cycle is locked. Whoever filed it and those who
    are asked for it are told in the same transaction.

    :raises PermissionDenied: if the person does not lead its plan, or it is their own
    :raises NotSubmittedError: if it is a draft already
    :raises CycleClosedError: if the cycle is locked or its papers went out
    :raises IncompleteReturnError: if nothing is asked
    :raises ChangedMeanwhileError: if it was changed after the lead had read it
    """
    held, cycle = lock_submitted(kept, cycle.pk)
    permissions.check_can_file_in(by, cycle)
    authors = {held.submitted_by_id, held.saved_by_id}
    permissions.check_can_return_of(by, item.plan, authors=authors)
    _check_asks(held, cycle, note, seen_version, at)
    filed_by = held.submitted_by
    _send_back(held, cycle, note.strip(), by, at)
    people = people_to_tell(item.post_ids, filed_by, by.user, at)
    _tell(people, held, cycle, f"returned-{item.key}", _message_about(item, cycle, held, by), at)


def _check_asks(
    held: Drafted, cycle: ReportingCycle, note: str, seen_version: int, at: datetime
) -> None:
    """Make sure that something is asked of what was read, while it can still be revised."""
    _check_takes_revision(cycle, timezone.localdate(at))
    if not note.strip():
        raise IncompleteReturnError(
            {"note": "Enter what is to be revised, for its officer to read"}
        )
    if held.version != seen_version:
        raise ChangedMeanwhileError("This return was changed while you were reading it.")


def why_not_now(cycle: ReportingCycle, day: date) -> str:
    """Say why returns of a cycle cannot be sent back on a day; nothing where they can."""
    try:
        _check_takes_revision(cycle, day)
    except CycleClosedError as error:
        return str(error)
    return ""


def _check_takes_revision(cycle: ReportingCycle, day: date) -> None:
    if cycle.closing_on(day) in (Closing.NOT_OPEN, Closing.LOCKED):
        raise CycleClosedError(closed_words(cycle, day))
    papers_out_on = meeting_of(cycle, BodyKind.DMT).papers_out_on
    # What papers said is put right by a correction, which the next ones list.
    if papers_out_on and day > papers_out_on:
        raise CycleClosedError(
            f"The papers of {cycle.title} went out on {long_date(papers_out_on)}. "
            "Correct this return instead: the next papers list the correction."
        )


def _send_back(
    held: Drafted, cycle: ReportingCycle, note: str, by: Officeholder, at: datetime
) -> None:
    reopen(held)
    held.returned_at, held.returned_by, held.revision_note = at, by.user, note
    held.version += 1
    save_version(held, by=by.user, at=at)
    audit.record(
        council=cycle.council.name,
        verb=Verb.UPDATE_RETURNED,
        target=held,
        by=by.user,
        at=at,
        changes={"revision_note": ["", note]},
    )


def _tell(
    people: Iterable[User],
    held: Drafted,
    cycle: ReportingCycle,
    key: str,
    message: Message,
    at: datetime,
) -> None:
    for person in people:
        post_notice(
            council=cycle.council.name,
            kind=NoticeKind.RETURNED,
            key=f"{key}-{held.pk}-{held.version}-{person.pk}",
            to=person,
            message=message,
            at=at,
        )


def people_to_tell(
    posts: Collection[int], filed_by: User | None, sender: User, at: datetime
) -> Iterable[User]:
    """Find whoever filed something and holds any of its posts, once each, but for who sent it back."""
    holdings = holdings_on(timezone.localdate(at)).filter(post__in=posts).order_by("pk")
    people = [filed_by, *(holding.holder for holding in holdings)]
    found = {person.pk: person for person in people if person and person.pk != sender.pk}
    return found.values()


def _message(held: Update, by: Officeholder) -> Message:
    item, cycle = held.item, held.cycle
    where = (cycle.council.name, *cycle.slug.split("/"))
    if isinstance(item, Action):
        reference, title = item.reference, item.description
        href = link_to("reporting:action_update_edit", *where, item.pk)
    else:
        reference, title = item.reference, item.definition
        href = link_to("reporting:indicator_update_edit", *where, item.reference)
    what = f"the return on {reference} ({title})"
    return _asking(reference, what, href, held, cycle, by)


def _message_about(
    item: BesideItem, cycle: ReportingCycle, held: Drafted, by: Officeholder
) -> Message:
    what = f"the {item.kind.noun} {item.reference} ({item.title})"
    return _asking(item.name, what, address_of(item.written_at), held, cycle, by)


def _asking(
    name: str, what: str, href: str, held: Drafted, cycle: ReportingCycle, by: Officeholder
) -> Message:
    return compose(
        f"To revise: {name}, {cycle.title}",
        "reporting/mail/returned",
        {
            "asks": f"{by.user.name} asks you to revise {what} for {cycle.title}:",
            "note": held.revision_note,
            "href": href,
            "council": cycle.council.title,
        },
    )
