"""Indicators, their targets and their measurements."""

from __future__ import annotations
