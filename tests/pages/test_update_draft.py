from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from tests.factories import ActionUpdateFactory, IndicatorUpdateFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.small_council import AFTER_Q1, SmallCouncil, found_small_council
from tests.pages.table_rows import key_of, row


def address(item: Action | Indicator, cycle: ReportingCycle) -> str:
    kind = ItemKind.ACTION if isinstance(item, Action) else ItemKind.INDICATOR
    where = [cycle.council.name, *cycle.slug.split("/"), kind.value, item.pk]
    return reverse("reporting:update_draft", args=where)


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return address(ashby.visits, ashby.quarter)


def test_a_draft_is_kept_and_says_when(officer: Any, where: str) -> None:
    response = officer.post(where, {"commentary": "A dry", "figure_2009_04_01": "5,000"})

    assert response.status_code == 200
    answer = response.json()
    assert (answer["says"], answer["version"], answer["problems"]) == ("Draft saved 11:00", 1, [])
    assert answer["suggestion"].startswith("The figures suggest Green")
    draft = IndicatorUpdate.objects.get()
    assert (draft.commentary, draft.is_submitted) == ("A dry", False)
    assert draft.draft_figures == {"2009-04-01": ["5000", ""]}


def test_a_row_of_the_table_is_kept_likewise(ashby: SmallCouncil, sign_in: SignIn) -> None:
    sent = row(ashby.club, ashby.quarter, {"rating": "green", "commentary": "It opened."})

    response = sign_in(ashby.posts.action_officer).post(
        address(ashby.club, ashby.quarter), sent | {"row": key_of(ashby.club, ashby.quarter)}
    )

    assert response.json()["suggestion"] == ""
    draft = ActionUpdate.objects.get()
    assert (draft.rating, draft.commentary) == (Rating.GREEN, "It opened.")


def test_what_cannot_be_read_is_named_and_the_rest_is_kept(officer: Any, where: str) -> None:
    response = officer.post(where, {"commentary": "Well", "estimated_outturn": "lots"})

    assert response.status_code == 200
    assert response.json()["problems"] == ["Enter a figure in numbers, such as 54,000 or 46.4"]
    assert IndicatorUpdate.objects.get().commentary == "Well"


def test_over_what_somebody_else_saved_it_keeps_theirs_and_shows_them(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        commentary="Theirs <b>bold</b>",
        saved_by=ashby.holder_of(ashby.posts.clerk),
    )

    response = officer.post(where, {"commentary": "Mine", "seen_version": "0"})

    assert response.status_code == 409
    answer = response.json()
    assert answer["problems"] == [
        "Carl Lane saved this return at 11:00, while you were writing here. "
        "That is kept and shown here, and what you typed stays in its boxes."
    ]
    assert "Theirs &lt;b&gt;bold&lt;/b&gt;" in answer["theirs"]
    assert answer["version"] == 1
    assert IndicatorUpdate.objects.get().commentary == "Theirs <b>bold</b>"


def test_ones_own_other_window_is_told_as_such(officer: Any, where: str) -> None:
    officer.post(where, {"commentary": "First"})

    answer = officer.post(where, {"commentary": "Second"}).json()

    assert answer["problems"][0].startswith("You saved this return in another window at 11:00")


def test_a_page_knows_where_its_draft_goes(officer: Any, where: str) -> None:
    page = "/ashby/cycles/2009-10/Q1/indicators/CYPF8/update/"

    assert f'data-draft-url="{where}"' in officer.get(page).content.decode()


def test_what_is_in_cannot_be_drafted_over(ashby: SmallCouncil, officer: Any, where: str) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.visits, submitted=True)

    response = officer.post(where, {"commentary": "Mine", "seen_version": "1"})

    assert response.status_code == 409
    assert "submitted already" in response.json()["problems"][0]
    assert response.json()["theirs"] == ""


def test_a_figure_that_was_called_back_can_be_emptied_and_given_again(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    figures = {"figure_2009_04_01": "1", "figure_2009_05_01": "2", "figure_2009_06_01": "3"}
    said = {"estimated_outturn": "60,000", "rating": "green", "commentary": "Well"}
    page = reverse("reporting:indicator_update_edit", args=["ashby", "2009-10", "Q1", "CYPF8"])
    officer.post(page, figures | said)
    officer.post(page, {"call_back": "yes"})
    version = IndicatorUpdate.objects.get().version

    emptied = figures | said | {"figure_2009_05_01": "", "seen_version": str(version)}
    answer = officer.post(where, emptied).json()
    given = figures | said | {"figure_2009_05_01": "9", "seen_version": str(answer["version"])}
    officer.post(page, given)

    update = IndicatorUpdate.objects.get()
    assert update.is_submitted
    assert [m.value for m in ashby.visits.measurements.order_by("starts_on")] == [1, 9, 3]


def test_a_closed_cycle_keeps_nothing_and_says_why(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)

    response = officer.post(where, {"commentary": "Late"})

    assert response.status_code == 409
    assert "took returns until 21 July" in response.json()["problems"][0]
    assert not IndicatorUpdate.objects.exists()


def test_a_locked_cycle_keeps_nothing(ashby: SmallCouncil, officer: Any, where: str) -> None:
    ashby.quarter.locked_at = datetime(2009, 7, 14, 9, tzinfo=UTC)
    ashby.quarter.locked_by = ashby.holder_of(ashby.posts.manager)
    ashby.quarter.save()

    assert "is locked" in officer.post(where, {"commentary": "x"}).json()["problems"][0]


def test_who_is_signed_out_is_led_to_sign_in_and_nothing_is_kept(client: Any, where: str) -> None:
    response = client.post(where, {"commentary": "Mine"})

    assert response.status_code == 302
    assert response.url.startswith("/sign-in/")


def test_others_are_refused(ashby: SmallCouncil, where: str, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.clerk).post(where, {"commentary": "x"}).status_code == 403
    stranger = sign_in(found_small_council("bexley").posts.indicator_officer)
    assert stranger.post(where, {"commentary": "x"}).status_code == 404
    assert not IndicatorUpdate.objects.exists()


def test_an_item_of_another_council_is_not_found(ashby: SmallCouncil, officer: Any) -> None:
    bexley = found_small_council("bexley")

    assert officer.post(address(bexley.visits, ashby.quarter)).status_code == 404
    assert not IndicatorUpdate.objects.exists()
    ActionUpdateFactory(cycle=bexley.quarter, action=bexley.club)
    assert officer.post(address(bexley.club, ashby.quarter)).status_code == 404
