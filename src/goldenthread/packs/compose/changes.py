"""What changed since a forum's last papers: ratings that moved, what was put right or revised, what is newly explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.indicators.models import Revision
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.models import Correction
from goldenthread.reporting.queries.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is not as it was in the cycle before, each worst first."""

    worse: tuple[Line, ...]
    better: tuple[Line, ...]
    corrected: tuple[Correction, ...]
    new_reports: tuple[ExceptionLine[Line], ...]
    revised: tuple[tuple[Line, Revision], ...]

    @property
    def moved(self) -> tuple[Line, ...]:
        return (*self.worse, *self.better)


def changes_in(material: Material) -> Changes:
    """Say what changed, from the material alone."""
    return Changes(
        worse=tuple(_moved(material.lines, worse=True)),
        better=tuple(_moved(material.lines, worse=False)),
        corrected=material.corrections,
        revised=tuple(_revised(material)),
        new_reports=tuple(
            each
            for each in material.exceptions
            if not each.is_owed and (run := material.runs.get(each.key)) and not run.is_repeated
        ),
    )


def _revised(material: Material) -> Iterator[tuple[Line, Revision]]:
    """List the targets and dates revised since the forum's last papers; with none before, all."""
    since = material.papers_before.issued_at if material.papers_before else None
    for line in material.lines:
        for revision in material.revisions_of(line):
            if since is None or revision.revised_at > since:
                yield line, revision


def _moved(lines: Iterable[Line], *, worse: bool) -> list[Line]:
    found = [line for line in lines if line.was and line.rating and line.was is not line.rating]
    turned = [line for line in found if _got_worse(line.was, line.rating) is worse]
    return sorted(turned, key=lambda line: worst_first(line.rating))


def _got_worse(was: Rating | None, now: Rating | None) -> bool:
    return was is not None and now is not None and now.badness > was.badness
