"""The golden thread: corporate plan, priorities, plans, challenges, actions."""

from __future__ import annotations
