"""Whether issued papers are what they were, as the seals and the audit trail have it."""

from __future__ import annotations

import pytest
from django.db import connection

from goldenthread.packs import making
from goldenthread.packs.making import make_due
from goldenthread.packs.models import Edition, Pack
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.packs.seals import seal_of, verify_packs
from tests.factories import PackEditionFactory
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council, issued


@pytest.fixture
def ashby(db: None, monkeypatch: pytest.MonkeyPatch) -> SmallCouncil:
    monkeypatch.setattr(making, "render", lambda document, kind, **options: kind.value.encode())
    return found_small_council()


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    pack = issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=PAPERS_OUT)
    make_due(worker="worker", clock=lambda: PAPERS_OUT)
    return pack


def tamper(statement: str, *values: bytes | str) -> None:
    """Change what is kept for good, as somebody can who rules the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for deed in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER packs_packfile_no_{deed}")
        else:
            # Checks that wait for the end of the test would stand in the way.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE packs_packfile DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def test_papers_that_nobody_touched_are_as_they_were(ashby: SmallCouncil, pack: Pack) -> None:
    PackEditionFactory(pack=pack, edition=Edition.PUBLIC)
    found = verify_packs(ashby.council)

    assert (found.packs, found.faults) == (1, ())
    assert found.files == pack.files.count()


def test_a_file_that_was_changed_is_named(ashby: SmallCouncil, pack: Pack) -> None:
    tamper("UPDATE packs_packfile SET content = %s WHERE format = 'txt'", b"other")

    assert verify_packs(ashby.council).faults == (
        "2009-10/Q1 for DMT, issue 1: whole.txt is not what was sealed.",
    )


def test_a_file_that_was_changed_with_its_seal_is_betrayed_by_the_trail(
    ashby: SmallCouncil, pack: Pack
) -> None:
    tamper(
        "UPDATE packs_packfile SET content = %s, sha256 = %s WHERE format = 'txt'",
        *(b"other", seal_of(b"other")),
    )

    assert verify_packs(ashby.council).faults == (
        "2009-10/Q1 for DMT, issue 1: whole.txt is not what the audit trail says was issued.",
    )


def test_a_file_that_was_removed_is_missed(ashby: SmallCouncil, pack: Pack) -> None:
    tamper("DELETE FROM packs_packfile WHERE format = 'txt'")

    assert verify_packs(ashby.council).faults == (
        "2009-10/Q1 for DMT, issue 1: whole.txt is no longer there.",
    )


def test_the_papers_of_another_council_are_not_looked_at(ashby: SmallCouncil) -> None:
    bexley = found_small_council("bexley")
    issued(bexley, bexley.dmt)

    assert verify_packs(ashby.council).packs == 0
