"""How spending stands against a budget: variances are computed, never typed (clause O-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """From which variance on somebody must say why: both its pounds and its share of the budget."""

    pounds: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """A budget for a year, what is spent of it to date, and what it will have cost at the year's end."""

    budget: Decimal
    spent: Decimal
    forecast: Decimal

    @property
    def variance(self) -> Decimal:
        """How far the year will end over the budget; below 0, under it."""
        return self.forecast - self.budget

    @property
    def share(self) -> Decimal | None:
        """The variance as a share of the budget; None where the budget is nothing."""
        return self.variance / abs(self.budget) if self.budget else None

    def is_significant(self, threshold: Threshold) -> bool:
        """Test whether the variance reaches the threshold; any share of no budget does."""
        reaches_share = self.share is None or abs(self.share) >= threshold.share
        return bool(self.variance) and abs(self.variance) >= threshold.pounds and reaches_share


def total_of(every: Iterable[Spending]) -> Spending:
    """Add spending up."""
    found = list(every)
    return Spending(
        budget=sum((each.budget for each in found), Decimal()),
        spent=sum((each.spent for each in found), Decimal()),
        forecast=sum((each.forecast for each in found), Decimal()),
    )
