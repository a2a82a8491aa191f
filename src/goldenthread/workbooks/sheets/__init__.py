"""What the sheets of a workbook of returns hold, written and read."""

from __future__ import annotations
