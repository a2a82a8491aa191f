"""A council's papers at the command line: issued, made and held against their seals."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

import click
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.design.words import plural
from goldenthread.documents.formats import Format
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import officeholder
from goldenthread.packs.compose.material import gather
from goldenthread.packs.gaps import gaps_in
from goldenthread.packs.making import Made, draw, make_due
from goldenthread.packs.models import Edition, FileToMake, Pack
from goldenthread.packs.operations.issuing import Urgency
from goldenthread.packs.operations.issuing_all import Outcome, issue_all
from goldenthread.packs.queries import not_issued
from goldenthread.packs.seals import verify_packs
from goldenthread.reporting.models import ReportingCycle


def file_of(pack: Pack, kind: Format) -> bytes:
    """Return a file of issued papers as it is kept; one that is still to be made is made now.

    A format that there was not when they were issued is drawn from their frozen tree.

    :raises ClickException: if it cannot be made
    """
    if pack.files_to_make.filter(edition=Edition.WHOLE, format=kind).exists():
        make_files([pack])
    kept = pack.files.filter(edition=Edition.WHOLE, format=kind).first()
    if kept is not None:
        return bytes(kept.content)
    try:
        return draw(FileToMake(pack=pack, edition=Edition.WHOLE, format=kind))
    except Exception as error:
        raise click.ClickException(f"The file cannot be made: {error}") from error


def make_files(packs: Sequence[Pack]) -> Made:
    """Make the files of packs here and now, but for those that a worker has in hand."""
    worker = f"command-{secrets.token_hex(8)}"
    done = [make_due(worker=worker, clock=settings.CLOCK, pack=pack) for pack in packs]
    return Made(made=sum(each.made for each in done), failed=sum(each.failed for each in done))


def find_officeholder(council: Council, email: str, at: datetime) -> Officeholder:
    """Find whoever acts, by their address.

    :raises ClickException: if nobody of that address holds a post in the council on that day
    """
    user = User.objects.filter(email__iexact=email).first()
    day = timezone.localdate(at)
    found = officeholder(user=user, council=council.name, day=day) if user else None
    if found is None:
        raise click.ClickException(f"Nobody of the address {email} holds a post in {council}.")
    return found


def issue(
    cycle: ReportingCycle,
    *,
    by: Officeholder,
    at: datetime,
    urgency: Urgency | None,
    with_gaps: bool,
) -> list[Outcome]:
    """Issue a cycle's papers to all forums that have none yet.

    :raises ClickException: if whoever acts may not, there is nothing to issue, or the papers lack
        something and nobody said that they may
    """
    drafts = not_issued([cycle])
    if not drafts:
        raise click.ClickException(f"All papers of {cycle.title} are issued.")
    if not with_gaps and (lacking := _lacking(cycle, at)):
        raise click.ClickException(f"{lacking} Issue them all the same with --with-gaps.")
    try:
        return issue_all(cycle=cycle, by=by, at=at, urgency=urgency)
    except PermissionDenied as error:
        raise click.ClickException(str(error)) from error


def _lacking(cycle: ReportingCycle, at: datetime) -> str:
    """Say what the papers would lack, of whichever forum lacks most."""
    day = timezone.localdate(at)
    found = [gaps_in(gather(cycle, each.body, at=at, today=day)) for each in not_issued([cycle])]
    most = max(found, key=lambda gaps: gaps.count + gaps.parts, default=None)
    unsigned = max((len(gaps.unsigned) for gaps in found), default=0)
    said = []
    if most and most.in_words:
        said.append(f"{most.in_words} not in")
    if unsigned:
        said.append(f"{plural(unsigned, 'plan')} not signed off")
    return f"{cycle.title}: {', '.join(said)}." if said else ""


def outcomes_in_words(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say forum by forum whether its papers were issued, or why not."""
    for outcome in outcomes:
        if outcome.pack is None:
            yield f"{outcome.body.code}: not issued. {outcome.why_not}"
        else:
            late = ", late" if outcome.pack.days_late else ""
            yield f"{outcome.body.code}: issued{late}."


def verify(council: Council) -> str:
    """Say that every issued paper is as it was issued.

    :raises SystemExit: if one is not, after a line for each
    """
    found = verify_packs(council)
    for fault in found.faults:
        click.echo(fault, err=True)
    if found.faults:
        raise SystemExit(1)
    return (
        f"{plural(found.packs, 'pack')} and {plural(found.files, 'file')} of {council.title} "
        "are as they were issued."
    )
