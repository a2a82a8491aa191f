from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from goldenthread.demo.papers import write_papers
from goldenthread.documents.formats import Format
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import officeholder
from goldenthread.packs.models import Edition, Pack
from goldenthread.packs.operations.issuing import AlreadyIssuedError, issue_pack

pytestmark = pytest.mark.django_db


def test_the_directors_papers_went_out_on_the_days_of_the_timetable(
    played_council: Council,
) -> None:
    packs = Pack.objects.filter(cycle__council=played_council).order_by("issued_at")
    assert [
        (pack.cycle.code, pack.body.code, str(timezone.localdate(pack.issued_at))) for pack in packs
    ] == [
        ("6W1", "DMT", "2009-06-11"),
        ("Q1", "DMT", "2009-08-06"),
        ("6W2", "DMT", "2009-09-17"),
    ]


def test_their_files_are_written_by_cycle_and_body(played_council: Council, tmp_path: Path) -> None:
    paths = write_papers(played_council, tmp_path)
    assert len(paths) == 3 * (len(Format) + len(Edition.SHORT.formats))
    assert (
        (tmp_path / "2009-10" / "Q1" / "chase-2009-10-Q1-DMT.pdf").read_bytes().startswith(b"%PDF")
    )
    assert (
        "Quarter 1, 2009/10"
        in (tmp_path / "2009-10" / "Q1" / "chase-2009-10-Q1-DMT.txt").read_text()
    )


def test_papers_written_again_are_the_same(played_council: Council, tmp_path: Path) -> None:
    before = [path.read_bytes() for path in write_papers(played_council, tmp_path)]
    assert [path.read_bytes() for path in write_papers(played_council, tmp_path)] == before


def test_a_place_that_is_no_folder_is_refused(played_council: Council, tmp_path: Path) -> None:
    (tmp_path / "2009-10").write_text("in the way")
    with pytest.raises(OSError, match="2009-10"):
        write_papers(played_council, tmp_path)


def test_the_same_papers_are_not_issued_twice(played_council: Council) -> None:
    pack = Pack.objects.select_related("cycle__council", "body", "issued_by").earliest("pk")
    manager = officeholder(user=pack.issued_by, council="chase", day=pack.issued_at.date())
    assert manager is not None
    with pytest.raises(AlreadyIssuedError):
        issue_pack(cycle=pack.cycle, body=pack.body, by=manager, at=pack.issued_at)
