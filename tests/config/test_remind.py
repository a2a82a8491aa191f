"""`goldenthread remind`: what the worker would do by itself, seen or done by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from goldenthread.notices.models import Notice
from tests.config.commands import run
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None, settings: Settings) -> SmallCouncil:
    settings.CLOCK = lambda: datetime(2009, 7, 23, 9, tzinfo=UTC)
    return found_small_council()


def test_it_says_whom_it_would_write_to_and_writes_to_nobody(ashby: SmallCouncil) -> None:
    result = run("remind", "ashby", "--dry-run")

    assert result.exit_code == 0
    assert "  aled.rees@ashby.example  owes 2 items\n" in result.stdout
    assert "  leo.park@ashby.example  owes 1 item, answers for CYPF\n" in result.stdout
    assert result.stdout.endswith("6 reminders due.\n")
    assert Notice.objects.count() == 0


def test_it_reminds_once(ashby: SmallCouncil) -> None:
    assert run("remind", "ashby").stdout == "6 reminders written.\n"
    assert run("remind", "ashby").stdout == "No reminders written.\n"
    assert Notice.objects.count() == 6


def test_before_seven_it_refuses(ashby: SmallCouncil, settings: Settings) -> None:
    settings.CLOCK = lambda: datetime(2009, 7, 23, 5, tzinfo=UTC)

    result = run("remind", "ashby")

    assert result.exit_code == 1
    assert "before seven in the morning" in result.stderr
    assert Notice.objects.count() == 0


def test_a_council_that_there_is_not_is_refused(ashby: SmallCouncil) -> None:
    result = run("remind", "nowhere")

    assert result.exit_code == 1
    assert 'There is no council "nowhere". Choose from: ashby' in result.stderr
