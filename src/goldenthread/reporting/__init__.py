"""Timetable, reporting cycles, and officers' returns."""

from __future__ import annotations
