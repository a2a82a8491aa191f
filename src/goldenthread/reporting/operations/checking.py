"""A lead's check of a plan: sending a return back for revision, with what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import BodyKind
from goldenthread.notices.composing import compose, link_to
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Message, post_notice
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import holdings_on
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Action
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.calling_back import lock_submitted, reopen
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.queries.authors import authors_of
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
    held = lock_submitted(update)
    permissions.check_can_file_in(by, held.cycle)
    permissions.check_can_return(by, held.item, authors=authors_of(held))
    _check_takes_revision(held.cycle, timezone.localdate(at))
    if not note.strip():
        raise IncompleteReturnError(
            {"note": "Enter what is to be revised, for its officer to read"}
        )
    if held.version != seen_version:
        raise ChangedMeanwhileError("This return was changed while you were reading it.")
    filed_by = held.submitted_by
    _send_back(held, note.strip(), by, at)
    _tell_officers(held, filed_by, by, at)


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


def _send_back(held: Update, note: str, by: Officeholder, at: datetime) -> None:
    reopen(held)
    held.returned_at, held.returned_by, held.revision_note = at, by.user, note
    held.version += 1
    save_version(held, by=by.user, at=at)
    audit.record(
        council=held.cycle.council.name,
        verb=Verb.UPDATE_RETURNED,
        target=held,
        by=by.user,
        at=at,
        changes={"revision_note": ["", note]},
    )


def _tell_officers(held: Update, filed_by: User | None, by: Officeholder, at: datetime) -> None:
    message = _message(held, by)
    kind = "action" if isinstance(held, ActionUpdate) else "indicator"
    for person in people_to_tell(held.item, filed_by, by.user, timezone.localdate(at)):
        post_notice(
            council=held.cycle.council.name,
            kind=NoticeKind.RETURNED,
            key=f"returned-{kind}-{held.pk}-{held.version}-{person.pk}",
            to=person,
            message=message,
            at=at,
        )


def people_to_tell(item: Item, filed_by: User | None, sender: User, day: date) -> Iterable[User]:
    """Find whoever filed a return and holds its item on a day, once each, but for who sent it back."""
    holdings = holdings_on(day).filter(post__in=permissions.holding_posts(item)).order_by("pk")
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
    asks = (
        f"{by.user.name} asks you to revise the return on {reference} ({title}) for {cycle.title}:"
    )
    return compose(
        f"To revise: {reference}, {cycle.title}",
        "reporting/mail/returned",
        {"asks": asks, "note": held.revision_note, "href": href, "council": cycle.council.title},
    )
