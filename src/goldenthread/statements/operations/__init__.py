"""Drafting, submitting and calling back what is said of a plan as a whole."""

from __future__ import annotations
