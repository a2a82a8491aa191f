from __future__ import annotations

from goldenthread.statements.models.finance import FinanceFigure, FinanceStatement
from goldenthread.statements.models.statement import PlanStatement

__all__ = ["FinanceFigure", "FinanceStatement", "PlanStatement"]
