"""The product on its own port, as somebody who tries it out has it: played, copied, served."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
DAY = "2009-10-14"
PASSWORD = "goldenthread-demo"
SECONDS_TO_PLAY = 300
DATABASE = "goldenthread.sqlite3"
_PROGRAM = "from goldenthread.config.cli import main; main()"
_LISTENING = re.compile(r"Listening at: (http://127\.0\.0\.1:\d+)")


@dataclass(frozen=True)
class Site:
    """A site that answers at an address, and what its process has complained of."""

    address: str
    var: Path
    log: list[str] = field(default_factory=list)

    def at(self, path: str) -> str:
        return f"{self.address}{path}"

    def run(self, module: str) -> str:
        """Run a module of these tests against the site's database, and return what it prints."""
        return _run(self.var, ["-m", module])

    def work(self) -> None:
        """Let a worker of the product take what waits, once."""
        _run(self.var, ["-c", _PROGRAM, "work", "--once"])


def play_demonstration(var: Path) -> None:
    """Play the demonstration council with the product's own command, into an empty folder."""
    _run(var, ["-c", _PROGRAM, "demo", "--no-serve"])


def copy_played(played: Path, var: Path) -> Path:
    """Copy what was played, so that a journey changes nobody else's data."""
    var.mkdir()
    with (
        closing(sqlite3.connect(played / DATABASE)) as source,
        closing(sqlite3.connect(var / DATABASE)) as copy,
    ):
        source.backup(copy)
        # A worker of a journey makes what the journey asks for, not every forum's papers before it.
        copy.execute("DELETE FROM packs_filetomake")
        copy.commit()
    shutil.copy(played / "secret-key", var)
    (var / "static").symlink_to(played / "static")
    return var


@contextmanager
def serve(var: Path) -> Iterator[Site]:
    """Serve a played folder on a free port of this machine until the block ends."""
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--no-control-socket"]
    command += ["--worker-class", "gthread", "--threads", "4", "goldenthread.config.wsgi"]
    with subprocess.Popen(
        command, env=_environment(var), stderr=subprocess.PIPE, text=True, cwd=var
    ) as server:
        assert server.stderr is not None
        try:
            site = Site(_address(server.stderr), var)
            drain = threading.Thread(target=lambda: site.log.extend(server.stderr or ()))
            drain.start()
            yield site
        finally:
            server.terminate()
            server.wait(timeout=30)
        drain.join(timeout=30)


def _address(said: IO[str]) -> str:
    heard = []
    for line in said:
        heard.append(line)
        if found := _LISTENING.search(line):
            return found.group(1)
    raise RuntimeError(f"The site did not start: {''.join(heard)}")


def _run(var: Path, arguments: list[str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        env=_environment(var),
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_PLAY,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(var: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "DATABASE_", "GOLDENTHREAD_", "COV_"))
    }
    return kept | {
        "GOLDENTHREAD_VAR": str(var),
        "GOLDENTHREAD_DEMONSTRATION_DAY": DAY,
        "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
