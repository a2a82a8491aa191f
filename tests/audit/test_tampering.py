"""A trail that somebody with the keys to the database has meddled with gives itself away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from goldenthread.audit import operations
from goldenthread.audit.models import AuditChain, AuditEntry, Verb
from goldenthread.audit.queries import first_broken_entry, is_broken_off
from goldenthread.audit.seals import seal_of
from tests.factories import IN_Q1, CouncilFactory

pytestmark = pytest.mark.usefixtures("trail")


@pytest.fixture
def trail(db: None) -> None:
    """Five entries of one council, in a table whose guards somebody has taken away."""
    council = CouncilFactory(name="chase")
    for minute in range(5):
        operations.record(
            council="chase",
            verb=Verb.COUNCIL_ADDED,
            target=council,
            by=None,
            at=IN_Q1 + timedelta(minutes=minute),
            changes={"minute": [None, minute]},
        )
    _drop_guards()


def _drop_guards() -> None:
    guards = {
        "postgresql": ["audit_auditentry_append_only ON audit_auditentry"],
        "sqlite": ["audit_auditentry_no_update", "audit_auditentry_no_delete"],
    }
    with connection.cursor() as cursor:
        for guard in guards[connection.vendor]:
            cursor.execute(f"DROP TRIGGER {guard}")


def _tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _broken_number() -> int | None:
    broken = first_broken_entry("chase")
    return broken.number if broken else None


def test_a_trail_that_nobody_touched_is_whole() -> None:
    assert first_broken_entry("chase") is None
    assert not is_broken_off("chase")


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'plan_added'",
        "actor_id = 7",
        "actor_name = 'mallory@council.example'",
        "target_type = 'plans.plan'",
        "target_id = 999999",
        "target_name = 'Another council'",
        """changes = '{"minute": [null, 99]}'""",
        "happened_at = '2010-01-01 00:00:00+00:00'",
    ],
)
def test_a_changed_entry_is_found(change: str) -> None:
    _tamper(f"UPDATE audit_auditentry SET {change} WHERE number = 3")  # noqa: S608

    assert _broken_number() == 3


def test_an_entry_changed_and_sealed_again_is_found_at_the_next() -> None:
    _tamper("UPDATE audit_auditentry SET actor_name = 'Mallory' WHERE number = 3")
    forged = AuditEntry.objects.get(number=3)
    _tamper(f"UPDATE audit_auditentry SET seal = '{seal_of(forged)}' WHERE number = 3")  # noqa: S608

    assert _broken_number() == 4


@pytest.mark.parametrize(("removed", "found_at"), [(1, 2), (3, 4)])
def test_a_removed_entry_is_found_by_the_one_after(removed: int, found_at: int) -> None:
    _tamper(f"DELETE FROM audit_auditentry WHERE number = {removed}")  # noqa: S608

    assert _broken_number() == found_at


def test_entries_that_changed_places_are_found() -> None:
    for before, after in ((2, 99), (3, 2), (99, 3)):
        _tamper(f"UPDATE audit_auditentry SET number = {after} WHERE number = {before}")  # noqa: S608

    assert _broken_number() == 2


def test_a_gap_closed_by_renumbering_is_found() -> None:
    _tamper("DELETE FROM audit_auditentry WHERE number = 3")
    _tamper("UPDATE audit_auditentry SET number = 3 WHERE number = 4")

    assert _broken_number() == 3


@pytest.mark.parametrize("beyond", [0, 3, 4])
def test_a_trail_cut_short_no_longer_ends_where_its_chain_does(beyond: int) -> None:
    _tamper(f"DELETE FROM audit_auditentry WHERE number > {beyond}")  # noqa: S608

    assert _broken_number() is None
    assert is_broken_off("chase")


def test_a_trail_without_its_chain_is_broken_off() -> None:
    AuditChain.objects.all().delete()

    assert is_broken_off("chase")


def test_a_council_without_a_trail_has_nothing_broken() -> None:
    assert first_broken_entry("mercia") is None
    assert not is_broken_off("mercia")
