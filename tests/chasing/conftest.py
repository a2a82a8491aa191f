from __future__ import annotations

import pytest

from tests.pages.small_council import SmallCouncil, found_small_council, write_overviews


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    """The small council, whose leads have written their plans' overviews of the quarter."""
    council = found_small_council()
    write_overviews(council)
    return council
