"""A page takes the same number of queries however much a council has."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Post
from goldenthread.packs.compose.pack import compose
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    AnnualCycleFactory,
    ExceptionReportFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    MeasurementFactory,
    PlanIndicatorFactory,
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    TargetFactory,
)
from tests.pages.conftest import (  # noqa: F401 - fixtures
    SetClock,
    SignIn,
    _in_the_first_quarter,
    _static_folder,
    ashby,
    set_clock,
    sign_in,
)
from tests.pages.small_council import IN_Q1, MONTHS, SmallCouncil

PINNED = {
    "": 41,
    "plans/": 23,
    "plans/CYPF/": 40,
    "timetable/": 9,
    "my-dates/": 10,
    "my-dates/calendars/": 8,
    "cycles/2009-10/Q1/": 37,
    "actions/{club}/": 16,
    "indicators/CYPF8/": 17,
    "actions/{club}/date/": 11,
    "indicators/CYPF8/target/2009-10/": 8,
    "cycles/2009-10/Q1/actions/{club}/update/": 14,
    "cycles/2009-10/Q1/indicators/CYPF8/update/": 13,
    "cycles/2009-10/Q1/timetable/{milestone}/move/": 6,
    "cycles/2009-10/Q1/papers/DMT/": 49,
    "papers/": 10,
    "papers/template/": 5,
    "messages/": 6,
    "cycles/2009-10/Q1/chase/nudge/?all=yes": 26,
    "cycles/2009-10/Q1/chase/": 26,
    "cycles/2009-10/Q1/chase/?by=item&state=all": 26,
    "my-updates/": 18,
    "cycles/2009-10/Q1/plans/CYPF/check/": 42,
    "my-updates/table/": 18,
    "my-posts/": 6,
    "cycles/2009-10/Q1/timetable/{milestone}/remove/": 6,
    "cycles/2009-10/Q1/timetable/add/": 5,
    "timetable/2009-10/edit/": 6,
    "timetable/propose/": 8,
    "timetable/closed-days/": 5,
    "posts/": 6,
    "cycles/2009-10/Q1/closing/": 8,
    "cycles/2009-10/Q1/plans/CYPF/risks/": 11,
    "cycles/2009-10/Q1/my-risks/": 11,
    "cycles/2009-10/Q1/plans/CYPF/statements/overview/": 11,
    "cycles/2009-10/Q1/plans/CYPF/statements/overview/write/": 28,
    "cycles/2009-10/Q1/plans/CYPF/finances/": 12,
    "cycles/2009-10/Q1/plans/CYPF/finances/write/": 15,
}
COMPOSING = 39


ANNUAL = {
    "": 42,
    "cycles/2009-10/annual/": 37,
    "cycles/2009-10/annual/my-evaluations/": 16,
    "cycles/2009-10/annual/plans/CYPF/evaluations/": 22,
}
"""The pages that evaluations stand on, while the annual cycle is open."""


def grow(council: SmallCouncil, count: int) -> None:
    """Add items with returns in both cycles, a third of them off track and half of those explained."""
    challenge, risk = council.club.challenge, RiskFactory(plan=council.cypf)
    for number in range(count // 2):
        rating = list(Rating)[number % 3]
        action = ActionFactory(challenge=challenge, action_officer=council.posts.action_officer)
        indicator = IndicatorFactory(
            council=council.council, indicator_officer=council.posts.indicator_officer
        )
        PlanIndicatorFactory(plan=council.cypf, indicator=indicator)
        TargetFactory(indicator=indicator)
        on_risk = RiskActionFactory(risk=risk, risk_owner=council.posts.action_officer)
        RiskActionUpdateFactory(cycle=council.quarter, risk_action=on_risk, submitted=True)
        for starts_on, ends_on in MONTHS:
            MeasurementFactory(
                indicator=indicator, starts_on=starts_on, ends_on=ends_on, value=Decimal(number)
            )
        for cycle in (council.six_weekly, council.quarter):
            update = ActionUpdateFactory(cycle=cycle, action=action, submitted=True, rating=rating)
            IndicatorUpdateFactory(cycle=cycle, indicator=indicator, submitted=True, rating=rating)
        if rating is not Rating.GREEN and number % 2:
            ExceptionReportFactory(action_update=update, submitted=True)


def queries_of(client: Any, where: str) -> int:
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def whoever_opens(council: SmallCouncil, where: str) -> Post:
    if where.endswith(("/date/", "/target/2009-10/")):
        return council.posts.manager
    if "my-risks" in where:
        return council.posts.action_officer
    if "my-updates" in where:
        return council.posts.indicator_officer
    if "actions" in where:
        return council.posts.action_officer
    return council.posts.indicator_officer if "indicators" in where else council.posts.manager


@pytest.mark.parametrize("page", PINNED)
def test_a_page_takes_as_many_queries_for_60_items_as_for_10(
    ashby: SmallCouncil,
    sign_in: SignIn,
    page: str,
) -> None:
    client = sign_in(whoever_opens(ashby, page))
    milestone = ashby.quarter.milestones.all()[0].number
    where = f"/ashby/{page.format(club=ashby.club.pk, milestone=milestone)}"
    grow(ashby, 10)
    few = queries_of(client, where)

    grow(ashby, 50)

    assert (few, queries_of(client, where)) == (PINNED[page], PINNED[page])


@pytest.mark.parametrize("page", ANNUAL)
def test_a_page_with_evaluations_takes_as_many_queries_for_60_items_as_for_10(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock, page: str
) -> None:
    AnnualCycleFactory(council=ashby.council)
    set_clock(datetime(2010, 4, 14, 10, tzinfo=UTC))
    client = sign_in(ashby.posts.indicator_officer)
    grow(ashby, 10)
    few = queries_of(client, f"/ashby/{page}")

    grow(ashby, 50)

    assert (few, queries_of(client, f"/ashby/{page}")) == (ANNUAL[page], ANNUAL[page])


def test_composing_a_pack_takes_as_many_queries_for_60_items_as_for_10(
    ashby: SmallCouncil,
) -> None:
    grow(ashby, 10)
    few = _composing(ashby)

    grow(ashby, 50)

    assert (few, _composing(ashby)) == (COMPOSING, COMPOSING)


def _composing(council: SmallCouncil) -> int:
    cycle = ReportingCycle.objects.select_related("council").get(pk=council.quarter.pk)
    with CaptureQueriesContext(connection) as queries:
        compose(cycle, council.dmt, at=IN_Q1)
    return len(queries)


def test_the_list_of_papers_takes_as_many_queries_for_eight_cycles_as_for_two(
    ashby: SmallCouncil,
    sign_in: SignIn,
) -> None:
    client = sign_in(ashby.posts.manager)
    for number in range(1, 7):
        ReportingCycleFactory(council=ashby.council, code=f"X{number}", year=2003 + number)

    assert queries_of(client, "/ashby/papers/") == PINNED["papers/"]


def test_a_page_that_is_refused_costs_little(
    ashby: SmallCouncil,
    sign_in: SignIn,
) -> None:
    client = sign_in(ashby.posts.clerk)
    grow(ashby, 10)

    with CaptureQueriesContext(connection) as queries:
        assert client.get("/ashby/cycles/2009-10/Q1/papers/DMT/").status_code == 403

    assert len(queries) <= 4
