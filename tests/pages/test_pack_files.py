from __future__ import annotations

import pytest

from goldenthread.documents.formats import Format
from goldenthread.packs.models import Pack
from tests.factories import FileToMakeFactory, PackFileFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, issued


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    """A pack of which one file is made, one is being made and one has failed once."""
    pack = issued(ashby, ashby.dmt)
    PackFileFactory(pack=pack, format=Format.TEXT, content=b"x" * 2048)
    FileToMakeFactory(pack=pack, format=Format.HTML)
    FileToMakeFactory(pack=pack, format=Format.PDF, latest_error="The PDF was not ready.")
    return pack


def test_it_says_how_far_the_files_are(ashby: SmallCouncil, pack: Pack, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/files/")

    said = words_on(response)
    assert "1 of 3 files made. The rest are being made." in said
    assert links_on(response)["Plain text, 2.0 KB"] == f"/ashby/papers/{pack.pk}/txt/"
    assert links_on(response)["See how far they are"] == f"/ashby/papers/{pack.pk}/files/"


def test_the_papers_own_page_says_so_too(ashby: SmallCouncil, pack: Pack, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/"))

    assert "1 of 3 files made." in said


def test_a_page_that_asks_again_and_again_gets_only_the_files(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.director)

    part = client.get(f"/ashby/papers/{pack.pk}/files/", headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div id="files">')


def test_what_failed_is_told_with_why_and_the_manager_may_try_again(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    where = f"/ashby/papers/{pack.pk}/files/"
    failed = "PDF, whole papers: could not be made. The PDF was not ready. It is tried again"

    assert failed in words_on(sign_in(ashby.posts.manager).get(where))
    assert "Try again now" in words_on(sign_in(ashby.posts.manager).get(where))
    assert failed in words_on(sign_in(ashby.posts.director).get(where))
    assert "Try again now" not in words_on(sign_in(ashby.posts.director).get(where))


def test_a_file_that_was_given_up_asks_nobody_to_wait(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    pack.files_to_make.filter(format=Format.HTML).delete()
    pack.files_to_make.update(given_up_at=PAPERS_OUT)

    response = sign_in(ashby.posts.manager).get(f"/ashby/papers/{pack.pk}/files/")

    assert "It is not tried again by itself." in words_on(response)
    assert "See how far they are" not in links_on(response)


def test_who_may_not_read_the_papers_does_not_find_their_files(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.councillor).get(f"/ashby/papers/{pack.pk}/files/")

    assert response.status_code == 404
