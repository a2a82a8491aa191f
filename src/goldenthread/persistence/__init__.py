"""Model fields and database guards that every app stands on."""

from __future__ import annotations
