from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from tests.notices.mail_server import MailServer, free_port, serving


@pytest.fixture(autouse=True)
def _letters(settings: Settings) -> None:
    """Let a test compose letters of its own."""
    [templates] = settings.TEMPLATES
    folders: list[Any] = [*templates["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [{**templates, "DIRS": folders}]
    settings.SITE_ADDRESS = "https://performance.arden.example"


@pytest.fixture
def port(settings: Settings) -> int:
    """A port that this process believes a mail server to listen on."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 20
    settings.DEFAULT_FROM_EMAIL = "Performance <performance@arden.example>"
    return int(settings.EMAIL_PORT)


@pytest.fixture
def mail_server(port: int) -> Iterator[MailServer]:
    server = MailServer()
    with serving(server, port):
        yield server
