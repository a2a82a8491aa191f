"""People who sign in."""

from __future__ import annotations
