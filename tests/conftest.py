"""What every test may ask for: a council with a framework, and databases that can be emptied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from goldenthread.organisation.models import Council
from tests.factories import CouncilFactory, FrameworkVersionFactory
from tests.guards import guards_lifted

pytest_plugins = ["tests.skips"]
_DATABASE = {"db", "transactional_db"}

# In CI the same examples are tried each time, so that a change is judged by what it changed; on a
# developer's machine the search goes on. A busy machine is no fault of the code: no deadline.
hypothesis.settings.register_profile("search", deadline=None)
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady" if os.environ.get("CI") else "search")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what a database may answer otherwise, and let one process play the council for all."""
    if _DATABASE & set(_fixtures(item)) or item.get_closest_marker("django_db"):
        item.add_marker("database")
    if "played_council" in _fixtures(item):
        item.add_marker(pytest.mark.xdist_group("played council"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end.

    The played council stays in its process's database once it is there, so only what asks no
    database runs after those who look at it.
    """
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return 0 if item.get_closest_marker("xdist_group") else 1
    if "played_council" in _fixtures(item):
        return 3
    return 2 if item.get_closest_marker("database") else 4


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


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
        with guards_lifted(self.connection.alias):
            return flush(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_guards_and_flush)
        yield
