from __future__ import annotations

from datetime import UTC, datetime

from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, rows_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council, issued

WHERE = "/ashby/papers/"
PUBLIC = "Papers of public meetings, as the public reads them"
DRAFT = "Quarter 1, 2009/10 for Directors' Management Team"
TEMPLATE = {"The template of Word papers": "/ashby/papers/template/"}


def test_a_member_finds_the_papers_of_their_body(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)
    issued(ashby, ashby.committee)

    response = sign_in(ashby.posts.director).get(WHERE)

    assert rows_on(response) == [
        "Quarter 1, 2009/10 for Directors' Management Team Directors' Management Team "
        "6 August 2009 Petra Moss"
    ]
    assert links_on(response) == {
        DRAFT: f"/ashby/papers/{pack.pk}/",
        PUBLIC: "/ashby/papers/public/",
    }


def test_who_sits_on_two_bodies_finds_the_papers_of_both_once(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    issued(ashby, ashby.committee)
    issued(ashby, ashby.partnership)

    assert len(rows_on(sign_in(ashby.posts.councillor).get(WHERE))) == 2


def test_the_performance_manager_finds_all_papers_latest_first(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    issued(ashby, ashby.dmt, ashby.six_weekly)
    issued(ashby, ashby.committee)

    rows = rows_on(sign_in(ashby.posts.manager).get(WHERE))

    assert [row.split(",")[0] for row in rows] == ["Quarter 1", "Six-weekly update 1"]


def test_the_performance_manager_is_told_what_is_to_be_issued(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.manager).get(WHERE)

    quarter = "/ashby/cycles/2009-10/Q1/papers"
    assert links_on(response) == {
        DRAFT: f"{quarter}/DMT/",
        "Quarter 1, 2009/10 for Scrutiny Committee": f"{quarter}/Scrutiny/",
        "Quarter 1, 2009/10 for Young People Committee": f"{quarter}/PDC-CYPF/",
        "Quarter 1, 2009/10 for LSP Executive": f"{quarter}/LSP-Executive/",
        "Six-weekly update 1, 2009/10 for Directors' Management Team": (
            "/ashby/cycles/2009-10/6W1/papers/DMT/"
        ),
        PUBLIC: "/ashby/papers/public/",
        **TEMPLATE,
    }


def test_it_says_when_papers_go_out_and_the_forum_meets(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    said = words_on(sign_in(ashby.posts.manager).get(WHERE))

    assert "papers go out on 6 August 2009, meets on 11 August 2009" in said
    assert "Young People Committee meeting to be confirmed" in said


def test_nobody_else_is(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert DRAFT not in words_on(sign_in(ashby.posts.director).get(WHERE))


def test_what_is_issued_is_no_longer_to_be(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)

    assert links_on(sign_in(ashby.posts.manager).get(WHERE))[DRAFT] == f"/ashby/papers/{pack.pk}/"


def test_a_cycle_that_has_not_opened_is_not_to_be_issued_yet(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 6, 30, 10, tzinfo=UTC))

    assert DRAFT not in links_on(sign_in(ashby.posts.manager).get(WHERE))


def test_before_the_first_cycle_nothing_is_to_be_issued(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 5, 1, 10, tzinfo=UTC))

    assert set(links_on(sign_in(ashby.posts.manager).get(WHERE))) == {PUBLIC, *TEMPLATE}


def test_without_papers_it_says_how_they_come(ashby: SmallCouncil, sign_in: SignIn) -> None:
    issued(ashby, ashby.dmt)

    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "No papers for you yet Papers appear here when the performance manager" in said


def test_nobody_of_another_council_finds_any(ashby: SmallCouncil, sign_in: SignIn) -> None:
    issued(ashby, ashby.dmt)
    client = sign_in(found_small_council("bexley").posts.manager)

    assert client.get(WHERE).status_code == 404
    assert rows_on(client.get("/bexley/papers/")) == []
