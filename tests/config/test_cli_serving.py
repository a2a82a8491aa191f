from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import Settings

from goldenthread.config import demonstration, serving
from goldenthread.demo.people import PASSWORD
from goldenthread.demo.play import NotAloneError
from goldenthread.organisation.models import Council
from tests.config.commands import refusal, run
from tests.factories import NoticeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def became(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the process would have turned into."""
    commands: list[list[str]] = []
    monkeypatch.setattr("os.execvp", lambda file, args: commands.append([file, *args]))
    monkeypatch.setenv("GOLDENTHREAD_DEMONSTRATION_DAY", "")
    return commands


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class TestServe:
    def test_it_becomes_gunicorn(self, became: list[list[str]], free_port: int) -> None:
        assert run("serve", "--port", free_port).exit_code == 0
        [command] = became
        assert command[:4] == [sys.executable, sys.executable, "-m", "gunicorn"]
        assert f"127.0.0.1:{free_port}" in command
        assert command[-1] == "goldenthread.config.wsgi"

    def test_a_port_in_use_is_refused(self, became: list[list[str]], taken_port: int) -> None:
        said = refusal("serve", "--port", taken_port)
        assert said.startswith(f"Port {taken_port} is in use.")
        assert became == []

    def test_another_machines_address_is_refused(self, became: list[list[str]]) -> None:
        said = refusal("serve", "--host", "192.0.2.1")
        assert said.startswith("192.0.2.1 port 8000 cannot be listened on")

    def test_an_old_database_is_refused(
        self, became: list[list[str]], free_port: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["something"])
        said = refusal("serve", "--port", free_port)
        assert said == "The database is not up to date. Run: goldenthread migrate"
        assert became == []

    def test_a_database_that_does_not_answer_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreachable(*args: object) -> None:
            raise OperationalError("connection refused\nIs the server running?")

        monkeypatch.setattr(serving, "MigrationExecutor", unreachable)
        said = refusal("timetable", "chase", "2009-10")
        assert said == "The database says: connection refused Is the server running?"


class TestMigrate:
    def test_it_makes_ready_all_that_is_served(self, own_folder: Path) -> None:
        assert run("migrate").stdout == "The database is up to date.\n"
        assert (own_folder / "static" / "design" / "app.css").exists()


class TestDemo:
    def test_it_sends_nobody_anything(
        self, played_council: Council, mailoutbox: list[EmailMessage], settings: Settings
    ) -> None:
        settings.EMAIL_HOST = "127.0.0.1"
        NoticeFactory(council=played_council.name)
        assert run("demo", "--no-serve").exit_code == 0
        assert mailoutbox == []

    def test_a_second_run_finds_the_council(
        self, played_council: Council, own_folder: Path
    ) -> None:
        result = run("demo", "--no-serve")
        assert result.exit_code == 0
        assert "Chase District Council stands on 14 October 2009" in result.stdout
        assert PASSWORD in result.stdout
        assert "Economic Development" not in result.stdout
        assert (
            str(own_folder / "packs" / "2009-10" / "Q1" / "chase-2009-10-Q1-DMT.pdf")
            in result.stdout
        )
        assert (own_folder / "packs" / "2009-10" / "Q1" / "chase-2009-10-Q1-DMT.pdf").exists()

    def test_it_is_served_on_its_own_day(
        self, played_council: Council, became: list[list[str]], free_port: int
    ) -> None:
        result = run("demo", "--port", free_port)
        assert f"http://127.0.0.1:{free_port}/" in result.stdout
        assert len(became) == 1
        assert os.environ["GOLDENTHREAD_DEMONSTRATION_DAY"] == "2009-10-14"

    def test_a_port_in_use_is_refused_before_anything_is_played(
        self, became: list[list[str]], taken_port: int, own_folder: Path
    ) -> None:
        assert "is in use" in refusal("demo", "--port", taken_port)
        assert list(own_folder.iterdir()) == []

    def test_a_first_run_plays_it_and_shows_how_far_it_is(
        self, played_council: Council, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def play(*, progress: Callable[[str, int, int], None]) -> Council:
            for done in range(4):
                progress("Quarter 1", done, 3)
            return played_council

        monkeypatch.setattr(demonstration, "NAME", "nowhere")
        monkeypatch.setattr(demonstration, "check_is_alone", lambda: None)
        monkeypatch.setattr(demonstration, "play", play)
        assert run("demo", "--no-serve").stdout.startswith("Quarter 1\n")

    def test_a_database_with_a_real_council_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def play(**kwargs: Any) -> Council:
            raise NotAloneError("This database holds arden.")

        monkeypatch.setattr(demonstration, "NAME", "nowhere")
        monkeypatch.setattr(demonstration, "play", play)
        assert refusal("demo", "--no-serve") == "This database holds arden."

    def test_papers_that_cannot_be_written_are_refused(
        self, played_council: Council, own_folder: Path
    ) -> None:
        (own_folder / "packs").write_text("in the way")
        assert refusal("demo", "--no-serve").startswith("The papers cannot be written")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="It removes an SQLite file only")
class TestReset:
    @pytest.fixture
    def file(self, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A database file in the test's own folder, which the connection takes for its own."""
        file = own_folder / "goldenthread.sqlite3"
        for ending in ("", "-wal", "-shm"):
            Path(f"{file}{ending}").write_text("")
        monkeypatch.setitem(connection.settings_dict, "NAME", str(file))
        # The tests' own database lives in the connection and would go with it.
        monkeypatch.setattr(connection, "close", lambda: None)
        return file

    def test_the_file_goes_with_all_that_belongs_to_it(self, file: Path) -> None:
        demonstration.remove_database()
        assert list(file.parent.iterdir()) == []

    def test_a_file_without_tables_goes_too(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection.introspection, "table_names", list)
        demonstration.remove_database()
        assert not file.exists()

    def test_a_real_council_is_not_removed(self, file: Path) -> None:
        Council.objects.create(name="arden", title="Arden Council")
        said = refusal("demo", "--no-serve", "--reset")
        assert said == "The database also holds arden, so it is not removed."
        assert file.exists()

    def test_a_file_elsewhere_is_not_removed(
        self, file: Path, settings: Settings, tmp_path: Path
    ) -> None:
        settings.VAR = tmp_path / "var"
        assert "removes only an SQLite file under" in refusal("demo", "--no-serve", "--reset")
        assert file.exists()

    def test_a_database_that_is_no_file_is_not_removed(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection, "vendor", "postgresql")
        assert "Empty it yourself" in refusal("demo", "--no-serve", "--reset")
        assert file.exists()
