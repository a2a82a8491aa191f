"""What I owe, and where to go: pages over queries."""

from __future__ import annotations
