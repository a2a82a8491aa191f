"""The papers that the demonstration's performance manager has issued, and their files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from goldenthread.demo.council import Cast
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import moment
from goldenthread.domain.exempt_paragraphs import ExemptParagraph
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation.models import Body, Council
from goldenthread.packs.making import make_due
from goldenthread.packs.models import PackFile
from goldenthread.packs.operations.exempting import mark_exempt
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.packs.publication import publication_of
from goldenthread.packs.queries import NotIssued, not_issued
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import meeting_of

_QUOTED_FOR = ("ES", 1, 2)
_WHY_EXEMPT = (
    "It tells what two firms quoted for the bin stores. The work is to be put out again, and the "
    "council would pay more if each firm knew the other's price."
)
_WHY_AGAIN = "CYPF6 counted a school's visits twice, as Scrutiny found at its meeting. The figure is put right."
_MARKED_ON, _ISSUED_AGAIN_ON = date(2009, 8, 14), date(2009, 9, 25)


def issue_papers(cast: Cast, cycle: ReportingCycle, dmt: Body) -> None:
    """Issue the directors' papers of a cycle on the afternoon of the day on which they go out.

    Their files are made at once; those of other forums are left to the worker beside the server.
    """
    day = meeting_of(cycle, BodyKind.DMT).papers_out_on or cycle.due_on
    at = moment(day, 16)
    pack = issue_pack(cycle=cycle, body=dmt, by=cast.manager, at=at)
    make_due(worker="demonstration", clock=lambda: at, pack=pack)


def deeds_for_other_forums(cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    """Issue a cycle's papers to each further forum that meets on them, some when the next has begun."""
    for draft in not_issued([cycle]):
        if draft.meeting.meets_on:
            at = moment(_goes_out_on(cycle, draft), 16)
            issue = partial(issue_pack, cycle=cycle, body=draft.body, by=cast.manager, at=at)
            yield Deed(at=at, perform=issue)


def _goes_out_on(cycle: ReportingCycle, draft: NotIssued) -> date:
    """Choose the day by which a forum's papers are due; where nobody set one, a week before it meets."""
    meets_on = draft.meeting.meets_on or cycle.due_on
    return publication_of(cycle, draft.body).due_on or meets_on - timedelta(weeks=1)


def keep_from_the_public(cast: Cast, cycle: ReportingCycle) -> None:
    """Mark as exempt the exception report that tells what two firms quoted."""
    plan, challenge, number = _QUOTED_FOR
    action = Action.objects.select_related("challenge__plan").get(
        challenge__plan__council=cast.council,
        challenge__plan__code=plan,
        challenge__number=challenge,
        number=number,
    )
    mark_exempt(
        cycle=cycle,
        anchor=f"exception-action-{action.pk}",
        title=f"Exception report on {action.reference}",
        paragraph=ExemptParagraph.BUSINESS_AFFAIRS,
        reason=_WHY_EXEMPT,
        by=cast.manager,
        at=moment(_MARKED_ON, 11),
    )


def issue_to_scrutiny_again(cast: Cast, cycle: ReportingCycle, scrutiny: Body) -> None:
    """Issue Scrutiny's papers again with the figure that was put right after it asked."""
    issue_pack(
        cycle=cycle,
        body=scrutiny,
        by=cast.manager,
        at=moment(_ISSUED_AGAIN_ON, 15),
        reason=_WHY_AGAIN,
    )


def write_papers(council: Council, folder: Path) -> list[Path]:
    """Write the files that were made of a council's issued packs: 2009-10/Q1/chase-2009-10-Q1-DMT.pdf.

    :raises OSError: if the folder cannot be written
    """
    return [_write(file, folder) for file in _files(council)]


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
