from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import Document, to_json
from goldenthread.domain.closing import Closing
from goldenthread.organisation.models import Body
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.packs import permissions
from goldenthread.packs.compose.material import gather
from goldenthread.packs.compose.pack import compose_from
from goldenthread.packs.gaps import Gaps, gaps_in
from goldenthread.packs.models import Pack, PackFile
from goldenthread.packs.queries import is_composed, latest_issued
from goldenthread.reporting.models import ReportingCycle


class AlreadyIssuedError(Exception):
    """The pack of this cycle has been issued to that body."""


class CannotIssueError(Exception):
    """These papers cannot be issued; the words say why."""


def issue_pack(*, cycle: ReportingCycle, body: Body, by: Officeholder, at: datetime) -> Pack:
    """Issue a forum's papers: what they say and the files they are had as are frozen for good.

    The files are made before anything is kept, outside the transaction, because that takes a second.

    :raises PermissionDenied: if the person is not the performance manager
    :raises CannotIssueError: if the cycle has not opened, this version has no papers for them, or
        returns are missing that can still come
    :raises NotReceivedError: if the framework does not send this report to that forum
    :raises AlreadyIssuedError: if it was issued before
    """
    permissions.check_can_issue(by)
    check_can_be_issued(cycle, body, day=timezone.localdate(at))
    _check_not_issued(cycle, body)
    material = gather(cycle, body, at=at, today=timezone.localdate(at))
    check_gaps(cycle, gaps_in(material), day=timezone.localdate(at))
    document = compose_from(material)
    contents = {kind: render(document, kind) for kind in Format}
    with transaction.atomic():
        # Whoever comes second waits here, and then finds the pack issued.
        Body.objects.select_for_update().get(pk=body.pk)
        _check_not_issued(cycle, body)
        return _keep(cycle, body, document, contents, by, at)


def check_can_be_issued(cycle: ReportingCycle, body: Body, *, day: date) -> None:
    """Make sure that there can be papers of a cycle for a body on a day.

    :raises CannotIssueError: if the cycle has not opened, or this version has no papers for them
    """
    if not is_composed(cycle, body):
        raise CannotIssueError(
            f"This version makes no papers of {cycle.title} for {body.title} yet."
        )
    if day < cycle.opens_on:
        raise CannotIssueError(f"{cycle.title} opens on {long_date(cycle.opens_on)}.")


def check_gaps(cycle: ReportingCycle, gaps: Gaps, *, day: date) -> None:
    """Make sure that papers are not frozen while what they lack can still come.

    :raises CannotIssueError: if returns are missing and the cycle still takes them from officers
    """
    if gaps.returns and cycle.closing_on(day) in (Closing.NOT_OPEN, Closing.OPEN):
        raise CannotIssueError(
            f"Returns are taken until {long_date(cycle.due_on)}, and {len(gaps.returns)} are not in. "
            "Issue the papers once all are in, after that day, or once the cycle is locked."
        )


def _check_not_issued(cycle: ReportingCycle, body: Body) -> None:
    if latest_issued(cycle, body) is not None:
        raise AlreadyIssuedError(
            f"The papers of {cycle.title} for {body.title} are issued already."
        )


def _keep(
    cycle: ReportingCycle,
    body: Body,
    document: Document,
    contents: dict[Format, bytes],
    by: Officeholder,
    at: datetime,
) -> Pack:
    tree = to_json(document)
    pack = Pack.objects.create(
        cycle=cycle,
        body=body,
        framework=cycle.council.framework_in_force,
        number=1,
        tree=tree,
        sha256=hashlib.sha256(tree).hexdigest(),
        issued_at=at,
        issued_by=by.user,
    )
    files = [_file(pack, kind, content) for kind, content in contents.items()]
    PackFile.objects.bulk_create(files)
    audit.record(
        council=cycle.council.name,
        verb=Verb.PACK_ISSUED,
        target=pack,
        by=by.user,
        at=at,
        changes={file.format.value: [None, file.sha256] for file in files},
    )
    return pack


def _file(pack: Pack, kind: Format, content: bytes) -> PackFile:
    return PackFile(
        pack=pack,
        format=kind,
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
