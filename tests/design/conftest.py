from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _static_files_as_they_lie(settings: Any) -> None:
    """Let a page name its static files without their having been collected first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
