from __future__ import annotations

from datetime import date

from goldenthread.domain.kinds import BodyKind, Precision, Step
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    MilestoneFactory,
    PlannedStepFactory,
    PostHoldingFactory,
)
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council

WHERE = "/ashby/my-dates/"


def test_an_officer_has_returns_and_exception_reports_to_come(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.UPDATE_DEADLINE,
        forum=None,
        starts_on=date(2009, 7, 21),
        first_planned="20 July 2009",
        moved_because="The office is closed.",
    )

    assert rows_on(sign_in(ashby.posts.action_officer).get(WHERE)) == [
        "21 July 2009in 7 daysReturns dueFirst planned for 20 July 2009. The office is closed."
        "Quarter 1, 2009/10You return on actions or indicators",
        "6 August 2009in 23 daysException reports dueQuarter 1, 2009/10"
        "What you return on may be red or amber",
    ]


def test_a_step_that_a_post_promised_stands_there_until_it_is_done(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    red = ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.grant, submitted=True, rating=Rating.RED
    )
    report = ExceptionReportFactory(action_update=red, submitted=True)
    for number, due_on in enumerate([date(2009, 7, 1), date(2009, 9, 1)], start=7):
        PlannedStepFactory(
            report=report,
            number=number,
            what=f"Step {number}",
            due_on=due_on,
            owner=ashby.posts.clerk,
            owner_words="",
        )

    response = sign_in(ashby.posts.clerk).get(WHERE)

    said = words_on(response)
    late, ahead = said.split("From today on")
    assert "Promised, and its day is past" in late
    assert "1 July 2009Step promised: Step 7" in late
    assert "1 September 2009in 49 daysStep promised: Step 8" in ahead
    assert f"/ashby/promises/action/{ashby.grant.pk}/" in links_on(response).values()
    at_home = words_on(sign_in(ashby.posts.clerk).get("/ashby/"))
    assert "1 July 2009 Step promised: Step 7 (CYPF 1.2) Overdue" in at_home
    assert at_home.count("Overdue") == 1


def test_a_member_of_a_committee_has_its_meetings_and_papers(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.FORUM_RECEIVES,
        forum=BodyKind.PDC,
        precision=Precision.RANGE,
        starts_on=date(2009, 7, 10),
        ends_on=date(2009, 9, 24),
    )

    assert rows_on(sign_in(ashby.posts.councillor).get(WHERE)) == [
        "10 July to 24 September 2009nowPolicy Development Committees receive the report"
        "Quarter 1, 2009/10You sit on it"
    ]


def test_who_stands_in_sees_until_when(ashby: SmallCouncil, sign_in: SignIn) -> None:
    PostHoldingFactory(
        post=ashby.posts.portfolio_lead,
        holder=ashby.holder_of(ashby.posts.clerk),
        capacity=Capacity.DEPUTY,
        starts_on=date(2009, 7, 1),
        ends_on=date(2009, 8, 1),
    )

    assert (
        "1 August 2009in 18 daysLast day as deputy: Portfolio Lead for LeisureMy postsYou stand in"
    ) in rows_on(sign_in(ashby.posts.clerk).get(WHERE))


def test_a_director_meets_the_chief_executive(ashby: SmallCouncil, sign_in: SignIn) -> None:
    MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.DIRECTORS_MEET_CHIEF_EXECUTIVE,
        forum=None,
        precision=Precision.WEEK,
        starts_on=date(2009, 8, 24),
        ends_on=date(2009, 8, 30),
    )

    assert "You are a director" in words_on(sign_in(ashby.posts.director).get(WHERE))


def test_who_has_no_date_is_told_what_would_stand_there(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "No date ahead of you Dates appear here when the timetable has one" in said


def test_nobody_of_another_council_sees_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(found_small_council("bexley").posts.manager).get(WHERE).status_code == 404
