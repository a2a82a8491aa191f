"""Returns in a workbook: written for an officer to fill, and read as what a stranger sent."""

from __future__ import annotations
