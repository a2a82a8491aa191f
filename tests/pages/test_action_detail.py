from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from tests.factories import ActionUpdateFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import facts_on, links_on, words_on
from tests.pages.small_council import IN_SIX_WEEKLY_1, SmallCouncil, found_small_council


def address(council: SmallCouncil) -> str:
    return reverse("home:action_detail", args=[council.name, council.club.pk])


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def test_it_says_what_was_promised_by_when_and_whose_it_is(
    ashby: SmallCouncil, officer: Any
) -> None:
    response = officer.get(address(ashby))

    assert "Action CYPF 1.1, challenge 1: Give young people places to go" in words_on(response)
    assert facts_on(response) == {
        "When": "By the end of September by 30 September 2009 in 78 days",
        "Who": "Play OfficerYouth Worker",
        "Answers for it": "Play Officer",
    }


def test_nothing_returned_yet_is_said(ashby: SmallCouncil, officer: Any) -> None:
    said = words_on(officer.get(address(ashby)))

    assert "Open a homework club Not rated Nothing has been returned yet" in said


def test_all_that_was_said_stands_there_latest_first(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly,
        action=ashby.club,
        submitted=True,
        rating=Rating.RED,
        commentary="No hall.",
        submitted_at=IN_SIX_WEEKLY_1,
        submitted_by=ashby.holder_of(ashby.posts.joint_officer),
    )
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    said = words_on(officer.get(address(ashby)))

    assert "Open a homework club Green better: was Red" in said
    assert said.index("The club opened in June.") < said.index("No hall.")
    assert "Play Officer: filed by Jo Field on 3 June 2009" in said


def test_a_draft_is_nobody_elses_business(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, commentary="Half a thought")

    assert "Half a thought" not in words_on(officer.get(address(ashby)))


def test_only_who_may_file_is_offered_to(ashby: SmallCouncil, sign_in: SignIn) -> None:
    offer = "Update for Quarter 1, 2009/10"

    assert offer in links_on(sign_in(ashby.posts.joint_officer).get(address(ashby)))
    assert offer not in links_on(sign_in(ashby.posts.lead_officer).get(address(ashby)))


def test_a_missing_date_is_pointed_out(ashby: SmallCouncil, officer: Any) -> None:
    where = reverse("home:action_detail", args=["ashby", ashby.grant.pk])

    assert "This action has no completion date" in words_on(officer.get(where))


def test_an_action_that_is_late_says_so(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 10, 2, 10, tzinfo=UTC))

    assert "2 days late" in words_on(officer.get(address(ashby)))


def test_an_action_that_is_not_due_to_start_says_when_it_does(
    ashby: SmallCouncil, officer: Any
) -> None:
    response = officer.get(reverse("home:action_detail", args=["ashby", ashby.later.pk]))

    assert "Not due to start" in words_on(response)
    assert facts_on(response)["Starts"] == "1 January 2010"


def test_before_the_first_cycle_nothing_is_offered(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    response = officer.get(address(ashby))

    assert not [link for link in links_on(response) if link.startswith("Update")]


def test_what_an_officer_typed_is_shown_as_words_never_as_markup(
    ashby: SmallCouncil, officer: Any
) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        commentary="<script>alert(1)</script>\nSecond line",
    )

    response = officer.get(address(ashby))

    assert "<script>alert(1)</script>Second line" in words_on(response)


def test_an_action_that_had_been_rated_before_it_could_start_keeps_its_start(
    ashby: SmallCouncil, officer: Any
) -> None:
    ashby.later.starts_on = date(2009, 4, 1)
    ashby.later.save()

    response = officer.get(reverse("home:action_detail", args=["ashby", ashby.later.pk]))

    assert "Not due to start" not in words_on(response)


def test_an_action_of_another_council_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")

    client = sign_in(ashby.posts.manager)

    assert client.get(f"/ashby/actions/{bexley.club.pk}/").status_code == 404
    assert client.get(address(bexley)).status_code == 404


def test_those_who_answer_for_it_can_open_each_return_and_others_cannot(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    where = f"/ashby/cycles/2009-10/Q1/actions/{ashby.club.pk}/update/"

    for post, opens in ((ashby.posts.manager, True), (ashby.posts.clerk, False)):
        links = links_on(sign_in(post).get(address(ashby)))
        assert ("Open this return of Quarter 1, 2009/10" in links) is opens
        assert (where in links.values()) is opens
