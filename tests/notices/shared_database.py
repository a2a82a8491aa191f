"""A database that other processes can reach, too: a file of SQLite's, or the tests' own PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.utils import DEFAULT_DB_ALIAS


@contextmanager
def in_a_file(file: Path) -> Iterator[str]:
    """Copy the tests' database, which lies in memory, to a file, and let this process use the copy."""
    in_memory = connections[DEFAULT_DB_ALIAS]
    in_memory.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        in_memory.connection.backup(copy)
    of_file = connections.create_connection(DEFAULT_DB_ALIAS)
    of_file.settings_dict = {**in_memory.settings_dict, "NAME": str(file)}
    connections[DEFAULT_DB_ALIAS] = of_file
    try:
        yield f"sqlite:///{file}"
    finally:
        of_file.close()
        connections[DEFAULT_DB_ALIAS] = in_memory


def address_of_tests_own() -> str:
    """Write the address of the tests' own database on its server."""
    found = connection.settings_dict
    return f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


@contextmanager
def nobody_writes() -> Iterator[None]:
    """Keep every other process from writing, until the block ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        else:
            cursor.execute("BEGIN; LOCK TABLE notices_notice IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def end_whoever_waits_to_write() -> None:
    """End what a killed process has left its database server to do as soon as it can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
