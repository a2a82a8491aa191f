from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.reporting.models import ReportingCycle
from tests.factories import ActionUpdateFactory, ExceptionReportFactory, ReportingCycleFactory
from tests.house.test_pages_queries import grow
from tests.pages.conftest import SignIn
from tests.pages.reading import rows_on, words_on
from tests.pages.small_council import SmallCouncil


@pytest.fixture
def second(ashby: SmallCouncil) -> ReportingCycle:
    cycle: ReportingCycle = ReportingCycleFactory(
        council=ashby.council,
        code="Q2",
        quarter=2,
        observes_from=date(2009, 7, 1),
        observes_to=date(2009, 9, 30),
        opens_on=date(2009, 10, 7),
        due_on=date(2009, 10, 21),
    )
    return cycle


def address(code: str, plan: str = "CYPF") -> str:
    return reverse("exception_reports:exception_report_list", args=["ashby", "2009-10", code, plan])


def test_reds_stand_first_with_the_quarter_before_beside_them(
    ashby: SmallCouncil, sign_in: SignIn, second: ReportingCycle
) -> None:
    for cycle, why in ((ashby.quarter, "The hall burnt down."), (second, "No builder came.")):
        red = ActionUpdateFactory(
            cycle=cycle, action=ashby.grant, submitted=True, rating=Rating.RED
        )
        ExceptionReportFactory(action_update=red, submitted=True, why=why)
    ActionUpdateFactory(cycle=second, action=ashby.club, submitted=True, rating=Rating.AMBER)

    first, other = rows_on(sign_in(ashby.posts.director).get(address("Q2")))

    assert first.startswith("CYPF 1.2")
    assert "Red for the second quarter in a row" in first
    assert "No builder came. The hall burnt down." in first
    assert "To endorse" in first
    assert "Not in yet No report" in other
    assert other.startswith("CYPF 1.1 Owed")


def test_a_plan_on_track_has_nothing_to_look_at(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert "Nothing needs explaining" in words_on(sign_in(ashby.posts.manager).get(address("Q1")))


@pytest.mark.parametrize("post", ["lead_officer", "director", "portfolio_lead", "manager"])
def test_those_who_answer_for_the_plan_may_look(
    ashby: SmallCouncil, sign_in: SignIn, post: str
) -> None:
    assert sign_in(getattr(ashby.posts, post)).get(address("Q1")).status_code == 200


@pytest.mark.parametrize("post", ["action_officer", "councillor", "clerk"])
def test_others_are_refused(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    assert sign_in(getattr(ashby.posts, post)).get(address("Q1")).status_code == 403


def test_a_plan_that_there_is_not_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.manager).get(address("Q1", "XYZ")).status_code == 404


def test_sixty_items_take_as_many_queries_as_ten(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(ashby.posts.manager)
    grow(ashby, 10)
    few = _queries(client)
    grow(ashby, 50)

    assert _queries(client) == few
    assert few < 35


def _queries(client: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address("Q1")).status_code == 200
    return len(queries)
