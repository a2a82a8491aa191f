"""Pages about posts, and about what a council's papers are written on."""

from __future__ import annotations
