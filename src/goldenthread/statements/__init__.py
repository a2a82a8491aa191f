"""What is said of a plan as a whole: its overview, its finances, and whatever else a council asks."""

from __future__ import annotations
