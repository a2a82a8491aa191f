from __future__ import annotations

import pytest

from goldenthread.documents.tree import Document, Section, to_json
from goldenthread.packs.models import Edition, Pack
from tests.factories import PackEditionFactory, PackFileFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil, found_small_council, issued


@pytest.fixture
def pack(ashby: SmallCouncil) -> Pack:
    """A committee's papers, with a copy for the public."""
    pack = issued(ashby, ashby.committee)
    section = Section(title="What the public reads")
    public = Document(title="", council="", forum="", cycle="", sections=(section,))
    PackEditionFactory(pack=pack, edition=Edition.PUBLIC, tree=to_json(public))
    PackFileFactory(pack=pack, content=b"all of it")
    PackFileFactory(pack=pack, edition=Edition.PUBLIC, content=b"public")
    return pack


@pytest.mark.parametrize("post", ["director", "clerk", "action_officer", "councillor"])
def test_everybody_in_the_council_reads_the_public_copy_and_nothing_else(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn, post: str
) -> None:
    client = sign_in(getattr(ashby.posts, post))

    said = words_on(client.get(f"/ashby/papers/{pack.pk}/public/"))

    assert "Exempt matter is left out." in said
    assert said.endswith("What the public reads")
    assert client.get(f"/ashby/papers/{pack.pk}/public/txt/").content == b"public"


def test_who_is_not_on_the_body_gets_nothing_of_the_whole(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.clerk)

    for where in ("", "txt/", "whole/txt/", "short/txt/", "?edition=whole"):
        assert client.get(f"/ashby/papers/{pack.pk}/{where}").status_code == 404


def test_a_member_chooses_between_the_copies(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.councillor)

    whole = client.get(f"/ashby/papers/{pack.pk}/")
    public = client.get(f"/ashby/papers/{pack.pk}/?edition=public")

    assert words_on(whole).endswith("Kept paper")
    assert links_on(whole)["Public copy"] == "?edition=public"
    assert words_on(public).endswith("What the public reads")
    assert client.get(f"/ashby/papers/{pack.pk}/?edition=short").status_code == 404


def test_where_nothing_is_exempt_the_whole_papers_are_the_publics(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    pack = issued(ashby, ashby.committee)
    client = sign_in(ashby.posts.clerk)

    said = words_on(client.get(f"/ashby/papers/{pack.pk}/public/"))

    assert "Nothing in these papers is exempt." in said
    assert "The files of these papers are being made." in said
    PackFileFactory(pack=pack, content=b"all of it")
    assert client.get(f"/ashby/papers/{pack.pk}/public/txt/").content == b"all of it"


def test_the_public_reads_in_short_its_own_copy_and_not_the_members(
    ashby: SmallCouncil, pack: Pack, sign_in: SignIn
) -> None:
    client = sign_in(ashby.posts.clerk)
    PackEditionFactory(pack=pack, edition=Edition.SHORT)
    PackFileFactory(pack=pack, edition=Edition.SHORT, content=b"members")
    page = f"/ashby/papers/{pack.pk}/public/"

    assert client.get(page, {"form": "short"}).status_code == 404
    assert client.get(f"/ashby/papers/{pack.pk}/public_short/txt/").status_code == 404

    tree = bytes(pack.editions.get(edition=Edition.PUBLIC).tree)
    PackEditionFactory(pack=pack, edition=Edition.PUBLIC_SHORT, tree=tree)
    PackFileFactory(pack=pack, edition=Edition.PUBLIC_SHORT, content=b"in short")
    assert links_on(client.get(page))["In short"] == "?form=short"
    assert "In short Whole papers" in words_on(client.get(page, {"form": "short"}))
    assert client.get(f"/ashby/papers/{pack.pk}/public_short/txt/").content == b"in short"


def test_papers_of_a_meeting_that_is_not_public_have_no_public_copy(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    pack = issued(ashby, ashby.dmt)
    PackFileFactory(pack=pack)

    assert sign_in(ashby.posts.clerk).get(f"/ashby/papers/{pack.pk}/public/").status_code == 404
    assert sign_in(ashby.posts.clerk).get(f"/ashby/papers/{pack.pk}/public/txt/").status_code == 404


def test_another_councils_are_not_found(pack: Pack, sign_in: SignIn) -> None:
    bexley = found_small_council("bexley")

    client = sign_in(bexley.posts.manager)

    assert client.get(f"/bexley/papers/{pack.pk}/public/").status_code == 404
