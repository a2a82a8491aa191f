from __future__ import annotations

import pytest

from goldenthread.accounts.models import User
from goldenthread.audit.models import AuditEntry
from goldenthread.demo.play import AlreadyPlayedError, NotAloneError, play
from goldenthread.organisation.models import Council

pytestmark = pytest.mark.django_db


def ignore(what: str, done: int, total: int) -> None:
    pass


def interrupt(what: str, done: int, total: int) -> None:
    if done:
        raise KeyboardInterrupt


def test_a_council_that_is_there_is_not_played_again(played_council: Council) -> None:
    with pytest.raises(AlreadyPlayedError):
        play(progress=ignore)


def test_a_database_with_a_real_council_is_refused(
    played_council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldenthread.demo.play.NAME", "elsewhere")
    with pytest.raises(NotAloneError, match=r"holds chase\b.*a database of its own"):
        play(progress=ignore)


def test_a_play_that_is_broken_off_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("people", "council"):
        monkeypatch.setattr(f"goldenthread.demo.{module}.NAME", "half")
    monkeypatch.setattr("goldenthread.demo.play._check_can_play", lambda: None)
    with pytest.raises(KeyboardInterrupt):
        play(progress=interrupt)
    assert not Council.objects.filter(name="half").exists()
    assert not User.objects.filter(email__endswith="@half.example").exists()
    assert not AuditEntry.objects.filter(council="half").exists()
