"""What a pack would lack if it were issued now."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.packs.compose.material import Material
from goldenthread.reporting.queries.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The returns and the exception reports that have not come."""

    returns: tuple[Line, ...]
    exception_reports: tuple[ExceptionLine[Line], ...]

    @property
    def count(self) -> int:
        return len(self.returns) + len(self.exception_reports)


def gaps_in(material: Material) -> Gaps:
    """List what has not come in, plan by plan."""
    return Gaps(
        returns=tuple(line for line in material.lines if line.state.is_outstanding),
        exception_reports=tuple(line for line in material.exceptions if line.is_owed),
    )
