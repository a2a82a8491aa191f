"""Saving a record so that its earlier versions stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from simple_history.utils import bulk_create_with_history, get_history_manager_for_model


def save_version(record: models.Model, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Save a record and keep this version of it, with who made it and when."""
    versioned: Any = record
    versioned._history_user = by
    versioned._history_date = at
    record.save()


def save_for_now(record: models.Model) -> bool:
    """Save a record whose version is kept by `keep_versions`, and say whether it is a new one."""
    unversioned: Any = record
    is_new = record._state.adding
    unversioned.skip_history_when_saving = True
    try:
        record.save()
    finally:
        del unversioned.skip_history_when_saving
    return is_new


def keep_versions(
    records: Sequence[models.Model],
    *,
    are_new: bool,
    by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """Keep the versions of records of one model that were saved for now, all at once."""
    if records:
        get_history_manager_for_model(type(records[0])).bulk_history_create(
            records,
            batch_size=500,
            update=not are_new,
            default_user=by,
            default_change_reason=None,
            default_date=at,
        )


def add_versions(
    records: Sequence[models.Model], *, by: AbstractBaseUser | None, at: datetime
) -> None:
    """Add many records of one model at once, each with its first version."""
    if records:
        bulk_create_with_history(
            records, type(records[0]), batch_size=500, default_user=by, default_date=at
        )
