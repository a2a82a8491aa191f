from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Measurement
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, UploadedWorkbook
from tests.factories import ActionUpdateFactory, LettingInFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import all_by_class, main_of, words_on
from tests.pages.small_council import AFTER_Q1, IN_Q1, SmallCouncil
from tests.workbooks.book import Book, Formula

DOWNLOAD = "/ashby/my-updates/workbook/"
UPLOAD = "/ashby/my-updates/workbook/upload/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def indicator_officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


def downloaded(client: Any) -> Book:
    return Book.opened(client.get(DOWNLOAD).content)


def uploaded(client: Any, book: Book) -> str:
    """Upload a filled workbook, and give the address of its preview."""
    file = SimpleUploadedFile("filled.xlsx", book.saved())
    where: str = client.post(UPLOAD, {"workbook": file}).url
    return where


def whole(book: Book, reference: str = "CYPF 1.1") -> Book:
    return book.fill(reference, Rating="Green", What_has_happened="The club opened.")


def buttons_on(response: Any) -> list[str]:
    buttons = (b for b in main_of(response).iter("button") if b.get("type") == "submit")
    return [" ".join("".join(button.itertext()).split()) for button in buttons]


def ticks_on(response: Any) -> list[str]:
    boxes = all_by_class(main_of(response), "govuk-checkboxes__input")
    return [box.get("value", "") for box in boxes]


def test_it_shows_what_will_be_submitted_kept_as_a_draft_and_left_alone(
    ashby: SmallCouncil, officer: Any
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, commentary="Half a thought")
    book = whole(downloaded(officer)).fill("CYPF 1.2", What_has_happened="Half of it is paid.")

    response = officer.get(uploaded(officer, book))

    said = words_on(response)
    assert "1 return ready to submit" in said
    assert "Rating: Green" in said
    assert "What has happened: The club opened." in said
    assert "1 return to keep as a draft" in said
    assert "What has happened: was Half a thought; Half of it is paid." in said
    assert "Select how this action is going (Actions, E3)" in said
    assert buttons_on(response) == [
        "Submit 1 return, keep 1 as a draft",
        "Keep all of it as drafts",
    ]
    assert not ActionUpdate.objects.filter(submitted_at__isnull=False).exists()


def test_confirming_takes_in_what_was_shown(ashby: SmallCouncil, officer: Any) -> None:
    book = whole(downloaded(officer)).fill("CYPF 1.2", What_has_happened="Half of it is paid.")
    where = uploaded(officer, book)

    response = officer.post(where, follow=True)

    update = ActionUpdate.objects.get(action=ashby.club)
    assert (update.rating, update.commentary) == (Rating.GREEN, "The club opened.")
    assert update.submitted_by == ashby.holder_of(ashby.posts.action_officer)
    assert update.submitted_for == ashby.posts.action_officer
    assert not ActionUpdate.objects.get(action=ashby.grant).is_submitted
    assert "1 return submitted, 1 kept as a draft" in words_on(response)
    entry = AuditEntry.objects.get(verb=Verb.WORKBOOK_TAKEN_IN)
    assert entry.changes["submitted"] == [0, 1]


def test_confirming_twice_does_nothing_twice(officer: Any) -> None:
    where = uploaded(officer, whole(downloaded(officer)))
    officer.post(where)

    response = officer.post(where, follow=True)

    assert "This workbook was taken in already." in words_on(response)
    assert ActionUpdate.objects.get().version == 1
    assert AuditEntry.objects.filter(verb=Verb.WORKBOOK_TAKEN_IN).count() == 1


def test_all_of_it_can_be_kept_as_drafts(officer: Any) -> None:
    where = uploaded(officer, whole(downloaded(officer)))

    officer.post(where, {"drafts": "yes"})

    assert not ActionUpdate.objects.get().is_submitted


def test_an_indicators_figures_are_taken_in(ashby: SmallCouncil, indicator_officer: Any) -> None:
    book = downloaded(indicator_officer).fill(
        "CYPF8",
        April=4100,
        May="4,600",
        Why_a_figure="The counter broke in June.",
        Estimated=54000,
        Rating="green",
        What_lies="A dry spring helped.",
    )

    indicator_officer.post(uploaded(indicator_officer, book))

    update = IndicatorUpdate.objects.get()
    assert update.is_submitted
    held = {m.starts_on.month: m for m in Measurement.objects.filter(indicator=ashby.visits)}
    assert (held[4].value, held[5].value) == (Decimal(4100), Decimal(4600))
    assert held[6].unavailable_reason == "The counter broke in June."


def test_a_rating_against_the_figures_without_its_reason_is_kept_as_a_draft(
    indicator_officer: Any,
) -> None:
    book = downloaded(indicator_officer).fill(
        "CYPF8", April=1, May=1, June=1, Estimated=12, Rating="Green", What_lies="All is well."
    )

    said = words_on(indicator_officer.get(uploaded(indicator_officer, book)))

    assert "1 return to keep as a draft" in said
    assert "The figures suggest Red" in said


def test_a_row_with_an_error_never_loses_the_others(ashby: SmallCouncil, officer: Any) -> None:
    book = whole(downloaded(officer)).fill(
        "CYPF 1.2", Rating="Purple", What_has_happened=Formula("=1+1", 2)
    )
    where = uploaded(officer, book)

    said = words_on(officer.get(where))
    assert "1 row cannot be taken in" in said
    assert "Actions, E3: Select Green, Amber or Red" in said
    assert "Actions, F3: There is a formula here. Type what it comes to instead" in said
    officer.post(where)
    assert [update.action for update in ActionUpdate.objects.all()] == [ashby.club]


def test_what_somebody_else_saved_since_is_replaced_only_when_that_is_ticked(
    ashby: SmallCouncil, officer: Any
) -> None:
    book = whole(downloaded(officer))
    held = ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        commentary="No hall.",
        saved_by=ashby.holder_of(ashby.posts.joint_officer),
    )
    unticked, ticked = uploaded(officer, book), uploaded(officer, book)

    response = officer.get(unticked)
    assert "Jo Field saved this return on 14 July 2009 at 11:00, after" in words_on(response)
    assert "was No hall.; The club opened." in words_on(response)
    officer.post(unticked)
    held.refresh_from_db()
    assert held.commentary == "No hall."
    officer.post(ticked, {"tick": ticks_on(response)})
    held.refresh_from_db()
    assert held.commentary == "The club opened."
    assert held.is_submitted


def test_what_i_saved_myself_since_is_replaced(ashby: SmallCouncil, officer: Any) -> None:
    book = whole(downloaded(officer))
    mine = ashby.holder_of(ashby.posts.action_officer)
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, commentary="Mine", saved_by=mine)

    officer.post(uploaded(officer, book))

    assert ActionUpdate.objects.get().commentary == "The club opened."


def test_a_save_between_preview_and_confirming_is_met_row_by_row(
    ashby: SmallCouncil, officer: Any
) -> None:
    where = uploaded(officer, whole(whole(downloaded(officer)), "CYPF 1.2"))
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        commentary="No hall.",
        saved_by=ashby.holder_of(ashby.posts.joint_officer),
    )

    response = officer.post(where, follow=True)

    assert "Jo Field saved this return while you were writing." in words_on(response)
    assert "1 return submitted" in words_on(response)
    assert ActionUpdate.objects.get(action=ashby.club).commentary == "No hall."
    assert ActionUpdate.objects.get(action=ashby.grant).is_submitted


def test_a_cycle_that_closes_between_preview_and_confirming_takes_nothing(
    officer: Any, set_clock: SetClock
) -> None:
    where = uploaded(officer, whole(downloaded(officer)))
    set_clock(AFTER_Q1)

    response = officer.post(where, follow=True)

    assert "1 row not taken in" in words_on(response)
    assert "took returns until 21 July 2009" in words_on(response)
    assert not ActionUpdate.objects.exists()


def test_a_locked_cycle_takes_nothing(ashby: SmallCouncil, officer: Any) -> None:
    where = uploaded(officer, whole(downloaded(officer)))
    ashby.quarter.locked_at, ashby.quarter.locked_by = IN_Q1, ashby.manager.user
    ashby.quarter.save()

    response = officer.post(where, follow=True)

    assert "is locked: its papers are being made" in words_on(response)
    assert not ActionUpdate.objects.exists()


def test_whoever_is_let_in_by_name_is_taken_in_after_the_deadline(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    where = uploaded(officer, whole(downloaded(officer)))
    LettingInFactory(cycle=ashby.quarter, person=ashby.holder_of(ashby.posts.action_officer))
    set_clock(AFTER_Q1)

    officer.post(where)

    assert ActionUpdate.objects.get().is_submitted


def test_what_is_in_after_the_deadline_is_put_right_on_its_own_page(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    book = whole(downloaded(officer))
    ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, commentary="Other words"
    )
    LettingInFactory(cycle=ashby.quarter, person=ashby.holder_of(ashby.posts.action_officer))
    set_clock(AFTER_Q1)

    response = officer.get(uploaded(officer, book))

    said = words_on(response)
    assert "This return is in. Put it right on its own page, which asks for the reason." in said
    assert "cannot wait as a draft" not in said
    page = f"/ashby/cycles/2009-10/Q1/actions/{ashby.club.pk}/update/"
    assert page in [link.get("href") for link in main_of(response).iter("a")]


def test_a_return_that_is_in_is_refused_and_one_that_is_the_same_left_alone(
    ashby: SmallCouncil, officer: Any
) -> None:
    book = whole(whole(downloaded(officer)), "CYPF 1.2")
    for action, words in ((ashby.club, "The club opened."), (ashby.grant, "Other words")):
        ActionUpdateFactory(
            cycle=ashby.quarter, action=action, submitted=True, commentary=words, version=1
        )

    said = words_on(officer.get(uploaded(officer, book)))

    assert "1 row left alone" in said
    assert "It is in already, as it stands here." in said
    assert "This return has been submitted already. Call it back to change it." in said


def test_other_peoples_items_are_told_no_more_than_items_that_there_are_not(
    ashby: SmallCouncil, officer: Any, indicator_officer: Any
) -> None:
    book, other = downloaded(officer), downloaded(indicator_officer)
    book.sheets["Indicators"] = other.fill("CYPF8", Rating="Green").sheets["Indicators"]
    unknown = list(book.sheets["Indicators"][1])
    unknown[-1] = str(unknown[-1]).replace(f"/{ashby.visits.pk}/", "/999999/")
    book.sheets["Indicators"].append(unknown)

    said = words_on(officer.get(uploaded(officer, book)))

    for row in (2, 3, 4, 5):
        assert f"Indicators, row {row}: This row is of no item that you return." in said
    assert "Visits to the museum" not in said


def test_a_row_that_is_no_longer_mine_is_not_taken_in(ashby: SmallCouncil, officer: Any) -> None:
    where = uploaded(officer, whole(downloaded(officer)))
    ashby.club.holders.filter(post=ashby.posts.action_officer).delete()

    response = officer.post(where, follow=True)

    assert "This is no longer yours to file." in words_on(response)
    assert not ActionUpdate.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_whoever_uploaded_it_sees_it(
    ashby: SmallCouncil, officer: Any, sign_in: SignIn, method: str
) -> None:
    where = uploaded(officer, whole(downloaded(officer)))

    response = getattr(sign_in(ashby.posts.joint_officer), method)(where)

    assert response.status_code == 404
    assert not UploadedWorkbook.objects.get().is_taken_in


def test_an_empty_workbook_changes_nothing(officer: Any) -> None:
    response = officer.get(uploaded(officer, downloaded(officer)))

    assert "Your workbook changes nothing" in words_on(response)
    assert "2 rows left alone" in words_on(response)
    assert buttons_on(response) == []


def test_after_taking_in_what_is_left_to_do_is_linked(officer: Any) -> None:
    book = downloaded(officer).fill("CYPF 1.2", What_has_happened="Half of it is paid.")

    response = officer.post(uploaded(officer, book), follow=True)

    assert "No returns submitted, 1 kept as a draft" in words_on(response)
    assert "Select how this action is going" in words_on(response)
    assert any("/actions/" in (a.get("href") or "") for a in main_of(response).iter("a"))


def test_what_looks_odd_is_asked_and_submitted_only_when_it_is_ticked(
    ashby: SmallCouncil, officer: Any
) -> None:
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(
            cycle=ashby.six_weekly, action=action, submitted=True, commentary="The club opened."
        )
    where = uploaded(officer, whole(whole(downloaded(officer)), "CYPF 1.2"))

    response = officer.get(where)
    asked = ticks_on(response)
    assert "2 returns to look at again" in words_on(response)
    assert len(asked) == 2
    assert buttons_on(response)[0] == "Take in what you ticked"
    response = officer.post(where, {"tick": [asked[0], "a tick of no row"]}, follow=True)

    assert "1 return submitted, 1 kept as a draft" in words_on(response)
    assert "You did not tick what was asked about it." in words_on(response)
    assert ActionUpdate.objects.get(cycle=ashby.quarter, action=ashby.club).confirmed_doubts
    assert not ActionUpdate.objects.get(cycle=ashby.quarter, action=ashby.grant).is_submitted
