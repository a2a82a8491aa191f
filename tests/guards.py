"""Lifts the guards of append-only tables for a while, as the migrations' way back does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from goldenthread.persistence.append_only import MakeAppendOnly


@contextmanager
def guards_lifted(alias: str) -> Iterator[None]:
    """Undo what the migrations do to make tables append-only, and do it again afterwards."""
    connection, nothing = connections[alias], ProjectState()
    guards = _guards(alias)
    with connection.schema_editor() as editor:
        for guard in guards:
            guard.database_backwards("", editor, nothing, nothing)
    try:
        yield
    finally:
        with connection.schema_editor() as editor:
            for guard in guards:
                guard.database_forwards("", editor, nothing, nothing)


def _guards(alias: str) -> list[MakeAppendOnly]:
    migrations = MigrationLoader(connections[alias]).disk_migrations.values()
    operations = [operation for migration in migrations for operation in migration.operations]
    return [operation for operation in operations if isinstance(operation, MakeAppendOnly)]
