"""Writes of this app, one use a module."""

from __future__ import annotations
