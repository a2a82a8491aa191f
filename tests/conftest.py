"""What every test may ask for: a council with a framework, and databases that can be emptied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from goldenthread.organisation.models import Council
from goldenthread.persistence.append_only import MakeAppendOnly
from tests.factories import CouncilFactory, FrameworkVersionFactory

pytest_plugins = ["tests.skips"]

# In CI the same examples are tried each time, so that a change is judged by what it changed; on a
# developer's machine the search goes on. A busy machine is no fault of the code: no deadline.
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady" if os.environ.get("CI") else "search")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what looks at the played council last: it stays in the database once it is there."""
    items.sort(key=lambda item: "played_council" in getattr(item, "fixturenames", ()))


@pytest.fixture
def council(db: None) -> Council:
    """A council with the shipped framework in force."""
    council = CouncilFactory()
    FrameworkVersionFactory(council=council)
    return council


@pytest.fixture(scope="session", autouse=True)
def _append_only_tables_can_be_emptied() -> Iterator[None]:
    """Lift the guards of append-only tables while a test that commits is tidied away."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def lift_guards_and_flush(self: BaseDatabaseOperations, sql_list: list[str]) -> Any:
        guards = _guards(self.connection.alias)
        nothing = ProjectState()
        with self.connection.schema_editor() as editor:
            for guard in guards:
                guard.database_backwards("", editor, nothing, nothing)
        try:
            return flush(self, sql_list)
        finally:
            with self.connection.schema_editor() as editor:
                for guard in guards:
                    guard.database_forwards("", editor, nothing, nothing)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_guards_and_flush)
        yield


def _guards(alias: str) -> list[MakeAppendOnly]:
    migrations = MigrationLoader(connections[alias]).disk_migrations.values()
    operations = [operation for migration in migrations for operation in migration.operations]
    return [operation for operation in operations if isinstance(operation, MakeAppendOnly)]
