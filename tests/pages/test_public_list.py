from __future__ import annotations

from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council, issued


def test_everybody_finds_the_papers_of_public_meetings_alone(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    pack = issued(ashby, ashby.committee)
    issued(ashby, ashby.dmt)

    response = sign_in(ashby.posts.clerk).get("/ashby/papers/public/")

    assert links_on(response) == {
        "Quarter 1, 2009/10 for Young People Committee, 6 August 2009": (
            f"/ashby/papers/{pack.pk}/public/"
        )
    }


def test_before_there_are_any_it_says_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get("/ashby/papers/public/"))

    assert "No papers of a public meeting yet" in said


def test_somebody_of_another_council_finds_nothing(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")

    assert sign_in(bexley.posts.manager).get("/ashby/papers/public/").status_code == 404
