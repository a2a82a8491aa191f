from __future__ import annotations

from tests.factories import FileToMakeFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, issued


def test_the_button_has_failed_files_made_again(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)
    file = FileToMakeFactory(
        pack=pack, tries=4, given_up_at=PAPERS_OUT, latest_error="The PDF was not ready."
    )

    response = sign_in(ashby.posts.manager).post(f"/ashby/papers/{pack.pk}/retry/", follow=True)

    assert "1 file will be tried again." in words_on(response)
    file.refresh_from_db()
    assert (file.tries, file.given_up_at) == (0, None)


def test_with_nothing_to_try_again_nothing_is_said(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)

    response = sign_in(ashby.posts.manager).post(f"/ashby/papers/{pack.pk}/retry/", follow=True)

    assert "tried again" not in words_on(response)


def test_a_reader_may_not(ashby: SmallCouncil, sign_in: SignIn) -> None:
    pack = issued(ashby, ashby.dmt)

    response = sign_in(ashby.posts.director).post(f"/ashby/papers/{pack.pk}/retry/")

    assert response.status_code == 403
