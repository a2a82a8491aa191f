from __future__ import annotations

from typing import Any

import pytest

from goldenthread.domain.rating import Rating
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
)
from tests.pages.conftest import SignIn
from tests.pages.reading import facts_on, links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council, issued

WHERE = "/ashby/cycles/2009-10/Q1/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def test_it_counts_what_is_in_and_what_is_owed(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)

    facts = facts_on(manager.get(WHERE))

    assert facts["Returns in"] == "1 of 7"
    assert facts["Still owed"] == "6"
    assert facts["Exception reports owed"] == "1 of 1"
    assert facts["Returns due"] == "21 July 2009"
    assert facts["6 August 2009"] == "Papers sent out to DMT"


def test_who_chases_returns_is_led_to_who_is_late(
    ashby: SmallCouncil, sign_in: SignIn, manager: Any
) -> None:
    assert links_on(manager.get(WHERE))["Who is in and who is late"] == f"{WHERE}chase/"

    clerk = sign_in(ashby.posts.clerk)
    assert "Who is in and who is late" not in links_on(clerk.get(WHERE))


def test_exceptions_stand_reds_first_with_where_their_reports_are(
    ashby: SmallCouncil, manager: Any
) -> None:
    amber, red = (
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True, rating=rating)
        for action, rating in [(ashby.club, Rating.AMBER), (ashby.grant, Rating.RED)]
    )
    indicator = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(action_update=red, submitted=True)
    ExceptionReportFactory(action_update=None, indicator_update=indicator)

    rows = rows_on(manager.get(WHERE))[2:5]

    assert rows == [
        "CYPF 1.2 Pay grants to sports clubs Red Play Officer In, 14 July: exception report of CYPF 1.2",
        "CYPF8 Visits to the museum Red Museums Manager Draft",
        "CYPF 1.1 Open a homework club Amber Play Officer Owed",
    ]
    assert amber.action == ashby.club


def test_a_six_weekly_cycle_speaks_of_no_exception_reports(
    ashby: SmallCouncil, manager: Any
) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.RED
    )

    assert "xception" not in words_on(manager.get("/ashby/cycles/2009-10/6W1/"))


def test_only_the_performance_manager_is_offered_the_preview(
    ashby: SmallCouncil, manager: Any, sign_in: SignIn
) -> None:
    offer = "Quarter 1, 2009/10 for Directors' Management Team"

    assert links_on(manager.get(WHERE))[offer] == "/ashby/cycles/2009-10/Q1/papers/DMT/"
    assert offer not in links_on(sign_in(ashby.posts.director).get(WHERE))


def test_issued_papers_are_led_to_by_those_who_sit_on_the_body(
    ashby: SmallCouncil, manager: Any, sign_in: SignIn
) -> None:
    pack = issued(ashby, ashby.dmt)
    link = "Papers issued to Directors' Management Team on 6 August 2009"

    assert links_on(manager.get(WHERE))[link] == f"/ashby/papers/{pack.pk}/"
    assert link in links_on(sign_in(ashby.posts.director).get(WHERE))
    assert link not in links_on(sign_in(ashby.posts.clerk).get(WHERE))
    assert not [
        words
        for words in links_on(manager.get(WHERE))
        if words.endswith("for Directors' Management Team")
    ]


def test_the_case_of_its_code_does_not_matter(manager: Any) -> None:
    assert manager.get("/ashby/cycles/2009-10/q1/").status_code == 200


@pytest.mark.parametrize("cycle", ["2009-10/Q9", "2009-11/Q1", "9999-00/Q1"])
def test_a_cycle_that_there_is_not_is_not_found(manager: Any, cycle: str) -> None:
    assert manager.get(f"/ashby/cycles/{cycle}/").status_code == 404


def test_nobody_of_another_council_sees_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(found_small_council("bexley").posts.manager).get(WHERE).status_code == 404
