from __future__ import annotations

from goldenthread.reporting.models.cycle import Milestone, ReportingCycle
from goldenthread.reporting.models.update import ActionUpdate, IndicatorUpdate, OfficersReturn

__all__ = ["ActionUpdate", "IndicatorUpdate", "Milestone", "OfficersReturn", "ReportingCycle"]
