"""The pages of papers."""

from __future__ import annotations
