from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from goldenthread.accounts.models import User
from goldenthread.chasing import operations
from goldenthread.chasing.queries.letters import Letters, letters_about
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.notices.models import Notice
from tests.design.markup import by_id
from tests.factories import (
    ActionUpdateFactory,
    IndicatorUpdateFactory,
    NoticeFactory,
    PostHoldingFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    links_on,
    main_of,
    page_of,
    problem_beside,
    problems_on,
    title_of,
    words_on,
)
from tests.pages.small_council import AFTER_Q1, SmallCouncil, found_small_council, write_overviews

BOARD = "/ashby/cycles/2009-10/Q1/chase/"
WHERE = f"{BOARD}nudge/"


@pytest.fixture(autouse=True)
def _overviews(ashby: SmallCouncil) -> None:
    write_overviews(ashby)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def picked_on(response: Any) -> str:
    return by_id(main_of(response), "id_picked").get("value", "")


def send(client: Any, response: Any, **more: str) -> Any:
    return client.post(WHERE, {"picked": picked_on(response), "send": "yes", **more})


def test_one_item_goes_to_all_who_hold_it(ashby: SmallCouncil, manager: Any) -> None:
    deputy = UserFactory(name="Dee Dodd")
    PostHoldingFactory(
        post=ashby.posts.action_officer,
        holder=deputy,
        capacity=Capacity.DEPUTY,
        ends_on=date(2009, 7, 31),
    )

    response = manager.get(f"{WHERE}?by=item&pick=action-{ashby.club.pk}")

    said = words_on(response)
    assert "Nudge 3 people" in said
    for name in ("Aled Rees: 1 item", "Dee Dodd (deputy): 1 item", "Jo Field: 1 item"):
        assert name in said
    assert "Petra Moss (Performance Manager) asks you for what is not in yet." in said
    assert f"http://127.0.0.1:8000/ashby/cycles/2009-10/Q1/actions/{ashby.club.pk}/update/" in said


def test_one_mail_a_person_holds_all_that_was_ticked(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.grant, submitted=True, rating=Rating.AMBER
    )
    picks = f"pick=action-{ashby.club.pk}&pick=action-{ashby.grant.pk}"

    response = send(manager, manager.get(f"{WHERE}?by=item&{picks}"), note="By Friday, please.")

    assert response.status_code == 302
    assert response["Location"] == BOARD
    assert "2 messages written" in words_on(manager.get(BOARD))
    aled = Notice.objects.get(recipient_name="Aled Rees")
    assert aled.subject == "2 returns due on 21 July 2009 (in 7 days)"
    assert "Petra Moss writes:\n\nBy Friday, please.\n" in aled.text
    assert (
        "- CYPF 1.2 Pay grants to sports clubs\n  Due 21 July 2009 (in 7 days). Last time Amber."
        in aled.text
    )
    assert aled.text.count("http://127.0.0.1:8000/ashby/cycles/") == 2
    jo = Notice.objects.get(recipient_name="Jo Field")
    assert "CYPF 1.2" not in jo.text


def test_a_post_that_is_ticked_stands_for_what_the_board_shows_of_it(
    ashby: SmallCouncil, manager: Any
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)
    pick = f"pick=post-{ashby.posts.action_officer.pk}"

    response = manager.get(f"{WHERE}?by=post&state=drafted&{pick}")
    assert picked_on(response) == f"action-{ashby.grant.pk}@{ashby.posts.action_officer.pk}"

    every = manager.get(f"{WHERE}?by=post&{pick}")
    assert "Nudge 1 person" in words_on(every)
    assert "Aled Rees: 2 items" in words_on(every)


def test_all_late_ones_are_nudged_from_one_link(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)
    link = links_on(manager.get(BOARD))["Nudge about all 5 late items"]

    response = send(manager, manager.get(link))

    assert response.status_code == 302
    assert Notice.objects.count() == 3
    notice = Notice.objects.get(recipient_name="Ines Ford")
    assert notice.subject == "3 returns late"
    assert "ask the performance manager to let you in" in notice.text


def test_all_that_the_list_shows_is_nudged_and_of_one_post_only_its_people(
    ashby: SmallCouncil, manager: Any
) -> None:
    post = ashby.posts.joint_officer.pk

    assert "Nudge 1 person" in words_on(manager.get(f"{WHERE}?all=yes&post={post}"))
    assert "Nudge 3 people" in words_on(manager.get(f"{WHERE}?all=yes&plan=CYPF"))


def test_a_note_can_be_seen_in_the_messages_before_they_go(
    ashby: SmallCouncil, manager: Any
) -> None:
    first = manager.get(f"{WHERE}?pick=action-{ashby.club.pk}")

    response = manager.post(
        WHERE, {"picked": picked_on(first), "note": "<b>Now</b>", "preview": "yes"}
    )

    assert words_on(response).count("<b>Now</b>") == 3
    assert Notice.objects.count() == 0


def test_a_note_that_is_too_long_is_refused_and_kept(ashby: SmallCouncil, manager: Any) -> None:
    first = manager.get(f"{WHERE}?pick=action-{ashby.club.pk}")

    response = send(manager, first, note="x" * 1001)

    assert title_of(response).startswith("Error: ")
    assert "1000 characters" in problem_beside(response, "note")
    assert Notice.objects.count() == 0


def test_who_was_nudged_today_is_nudged_again_only_with_a_tick(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    pick = f"{WHERE}?pick=action-{ashby.grant.pk}"
    send(manager, manager.get(pick))

    again = manager.get(pick)
    assert "Write again to Aled Rees" in words_on(again)
    assert "Nudged 1 time before, last on 14 July, 11:00." in words_on(again)
    refused = send(manager, again)
    assert problem_beside(refused, "again") == "Tick the box to write to them a second time today"
    assert Notice.objects.count() == 1

    assert send(manager, again, again="on").status_code == 302
    assert Notice.objects.count() == 2
    set_clock(datetime(2009, 7, 15, 9, tzinfo=UTC))
    assert "Write again" not in words_on(manager.get(pick))


def test_many_names_are_not_all_in_one_question(ashby: SmallCouncil, manager: Any) -> None:
    for number in range(7):
        person = UserFactory(name=f"Person {number}")
        PostHoldingFactory(post=ashby.posts.action_officer, holder=person, capacity=Capacity.JOINT)
        NoticeFactory(
            council="ashby",
            kind="nudge",
            key=f"nudge/2009-10/Q1/{person.pk}/1",
            recipient_id=person.pk,
        )

    said = words_on(manager.get(f"{WHERE}?pick=action-{ashby.grant.pk}"))

    assert "Write again to Person 0, Person 1, Person 2, Person 3, Person 4 and 2 others" in said


def test_what_came_in_meanwhile_is_left_out_and_said(ashby: SmallCouncil, manager: Any) -> None:
    first = manager.get(f"{WHERE}?pick=indicator-{ashby.visits.pk}")
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.visits, submitted=True)

    response = send(manager, first)

    assert "There is nobody to nudge" in words_on(response)
    assert "Some of what you picked has come in since" in words_on(response)
    assert problems_on(response) == {
        "": "Nobody can be written to: what you picked is in, or its posts are empty."
    }


def test_who_left_meanwhile_is_said(
    ashby: SmallCouncil, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = manager.get(f"{WHERE}?by=item&pick=action-{ashby.club.pk}")

    def read(*args: Any) -> Letters:
        found = letters_about(*args)
        User.objects.filter(name="Aled Rees").update(is_active=False)
        return found

    monkeypatch.setattr(operations, "letters_about", read)
    send(manager, first)

    said = words_on(manager.get(BOARD))
    assert "1 message written, to go out at once. Aled Rees has left: nothing is written." in said


def test_what_nobody_holds_is_pointed_out(ashby: SmallCouncil, manager: Any) -> None:
    ashby.posts.indicator_officer.holdings.all().delete()
    gone = ashby.holder_of(ashby.posts.joint_officer)
    gone.email = ""
    gone.save()

    response = manager.get(f"{WHERE}?all=yes")

    said = words_on(response)
    assert "Nobody can be written to about 3 items:" in said
    assert "CYPF8: Museums Manager (nobody holds this post)" in said
    assert "Nudge 1 person" in said


@pytest.mark.parametrize("query", ["", "?pick=moon", "?pick=post-x", "?pick=action-999@@1"])
def test_without_anything_picked_there_is_nobody_to_nudge(manager: Any, query: str) -> None:
    response = manager.get(f"{WHERE}{query}")

    assert "There is nobody to nudge" in words_on(response)
    assert links_on(response)["Back to the board"] == BOARD


def test_a_lead_cannot_nudge_about_another_plan(ashby: SmallCouncil, sign_in: SignIn) -> None:
    lead = sign_in(ashby.posts.lead_officer)

    response = lead.post(WHERE, {"picked": f"indicator-{ashby.swans.pk}", "send": "yes"})

    assert "Nobody can be written to" in problems_on(response)[""]
    assert Notice.objects.count() == 0


def test_only_what_is_not_in_has_a_box_to_tick(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, submitted=True)
    ashby.posts.indicator_officer.holdings.all().delete()

    page = page_of(manager.get(f"{BOARD}?by=item&state=all"))

    boxes = [box.get("value") for box in page.iter("input") if box.get("name") == "pick"]
    assert boxes == [f"action-{ashby.club.pk}"]


def test_nobody_else_nudges(ashby: SmallCouncil, sign_in: SignIn) -> None:
    picked = {"picked": f"action-{ashby.club.pk}", "send": "yes"}
    assert sign_in(ashby.posts.action_officer).post(WHERE, picked).status_code == 403
    stranger = sign_in(found_small_council("bexley").posts.manager)
    assert stranger.post(WHERE, picked).status_code == 404
    assert Notice.objects.count() == 0
