"""Measures Goldenthread against its budgets; run with `make bench`."""

from __future__ import annotations
