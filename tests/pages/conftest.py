from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from django.test import Client
from pytest_django import Settings

from goldenthread.organisation.models import Post
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council

SetClock: TypeAlias = Callable[[datetime], None]
SignIn: TypeAlias = Callable[[Post], Any]


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


@pytest.fixture
def set_clock(settings: Settings) -> SetClock:
    """Set the moment at which pages are asked for."""

    def set_to(moment: datetime) -> None:
        settings.CLOCK = lambda: moment

    return set_to


@pytest.fixture(autouse=True)
def _static_folder(settings: Settings, tmp_path: Path) -> None:
    """Let the server start where no static files have been collected."""
    settings.STATIC_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def _in_the_first_quarter(set_clock: SetClock) -> None:
    set_clock(IN_Q1)


@pytest.fixture
def sign_in() -> SignIn:
    """Sign in whoever holds a post, each in a browser of their own."""

    def signed_in(post: Post) -> Client:
        client = Client()
        client.force_login(post.holdings.get().holder)
        return client

    return signed_in
