from __future__ import annotations

import pytest

from tests.factories import PackFileFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council, issued


def test_it_says_when_by_whom_and_under_what_it_was_issued(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    pack = issued(ashby, ashby.dmt)

    said = words_on(sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/"))

    assert said.startswith("Directors' Management Team Quarter 1, 2009/10")
    assert "Issued on 6 August 2009 by Petra Moss, under framework 2009-10." in said


def test_the_paper_is_the_frozen_one(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)

    said = words_on(sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/"))

    assert said.endswith("Kept paper")


def test_each_file_is_led_to_with_its_size_and_seal(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)
    file = PackFileFactory(pack=pack, content=b"x" * 2048)

    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/")

    assert links_on(response)["Plain text, 2.0 KB"] == f"/ashby/papers/{pack.pk}/txt/"
    before, seals = words_on(response).split("Check that a file is as it was issued")
    assert file.sha256 in seals
    assert file.sha256 not in before


def test_the_performance_manager_reads_them_all(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.committee)

    assert sign_in(ashby.posts.manager).get(f"/ashby/papers/{pack.pk}/").status_code == 200


@pytest.mark.parametrize("post", ["director", "clerk", "lead_officer"])
def test_who_is_not_on_the_body_does_not_find_it(
    ashby: SmallCouncil, sign_in: SignIn, post: str
) -> None:
    pack = issued(ashby, ashby.committee)

    response = sign_in(getattr(ashby.posts, post)).get(f"/ashby/papers/{pack.pk}/")

    assert "Page not found" in words_on(response, 404)


def test_a_pack_of_another_council_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")
    pack = issued(bexley, bexley.dmt)
    client = sign_in(ashby.posts.manager)

    assert client.get(f"/ashby/papers/{pack.pk}/").status_code == 404
    assert client.get(f"/bexley/papers/{pack.pk}/").status_code == 404
