from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.rating import Rating
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    MilestoneFactory,
    PlanIndicatorFactory,
    PostFactory,
    PostHoldingFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import facts_on, links_on, main_of, page_of, rows_on, words_on
from tests.pages.small_council import (
    AFTER_Q1,
    IN_Q1,
    PAPERS_OUT,
    SmallCouncil,
    found_small_council,
    issued,
)
from tests.reporting.signed import sign

WHERE = "/ashby/"


def test_an_officer_sees_what_they_owe(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.action_officer).get(WHERE)

    said = words_on(response)
    assert said.startswith(
        "Quarter 1, 2009/10, returns due 21 July 2009 (in 7 days) What you owe 2 returns to do"
    )
    assert rows_on(response) == [
        "CYPF 1.1 Open a homework club Not rated To do Update CYPF 1.1",
        "CYPF 1.2 Pay grants to sports clubs Not rated To do Update CYPF 1.2",
    ]
    assert links_on(response)["Update CYPF 1.1"] == reverse(
        "reporting:action_update_edit", args=["ashby", "2009-10", "Q1", ashby.club.pk]
    )


def test_an_indicator_officer_sees_theirs(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.indicator_officer).get(WHERE)

    assert [row.split()[0] for row in rows_on(response)] == ["CYPF8", "CYPF9", "ES1"]
    assert links_on(response)["Update ES1"].endswith("/2009-10/Q1/indicators/ES1/update/")


def test_an_indicator_of_two_plans_is_owed_once(ashby: SmallCouncil, sign_in: SignIn) -> None:
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.visits)
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.attendance)
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.attendance, submitted=True, rating=Rating.RED
    )

    response = sign_in(ashby.posts.indicator_officer).get(WHERE)

    assert [row.split()[0] for row in rows_on(response)] == ["CYPF8", "ES1"]
    assert "1 exception report to write" in words_on(response)


@pytest.mark.parametrize("where", ["", "plans/CYPF/"])
def test_a_reference_with_a_stroke_leads_to_its_indicator(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    ashby.visits.reference = "BV 126/127"
    ashby.visits.save()
    client = sign_in(ashby.posts.indicator_officer)

    links = links_on(client.get(WHERE + where))

    assert client.get(links["BV 126/127"]).status_code == 200
    if "Update BV 126/127" in links:
        assert client.get(links["Update BV 126/127"]).status_code == 200


def test_what_is_not_due_to_start_is_not_owed(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.action_officer).get(WHERE))

    assert "1 item of yours with no return owed ES 1.1" in said
    assert "Not due to start" in said


def test_a_draft_is_still_owed_and_last_time_stands_beside(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club)
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.AMBER
    )

    rows = rows_on(sign_in(ashby.posts.joint_officer).get(WHERE))

    assert rows == ["CYPF 1.1 Open a homework club Amber Draft Update CYPF 1.1"]


def test_it_says_when_the_cycle_closes_and_that_it_is_locked(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    ashby.quarter.locks_on = PAPERS_OUT.date()
    ashby.quarter.save()
    client = sign_in(ashby.posts.action_officer)

    for where in ("/ashby/", "/ashby/my-updates/"):
        set_clock(IN_Q1)
        said = words_on(client.get(where))
        assert "returns due 21 July 2009" in said
        assert "It will be locked from 6 August 2009." in said
        set_clock(PAPERS_OUT)
        assert "Locked since 6 August 2009." in words_on(client.get(where))


def test_a_late_return_leads_to_the_performance_manager(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)

    response = sign_in(ashby.posts.joint_officer).get(WHERE)

    assert rows_on(response) == [
        "CYPF 1.1 Open a homework club Not rated Late Ask the performance manager"
    ]
    assert "(1 day late)" in words_on(response)


def test_an_exception_report_is_asked_for_until_it_is_in(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    update = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    client = sign_in(ashby.posts.joint_officer)

    response = client.get(WHERE)
    assert "What you owe 1 exception report to write" in words_on(response)
    assert links_on(response)["Explain CYPF 1.1"].endswith(
        f"/exception-reports/action/{update.pk}/"
    )

    ExceptionReportFactory(action_update=update, submitted=True)
    assert "You are up to date" in words_on(client.get(WHERE))


def test_somebody_with_everything_in_is_thanked(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    said = words_on(sign_in(ashby.posts.joint_officer).get(WHERE))

    assert "You are up to date Everything of yours is in for this cycle. Thank you." in said


def test_a_lead_sees_the_plans_they_answer_for(ashby: SmallCouncil, sign_in: SignIn) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )

    for lead in (ashby.posts.lead_officer, ashby.posts.portfolio_lead):
        response = sign_in(lead).get(WHERE)
        assert facts_on(response) == {
            "Returns in": "1 of 5",
            "Still owed": "4",
            "Exception reports owed": "1 of 1",
        }
        assert [row[: len("Children and Young People")] for row in rows_on(response)] == [
            "Children and Young People"
        ]


@pytest.mark.parametrize("post", ["director", "manager"])
def test_a_director_and_the_performance_manager_see_their_plans_side_by_side(
    ashby: SmallCouncil, sign_in: SignIn, post: str
) -> None:
    response = sign_in(getattr(ashby.posts, post)).get(WHERE)

    assert len(rows_on(response)) == 2
    assert facts_on(response)["Returns in"] == "0 of 7"


def test_nobody_sees_a_page_of_noughts(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "Nothing is asked of you in this cycle" in said
    assert "0 of" not in said


def test_a_member_sees_the_papers_of_their_body(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.committee)

    response = sign_in(ashby.posts.councillor).get(WHERE)

    assert links_on(response)["Quarter 1, 2009/10 for Young People Committee"] == reverse(
        "packs:pack_detail", args=["ashby", pack.pk]
    )
    assert "Nothing is asked of you" not in words_on(response)


def test_the_next_five_dates_are_told(ashby: SmallCouncil, sign_in: SignIn) -> None:
    for number in range(6):
        MilestoneFactory(
            cycle=ashby.quarter,
            starts_on=datetime(2009, 9, 1 + number, tzinfo=UTC).date(),
        )

    said = words_on(sign_in(ashby.posts.director).get(WHERE))

    assert "6 August 2009" in said
    assert "3 September 2009" in said
    assert "4 September 2009" not in said
    assert "16 June 2009" not in said
    assert "Next up for you" not in words_on(sign_in(ashby.posts.clerk).get(WHERE))


def test_before_the_first_cycle_it_says_when_that_opens(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    said = words_on(sign_in(ashby.posts.action_officer).get(WHERE))

    assert said.startswith(
        "Ashby Borough Council Six-weekly update 1, 2009/10 opens on 25 May 2009."
    )


def test_without_any_cycle_it_says_who_plans_them(sign_in: SignIn, ashby: SmallCouncil) -> None:
    bexley = found_small_council("bexley")
    for cycle in ReportingCycle.objects.filter(council=bexley.council):
        cycle.milestones.all().delete()
        cycle.delete()

    said = words_on(sign_in(bexley.posts.clerk).get("/bexley/"))

    assert "No reporting cycle yet The performance manager plans the year" in said


def test_the_frame_says_who_and_where_one_is(ashby: SmallCouncil, sign_in: SignIn) -> None:
    deputy = PostFactory(council=ashby.council, title="Deputy Clerk")
    PostHoldingFactory(post=deputy, holder=ashby.holder_of(ashby.posts.clerk))

    page = page_of(sign_in(ashby.posts.clerk).get(WHERE))

    header = page.find(".//header")
    assert header is not None
    assert " ".join("".join(header.itertext()).split()) == (
        "Goldenthread Ashby Borough Council Carl LaneClerk, Deputy Clerk Sign out"
    )


@pytest.mark.parametrize(
    ("where", "active"),
    [
        ("", "Home"),
        ("plans/", "Plans"),
        ("plans/cypf/", "Plans"),
        ("indicators/CYPF8/", "Plans"),
        ("timetable/", "Cycles"),
        ("cycles/2009-10/Q1/", "Cycles"),
        ("papers/", "Papers"),
    ],
)
def test_the_menu_shows_where_one_is(
    ashby: SmallCouncil, sign_in: SignIn, where: str, active: str
) -> None:
    page = page_of(sign_in(ashby.posts.clerk).get(WHERE + where))

    current = [link for link in page.iter("a") if link.get("aria-current")]
    assert ["".join(link.itertext()).strip() for link in current] == [active]


def test_words_as_long_as_they_come_fit_the_page(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ashby.club.description = "Open <b>a</b> club & " * 200
    ashby.club.save()

    main = main_of(sign_in(ashby.posts.joint_officer).get(WHERE))

    assert main.find(".//b") is None
    assert ashby.club.description.strip() in " ".join("".join(main.itertext()).split())


def test_nobody_of_another_council_gets_in(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(found_small_council("bexley").posts.manager)

    assert "Page not found" in words_on(client.get(WHERE), 404)
    assert words_on(client.get("/nowhere/"), 404) == words_on(client.get(WHERE), 404)


def test_a_lead_sees_what_there_is_to_check_and_one_button(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    response = sign_in(ashby.posts.lead_officer).get(WHERE)

    assert "Children and Young People 1 return to check, 4 not in." in words_on(response)
    assert "Not signed off by its Lead Officer or its Lead Member of DMT." in words_on(response)
    assert links_on(response)["Check CYPF"] == "/ashby/cycles/2009-10/Q1/plans/CYPF/check/"


def test_a_lead_who_signed_is_told_what_changed_since(ashby: SmallCouncil, sign_in: SignIn) -> None:
    update = ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    leo = ashby.holder_of(ashby.posts.lead_officer)
    sign(ashby.quarter, ashby.cypf, LeadRole.LEAD_OFFICER, leo)
    client = sign_in(ashby.posts.lead_officer)
    assert "You have nothing left to check" in words_on(client.get(WHERE))

    update.commentary = "The club closed."
    update.save()

    said = words_on(client.get(WHERE))
    assert "1 return to check" in said
    assert "Changed since signed: CYPF 1.1." in said


def test_a_plan_that_both_leads_signed_says_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    for post, role in [
        (ashby.posts.lead_officer, LeadRole.LEAD_OFFICER),
        (ashby.posts.director, LeadRole.LEAD_MEMBER),
    ]:
        sign(ashby.quarter, ashby.cypf, role, ashby.holder_of(post))

    assert "Signed off by both leads." in words_on(sign_in(ashby.posts.lead_officer).get(WHERE))


def test_what_was_sent_back_stands_first_with_its_note(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=IN_Q1,
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say how many came.",
    )

    response = sign_in(ashby.posts.action_officer).get(WHERE)

    said = words_on(response)
    assert (
        "Sent back to you CYPF 1.1: Open a homework club "
        "Leo Park sent it back on 14 July 2009: Say how many came. Revise CYPF 1.1"
    ) in said
    assert said.index("Say how many came.") < said.index("1 return to do")


def test_what_was_sent_back_stands_in_no_table_as_well(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(
            cycle=ashby.quarter,
            action=action,
            returned_at=IN_Q1,
            returned_by=ashby.holder_of(ashby.posts.lead_officer),
            revision_note="Say how many came.",
        )

    response = sign_in(ashby.posts.action_officer).get(WHERE)

    assert rows_on(response) == []
    assert "returns to do" not in words_on(response)
    assert "Fill them all in one table" in links_on(response)


def test_nobody_else_is_asked_to_check(ashby: SmallCouncil, sign_in: SignIn) -> None:
    for post in (ashby.posts.portfolio_lead, ashby.posts.manager, ashby.posts.action_officer):
        assert "Check CYPF" not in links_on(sign_in(post).get(WHERE))
