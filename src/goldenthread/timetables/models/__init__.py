from __future__ import annotations

from goldenthread.timetables.models.feed import CalendarFeed

__all__ = ["CalendarFeed"]
