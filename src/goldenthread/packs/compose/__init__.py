"""Putting a forum's papers together from what a cycle holds: queries in, a document tree out."""

from __future__ import annotations
