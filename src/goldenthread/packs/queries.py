from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from goldenthread.design.words import long_date
from goldenthread.documents.formats import Format
from goldenthread.domain.framework_tables import ReportRule
from goldenthread.domain.timetable_clashes import PUBLIC
from goldenthread.organisation.models import Body, Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of, read_framework
from goldenthread.packs.models import Edition, Exemption, FileToMake, Pack, PackFile
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import NOT_SET, Meeting, meetings_in


def packs_of(council: Council) -> QuerySet[Pack]:
    """List a council's issued packs, latest first, without the weight of their files."""
    return (
        Pack.objects.filter(cycle__council=council)
        .select_related("cycle__council", "body", "framework", "issued_by")
        .defer("tree")
        .order_by("-issued_at", "-pk")
    )


def packs_for(holder: Officeholder) -> QuerySet[Pack]:
    """List the issued packs that a person may read: of the bodies their posts sit on.

    The performance manager reads them all.
    """
    packs = packs_of(holder.council)
    if holder.is_performance_manager:
        return packs
    return packs.filter(body__memberships__post__in=holder.post_ids).distinct()


def public_packs(council: Council) -> QuerySet[Pack]:
    """List the packs of public meetings, of which everybody in the council reads the public copy.

    Whether a council's own forum meets in public is as its framework said when a pack was issued.
    """
    public = Q(body__kind__in=PUBLIC)
    for version in council.frameworks.all():
        own = [forum.code for forum in read_framework(version.text).forums if forum.meets_in_public]
        public |= Q(framework=version, body__kind=None, body__code__in=own)
    return packs_of(council).filter(public)


def public_editions(pack: Pack) -> dict[Edition, Edition]:
    """Say which edition the public reads as its copy, and which as that in short.

    They are the members' own, unless something in them is exempt. Papers of an earlier version of
    this system have no short form.
    """
    issued = editions_issued(pack)
    if Edition.PUBLIC in issued:
        return {edition: edition for edition in issued if edition.is_public}
    found = {Edition.PUBLIC: Edition.WHOLE, Edition.PUBLIC_SHORT: Edition.SHORT}
    return {copy: edition for copy, edition in found.items() if edition in issued}


def latest_issued(cycle: ReportingCycle, body: Body) -> Pack | None:
    """Find the pack of a cycle that a body was issued last."""
    return (
        Pack.objects.filter(cycle=cycle, body=body)
        .select_related("cycle__council", "body", "framework", "issued_by")
        .order_by("-number")
        .first()
    )


def issued_before(body: Body, at: datetime) -> list[Pack]:
    """List the packs that a body was issued before a moment, of whichever cycle, the last first."""
    packs = Pack.objects.filter(body=body, issued_at__lt=at).defer("tree")
    return list(packs.select_related("cycle__council").order_by("-issued_at", "-pk"))


def tree_of(pack: Pack, edition: Edition) -> bytes:
    """Return the JSON of an edition's tree, as frozen.

    :raises PackEdition.DoesNotExist: if the pack was not issued in that edition
    """
    if edition is Edition.WHOLE:
        return bytes(pack.tree)
    return bytes(pack.editions.get(edition=edition).tree)


def files_of(pack: Pack) -> QuerySet[PackFile]:
    """List a pack's files without their content."""
    return pack.files.defer("content").order_by("edition", "format")


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How far the files of a pack are made, and which could not be made yet."""

    made: int
    to_make: tuple[FileToMake, ...]

    @property
    def total(self) -> int:
        return self.made + len(self.to_make)

    @property
    def is_over(self) -> bool:
        """Test whether nothing is left that a worker will do by itself."""
        return all(file.given_up_at for file in self.to_make)

    @property
    def failed(self) -> list[FileToMake]:
        return [file for file in self.to_make if file.latest_error]


def making_of(pack: Pack) -> Making:
    """Say how far a pack's files are, in two queries."""
    waiting = pack.files_to_make.order_by("edition", "format")
    return Making(made=pack.files.count(), to_make=tuple(waiting))


def files_by_edition(pack: Pack) -> dict[Edition, list[PackFile]]:
    """List the files of each edition in which a pack was issued, the whole papers and web pages first."""
    found = sorted(files_of(pack), key=lambda file: list(Format).index(file.format))
    return {
        edition: [file for file in found if file.edition is edition]
        for edition in editions_issued(pack)
    }


def editions_issued(pack: Pack) -> list[Edition]:
    """List the editions in which a pack was issued, the whole papers first."""
    return [Edition.WHOLE, *pack.editions.order_by("pk").values_list("edition", flat=True)]


def issues_of(pack: Pack) -> QuerySet[Pack]:
    """List every issue of a pack's cycle to its forum, latest first, without their weight."""
    every = Pack.objects.filter(cycle=pack.cycle_id, body=pack.body_id)
    return every.select_related("issued_by").defer("tree").order_by("-number")


def earlier_cycle(pack: Pack) -> Pack | None:
    """Find the papers of another cycle that a pack's forum was issued last before it."""
    packs = Pack.objects.filter(body=pack.body_id, issued_at__lt=pack.issued_at)
    others = packs.exclude(cycle=pack.cycle_id).select_related("cycle").defer("tree")
    return others.order_by("-issued_at", "-pk").first()


def exemptions_of(cycle: ReportingCycle) -> QuerySet[Exemption]:
    """List what of a cycle's papers is exempt as things stand, in the order in which it was marked."""
    standing = Exemption.objects.filter(cycle=cycle, lifted_at=None)
    return standing.select_related("cycle__council", "marked_by").order_by("marked_at", "pk")


def due_files(at: datetime) -> QuerySet[FileToMake]:
    """List the files that a worker should make at a moment, longest due first."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    due = FileToMake.objects.filter(is_free, given_up_at=None, due_at__lte=at)
    return due.select_related("pack__cycle__council", "pack__body").order_by("due_at", "pk")


def receiving_bodies(cycle: ReportingCycle) -> list[Body]:
    """List the bodies that receive a cycle's report, in the framework's order."""
    report = framework_of(cycle.council).reports.of(cycle.kind)
    return _receivers(report, Body.objects.filter(council=cycle.council_id))


def _receivers(report: ReportRule, bodies: Iterable[Body]) -> list[Body]:
    order = {receipt.body: place for place, receipt in enumerate(report.receives)}
    receive = (body for body in bodies if body.known_as in order)
    return sorted(receive, key=lambda body: (order[body.known_as], body.pk))


def is_received(cycle: ReportingCycle, body: Body) -> bool:
    """Test whether the framework sends a body the papers of a cycle."""
    report = framework_of(cycle.council).reports.of(cycle.kind)
    return report.receipt_for(body.known_as) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotIssued:
    """A pack that a body is to receive and has not been issued, and when its papers go out."""

    cycle: ReportingCycle
    body: Body
    meeting: Meeting

    @property
    def when(self) -> str:
        """Say when the forum meets, and when its papers go out if the timetable says that."""
        papers, meets = self.meeting.papers_out_on, self.meeting.meets_on
        said = [
            *([f"papers go out on {long_date(papers)}"] if papers else []),
            f"meets on {long_date(meets)}" if meets else "meeting to be confirmed",
        ]
        return ", ".join(said)


def not_issued(cycles: Iterable[ReportingCycle]) -> list[NotIssued]:
    """List the packs of a council's cycles that are still to be issued, latest cycle first.

    Takes four queries beside that for the cycles, however many they are.
    """
    found = sorted(cycles, key=lambda cycle: cycle.due_on, reverse=True)
    if not found:
        return []
    reports = framework_of(found[0].council).reports
    bodies = list(Body.objects.filter(council=found[0].council_id))
    issued = set(Pack.objects.filter(cycle__in=found).values_list("cycle_id", "body_id"))
    meetings = meetings_in(found)
    return [
        NotIssued(cycle=cycle, body=body, meeting=meetings.get((cycle.pk, body.kind), NOT_SET))
        for cycle in found
        for body in _receivers(reports.of(cycle.kind), bodies)
        if (cycle.pk, body.pk) not in issued
    ]
