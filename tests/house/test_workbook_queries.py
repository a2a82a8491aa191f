"""A workbook takes the same number of queries however much it holds."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.factories import (
    ActionFactory,
    IndicatorFactory,
    PlanIndicatorFactory,
    TargetFactory,
    UploadedWorkbookFactory,
)
from tests.house.test_pages_queries import queries_of
from tests.pages.conftest import (  # noqa: F401 - fixtures
    SignIn,
    _in_the_first_quarter,
    _static_folder,
    ashby,
    set_clock,
    sign_in,
)
from tests.pages.small_council import SmallCouncil

PINNED = {"my-updates/workbook/": 21, "my-updates/workbook/upload/": 21}
PREVIEWING = 5


@pytest.mark.parametrize("page", PINNED)
def test_a_workbook_takes_as_many_queries_for_60_owed_as_for_10(
    ashby: SmallCouncil, sign_in: SignIn, page: str
) -> None:
    client = sign_in(ashby.posts.action_officer)
    officer = ashby.posts.action_officer
    for many in (10, 50):
        for number in range(many // 2):
            ActionFactory(challenge=ashby.club.challenge, action_officer=officer)
            indicator = IndicatorFactory(council=ashby.council, indicator_officer=officer)
            PlanIndicatorFactory(plan=ashby.cypf, indicator=indicator)
            TargetFactory(indicator=indicator, value=Decimal(number))
        assert queries_of(client, f"/ashby/{page}") == PINNED[page]


def test_a_preview_takes_as_many_queries_for_60_rows_as_for_10(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    officer = ashby.posts.action_officer
    client = sign_in(officer)
    for many in (10, 60):
        workbook = UploadedWorkbookFactory(
            cycle=ashby.quarter,
            uploaded_by=ashby.holder_of(officer),
            rows=[previewed(number) for number in range(many)],
        )
        assert queries_of(client, f"/ashby/my-updates/workbook/{workbook.pk}/") == PREVIEWING


def previewed(number: int) -> dict[str, Any]:
    return {
        "where": f"Actions, row {number}",
        "item_kind": "action",
        "item_id": number,
        "reference": f"CYPF 9.{number}",
        "title": "Open a club",
        "answers": {"rating": "green", "commentary": "It opened."},
        "verdict": "submit",
    }


def test_a_preview_that_is_refused_costs_little(ashby: SmallCouncil, sign_in: SignIn) -> None:
    workbook = UploadedWorkbookFactory(cycle=ashby.quarter)
    client = sign_in(ashby.posts.clerk)

    assert client.get(f"/ashby/my-updates/workbook/{workbook.pk}/").status_code == 404
