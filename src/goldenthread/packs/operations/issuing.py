from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.documents.tree import Document, from_json, to_json
from goldenthread.domain.closing import Closing
from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs import permissions
from goldenthread.packs.compose.covers import Cover
from goldenthread.packs.compose.editions import Issue, editions_of
from goldenthread.packs.compose.material import gather
from goldenthread.packs.gaps import Gaps, gaps_in
from goldenthread.packs.models import Edition, FileToMake, Pack, PackEdition
from goldenthread.packs.publication import Publication, publication_of
from goldenthread.packs.queries import (
    editions_issued,
    exemptions_of,
    is_received,
    latest_issued,
    tree_of,
)
from goldenthread.packs.seals import seal_of
from goldenthread.reporting.models import ReportingCycle


class AlreadyIssuedError(Exception):
    """The pack of this cycle has been issued to that body."""


class CannotIssueError(Exception):
    """These papers cannot be issued; the words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """Why a forum should take papers that come late, and who in its chair agreed that it will."""

    reason: str
    agreed_by: str

    @property
    def words(self) -> str:
        return f"Taken as urgent with the agreement of {self.agreed_by}, because: {self.reason}"


def issue_pack(
    *,
    cycle: ReportingCycle,
    body: Body,
    by: Officeholder,
    at: datetime,
    reason: str = "",
    urgency: Urgency | None = None,
) -> Pack:
    """Issue a forum's papers: what they say is frozen for good, and their files follow from that.

    With a reason they are issued again: the issue before stays as it was, and the new one says what
    differs. The files are made afterwards, by a worker.

    :raises PermissionDenied: if the person is not the performance manager
    :raises CannotIssueError: if the cycle has not opened, they are not sent its papers,
        returns are missing that can still come, there is nothing to replace, or papers of a public
        meeting are late and nobody says why they cannot wait
    :raises NotReceivedError: if the framework does not send this report to that forum
    :raises AlreadyIssuedError: if it was issued before, and no reason is given to issue it again
    """
    permissions.check_can_issue(by)
    day = timezone.localdate(at)
    check_can_be_issued(cycle, body, day=day)
    with transaction.atomic():
        # Whoever comes second waits here, and then finds the pack issued.
        Body.objects.select_for_update().get(pk=body.pk)
        before = _check_follows(cycle, body, reason)
        material = gather(cycle, body, at=at, today=day)
        check_gaps(cycle, gaps_in(material), day=day)
        publication = publication_of(cycle, body).of_issue(day, is_again=before is not None)
        is_urgent = publication.asks_for_urgency(day)
        _check_urgency(publication, urgency, day=day, is_urgent=is_urgent)
        # Papers that are in time take no reason, though one be given for others beside them.
        urgency = urgency if is_urgent else None
        cover = Cover(
            number=before.number + 1 if before else 1,
            before=before,
            reason=reason,
            lateness=publication.lateness(day) if publication.is_public else "",
            urgency=urgency.words if urgency else "",
        )
        pack = Pack(
            cycle=cycle,
            body=body,
            framework=cycle.council.framework_in_force,
            number=cover.number,
            reason=reason,
            due_on=publication.due_on,
            urgency_reason=urgency.reason if urgency else "",
            urgency_agreed_by=urgency.agreed_by if urgency else "",
            issued_at=at,
            issued_by=by.user,
        )
        issue = Issue(
            cover=cover,
            exemptions=tuple(exemptions_of(cycle)),
            before=_trees_of(before) if before else None,
        )
        return _keep(pack, editions_of(material, issue))


def _trees_of(pack: Pack) -> dict[Edition, Document]:
    return {edition: from_json(tree_of(pack, edition)) for edition in editions_issued(pack)}


def check_can_be_issued(cycle: ReportingCycle, body: Body, *, day: date) -> None:
    """Make sure that there can be papers of a cycle for a body on a day.

    :raises CannotIssueError: if the cycle has not opened, or they are not sent its papers
    """
    if not is_received(cycle, body):
        raise CannotIssueError(f"{body.title} does not receive the papers of {cycle.title}.")
    if day < cycle.opens_on:
        raise CannotIssueError(f"{cycle.title} opens on {long_date(cycle.opens_on)}.")


def check_gaps(cycle: ReportingCycle, gaps: Gaps, *, day: date) -> None:
    """Make sure that papers are not frozen while what they lack can still come.

    :raises CannotIssueError: if returns are missing and the cycle still takes them from officers
    """
    if gaps.returns and cycle.closing_on(day) in (Closing.NOT_OPEN, Closing.OPEN):
        raise CannotIssueError(
            f"Returns are taken until {long_date(cycle.due_on)}, and not all are in. "
            "Issue the papers once all are in, after that day, or once the cycle is locked."
        )


def _check_follows(cycle: ReportingCycle, body: Body, reason: str) -> Pack | None:
    before = latest_issued(cycle, body)
    if before is not None and not reason:
        raise AlreadyIssuedError(
            f"The papers of {cycle.title} for {body.title} are issued already."
        )
    if before is None and reason:
        raise CannotIssueError(
            f"The papers of {cycle.title} for {body.title} have not been issued yet."
        )
    return before


def _check_urgency(
    publication: Publication, urgency: Urgency | None, *, day: date, is_urgent: bool
) -> None:
    if urgency is None and is_urgent:
        raise CannotIssueError(
            f"{publication.lateness(day)}. Say why the meeting should take them as urgent, and who "
            "agreed in its chair."
        )


def _keep(pack: Pack, editions: Mapping[Edition, Document]) -> Pack:
    trees = {edition: to_json(document) for edition, document in editions.items()}
    pack.tree = trees.pop(Edition.WHOLE)
    pack.sha256 = seal_of(pack.tree)
    pack.save(force_insert=True)
    others = [
        PackEdition(pack=pack, edition=edition, tree=tree, sha256=seal_of(tree))
        for edition, tree in trees.items()
    ]
    PackEdition.objects.bulk_create(others)
    FileToMake.objects.bulk_create(_files_to_make(pack, editions))
    audit.record(
        council=pack.cycle.council.name,
        verb=Verb.PACK_ISSUED,
        target=pack,
        by=pack.issued_by,
        at=pack.issued_at,
        changes=_told(pack, others),
    )
    return pack


def _files_to_make(pack: Pack, editions: Iterable[Edition]) -> list[FileToMake]:
    return [
        FileToMake(pack=pack, edition=edition, format=kind, due_at=pack.issued_at)
        for edition in editions
        for kind in edition.formats
    ]


def _told(pack: Pack, others: Iterable[PackEdition]) -> dict[str, object]:
    seals = {Edition.WHOLE: pack.sha256} | {each.edition: each.sha256 for each in others}
    told: dict[str, object] = {edition.value: [None, seal] for edition, seal in seals.items()}
    words = {"reason": pack.reason, "urgency": pack.urgency_reason}
    return told | {name: [None, said] for name, said in words.items() if said}
