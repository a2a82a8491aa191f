"""Saving a record so that its earlier versions stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from simple_history.utils import bulk_create_with_history


def save_version(record: models.Model, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Save a record and keep this version of it, with who made it and when."""
    versioned: Any = record
    versioned._history_user = by
    versioned._history_date = at
    record.save()


def add_versions(
    records: Sequence[models.Model], *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Add many records of one model at once, each with its first version."""
    if records:
        bulk_create_with_history(
            records, type(records[0]), batch_size=500, default_user=by, default_date=at
        )
