"""The files of issued papers: made once, tried again, given up in the open, always the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.documents.formats import Format
from goldenthread.packs import claims, making
from goldenthread.packs.claims import LEASE, claim_next, record_failed, record_made
from goldenthread.packs.making import Made, make_due
from goldenthread.packs.models import Edition, FileToMake, Pack, PackFile
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.packs.operations.retrying import retry_files
from tests.factories import FileToMakeFactory
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council, issued

LATER = PAPERS_OUT + timedelta(minutes=1)


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    """A pack with two files to make."""
    pack = issued(ashby, ashby.dmt)
    for kind in (Format.HTML, Format.TEXT):
        FileToMakeFactory(pack=pack, format=kind, due_at=PAPERS_OUT)
    return pack


def make(at: datetime = PAPERS_OUT, **options: Any) -> Made:
    return make_due(worker="worker", clock=lambda: at, **options)


@contextmanager
def rendering(render: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "render", render)
        yield


def fail(*args: object, **options: object) -> bytes:
    raise RuntimeError("The PDF  was not\nready")


def test_every_file_that_is_due_is_made_and_nothing_is_left_to_make(pack: Pack) -> None:
    assert make() == Made(made=2)

    assert {file.format for file in pack.files.all()} == {Format.HTML, Format.TEXT}
    assert not FileToMake.objects.exists()
    assert make() == Made()


def test_the_files_of_one_pack_can_be_made_alone(ashby: SmallCouncil, pack: Pack) -> None:
    other = issued(ashby, ashby.scrutiny)
    FileToMakeFactory(pack=other, due_at=PAPERS_OUT - timedelta(hours=1))

    assert make(pack=pack) == Made(made=2)
    assert other.files_to_make.count() == 1


def test_a_file_is_not_made_before_it_is_due_nor_once_somebody_asks_to_stop(pack: Pack) -> None:
    assert make(PAPERS_OUT - timedelta(seconds=1)) == Made()
    assert make(is_stopping=lambda: True) == Made()


def test_what_one_worker_holds_no_other_takes_until_its_lease_is_over(pack: Pack) -> None:
    first = claim_next(worker="one", at=PAPERS_OUT)
    second = claim_next(worker="two", at=PAPERS_OUT)

    assert first
    assert second
    assert first.pk != second.pk
    assert claim_next(worker="three", at=PAPERS_OUT + LEASE - timedelta(seconds=1)) is None
    assert claim_next(worker="three", at=PAPERS_OUT + LEASE) == first


def test_who_lost_a_file_to_another_keeps_nothing_of_it(pack: Pack) -> None:
    slow = claim_next(worker="slow", at=PAPERS_OUT)
    quick = claim_next(worker="quick", at=PAPERS_OUT + LEASE)

    assert slow == quick
    assert slow
    assert quick
    assert not record_made(slow, b"slow", at=LATER)
    assert not record_failed(slow, words="No", at=LATER)
    assert record_made(quick, b"quick", at=LATER)
    assert not record_made(slow, b"slow", at=LATER)
    assert bytes(PackFile.objects.get().content) == b"quick"


def test_a_worker_that_lost_a_file_says_so_and_goes_on(
    pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    def overtaken(*args: object, **options: object) -> bytes:
        FileToMake.objects.exclude(claimed_by="").update(claimed_by="another")
        return b"late"

    with rendering(overtaken):
        make()

    assert "another worker has made it" in caplog.text
    assert not PackFile.objects.exists()


def test_a_file_that_cannot_be_made_holds_up_nobody_and_says_why(
    pack: Pack, caplog: pytest.LogCaptureFixture
) -> None:
    def only_text(document: object, kind: Format, **options: object) -> bytes:
        return b"text" if kind is Format.TEXT else fail()

    with rendering(only_text):
        assert make() == Made(made=1, failed=1)

    left = FileToMake.objects.get()
    assert (left.format, left.latest_error) == (Format.HTML, "The PDF was not ready")
    assert left.due_at == PAPERS_OUT + timedelta(seconds=10)
    assert (left.claimed_by, left.given_up_at) == ("", None)
    assert "could not be made" in caplog.text


def test_after_four_tries_a_file_is_given_up(pack: Pack) -> None:
    with rendering(fail):
        for hour in range(6):
            make(PAPERS_OUT + timedelta(hours=hour))

    assert {file.tries for file in FileToMake.objects.all()} == {4}
    assert all(file.given_up_at for file in FileToMake.objects.all())


def test_a_file_at_which_workers_die_takes_no_more_than_four_with_it(pack: Pack) -> None:
    PackFile.objects.all()
    FileToMake.objects.filter(format=Format.TEXT).delete()
    for day in range(4):
        assert claim_next(worker="doomed", at=PAPERS_OUT + timedelta(days=day))

    assert claim_next(worker="spared", at=PAPERS_OUT + timedelta(days=5)) is None
    left = FileToMake.objects.get()
    assert left.latest_error.startswith("Whatever made it ended in the middle")
    assert (left.claimed_by, left.claimed_until) == ("", None)


def test_a_long_complaint_is_cut(pack: Pack) -> None:
    def complain(*args: object, **options: object) -> bytes:
        raise ValueError("x" * 1000)

    with rendering(complain):
        make()

    assert all(len(file.latest_error) == 401 for file in FileToMake.objects.all())


def test_a_file_that_was_given_up_is_tried_again_when_the_manager_says_so(
    ashby: SmallCouncil, pack: Pack
) -> None:
    with rendering(fail):
        for hour in range(4):
            make(PAPERS_OUT + timedelta(hours=hour))

    assert retry_files(pack=pack, by=ashby.manager, at=LATER) == 2
    assert make(LATER) == Made(made=2)
    entry = AuditEntry.objects.get(verb=Verb.PACK_FILE_RETRIED)
    assert entry.changes == {"files": [None, ["whole.html", "whole.txt"]]}


def test_there_is_nothing_to_try_again_where_nothing_failed(
    ashby: SmallCouncil, pack: Pack
) -> None:
    assert retry_files(pack=pack, by=ashby.manager, at=LATER) == 0
    assert not AuditEntry.objects.exists()


def test_nobody_but_the_manager_has_files_tried_again(ashby: SmallCouncil, pack: Pack) -> None:
    director = ashby.officeholder(ashby.posts.director)

    with pytest.raises(PermissionDenied):
        retry_files(pack=pack, by=director, at=LATER)


def test_files_are_told_in_the_record_when_the_last_one_is_made(pack: Pack) -> None:
    make()

    entry = AuditEntry.objects.get(verb=Verb.PACK_FILES_MADE)
    assert (entry.actor_id, entry.happened_at) == (None, PAPERS_OUT)
    assert entry.changes == {
        f"whole.{file.format.value}": [None, file.sha256] for file in pack.files.all()
    }


def _whole(pack: Pack, kind: Format) -> PackFile:
    return pack.files.get(edition=Edition.WHOLE, format=kind)


DRAW_ALL = """
import hashlib, sys
from datetime import datetime
from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import from_json
document = from_json(sys.stdin.buffer.read())
for kind in Format:
    content = render(document, kind, at=datetime.fromisoformat(sys.argv[1]))
    print(kind.value, hashlib.sha256(content).hexdigest())
"""


def test_the_same_papers_are_the_same_bytes_in_whichever_process_they_are_made(
    ashby: SmallCouncil,
) -> None:
    pack = issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=PAPERS_OUT)
    make()

    drawn = [
        subprocess.run(
            [sys.executable, "-c", DRAW_ALL, PAPERS_OUT.isoformat()],
            input=bytes(pack.tree),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "UTC"},
        ).stdout.decode()
        for seed in ("1", "2")
    ]

    kept = "".join(
        f"{kind.value} {hashlib.sha256(bytes(_whole(pack, kind).content)).hexdigest()}\n"
        for kind in Format
    )
    assert drawn == [kept, kept]


def test_the_lease_outlasts_the_longest_making() -> None:
    assert timedelta(seconds=120) < claims.LEASE
