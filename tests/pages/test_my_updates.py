from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    PlanIndicatorFactory,
    TargetFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, main_of, page_of, rows_on, words_on
from tests.pages.small_council import AFTER_Q1, IN_Q1, SmallCouncil, found_small_council

WHERE = "/ashby/my-updates/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def _send_back(council: SmallCouncil, cycle: ReportingCycle, action: Action) -> None:
    ActionUpdateFactory(
        cycle=cycle,
        action=action,
        rating=Rating.AMBER,
        commentary="Going on.",
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=council.holder_of(council.posts.lead_officer),
        revision_note="Say how many came.\nAnd <b>when</b>.",
    )


def test_it_lists_what_is_mine_with_what_each_needs(officer: Any) -> None:
    response = officer.get(WHERE)

    assert words_on(response).startswith(
        "Quarter 1, 2009/10, returns due 21 July 2009 (in 7 days) My updates "
        "2 to do, 1 with no return owed."
    )
    assert rows_on(response) == [
        "Children and Young People",
        "CYPF 1.1 Open a homework club Nothing returned To do Rating, comment Update CYPF 1.1",
        "CYPF 1.2 Pay grants to sports clubs Nothing returned To do Rating, comment "
        "Update CYPF 1.2",
    ]


def test_an_indicator_needs_its_figures_first(ashby: SmallCouncil, sign_in: SignIn) -> None:
    rows = rows_on(sign_in(ashby.posts.indicator_officer).get(WHERE))

    assert "Figures for April, May and June, estimated outturn, rating, comment" in rows[1]
    assert "Figure for Quarter 1, estimated outturn, rating, comment" in rows[2]
    assert rows[3] == "Environment"
    assert "To do Estimated outturn, comment Update ES1" in rows[4]


def test_of_a_draft_it_says_what_is_still_missing(ashby: SmallCouncil, sign_in: SignIn) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        rating=Rating.GREEN,
        suggested_rating=Rating.RED,
        commentary="A dry spring.",
        no_estimate_reason="The museum may close.",
        draft_figures={"2009-04-01": ["5000", ""], "2009-05-01": [None, "The counter broke."]},
    )
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.swans,
        commentary="Seven.",
        no_estimate_reason="Swans come and go.",
    )

    rows = rows_on(sign_in(ashby.posts.indicator_officer).get(WHERE))

    assert "Draft Figure for June, why it is rated otherwise Update CYPF8" in rows[1]
    assert "Draft Nothing more: submit it Update ES1" in rows[4]


def test_last_times_rating_and_words_stand_beside(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly,
        action=ashby.club,
        submitted=True,
        rating=Rating.AMBER,
        commentary="<script>alert(1)</script> The room is let.",
    )

    response = officer.get(WHERE)

    assert "Amber 14 July 2009<script>alert(1)</script> The room is let." in rows_on(response)[1]
    assert main_of(response).find(".//script") is None


def test_a_draft_of_last_time_was_never_said(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, commentary="Half a word")

    assert "Nothing returned" in rows_on(officer.get(WHERE))[1]


def test_what_was_sent_back_stands_first_with_who_when_and_why(
    ashby: SmallCouncil, officer: Any
) -> None:
    _send_back(ashby, ashby.quarter, ashby.grant)

    response = officer.get(WHERE)

    said = words_on(response)
    assert "1 sent back, 1 to do, 1 with no return owed. " in said
    assert (
        "Sent back to you CYPF 1.2: Pay grants to sports clubs "
        "Leo Park sent it back on 13 July 2009: Say how many came."
    ) in said
    assert "And <b>when</b>." in said
    assert said.index("Sent back to you") < said.index("1 return to do")
    assert links_on(response)["Revise CYPF 1.2"] == reverse(
        "reporting:action_update_edit", args=["ashby", "2009-10", "Q1", ashby.grant.pk]
    )


def test_what_was_sent_back_in_an_earlier_cycle_is_asked_for_still(
    ashby: SmallCouncil, officer: Any
) -> None:
    _send_back(ashby, ashby.six_weekly, ashby.grant)

    response = officer.get(WHERE)

    assert "on 13 July 2009 (Six-weekly update 1, 2009/10):" in words_on(response)
    assert "/2009-10/6W1/actions/" in links_on(response)["Revise CYPF 1.2"]
    assert "Update CYPF 1.2" in links_on(response)


def test_late_returns_say_whom_to_ask(officer: Any, set_clock: SetClock) -> None:
    set_clock(AFTER_Q1)

    response = officer.get(WHERE)

    row = rows_on(response)[1]
    assert "Late Rating, comment" in row
    assert "Ask the performance manager" in row
    assert "Update CYPF 1.1" not in links_on(response)


def test_who_was_let_in_by_name_goes_on(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)
    person = ashby.holder_of(ashby.posts.action_officer)
    LettingInFactory(cycle=ashby.quarter, person=person, until=date(2009, 7, 21))
    assert "Update CYPF 1.1" not in links_on(officer.get(WHERE))

    LettingInFactory(cycle=ashby.quarter, person=person)

    assert "Update CYPF 1.1" in links_on(officer.get(WHERE))


def test_a_locked_cycle_says_so(ashby: SmallCouncil, officer: Any) -> None:
    ashby.quarter.locked_at = datetime(2009, 7, 14, 9, tzinfo=UTC)
    ashby.quarter.locked_by = ashby.holder_of(ashby.posts.manager)
    ashby.quarter.save()

    assert "Quarter 1, 2009/10 is locked" in rows_on(officer.get(WHERE))[1]


def test_a_lead_who_holds_an_item_files_after_the_deadline(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)
    indicator = IndicatorFactory(
        council=ashby.council, reference="LEAD1", indicator_officer=ashby.posts.lead_officer
    )
    other = IndicatorFactory(
        council=ashby.council, reference="LEAD2", indicator_officer=ashby.posts.lead_officer
    )
    PlanIndicatorFactory(plan=ashby.cypf, indicator=indicator)
    PlanIndicatorFactory(plan=ashby.es, indicator=other)

    links = links_on(sign_in(ashby.posts.lead_officer).get(WHERE))

    assert "Update LEAD1" in links
    assert "Update LEAD2" not in links


def test_what_is_in_can_be_looked_at_again(ashby: SmallCouncil, officer: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.GREEN)

    response = officer.get(WHERE)

    assert "2 items of yours with no return owed" in words_on(response)
    assert "See it or call it back CYPF 1.1" in links_on(response)
    assert "See it or call it back ES 1.1" not in links_on(response)


def test_somebody_with_everything_in_is_thanked(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    said = words_on(sign_in(ashby.posts.joint_officer).get(WHERE))

    assert "Everything of yours is in for this cycle. Thank you." in said


def test_who_holds_nothing_is_told_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "You hold no action and no indicator" in said


def test_before_the_first_cycle_it_says_when_that_opens(officer: Any, set_clock: SetClock) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    said = words_on(officer.get(WHERE))

    assert "Six-weekly update 1, 2009/10 opens on 25 May 2009." in said


def test_without_any_cycle_it_says_who_plans_them(sign_in: SignIn, ashby: SmallCouncil) -> None:
    bexley = found_small_council("bexley")
    for cycle in ReportingCycle.objects.filter(council=bexley.council):
        cycle.milestones.all().delete()
        cycle.delete()

    said = words_on(sign_in(bexley.posts.action_officer).get("/bexley/my-updates/"))

    assert "No reporting cycle yet The performance manager plans the year" in said


def test_the_menu_offers_it_to_whoever_holds_items(ashby: SmallCouncil, sign_in: SignIn) -> None:
    def menu(post: Any) -> list[str]:
        page = page_of(sign_in(post).get("/ashby/plans/"))
        return [link.get("href", "") for link in page.iter("a")]

    for holder in (ashby.posts.action_officer, ashby.posts.indicator_officer):
        assert WHERE in menu(holder)
    assert WHERE not in menu(ashby.posts.clerk)


@pytest.mark.parametrize(
    ("moment", "few", "many"), [(IN_Q1, 60, 500), (AFTER_Q1, 10, 60)], ids=["open", "closed"]
)
def test_it_takes_as_many_queries_for_many_items_as_for_few(
    ashby: SmallCouncil,
    sign_in: SignIn,
    set_clock: SetClock,
    moment: datetime,
    few: int,
    many: int,
) -> None:
    set_clock(moment)
    client = sign_in(ashby.posts.indicator_officer)
    post = ashby.posts.indicator_officer

    def grown(count: int) -> int:
        for _ in range(count // 2):
            action = ActionFactory(challenge=ashby.club.challenge, action_officer=post)
            indicator = IndicatorFactory(council=ashby.council, indicator_officer=post)
            PlanIndicatorFactory(plan=ashby.cypf, indicator=indicator)
            TargetFactory(indicator=indicator)
            ActionUpdateFactory(cycle=ashby.six_weekly, action=action, submitted=True)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(WHERE).status_code == 200
        return len(queries)

    assert grown(few) == grown(many - few)


def test_nobody_of_another_council_gets_in(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(found_small_council("bexley").posts.manager)

    assert "Page not found" in words_on(client.get(WHERE), 404)
