"""Which reports ask for evaluations, and what each is of."""

from __future__ import annotations

from typing import Any

from goldenthread.domain.framework_tables import Part
from goldenthread.domain.kinds import CycleKind
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import Item


def kinds_asking(council: Council) -> list[CycleKind]:
    """List the kinds of report in which a council's framework asks for evaluations (clause C-3)."""
    reports = framework_of(council).reports
    return [kind for kind in CycleKind if Part.EVALUATIONS in reports.of(kind).parts]


def asks_for_evaluations(cycle: ReportingCycle) -> bool:
    """Test whether a cycle's report asks officers for evaluations: the annual one does."""
    return cycle.kind in kinds_asking(cycle.council)


def of_item(item: Item) -> dict[str, Any]:
    """Name an item as an evaluation's row does."""
    return {"action": item} if isinstance(item, Action) else {"indicator": item}
