from __future__ import annotations

from goldenthread.statements.models.statement import PlanStatement

__all__ = ["PlanStatement"]
