from __future__ import annotations

from goldenthread.timetables.models.closed_period import ClosedPeriod
from goldenthread.timetables.models.feed import CalendarFeed

__all__ = ["CalendarFeed", "ClosedPeriod"]
