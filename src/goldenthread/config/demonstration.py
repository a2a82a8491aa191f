"""The demonstration on somebody's own machine: played once, found again, removed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from goldenthread.demo import papers
from goldenthread.demo.moments import STANDS_ON
from goldenthread.demo.people import NAME, PASSWORD, roles
from goldenthread.demo.play import NotAloneError, play
from goldenthread.domain.timetable import day_in_words
from goldenthread.organisation.models import Council

_DAY = "GOLDENTHREAD_DEMONSTRATION_DAY"


class _Bars:
    """Shows how far the play has come: a bar a part on a terminal, a line a part elsewhere."""

    def __init__(self) -> None:
        self._what = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self._what:
            self._what = what
            self._bar = click.progressbar(length=total, label=what)
        self._bar.update(done - self._bar.pos)
        if done == total:
            self._bar.render_finish()


def play_or_find() -> Council:
    """Find the demonstration council, or play it.

    :raises ClickException: if the database holds a real council
    """
    found = Council.objects.filter(name=NAME).first()
    if found is not None:
        return found
    try:
        return play(progress=_Bars())
    except NotAloneError as error:
        raise click.ClickException(str(error)) from error


def write_papers(council: Council) -> list[Path]:
    """Write the issued papers' files beside the database.

    :raises ClickException: if they cannot be written
    """
    try:
        return papers.write_papers(council, settings.VAR / "packs")
    except OSError as error:
        raise click.ClickException(f"The papers cannot be written: {error}") from error


def introduction(council: Council, paths: Sequence[Path], address: str) -> str:
    """Say where the demonstration is, whom to be in it, and where its papers lie."""
    served = (
        f"Open {address} and stop it with Ctrl+C."
        if address
        else "Serve it with make demo or goldenthread demo"
    )
    people = [f"  {who.role:<29} {who.name:<22} {who.email}" for who in roles(council)]
    return "\n".join(
        [
            "",
            f"{council.title} stands on {day_in_words(STANDS_ON)}. {served}",
            "",
            f"Sign in with the password {PASSWORD} as:",
            *people,
            "",
            "Papers issued so far:",
            *(f"  {path}" for path in paths),
            "",
            f"Other commands go by today's date. Set {_DAY}={STANDS_ON} to have them stand on that day.",
        ]
    )


def set_clock() -> None:
    """Let the process that serves stand on the demonstration's day."""
    os.environ[_DAY] = STANDS_ON.isoformat()


def remove_database() -> None:
    """Remove the demonstration's database file.

    :raises ClickException: if it is no SQLite file of ours, or holds a real council
    """
    file = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or not file.resolve().is_relative_to(settings.VAR):
        raise click.ClickException(
            f"--reset removes only an SQLite file under {settings.VAR}, and this database is "
            f"{file}. Empty it yourself."
        )
    if names := _real_councils():
        raise click.ClickException(
            f"The database also holds {', '.join(names)}, so it is not removed."
        )
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def check_is_alone() -> None:
    """Make sure, before anything is changed, that a database holds no real council.

    :raises ClickException: if it does
    """
    if names := _real_councils():
        raise click.ClickException(str(NotAloneError.beside(names)))


def _real_councils() -> list[str]:
    if Council._meta.db_table not in connection.introspection.table_names():
        return []
    real = Council.objects.exclude(name=NAME).order_by("name")
    return list(real.values_list("name", flat=True))
