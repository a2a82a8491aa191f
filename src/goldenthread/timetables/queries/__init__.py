"""Reads of this app, one question a module."""

from __future__ import annotations
