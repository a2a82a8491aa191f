from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from goldenthread.accounts.models import User
from goldenthread.audit import operations
from goldenthread.audit.models import AuditChain, AuditEntry, Verb
from goldenthread.audit.queries import entries_about, first_broken_entry
from goldenthread.audit.seals import seal_of
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council, Post
from goldenthread.organisation.operations import add_post
from tests.factories import IN_Q1, ActionFactory, CouncilFactory, PostFactory, UserFactory


def _record(council: str, **given: object) -> AuditEntry:
    target = given.pop("target", None) or CouncilFactory()
    deed = {"verb": Verb.COUNCIL_ADDED, "by": None, "at": IN_Q1, "target": target, **given}
    return operations.record(council=council, **deed)  # type: ignore[arg-type]


def test_an_entry_says_who_did_what_to_which_record_and_when(db: None) -> None:
    action, by = ActionFactory(), UserFactory(email="ann@council.example")

    entry = _record("chase", verb=Verb.ACTION_ADDED, target=action, by=by)

    entry.refresh_from_db()
    assert entry.verb is Verb.ACTION_ADDED
    assert (entry.actor_id, entry.actor_name) == (by.pk, "ann@council.example")
    assert (entry.target_type, entry.target_id) == ("plans.action", action.pk)
    assert entry.target_name == str(action)
    assert entry.happened_at == IN_Q1


def test_nobody_stands_for_the_system_itself(db: None) -> None:
    entry = _record("chase", by=None)

    assert (entry.actor_id, entry.actor_name) == (None, "Goldenthread")


def test_each_entry_is_sealed_to_the_one_before(db: None) -> None:
    first, second = _record("chase"), _record("chase")

    assert (first.number, second.number) == (1, 2)
    assert (first.previous_seal, second.previous_seal) == ("", first.seal)
    chain = AuditChain.objects.get(council="chase")
    assert (chain.length, chain.seal) == (2, second.seal)


def test_two_councils_have_trails_of_their_own(db: None) -> None:
    for council in ("chase", "mercia", "chase"):
        _record(council)

    numbers = AuditEntry.objects.order_by("pk").values_list("council", "number", "previous_seal")
    assert [(council, number) for council, number, _ in numbers] == [
        ("chase", 1),
        ("mercia", 1),
        ("chase", 2),
    ]
    assert first_broken_entry("chase") is None
    assert first_broken_entry("mercia") is None


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        (None, {}),
        ({"rating": [None, Rating.RED]}, {"rating": [None, "red"]}),
        ({"value": [Decimal("1.50"), None]}, {"value": ["1.50", None]}),
        ({"due on": [None, date(2009, 7, 21)]}, {"due on": [None, "2009-07-21"]}),
        ({"words": ["\N{LATIN SMALL LETTER E WITH ACUTE}", "\N{EURO SIGN}"]}, None),
        (
            {"of many": [{"b": 1, "a": [True, 0.1]}, ()]},
            {"of many": [{"b": 1, "a": [True, 0.1]}, []]},
        ),
    ],
)
def test_changes_of_every_kind_keep_their_seal(
    db: None, changes: dict[str, object] | None, kept: object
) -> None:
    entry = _record("chase", changes=changes)

    entry.refresh_from_db()
    assert entry.changes == (changes if kept is None else kept)
    assert entry.seal == seal_of(entry)


def test_a_seal_is_the_same_in_summer_time(db: None) -> None:
    from_london = datetime.fromisoformat("2009-07-14T11:00:00+01:00")
    assert from_london == IN_Q1

    entry = _record("chase", at=from_london)

    assert AuditEntry.objects.get().seal == entry.seal == seal_of(AuditEntry.objects.get())


def test_the_deeds_done_to_a_record_are_listed_latest_first(db: None) -> None:
    one, other = PostFactory(), PostFactory()
    for target in (one, other, one):
        _record("chase", target=target)

    assert [entry.number for entry in entries_about(one)] == [3, 1]


def test_a_deed_whose_entry_fails_is_not_done(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    council = CouncilFactory()

    def fail(entry: AuditEntry) -> str:
        raise RuntimeError("the entry cannot be sealed")

    monkeypatch.setattr(operations, "seal_of", fail)

    with pytest.raises(RuntimeError, match="sealed"):
        add_post(council=council, title="Leader", by=None, at=IN_Q1)
    assert not Post.objects.exists()
    assert not AuditEntry.objects.exists()


def _record_and_fail() -> None:
    _record("chase")
    raise RuntimeError("the deed failed afterwards")


def test_a_deed_that_fails_leaves_no_entry(db: None) -> None:
    deed = transaction.atomic(_record_and_fail)

    with pytest.raises(RuntimeError, match="afterwards"):
        deed()

    assert not AuditEntry.objects.exists()
    assert not AuditChain.objects.exists()


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(TransactionManagementError):
        _record("chase")

    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("verb", Verb)
def test_a_verb_reads_as_words(verb: Verb) -> None:
    assert "_" not in verb.label
    assert verb.label[0].isupper()


THREADS, DEEDS = 4, 10


def _write(barrier: Barrier, council: Council, by: User) -> None:
    try:
        barrier.wait()
        for _ in range(DEEDS):
            with transaction.atomic():
                _record(council.name, target=council, by=by)
    finally:
        connection.close()


def test_writers_at_the_same_time_never_share_a_number(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council, by, barrier = CouncilFactory(), UserFactory(), Barrier(THREADS)

    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(_write, barrier, council, by) for _ in range(THREADS)]:
            done.result()

    numbers = AuditEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, THREADS * DEEDS + 1))
    assert first_broken_entry(council.name) is None
    assert AuditChain.objects.get().length == THREADS * DEEDS


def test_a_moment_keeps_its_microseconds(db: None) -> None:
    at = datetime(2009, 7, 14, 10, 0, 0, 123456, tzinfo=UTC)

    _record("chase", at=at)

    assert AuditEntry.objects.get().happened_at == at
    assert first_broken_entry("chase") is None
