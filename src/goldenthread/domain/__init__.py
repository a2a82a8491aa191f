"""The framework's rules, as functions over frozen values."""

from __future__ import annotations
