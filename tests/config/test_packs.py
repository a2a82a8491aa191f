"""The commands that issue a cycle's papers and verify what was issued."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from pytest_django import Settings

from goldenthread.documents.formats import Format
from goldenthread.packs import making
from goldenthread.packs.models import Edition, FileToMake, Pack, PackFile
from goldenthread.reporting.models import Milestone
from tests.config.commands import refusal, run
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

MANAGER = ("--by", "petra.moss@ashby.example")
ISSUE = ("packs", "issue", "ashby", "2009-10/Q1")


@pytest.fixture
def ashby(db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> SmallCouncil:
    settings.CLOCK = lambda: PAPERS_OUT
    monkeypatch.setattr(making, "render", lambda document, kind, **options: kind.value.encode())
    return found_small_council()


def test_papers_with_gaps_are_issued_only_when_that_is_said(ashby: SmallCouncil) -> None:
    said = refusal(*ISSUE, *MANAGER)

    assert said.startswith("Quarter 1, 2009/10: ")
    assert "2 plans not signed off" in said
    assert said.endswith("Issue them all the same with --with-gaps.")
    assert not Pack.objects.exists()


def test_all_forums_get_their_papers_and_files(ashby: SmallCouncil) -> None:
    result = run(*ISSUE, *MANAGER, "--with-gaps")

    assert result.exit_code == 0
    packs = Pack.objects.all()
    assert ashby.dmt in {pack.body for pack in packs}
    assert "DMT: issued." in result.output
    each = len(Format) + len(Edition.SHORT.formats)
    assert f"{len(packs) * each} files made, 0 failed." in result.output
    assert PackFile.objects.count() == len(packs) * each


def test_files_can_be_left_to_a_worker(ashby: SmallCouncil) -> None:
    assert run(*ISSUE, *MANAGER, "--with-gaps", "--no-make").exit_code == 0

    assert not PackFile.objects.exists()
    assert FileToMake.objects.exists()


def test_what_is_issued_is_not_issued_again(ashby: SmallCouncil) -> None:
    run(*ISSUE, *MANAGER, "--with-gaps")

    assert (
        refusal(*ISSUE, *MANAGER, "--with-gaps") == "All papers of Quarter 1, 2009/10 are issued."
    )


def test_what_cannot_be_issued_says_why_and_ends_with_one(
    ashby: SmallCouncil, settings: Settings
) -> None:
    settings.CLOCK = lambda: datetime.combine(ashby.quarter.due_on, time(12), tzinfo=UTC)

    result = run(*ISSUE, *MANAGER, "--with-gaps")

    assert result.exit_code == 1
    assert "DMT: not issued. Returns are taken until 21 July 2009" in result.output
    assert not Pack.objects.exists()


def test_papers_of_the_directors_that_are_late_say_so(ashby: SmallCouncil) -> None:
    Milestone.objects.filter(cycle=ashby.quarter).update(
        starts_on="2009-08-01", ends_on="2009-08-01"
    )

    assert "DMT: issued, late." in run(*ISSUE, *MANAGER, "--with-gaps").output


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("nobody@ashby.example", "Nobody of the address nobody@ashby.example holds a post in"),
        ("carl.lane@ashby.example", "Only the performance manager can preview and issue packs."),
    ],
)
def test_nobody_else_issues(ashby: SmallCouncil, by: str, why: str) -> None:
    assert refusal(*ISSUE, "--by", by, "--with-gaps").startswith(why)
    assert not Pack.objects.exists()


def test_urgency_is_given_with_who_agreed(ashby: SmallCouncil) -> None:
    result = run(*ISSUE, *MANAGER, "--urgent-because", "The bid closes")

    assert result.exit_code == 2
    assert "Give --urgent-because and --agreed-by together." in result.output


def test_one_pack_is_written_as_issued_even_before_a_worker_comes(
    ashby: SmallCouncil, tmp_path: Path
) -> None:
    run(*ISSUE, *MANAGER, "--with-gaps", "--no-make")
    where = tmp_path / "paper.csv"

    result = run("pack", "ashby", "2009-10/Q1", "DMT", "--format", "csv", "--output", where)

    assert (result.exit_code, result.stderr) == (0, "")
    assert where.read_bytes() == b"csv"


def test_what_was_issued_is_verified(ashby: SmallCouncil) -> None:
    run(*ISSUE, *MANAGER, "--with-gaps")

    result = run("packs", "verify", "ashby")

    assert result.exit_code == 0
    assert "of Ashby Borough Council are as they were issued." in result.output


def test_a_seal_that_is_broken_ends_with_one_and_a_line(
    ashby: SmallCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*ISSUE, *MANAGER, "--with-gaps")
    monkeypatch.setattr("goldenthread.packs.seals.seal_of", lambda content: "0" * 64)

    result = run("packs", "verify", "ashby")

    assert result.exit_code == 1
    assert "2009-10/Q1 for DMT, issue 1: whole is not what was sealed." in result.stderr
