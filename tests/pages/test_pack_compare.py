from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from goldenthread.domain.rating import Rating
from goldenthread.packs.models import Pack
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.reporting.models import ActionUpdate
from tests.factories import ActionUpdateFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council, issued


@pytest.fixture
def two(ashby: SmallCouncil) -> tuple[Pack, Pack]:
    """Two issues of the directors' papers, between which a rating got worse."""
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        rating=Rating.AMBER,
        commentary="The builder is late",
    )
    first = _issue(ashby)
    ActionUpdate.objects.update(rating=Rating.RED, commentary="The builder has gone")
    return first, _issue(ashby, reason="The rating was wrong")


def _issue(ashby: SmallCouncil, reason: str = "") -> Pack:
    at = PAPERS_OUT + timedelta(days=1) if reason else PAPERS_OUT
    return issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=at, reason=reason)


def compared(client: Any, a: object, b: object) -> Any:
    return client.get("/ashby/papers/compare/", {"a": str(a), "b": str(b)})


def test_what_differs_stands_side_by_side(
    ashby: SmallCouncil, two: tuple[Pack, Pack], sign_in: SignIn
) -> None:
    first, second = two

    said = words_on(compared(sign_in(ashby.posts.director), first.pk, second.pk))

    assert "differences between Quarter 1, 2009/10 for Directors' Management Team" in said
    assert "issue 2, 7 August 2009" in said
    assert "Rating: worse: from Amber to Red" in said
    assert said.index("The builder is late") < said.index("The builder has gone")


def test_the_earlier_comes_first_however_they_are_asked_for(
    ashby: SmallCouncil, two: tuple[Pack, Pack], sign_in: SignIn
) -> None:
    first, second = two

    said = words_on(compared(sign_in(ashby.posts.director), second.pk, first.pk))

    assert "worse: from Amber to Red" in said


def test_the_second_issue_lists_its_differences_itself(
    ashby: SmallCouncil, two: tuple[Pack, Pack], sign_in: SignIn
) -> None:
    first, second = two

    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{second.pk}/")

    said = words_on(response)
    assert "What differs from issue 1" in said
    assert "worse: from Amber to Red" in said
    compare = f"/ashby/papers/compare/?a={first.pk}&b={second.pk}"
    assert compare in links_on(response).values()


def test_papers_that_say_the_same_do_not_differ(ashby: SmallCouncil, sign_in: SignIn) -> None:
    one, other = issued(ashby, ashby.dmt), issued(ashby, ashby.dmt, ashby.six_weekly)

    said = words_on(compared(sign_in(ashby.posts.director), one.pk, other.pk))

    assert "No difference between" in said


def test_without_two_papers_it_asks_for_them(ashby: SmallCouncil, sign_in: SignIn) -> None:
    issued(ashby, ashby.dmt)

    said = words_on(sign_in(ashby.posts.director).get("/ashby/papers/compare/"))

    assert "With which others?" in said


def test_who_has_no_papers_is_told_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    issued(ashby, ashby.dmt)

    said = words_on(sign_in(ashby.posts.clerk).get("/ashby/papers/compare/"))

    assert "No papers for you yet" in said


@pytest.mark.parametrize("asked", ["committee", "bexley", "words"])
def test_papers_that_one_may_not_read_are_not_compared(
    ashby: SmallCouncil, sign_in: SignIn, asked: str
) -> None:
    own = issued(ashby, ashby.dmt)
    bexley = found_small_council("bexley")
    others = {
        "committee": issued(ashby, ashby.committee).pk,
        "bexley": issued(bexley, bexley.dmt).pk,
    }

    response = compared(sign_in(ashby.posts.director), own.pk, others.get(asked, "one"))

    assert response.status_code == 404
