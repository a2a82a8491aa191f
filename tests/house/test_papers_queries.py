"""The pages that issue papers ask the database as often for many items as for few."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

import pytest

from tests.house.test_pages_queries import grow, queries_of
from tests.pages.conftest import (  # noqa: F401 - fixtures
    SignIn,
    _in_the_first_quarter,
    _static_folder,
    ashby,
    set_clock,
    sign_in,
)
from tests.pages.small_council import SmallCouncil

PAGES = ("cycles/2009-10/Q1/papers/", "cycles/2009-10/Q1/papers/DMT/exempt/", "papers/public/")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_queries_for_60_items_as_for_10(
    ashby: SmallCouncil, sign_in: SignIn, page: str
) -> None:
    client = sign_in(ashby.posts.manager)
    grow(ashby, 10)
    few = queries_of(client, f"/ashby/{page}")

    grow(ashby, 50)

    assert queries_of(client, f"/ashby/{page}") == few
