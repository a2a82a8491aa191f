"""Workers that make papers' files, killed in the middle or side by side, on a database that they share."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db.models import F

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.documents.formats import Format
from goldenthread.packs.models import FileToMake, Pack, PackFile
from tests.factories import FileToMakeFactory
from tests.notices.mail_server import wait_until
from tests.notices.test_killed_workers import Place, place
from tests.pages.small_council import found_small_council, issued

__all__ = ["place"]

pytestmark = pytest.mark.django_db(transaction=True)
QUICK = (Format.HTML, Format.TEXT, Format.CSV, Format.JSON)


def test_what_a_killed_worker_was_making_is_not_half_there_and_is_made_by_the_next(
    place: Place,
) -> None:
    council = found_small_council()
    FileToMakeFactory(pack=issued(council, council.dmt), format=Format.PDF)
    killed = place.start()
    wait_until(lambda: FileToMake.objects.exclude(claimed_by="").exists())
    killed.kill()

    assert not PackFile.objects.exists()
    # Nobody takes what it held until its time is up.
    assert place.start("--once").process.wait(timeout=60) == 0
    assert not PackFile.objects.exists()
    FileToMake.objects.update(claimed_until=F("claimed_until") - timedelta(days=1))
    said, complaints = place.start("--once").process.communicate(timeout=60)

    assert (said, complaints) == ("1 file of papers made, 0 failed.\n", "")
    file = PackFile.objects.get()
    assert bytes(file.content).startswith(b"%PDF")
    assert file.sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
    assert not FileToMake.objects.exists()


def test_two_workers_make_each_file_once(place: Place) -> None:
    council = found_small_council()
    packs = [issued(council, body) for body in (council.dmt, council.scrutiny, council.committee)]
    for pack in packs:
        for kind in QUICK:
            FileToMakeFactory(pack=pack, format=kind)

    workers = [place.start("--once") for _ in range(2)]
    for worker in workers:
        _, complaints = worker.process.communicate(timeout=60)
        assert (worker.process.returncode, complaints) == (0, "")

    assert PackFile.objects.count() == len(packs) * len(QUICK)
    assert not FileToMake.objects.exists()
    told = AuditEntry.objects.filter(verb=Verb.PACK_FILES_MADE).values_list("target_id", flat=True)
    assert sorted(told) == sorted(Pack.objects.values_list("pk", flat=True))
