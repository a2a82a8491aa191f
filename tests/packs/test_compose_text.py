"""Each kind of forum's paper, whole, against the text that was read and approved.

Draw the texts again with `DRAW_APPROVED=1 pytest tests/packs/test_compose_text.py`, and read them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from goldenthread.documents.renderers import text
from goldenthread.documents.tree import from_json, to_json
from goldenthread.packs.compose.pack import compose
from tests.packs.told_year import ToldYear, tell_year
from tests.pages.small_council import AFTER_PAPERS

APPROVED = Path(__file__).with_name("approved")


@pytest.fixture
def year(db: None) -> ToldYear:
    return tell_year()


def test_each_forums_paper_reads_as_approved_also_from_what_is_kept(year: ToldYear) -> None:
    written = {
        name: text.render(from_json(to_json(document))) for name, document in year.papers().items()
    }
    if os.environ.get("DRAW_APPROVED"):
        for name, words in written.items():
            (APPROVED / f"{name}.txt").write_text(words, encoding="utf-8")
    approved = {path.stem: path.read_text(encoding="utf-8") for path in APPROVED.iterdir()}
    assert set(written) == set(approved)
    for name, words in written.items():
        assert words == approved[name], name


def test_a_paper_of_another_moment_is_refused_as_another(year: ToldYear) -> None:
    later = compose(year.small.quarter, year.small.dmt, at=AFTER_PAPERS)

    assert text.render(later) != (APPROVED / "quarterly-dmt.txt").read_text(encoding="utf-8")
