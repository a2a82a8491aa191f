"""Journeys through the product in a real browser, over data that the product itself has played."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.site import Site, copy_played, play_demonstration, serve

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a played demonstration, which is only ever copied."""
    if not os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
        pytest.skip("Journeys copy an SQLite file; this run is set to another database.")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _play_once(tmp_path_factory.mktemp("played"))
    # All processes of a run share what the first of them has played.
    shared = tmp_path_factory.getbasetemp().parent / "played"
    with open(shared.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _play_once(shared)


def _play_once(var: Path) -> Path:
    """Play the demonstration into a folder, unless it was played there to its end."""
    done = var / "played"
    if not done.exists():
        var.mkdir(exist_ok=True)
        play_demonstration(var)
        done.touch()
    return var


@pytest.fixture
def demo_site(played: Path, tmp_path: Path) -> Iterator[Site]:
    """The demonstration on a copy of its own, which the journey may change."""
    with serve(copy_played(played, tmp_path / "var")) as site:
        yield site


@pytest.fixture(scope="module")
def shown_site(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration for tests that only look."""
    with serve(copy_played(played, tmp_path_factory.mktemp("shown") / "var")) as site:
        yield site


# Playwright's event loop runs on for as long as it is open, and Django refuses its database beside
# one; so it closes with each file.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, as it is installed."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("There is no chromium on this machine.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield chromium
        chromium.close()
