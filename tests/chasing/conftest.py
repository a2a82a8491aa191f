from __future__ import annotations

import pytest

from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()
