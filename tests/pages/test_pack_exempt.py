from __future__ import annotations

from typing import Any

import pytest

from goldenthread.packs.models import Exemption
from tests.factories import ActionUpdateFactory, ExemptionFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, issued

WHERE = "/ashby/cycles/2009-10/Q1/papers/DMT/exempt/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock) -> Any:
    set_clock(PAPERS_OUT)
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    return sign_in(ashby.posts.manager)


def sent(ashby: SmallCouncil, **changes: str) -> dict[str, str]:
    return {
        "part": f"action-{ashby.club.pk}",
        "paragraph": "3",
        "reason": "The price would be known",
    } | changes


def test_every_part_can_be_chosen_and_every_paragraph(manager: Any) -> None:
    said = words_on(manager.get(WHERE))

    assert "CYPF 1.1: Open a homework club" in said
    assert "All of “Children and Young People”" in said
    assert "Paragraph 7: information relating to action taken to prevent" in said


def test_a_part_is_marked_with_its_ground(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.post(WHERE, sent(ashby), follow=True)

    said = words_on(response)
    assert "CYPF 1.1: Open a homework club" in said
    assert "is left out of the public's papers." in said
    assert "Paragraph 3: information relating to the financial" in said
    exemption = Exemption.objects.get()
    assert (exemption.cycle, exemption.paragraph) == (ashby.quarter, 3)


def test_the_preview_says_that_something_is_exempt(ashby: SmallCouncil, manager: Any) -> None:
    manager.post(WHERE, sent(ashby))

    assert "1 part marked as exempt" in words_on(manager.get(WHERE.removesuffix("exempt/")))


def test_what_is_missing_is_said(manager: Any) -> None:
    said = words_on(manager.post(WHERE, {}))

    assert "Choose what is exempt" in said
    assert "Choose the paragraph that is relied on" in said
    assert "Say why it is kept from the public" in said
    assert not Exemption.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("part", "action-0"), ("paragraph", "8")])
def test_a_choice_that_there_is_not_is_refused(
    ashby: SmallCouncil, manager: Any, field: str, value: str
) -> None:
    assert manager.post(WHERE, sent(ashby, **{field: value})).status_code == 200
    assert not Exemption.objects.exists()


def test_a_part_is_not_marked_twice(ashby: SmallCouncil, manager: Any) -> None:
    manager.post(WHERE, sent(ashby))

    said = words_on(manager.post(WHERE, sent(ashby, paragraph="1")))

    assert "is marked as exempt already: lift that first." in said
    assert Exemption.objects.get().paragraph == 3


def test_it_is_lifted_by_a_button(ashby: SmallCouncil, manager: Any) -> None:
    exemption = ExemptionFactory(cycle=ashby.quarter)

    response = manager.post(f"{WHERE}{exemption.pk}/lift/", follow=True)

    assert f"{exemption.title} is no longer exempt." in words_on(response)
    exemption.refresh_from_db()
    assert exemption.lifted_by == ashby.manager.user
    assert manager.post(f"{WHERE}{exemption.pk}/lift/").status_code == 404


def test_papers_that_are_issued_stay_as_they_are(ashby: SmallCouncil, manager: Any) -> None:
    issued(ashby, ashby.dmt)

    assert "The papers that are issued stay as they are." in words_on(manager.get(WHERE))


def test_papers_that_there_are_not_have_no_parts(manager: Any) -> None:
    assert manager.get("/ashby/cycles/2009-10/Q1/papers/nobody/exempt/").status_code == 404
    assert manager.get("/ashby/cycles/2009-10/6W1/papers/Scrutiny/exempt/").status_code == 404


@pytest.mark.parametrize("post", ["director", "lead_officer", "clerk"])
def test_nobody_else_may(ashby: SmallCouncil, sign_in: SignIn, post: str) -> None:
    exemption = ExemptionFactory(cycle=ashby.quarter)
    client = sign_in(getattr(ashby.posts, post))

    assert client.post(WHERE, sent(ashby)).status_code == 403
    assert client.post(f"{WHERE}{exemption.pk}/lift/").status_code == 403
    assert Exemption.objects.get().lifted_at is None
