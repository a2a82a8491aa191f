"""Settings that cannot be used are refused in one line, as a user would meet them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = "from goldenthread.config.cli import main; main()"


def run(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GOLDENTHREAD_VAR": str(tmp_path / "var"), **settings}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "timetable", "--help"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("GOLDENTHREAD_DEMONSTRATION_DAY", "banana", "write it like 2009-10-14"),
        ("GOLDENTHREAD_HTTPS", "maybe", "it must be yes or no"),
        ("GOLDENTHREAD_ADDRESS", "performance.council.gov.uk", "write it like https://"),
        ("DATABASE_URL", "banana", "DATABASE_URL is no database's address"),
        ("DATABASE_URL", "mysql://root@127.0.0.1/chase", "a PostgreSQL or an SQLite database"),
        ("GOLDENTHREAD_VAR", "/proc/nowhere", "cannot be made"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_in_one_line(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    result = run(tmp_path, **{name: value})

    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_it_writes_is_for_nobody_else_to_read(tmp_path: Path) -> None:
    result = run(tmp_path, DATABASE_URL="")

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert result.returncode in (0, 1)


def test_what_a_databases_address_asks_for_is_kept(tmp_path: Path) -> None:
    shown = subprocess.run(
        [
            sys.executable,
            "-c",
            "from goldenthread.config.settings import DATABASES as d; print(d['default']['OPTIONS'])",
        ],
        env={
            **os.environ,
            "GOLDENTHREAD_VAR": str(tmp_path),
            "DATABASE_URL": "postgres://chase@127.0.0.1/chase?sslmode=require",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "'sslmode': 'require'" in shown.stdout
    assert "'pool'" in shown.stdout
