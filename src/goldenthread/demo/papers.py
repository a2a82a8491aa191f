"""The papers that the demonstration's performance manager has issued, and their files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import moment
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation.models import Body, Council
from goldenthread.packs.making import make_due
from goldenthread.packs.models import Pack, PackFile
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import meeting_of


def issue_papers(cast: Cast, cycle: ReportingCycle, dmt: Body) -> None:
    """Issue the directors' papers of a cycle on the afternoon of the day on which they go out."""
    day = meeting_of(cycle, BodyKind.DMT).papers_out_on or cycle.due_on
    at = moment(day, 16)
    issue_pack(cycle=cycle, body=dmt, by=cast.manager, at=at)


def write_papers(council: Council, folder: Path) -> list[Path]:
    """Write the files of a council's issued packs: 2009-10/Q1/chase-2009-10-Q1-DMT.pdf.

    Those that are printed are made here; others are left to the worker beside the server.

    :raises OSError: if the folder cannot be written
    """
    for pack in Pack.objects.filter(body__kind=_PRINTED, cycle__council=council, number=1):
        make_due(worker="demonstration", clock=partial(_clock, pack), pack=pack)
    return [_write(file, folder) for file in _files(council)]


_PRINTED = BodyKind.DMT


def _clock(pack: Pack) -> datetime:
    return pack.issued_at


def _files(council: Council) -> Iterator[PackFile]:
    """Walk the files one at a time, since each holds a whole pack."""
    files = PackFile.objects.filter(pack__cycle__council=council).select_related(
        "pack__cycle__council", "pack__body"
    )
    order = files.order_by("pack__issued_at", "pack__pk", "edition", "format")
    for pk in list(order.values_list("pk", flat=True)):
        yield files.get(pk=pk)


def _write(file: PackFile, folder: Path) -> Path:
    path = folder / file.pack.cycle.slug / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    return path
