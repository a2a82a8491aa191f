"""A year of reporting: proposed, planned, moved, and seen."""

from __future__ import annotations
