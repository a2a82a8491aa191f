from __future__ import annotations

import pytest

from goldenthread.documents.formats import Format
from goldenthread.packs.models import Pack
from tests.factories import PackFileFactory
from tests.pages.conftest import SignIn
from tests.pages.small_council import SmallCouncil, found_small_council, issued

BYTES = bytes(range(256))


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    pack = issued(ashby, ashby.dmt)
    for kind in Format:
        PackFileFactory(pack=pack, format=kind, content=BYTES)
    return pack


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("html", "text/html; charset=utf-8"),
        ("pdf", "application/pdf"),
        ("txt", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_comes_byte_for_byte_as_it_was_frozen(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn, kind: str, media_type: str
) -> None:
    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/{kind}/")

    assert response.content == BYTES
    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"] == (
        f'attachment; filename="ashby-2009-10-Q1-DMT.{kind}"'
    )


def test_a_browser_guesses_nothing_and_runs_nothing(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/html/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_a_head_has_the_same_headers(ashby: SmallCouncil, pack: Pack, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.director).head(f"/ashby/papers/{pack.pk}/pdf/")

    assert response["Content-Length"] == "256"


@pytest.mark.parametrize("kind", ["doc", "PDF", "exe"])
def test_a_kind_of_file_that_there_is_not_is_not_found(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn, kind: str
) -> None:
    response = sign_in(ashby.posts.director).get(f"/ashby/papers/{pack.pk}/{kind}/")

    assert response.status_code == 404


def test_a_file_that_was_not_frozen_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    bare = issued(ashby, ashby.committee)

    assert sign_in(ashby.posts.manager).get(f"/ashby/papers/{bare.pk}/pdf/").status_code == 404


def test_who_is_not_on_the_body_gets_no_file(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    where = f"/ashby/papers/{pack.pk}/pdf/"

    assert sign_in(ashby.posts.councillor).get(where).status_code == 404
    assert sign_in(found_small_council("bexley").posts.manager).get(where).status_code == 404
