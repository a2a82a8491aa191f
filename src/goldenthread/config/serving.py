"""Serving the pages: whether that can start, and the process that does it."""

from __future__ import annotations

import errno
import os
import socket
import sys

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

LOOPBACK = "127.0.0.1"
WORKS = "GOLDENTHREAD_SERVER_WORKS"
# Its control socket would lie in the home folder, where a second server would take it over.
_GUNICORN = (
    *("--config", "python:goldenthread.config.gunicorn_hooks"),
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    "--no-control-socket",
)


def check_can_listen(host: str, port: int) -> None:
    """Make sure that nothing else listens there.

    :raises ClickException: if something does, or the address is not this machine's
    """
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = f"Port {port} is in use. Stop what uses it, or choose another with --port."
        else:
            words = f"{host} port {port} cannot be listened on: {error.strerror}"
        raise click.ClickException(words) from error


def check_is_up_to_date() -> None:
    """Make sure that the database is of this version.

    :raises ClickException: if it is not
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise click.ClickException("The database is not up to date. Run: goldenthread migrate")


def gather_static_files() -> None:
    """Bring the pages' styles and fonts to where they are served from; unchanged ones stay."""
    call_command("collectstatic", verbosity=0, interactive=False)


def serve(host: str, port: int, *, works: bool) -> None:
    """Become the process that serves the pages, and that does the worker's work besides if told to."""
    sys.stdout.flush()
    os.environ[WORKS] = "yes" if works else "no"
    bind = ("--bind", f"{host}:{port}")
    os.execvp(  # noqa: S606 - there is no shell, and the arguments are ours
        sys.executable,
        [sys.executable, "-m", "gunicorn", *_GUNICORN, *bind, "goldenthread.config.wsgi"],
    )
