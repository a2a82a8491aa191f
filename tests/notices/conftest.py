from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _letters(settings: Settings) -> None:
    """Let a test compose letters of its own."""
    [templates] = settings.TEMPLATES
    folders: list[Any] = [*templates["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = [{**templates, "DIRS": folders}]
    settings.SITE_ADDRESS = "https://performance.arden.example"
