"""How far the papers of a cycle are: which forums have theirs, whose are due, which files are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from goldenthread.organisation.models import Body
from goldenthread.packs.models import FileToMake, Pack, PackFile
from goldenthread.packs.publication import Publication, publications_of
from goldenthread.packs.queries import receiving_bodies
from goldenthread.reporting.models import ReportingCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersLine:
    """A forum's papers of a cycle: the latest issue with how far its files are, or when it is due."""

    body: Body
    publication: Publication
    pack: Pack | None
    today: date
    made: int = 0
    to_make: int = 0
    given_up: int = 0

    @property
    def total(self) -> int:
        return self.made + self.to_make

    @property
    def lateness(self) -> str:
        """Say how late papers are that have not gone out; nothing where they are not, or have."""
        return "" if self.pack else self.publication.lateness(self.today)

    @property
    def asks_for_urgency(self) -> bool:
        return self.publication.asks_for_urgency(self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePapers:
    """The papers of a cycle, in the order in which its framework names the forums."""

    lines: tuple[PapersLine, ...]

    @property
    def drafts(self) -> list[PapersLine]:
        return [line for line in self.lines if line.pack is None]

    @property
    def is_being_made(self) -> bool:
        return any(line.to_make > line.given_up for line in self.lines)


def papers_of(cycle: ReportingCycle, *, today: date) -> CyclePapers:
    """Bring together how far a cycle's papers are, in seven queries however many forums there are."""
    bodies = receiving_bodies(cycle)
    publications = publications_of([(cycle, body) for body in bodies])
    packs = {pack.body_id: pack for pack in _latest_last(cycle)}
    files, waiting = PackFile.objects, FileToMake.objects
    counted = (files, waiting, waiting.exclude(given_up_at=None))
    made, to_make, given_up = (_by_pack(each.filter(pack__cycle=cycle)) for each in counted)
    return CyclePapers(
        lines=tuple(
            PapersLine(
                body=body,
                publication=publications[cycle.pk, body.pk],
                pack=packs.get(body.pk),
                today=today,
                made=made.get(packs[body.pk].pk, 0) if body.pk in packs else 0,
                to_make=to_make.get(packs[body.pk].pk, 0) if body.pk in packs else 0,
                given_up=given_up.get(packs[body.pk].pk, 0) if body.pk in packs else 0,
            )
            for body in bodies
        )
    )


def _latest_last(cycle: ReportingCycle) -> QuerySet[Pack]:
    return Pack.objects.filter(cycle=cycle).defer("tree").order_by("number")


def _by_pack(files: QuerySet[PackFile] | QuerySet[FileToMake]) -> dict[int, int]:
    found = files.values("pack").order_by()
    return dict(found.annotate(count=Count("pk")).values_list("pack", "count"))
