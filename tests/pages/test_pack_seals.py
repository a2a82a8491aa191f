from __future__ import annotations

import pytest

from goldenthread.documents.formats import Format
from goldenthread.packs.models import Pack
from goldenthread.packs.seals import seal_of
from tests.factories import PackFileFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil, issued


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    pack = issued(ashby, ashby.dmt)
    PackFileFactory(pack=pack, format=Format.TEXT, content=b"kept", sha256=seal_of(b"kept"))
    return pack


def test_it_says_that_all_is_as_it_was_issued(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    director = sign_in(ashby.posts.director)
    where = f"/ashby/papers/{pack.pk}/seals/"
    assert (
        links_on(director.get(f"/ashby/papers/{pack.pk}/"))[
            "Check all that is kept of these papers"
        ]
        == where
    )

    said = words_on(director.get(where))

    assert "These papers and their files are as they were issued." in said
    assert "Whole papers, as frozen" in said
    assert "Whole papers, Plain text" in said
    assert seal_of(b"kept") in said


def test_a_file_that_is_not_what_was_sealed_is_pointed_out(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    PackFileFactory(pack=pack, format=Format.CSV, content=b"other", sha256=seal_of(b"kept"))

    said = words_on(sign_in(ashby.posts.manager).get(f"/ashby/papers/{pack.pk}/seals/"))

    assert "1 part of these papers is not as issued." in said
    assert "No: it is not what was sealed" in said


def test_who_may_not_read_the_papers_does_not_find_their_seals(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.councillor).get(f"/ashby/papers/{pack.pk}/seals/")

    assert response.status_code == 404
