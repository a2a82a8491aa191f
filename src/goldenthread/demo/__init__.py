"""The 2009/10 council, played through the real operations."""

from __future__ import annotations
