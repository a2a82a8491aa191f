from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.exempt_paragraphs import ExemptParagraph
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs import permissions
from goldenthread.packs.models import Exemption
from goldenthread.reporting.models import ReportingCycle


class AlreadyExemptError(Exception):
    """A part is marked as exempt already."""


@transaction.atomic
def mark_exempt(
    *,
    cycle: ReportingCycle,
    anchor: str,
    title: str,
    paragraph: ExemptParagraph,
    reason: str,
    by: Officeholder,
    at: datetime,
) -> Exemption:
    """Keep a part of a cycle's papers from the public, on a paragraph of Schedule 12A and for a reason.

    Papers that are issued already stay as they are.

    :raises PermissionDenied: if the person is not the performance manager
    :raises AlreadyExemptError: if it is marked already, on whichever ground
    """
    permissions.check_can_issue(by)
    # Whoever comes second waits here, and then finds it marked.
    ReportingCycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    if Exemption.objects.filter(cycle=cycle, anchor=anchor, lifted_at=None).exists():
        raise AlreadyExemptError(f"{title} is marked as exempt already: lift that first.")
    exemption = Exemption.objects.create(
        cycle=cycle,
        anchor=anchor,
        title=title[:LONGEST_TITLE],
        paragraph=paragraph.value,
        reason=reason,
        marked_at=at,
        marked_by=by.user,
    )
    audit.record(
        council=cycle.council.name,
        verb=Verb.EXEMPTION_MARKED,
        target=exemption,
        by=by.user,
        at=at,
        changes={"paragraph": [None, paragraph.value], "reason": [None, reason]},
    )
    return exemption


LONGEST_TITLE = 300


@transaction.atomic
def lift_exemption(*, exemption: Exemption, by: Officeholder, at: datetime) -> None:
    """Let the public read a part again, in papers that are issued from now on.

    :raises PermissionDenied: if the person is not the performance manager
    """
    permissions.check_can_issue(by)
    standing = Exemption.objects.select_for_update().filter(pk=exemption.pk, lifted_at=None)
    if not standing.update(lifted_at=at, lifted_by=by.user):
        # Somebody else was quicker.
        return
    audit.record(
        council=exemption.cycle.council.name,
        verb=Verb.EXEMPTION_LIFTED,
        target=exemption,
        by=by.user,
        at=at,
    )
