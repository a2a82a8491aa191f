"""Makes a skipped test fail the run where nothing may be skipped: in CI.

What only PostgreSQL has runs in CI's second pass, and its skip on SQLite says so.
"""

from __future__ import annotations

import os

import pytest

ONLY_ON_POSTGRESQL = "SQLite "
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note a skip that the other database does not make up for."""
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if not reason.startswith(ONLY_ON_POSTGRESQL):
            _skipped.append(f"{report.nodeid}: {reason}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if a test was skipped although everything is there to run it."""
    if _skipped and os.environ.get("GOLDENTHREAD_NO_SKIPS"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the skips that failed the run."""
    if _skipped and os.environ.get("GOLDENTHREAD_NO_SKIPS"):
        terminalreporter.section("skipped, though nothing may be")
        for line in _skipped:
            terminalreporter.write_line(line)
