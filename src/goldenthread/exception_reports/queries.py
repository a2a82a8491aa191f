from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.exceptions import owes_exception_report, worst_first
from goldenthread.domain.kinds import ItemKind
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.organisation.queries import framework_of
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """An off-track item of a cycle with its exception report, or with none yet."""

    line: Line
    report: ExceptionReport | None

    @property
    def is_owed(self) -> bool:
        return self.report is None or not self.report.is_submitted


def exception_lines(cycle: ReportingCycle, lines: Iterable[Line]) -> list[ExceptionLine]:
    """List the returned items that must be explained, reds before ambers (clauses E-1, X-2).

    Takes one query, however many lines there are.
    """
    rule = framework_of(cycle.council).exception_rule
    owing = [
        line
        for line in lines
        if owes_exception_report(
            cycle_kind=cycle.kind, item_kind=line.item_kind, rating=line.rating, rule=rule
        )
    ]
    reports = _reports_of(cycle) if owing else {}
    return [
        ExceptionLine(line=line, report=reports.get((line.item_kind, line.item_id)))
        for line in sorted(owing, key=lambda line: worst_first(line.rating))
    ]


def _reports_of(cycle: ReportingCycle) -> dict[tuple[ItemKind, int], ExceptionReport]:
    found = ExceptionReport.objects.select_related(
        "action_update", "indicator_update", "submitted_by", "saved_by"
    )
    about_actions = found.filter(action_update__cycle=cycle)
    about_indicators = found.filter(indicator_update__cycle=cycle)
    reports: dict[tuple[ItemKind, int], ExceptionReport] = {}
    for report in about_actions | about_indicators:
        if report.action_update:
            reports[ItemKind.ACTION, report.action_update.action_id] = report
        elif report.indicator_update:
            reports[ItemKind.INDICATOR, report.indicator_update.indicator_id] = report
    return reports


def report_about(update_kind: ItemKind, update_id: int) -> ExceptionReport | None:
    """Find the exception report that explains a return."""
    about = {f"{update_kind.value}_update": update_id}
    return ExceptionReport.objects.select_related("saved_by").filter(**about).first()
