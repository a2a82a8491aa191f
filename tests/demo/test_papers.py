from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from goldenthread.demo.papers import write_papers
from goldenthread.documents.formats import Format
from goldenthread.documents.tree import from_json
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import officeholder
from goldenthread.packs.models import Edition, Pack, PackEdition
from goldenthread.packs.operations.issuing import AlreadyIssuedError, issue_pack
from tests.packs.tree_reading import all_of, section

pytestmark = pytest.mark.django_db


def test_papers_went_out_to_each_forum_by_the_day_on_which_they_were_due(
    played_council: Council,
) -> None:
    packs = Pack.objects.filter(cycle__council=played_council).order_by("issued_at", "pk")
    committees = [f"PDC-{plan}" for plan in ("CYPF", "HCHOP", "AESE", "SSCC", "ES", "CI")]
    assert [
        (pack.cycle.code, pack.body.code, pack.number, str(timezone.localdate(pack.issued_at)))
        for pack in packs
    ] == [
        ("6W1", "DMT", 1, "2009-06-11"),
        ("Q1", "DMT", 1, "2009-08-06"),
        ("Q1", "LSP_EXECUTIVE_BOARD", 1, "2009-08-19"),
        ("Q1", "SCRUTINY", 1, "2009-08-27"),
        *(("Q1", committee, 1, "2009-09-04") for committee in committees),
        ("6W2", "DMT", 1, "2009-09-17"),
        ("Q1", "SCRUTINY", 2, "2009-09-25"),
    ]
    assert not any(pack.days_late for pack in packs)


def test_the_public_does_not_read_what_firms_quoted(played_council: Council) -> None:
    public = PackEdition.objects.filter(edition=Edition.PUBLIC).select_related("pack__body")
    of = {edition.pack.body.code: edition for edition in public.order_by("pack__number")}
    assert set(of) == {"SCRUTINY", "PDC-ES"}
    assert b"66,500" in bytes(of["SCRUTINY"].pack.tree)
    assert not any(b"66,500" in bytes(edition.tree) for edition in public)


def test_scrutiny_had_its_papers_again_when_a_figure_was_put_right(
    played_council: Council,
) -> None:
    again = Pack.objects.get(cycle__council=played_council, number=2)
    differences = section(from_json(bytes(again.tree)), "What differs from issue 1")
    assert {"1,084", "1,048"} <= set(all_of(str, differences))


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
