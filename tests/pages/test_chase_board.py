from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldenthread.domain.kinds import CycleKind, LeadRole
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.notices.models import NoticeKind
from tests.design.markup import by_id
from tests.factories import (
    ActionUpdateFactory,
    ExceptionReportFactory,
    IndicatorUpdateFactory,
    NoticeFactory,
    PlanIndicatorFactory,
    PostHoldingFactory,
    SignOffFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import facts_on, links_on, main_of, rows_on, title_of, words_on
from tests.pages.small_council import (
    AFTER_PAPERS,
    AFTER_Q1,
    SmallCouncil,
    ask_no_evaluations,
    found_small_council,
    write_overviews,
)

WHERE = "/ashby/cycles/2009-10/Q1/chase/"
BY_ITEM = f"{WHERE}?by=item"
NEVER = "Never"


@pytest.fixture(autouse=True)
def _overviews(ashby: SmallCouncil) -> None:
    write_overviews(ashby)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def test_it_counts_the_cycle_as_home_and_the_cycles_page_do(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)

    counted = facts_on(manager.get(WHERE))

    assert counted == {
        "Returns in": "3 of 7",
        "Still owed": "4",
        "Of them drafted": "1",
        "Exception reports owed": "1 of 1",
        "Plans not signed off": "2 of 2",
    }
    for elsewhere in ("/ashby/", "/ashby/cycles/2009-10/Q1/"):
        same = facts_on(manager.get(elsewhere))
        assert {what: same[what] for what in list(counted)[:4]} == {
            what: counted[what] for what in list(counted)[:4]
        }
    set_clock(AFTER_Q1)
    assert facts_on(manager.get(WHERE))["Of them late"] == "4"


def test_an_indicator_of_two_plans_counts_once_and_under_both(
    ashby: SmallCouncil, manager: Any
) -> None:
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.visits)

    response = manager.get(f"{BY_ITEM}&plan=ES")

    assert facts_on(response)["Returns in"] == "2 of 7"
    assert [row[:2] for row in rows_on(response)[2:]] == ["CY", "ES"]
    assert len(rows_on(manager.get(BY_ITEM))) == 2 + 5


def test_it_says_plan_by_plan_who_signed_off(ashby: SmallCouncil, manager: Any) -> None:
    SignOffFactory(cycle=ashby.quarter, plan=ashby.cypf)
    for role in LeadRole:
        SignOffFactory(cycle=ashby.quarter, plan=ashby.es, role=role)

    response = manager.get(WHERE)

    assert rows_on(response)[:2] == [
        "Children and Young People 1 of 5 0 0 0 4 0 "
        "Signed in part Children and Young People Head of Leisure",
        "Environment 1 of 2 0 0 0 1 0 Signed in part Environment Performance Manager",
    ]
    assert facts_on(response)["Plans not signed off"] == "2 of 2"


def test_it_counts_post_by_post_the_worst_first(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, submitted=True, rating=Rating.RED
    )
    set_clock(AFTER_Q1)

    assert rows_on(manager.get(WHERE))[2:] == [
        f"Museums Manager Ines Ford 2 0 0 0 1 1 {NEVER}",
        f"Play Officer Aled Rees 1 0 0 0 1 0 {NEVER}",
    ]
    every = rows_on(manager.get(f"{WHERE}?state=all"))[2:]
    assert every[-1] == f"Youth Worker Jo Field 0 0 0 0 1 0 {NEVER}"


def test_it_lists_item_by_item_whose_it_is_and_why_it_came_back(
    ashby: SmallCouncil, manager: Any
) -> None:
    lead = ashby.holder_of(ashby.posts.lead_officer)
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=lead,
        revision_note="Say which school.",
    )

    rows = rows_on(manager.get(BY_ITEM))[2:]

    assert rows[0] == (
        "CYPF 1.1 Action Open a homework club Sent back: Say which school. "
        f"Play Officer Aled Rees Youth Worker Jo Field To revise 21 July 2009 {NEVER}"
    )
    assert [row.split(" Action")[0].split(" Indicator")[0] for row in rows[1:]] == [
        "CYPF 1.2",
        "CYPF8",
        "CYPF9",
        "ES1",
    ]


def test_an_exception_report_is_owed_until_the_papers_go_out(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    red, amber = (
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True, rating=rating)
        for action, rating in [(ashby.club, Rating.RED), (ashby.grant, Rating.AMBER)]
    )
    ExceptionReportFactory(action_update=amber)
    where = f"{WHERE}?by=item&kind=exception_report"

    assert [
        row.split(" Action")[0].split(" Exc")[0] for row in rows_on(manager.get(where))[2:]
    ] == [
        "CYPF 1.1",
        "CYPF 1.2",
    ]
    assert "Draft 6 August 2009" in rows_on(manager.get(where))[3]
    set_clock(AFTER_PAPERS)
    assert "Late 6 August 2009" in rows_on(manager.get(where))[2]
    ExceptionReportFactory(action_update=red, submitted=True)
    assert len(rows_on(manager.get(where))) == 3


def test_an_exception_report_that_was_sent_back_says_why(ashby: SmallCouncil, manager: Any) -> None:
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(
        action_update=red,
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.director),
        revision_note="Say by when.",
    )

    [row] = rows_on(manager.get(f"{BY_ITEM}&kind=exception_report"))[2:]

    assert "Sent back: Say by when." in row
    assert "To revise 6 August 2009" in row


def test_it_names_deputies_and_joint_holders_and_who_has_left(
    ashby: SmallCouncil, manager: Any
) -> None:
    post = ashby.posts.action_officer
    for name, capacity, ends_on in [
        ("Dee Dodd", Capacity.DEPUTY, date(2009, 7, 31)),
        ("Joy Dunn", Capacity.JOINT, None),
        ("Past Pat", Capacity.DEPUTY, date(2009, 7, 1)),
    ]:
        PostHoldingFactory(
            post=post, holder=UserFactory(name=name), capacity=capacity, ends_on=ends_on
        )
    gone = ashby.holder_of(ashby.posts.joint_officer)
    gone.is_active = False
    gone.save()

    response = manager.get(WHERE)

    assert "Play Officer Aled Rees Joy Dunn (joint holder) Dee Dodd (deputy) 0" in "".join(
        rows_on(response)
    )
    said = words_on(response)
    assert (
        "1 post owes returns, and nobody can be written to about them: "
        "Youth Worker: Jo Field (has left)"
    ) in said


def test_a_post_that_nobody_holds_is_pointed_out(ashby: SmallCouncil, manager: Any) -> None:
    ashby.posts.indicator_officer.holdings.all().delete()

    response = manager.get(BY_ITEM)

    assert "Museums Manager: nobody holds this post" in words_on(response)
    assert "Museums Manager Nobody holds this post Owed" in rows_on(response)[-1]


def test_it_says_who_was_written_to_when_and_how_often(ashby: SmallCouncil, manager: Any) -> None:
    officer = ashby.holder_of(ashby.posts.action_officer)
    for number, (kind, key, day) in enumerate(
        [
            (NoticeKind.NUDGE, "nudge/2009-10/Q1/1/1", 9),
            (NoticeKind.NUDGE, "nudge/2009-10/Q1/1/2", 10),
            (NoticeKind.NUDGE, "nudge/2009-10/6W1/1", 13),
            (NoticeKind.REMINDER, "reminder/1/2009-07-11", 11),
            (NoticeKind.REMINDER, "reminder/1/2009-06-01", 1),
        ]
    ):
        NoticeFactory(
            council="ashby",
            kind=kind,
            key=f"{key}-{number}" if kind is NoticeKind.REMINDER else key,
            recipient_id=officer.pk,
            written_at=datetime(2009, 7, day, 8, tzinfo=UTC),
            refused_at=datetime(2009, 7, 12, tzinfo=UTC) if day == 11 else None,
        )

    row = rows_on(manager.get(f"{WHERE}?sort=post"))[3]

    assert row == (
        "Play Officer Aled Rees 0 0 0 2 0 0 "
        "Nudged 10 July, 09:00 (2 times) Reminded 11 July 1 message refused"
    )


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("post", "Museums Manager"),
        ("-post", "Youth Worker"),
        ("owed", "Youth Worker"),
        ("-owed", "Museums Manager"),
        ("-drafted", "Play Officer"),
        ("-written", "Youth Worker"),
    ],
)
def test_posts_are_sorted_as_one_asks(
    ashby: SmallCouncil, manager: Any, sort: str, first: str
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)
    NoticeFactory(
        council="ashby",
        kind=NoticeKind.NUDGE,
        key="nudge/2009-10/Q1/x",
        recipient_id=ashby.holder_of(ashby.posts.joint_officer).pk,
    )

    assert rows_on(manager.get(f"{WHERE}?sort={sort}"))[2].startswith(first)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("plan", "CYPF 1.1"),
        ("-plan", "ES1"),
        ("post", "CYPF8"),
        ("-post", "CYPF 1.1"),
        ("state", "CYPF 1.1"),
        ("-state", "CYPF 1.2"),
        ("due", "CYPF 1.1"),
        ("written", "CYPF8"),
    ],
)
def test_items_are_sorted_as_one_asks(
    ashby: SmallCouncil, manager: Any, sort: str, first: str
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)
    NoticeFactory(
        council="ashby",
        kind=NoticeKind.NUDGE,
        key="nudge/2009-10/Q1/x",
        recipient_id=ashby.holder_of(ashby.posts.action_officer).pk,
    )

    assert rows_on(manager.get(f"{BY_ITEM}&sort={sort}"))[2].startswith(first)


def test_a_heading_sorts_by_its_column_and_again_the_other_way(manager: Any) -> None:
    links = links_on(manager.get(f"{WHERE}?state=all"))
    assert links["Post"] == "?state=all&sort=post#list"

    links = links_on(manager.get(f"{WHERE}?state=all&sort=post"))
    assert links["Post"] == "?state=all&sort=-post#list"


@pytest.mark.parametrize(
    ("asked", "chosen", "first", "latest"),
    [
        ("", "The worst first", "-late", "-written"),
        ("?sort=-post", "Post, Z to A", "-late", "-written"),
        ("?sort=-owed", "Not begun, most first", "-late", "-written"),
        ("?by=item", "Plan by plan", "plan", "-written"),
        ("?by=item&sort=due", "Due, soonest first", "plan", "-written"),
    ],
)
def test_it_is_sorted_without_its_headings_which_a_phone_folds_away(
    manager: Any, asked: str, chosen: str, first: str, latest: str
) -> None:
    field = by_id(main_of(manager.get(WHERE + asked)), "sort")

    options = [(option.get("value"), option.get("selected")) for option in field.iter("option")]
    assert [value for value, _ in options][:2] == ["", first]
    assert options[-1][0] == latest
    selected = [option for option in field.iter("option") if option.get("selected") is not None]
    assert [str(option.text) for option in selected or list(field.iter("option"))[:1]] == [chosen]
    for value, _ in options:
        sign = "&" if "?" in asked else "?"
        assert "There is no order" not in words_on(manager.get(f"{WHERE}{asked}{sign}sort={value}"))


def test_an_order_that_the_other_list_has_is_left_out_without_a_word(manager: Any) -> None:
    response = manager.get(f"{BY_ITEM}&sort=-owed")

    assert "There is no order" not in words_on(response)
    assert title_of(response) == "Chase board, by item, Quarter 1, 2009/10 - Goldenthread"


def test_it_is_narrowed_to_a_post_and_a_state(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)
    post = ashby.posts.action_officer.pk

    narrowed = manager.get(f"{BY_ITEM}&post={post}&state=drafted&kind=action&plan=CYPF")

    assert [row[:8] for row in rows_on(narrowed)[2:]] == ["CYPF 1.2"]
    assert [row[:4] for row in rows_on(manager.get(f"{WHERE}?post={post}"))[2:]] == ["Play"]
    nothing = manager.get(f"{WHERE}?state=late")
    assert "Nothing like that" in words_on(nothing)


def test_what_is_not_known_is_said_and_left_out(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.get(
        f"{WHERE}?by=moon&plan=XYZ&post=999999&state=blue&kind=poem&sort=-owed'--&page=two"
    )

    said = words_on(response)
    for words in [
        "There is no list “moon” here. The list is by post.",
        "There is no plan “XYZ” here. Every plan is shown.",
        "There is no post “999999” here. Every post is shown.",
        "There is no state “blue” here. Everything that is not in is shown.",
        "There is no kind “poem” here. Every kind is shown.",
        "There is no order “-owed'--” here. The list is in its usual order.",
        "There is no page “two” here. The first page is shown.",
    ]:
        assert words in said
    assert len(rows_on(response)) == 2 + 3
    long = manager.get(f"{WHERE}?plan={'x' * 999}")
    assert f"There is no plan “{'x' * 40}…” here." in words_on(long)


def test_a_long_list_comes_in_pages(
    ashby: SmallCouncil, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goldenthread.chasing.views.ROWS_ON_A_PAGE", 2)

    first, last = manager.get(BY_ITEM), manager.get(f"{BY_ITEM}&page=3")

    assert links_on(first)["Next page"] == "?by=item&page=2"
    assert "Page 3 of 3" in words_on(last)
    assert links_on(last)["Previous page"] == "?by=item&page=2"
    assert title_of(last) == "Chase board, by item, Quarter 1, 2009/10, page 3 - Goldenthread"
    assert len(rows_on(last)) == 2 + 1


def test_where_everything_is_in_it_says_so(ashby: SmallCouncil, manager: Any) -> None:
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    for indicator in (ashby.visits, ashby.attendance, ashby.swans):
        IndicatorUpdateFactory(cycle=ashby.quarter, indicator=indicator, submitted=True)

    said = words_on(manager.get(WHERE))

    assert "Everything is in" in said
    assert "Nothing like that" not in said


def test_a_council_without_plans_owes_nothing(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")
    ask_no_evaluations(bexley)
    manager = sign_in(bexley.posts.manager)
    bexley.quarter.kind = CycleKind.ANNUAL
    bexley.quarter.save()

    said = words_on(manager.get("/bexley/cycles/2009-10/Q1/chase/"))

    assert "Nothing is asked for This cycle asks these plans for no returns." in said


def test_a_lead_sees_their_own_plans_only(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.lead_officer).get(BY_ITEM)

    assert "ES1" not in words_on(response)
    assert facts_on(response)["Returns in"] == "1 of 5"
    refused = sign_in(ashby.posts.lead_officer).get(f"{WHERE}?plan=ES")
    assert "There is no plan “ES” here." in words_on(refused)


@pytest.mark.parametrize("post", ["action_officer", "portfolio_lead", "councillor", "clerk"])
def test_nobody_else_sees_it(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    assert sign_in(getattr(ashby.posts, post)).get(WHERE).status_code == 403


def test_nobody_of_another_council_sees_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(found_small_council("bexley").posts.manager).get(WHERE).status_code == 404


def test_a_cycle_that_there_is_not_is_not_found(manager: Any) -> None:
    assert manager.get("/ashby/cycles/2009-10/Q9/chase/").status_code == 404


def test_its_title_says_what_is_asked_for(ashby: SmallCouncil, manager: Any) -> None:
    post = ashby.posts.action_officer.pk
    asked = f"{BY_ITEM}&plan=CYPF&post={post}&state=late&kind=action&sort=-due"

    assert title_of(manager.get(asked)) == (
        f"Chase board, by item, CYPF, post {post}, late, actions, sorted by due, reversed, "
        "Quarter 1, 2009/10 - Goldenthread"
    )
    assert title_of(manager.get(WHERE)) == "Chase board, Quarter 1, 2009/10 - Goldenthread"


def test_each_count_opens_a_list_of_as_many(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)
    response = sign_in(ashby.posts.manager).get(WHERE)
    returns = response.context["board"].totals.returns

    for state, count in (("in", returns.returned), ("outstanding", returns.outstanding)):
        address = f"{WHERE}?by=item&state={state}&kind=return"
        listed = sign_in(ashby.posts.manager).get(address).context["page"].object_list
        assert len(listed) == count
    assert f"{WHERE}?by=item&kind=return" in links_on(response).values()
