"""What a pack would lack if it were issued now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.evaluations.queries import EvaluationLine
from goldenthread.evaluations.queries import missing_in as evaluations_missing
from goldenthread.exception_reports.queries.reports import ExceptionLine
from goldenthread.packs.compose.late_returns import counted_in_words
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.reporting.queries.lines import Line
from goldenthread.reporting.queries.sign_offs import PlanSignOff
from goldenthread.risks.queries import RiskLine, missing_in
from goldenthread.statements.queries.finance import FinanceLine
from goldenthread.statements.queries.statements import StatementLine


@dataclass(frozen=True, slots=True)
class GapLine:
    """Something that has not come, whose it is, and where in the paper its place is."""

    words: str
    whom: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The returns and the exception reports that have not come, and the plans that are not signed off."""

    returns: tuple[Line, ...]
    exception_reports: tuple[ExceptionLine[Line], ...]
    unsigned: tuple[PlanSignOff, ...]
    statements: tuple[StatementLine | FinanceLine | RiskLine | EvaluationLine, ...] = ()

    @property
    def count(self) -> int:
        """How many returns and exception reports have not come."""
        return len(self.returns) + len(self.exception_reports)

    @property
    def in_words(self) -> str:
        """Count what has not come as the papers do."""
        return counted_in_words(
            returns=len(self.returns),
            exception_reports=len(self.exception_reports),
            parts=self.parts,
        )

    @property
    def is_none(self) -> bool:
        return not self.count and not self.unsigned and not self.parts

    @property
    def lines(self) -> Iterator[GapLine]:
        """List all that has not come, returns first."""
        for line in self.returns:
            yield GapLine(line.reference, line.officer, item_anchor(line))
        for exception in self.exception_reports:
            about = exception.line
            words = f"Exception report for {about.reference}"
            yield GapLine(words, about.officer, item_anchor(about))
        for part in self.statements:
            yield GapLine(part.title, part.whom, plan_anchor(part.plan))

    @property
    def parts(self) -> int:
        """How many of the plans' other parts have not come, such as their overviews."""
        return len(self.statements)


def gaps_in(material: Material) -> Gaps:
    """List what has not come in or is not signed off, plan by plan."""
    return Gaps(
        returns=tuple(line for line in material.lines if line.state.is_outstanding),
        exception_reports=tuple(line for line in material.exceptions if line.is_owed),
        unsigned=tuple(material.unsigned),
        statements=(
            *(line for line in material.statements if line.submitted is None),
            *(line for line in material.finances if line.is_missing),
            *missing_in(material.risks),
            *evaluations_missing(material.evaluations),
        ),
    )
