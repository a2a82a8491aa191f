"""Councils, the posts of their officers and members, and their bodies."""

from __future__ import annotations
