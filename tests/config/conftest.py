from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.demo.conftest import played_council

__all__ = ["played_council"]


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path
