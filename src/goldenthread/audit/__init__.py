"""What was done, by whom and when."""

from __future__ import annotations
