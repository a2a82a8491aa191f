from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.rating import Rating
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from tests.factories import ActionUpdateFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    all_by_class,
    by_class,
    chosen_in,
    main_of,
    problem_beside,
    problems_on,
    title_of,
    typed_in,
    words_on,
)
from tests.pages.small_council import AFTER_Q1, IN_Q1, IN_SIX_WEEKLY_1, SmallCouncil

WHOLE = {"rating": "green", "commentary": "The club opened on 6 July."}


def address(cycle: ReportingCycle, action: Action) -> str:
    council = cycle.council.name
    return reverse(
        "reporting:action_update_edit", args=[council, *cycle.slug.split("/"), action.pk]
    )


@pytest.fixture
def where(ashby: SmallCouncil) -> str:
    return address(ashby.quarter, ashby.club)


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


def test_the_form_names_the_action_the_cycle_and_the_deadline(officer: Any, where: str) -> None:
    said = words_on(officer.get(where))

    assert "CYPF 1.1: Open a homework club" in said
    assert "Quarter 1, 2009/10, due 21 July 2009" in said
    assert "By the end of September" in said
    assert "in 78 days" in said


def test_the_button_says_where_the_return_goes(officer: Any, where: str) -> None:
    assert "Submit to Head of Leisure" in words_on(officer.get(where))


def test_a_rating_is_offered_with_its_meaning(officer: Any, where: str) -> None:
    said = words_on(officer.get(where))

    assert re.search(r"Green Well on the way.*Amber Some way.*Red Failing to reach", said)


def test_what_was_said_the_time_before_stands_beside_and_is_not_filled_in(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    ActionUpdateFactory(
        cycle=ashby.six_weekly,
        action=ashby.club,
        submitted=True,
        commentary="A hall was found.",
        submitted_at=IN_SIX_WEEKLY_1,
    )

    response = officer.get(where)

    assert [re.sub(r"\s+", " ", "".join(said.itertext())) for said in last_times(response)] == [
        " Last time 3 June 2009 Green ",
        " Last time 3 June 2009 A hall was found. ",
    ]
    assert typed_in(response, "commentary") == ""
    assert chosen_in(response, "rating") == ""


def last_times(response: Any) -> list[Any]:
    return all_by_class(main_of(response), "gt-last-time")


def test_last_time_is_dated_by_the_clock_on_the_wall(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    past_midnight = datetime(2009, 6, 7, 23, 30, tzinfo=UTC)
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, submitted_at=past_midnight
    )

    assert "Last time 8 June 2009" in words_on(officer.get(where))


def test_a_draft_of_the_time_before_is_not_shown(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, commentary="Half a thought")

    assert "Half a thought" not in words_on(officer.get(where))


def test_a_whole_return_is_submitted(ashby: SmallCouncil, officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE)

    update = ActionUpdate.objects.get()
    assert (update.rating, update.commentary) == (Rating.GREEN, "The club opened on 6 July.")
    assert update.submitted_by == ashby.holder_of(ashby.posts.action_officer)
    assert response.url == reverse("home:home", args=[ashby.name])
    assert "CYPF 1.1 is in for Quarter 1, 2009/10." in words_on(officer.get(response.url))


@pytest.mark.parametrize("rating", ["red", "amber"])
def test_after_a_quarters_red_or_amber_its_exception_report_is_asked_for(
    ashby: SmallCouncil, officer: Any, where: str, rating: str
) -> None:
    response = officer.post(where, WHOLE | {"rating": rating})

    update = ActionUpdate.objects.get()
    args = [ashby.name, "2009-10", "Q1", "action", update.pk]
    assert response.url == reverse("exception_reports:exception_report_edit", args=args)


def test_after_a_six_weekly_red_none_is_asked_for(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(IN_SIX_WEEKLY_1)

    response = officer.post(address(ashby.six_weekly, ashby.club), WHOLE | {"rating": "red"})

    assert ActionUpdate.objects.get().is_submitted
    assert response.url == reverse("home:home", args=[ashby.name])


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(officer: Any, where: str) -> None:
    response = officer.post(where, {"rating": "", "commentary": "  "})

    assert problems_on(response) == {
        "id_rating_0": "Select how this action is going",
        "id_commentary": "Enter what has happened since the last update",
    }
    assert problem_beside(response, "rating") == "Select how this action is going"
    assert problem_beside(response, "commentary").startswith("Enter what has happened")
    assert title_of(response).startswith("Error: ")
    assert not ActionUpdate.objects.exists()


def test_what_was_typed_is_kept_when_something_is_missing(officer: Any, where: str) -> None:
    response = officer.post(where, {"commentary": "The <club> opened."})

    assert typed_in(response, "commentary") == "The <club> opened."
    assert set(problems_on(response)) == {"id_rating_0"}


def test_a_rating_that_there_is_not_is_refused(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"rating": "purple"})

    assert problem_beside(response, "rating") == "Select green, amber or red"


def test_words_can_be_as_long_as_20000_characters(officer: Any, where: str) -> None:
    officer.post(where, WHOLE | {"commentary": "é" * 20_000})

    assert len(ActionUpdate.objects.get().commentary) == 20_000


def test_longer_words_are_refused_and_kept(officer: Any, where: str) -> None:
    response = officer.post(where, WHOLE | {"commentary": "word " * 4001})

    assert problem_beside(response, "commentary") == "Shorten this to 20,000 characters or fewer"
    assert len(typed_in(response, "commentary")) > 20_000
    assert not ActionUpdate.objects.exists()


def test_a_draft_needs_nothing_and_is_shown_again(
    ashby: SmallCouncil, officer: Any, where: str
) -> None:
    response = officer.post(where, {"commentary": "Half a thought", "draft": "yes"})

    assert "Your draft for CYPF 1.1 is kept." in words_on(officer.get(response.url))
    again = officer.get(where)
    assert typed_in(again, "commentary") == "Half a thought"
    assert typed_in(again, "seen_version") == "1"
    assert "Draft saved 14 July, 11:00 by Aled Rees" in words_on(again)
    assert not ActionUpdate.objects.get().is_submitted


def test_a_draft_can_be_submitted_by_whoever_saw_it(officer: Any, where: str) -> None:
    officer.post(where, {"commentary": "Half a thought", "draft": "yes"})

    officer.post(where, WHOLE | {"seen_version": "1"})

    assert ActionUpdate.objects.get().is_submitted


def test_the_second_to_save_sees_the_words_of_the_first(
    ashby: SmallCouncil, officer: Any, where: str, sign_in: SignIn
) -> None:
    other = sign_in(ashby.posts.joint_officer)
    other.post(where, {"rating": "red", "commentary": "No hall.", "draft": "yes"})

    response = officer.post(where, WHOLE | {"seen_version": "0"})

    assert problems_on(response)[""].startswith("Jo Field saved this return while you were")
    assert "What Jo Field saved Red No hall." in words_on(response)
    assert typed_in(response, "commentary") == WHOLE["commentary"]
    assert ActionUpdate.objects.get().commentary == "No hall."


def test_the_second_to_save_can_submit_all_the_same(
    ashby: SmallCouncil, officer: Any, where: str, sign_in: SignIn
) -> None:
    sign_in(ashby.posts.joint_officer).post(where, {"commentary": "No hall.", "draft": "yes"})
    warned = officer.post(where, WHOLE | {"seen_version": "0"})

    officer.post(where, WHOLE | {"seen_version": typed_in(warned, "seen_version")})

    update = ActionUpdate.objects.get()
    assert update.is_submitted
    assert update.commentary == WHOLE["commentary"]


def test_a_version_that_is_no_number_is_refused_without_losing_words(
    officer: Any, where: str
) -> None:
    officer.post(where, {"commentary": "Half a thought", "draft": "yes"})

    response = officer.post(where, WHOLE | {"seen_version": "first"})

    assert typed_in(response, "commentary") == WHOLE["commentary"]
    assert not ActionUpdate.objects.get().is_submitted


def test_a_return_that_is_in_is_shown_and_not_asked_for_again(officer: Any, where: str) -> None:
    officer.post(where, WHOLE)

    response = officer.get(where)

    said = words_on(response)
    assert "This return is in Play Officer: filed by Aled Rees on 14 July 2009." in said
    assert main_of(response).find(".//textarea") is None


def test_a_return_is_not_submitted_twice(
    ashby: SmallCouncil, officer: Any, where: str, sign_in: SignIn
) -> None:
    officer.post(where, WHOLE)

    response = sign_in(ashby.posts.joint_officer).post(
        where, {"rating": "red", "commentary": "Mine", "seen_version": "1"}
    )

    assert problems_on(response) == {
        "": "This return has been submitted already. Call it back to change it."
    }
    assert typed_in(response, "commentary") == "Mine"
    assert ActionUpdate.objects.get().rating is Rating.GREEN


def test_a_cycle_that_is_not_open_yet_takes_nothing(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(IN_SIX_WEEKLY_1)

    assert "takes returns from 7 July 2009. Come back then." in words_on(officer.get(where))
    refused = officer.post(where, WHOLE)
    assert problems_on(refused)[""].startswith("Quarter 1, 2009/10 takes returns from 7 July")
    assert not ActionUpdate.objects.exists()


def test_a_cycle_that_has_closed_takes_nothing_and_keeps_what_was_typed(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)

    assert "took returns until 21 July 2009. Ask the performance" in words_on(officer.get(where))
    refused = officer.post(where, WHOLE)
    assert problems_on(refused)[""].startswith("Quarter 1, 2009/10 took returns until 21 July")
    assert typed_in(refused, "commentary") == WHOLE["commentary"]
    assert not ActionUpdate.objects.exists()


def test_the_last_day_is_by_the_clock_on_the_wall(
    officer: Any, where: str, set_clock: SetClock
) -> None:
    set_clock(datetime(2009, 7, 21, 22, 59, tzinfo=UTC))
    officer.post(where, WHOLE | {"draft": "yes"})
    set_clock(datetime(2009, 7, 21, 23, 1, tzinfo=UTC))
    officer.post(where, WHOLE | {"seen_version": "1"})

    assert not ActionUpdate.objects.get().is_submitted


@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, where: str, sign_in: SignIn, method: str
) -> None:
    response = getattr(sign_in(ashby.posts.lead_officer), method)(where, WHOLE)

    assert "Only Play Officer can file this update." in words_on(response, 403)
    assert not ActionUpdate.objects.exists()


def test_every_joint_officer_may_file(ashby: SmallCouncil, where: str, sign_in: SignIn) -> None:
    sign_in(ashby.posts.joint_officer).post(where, WHOLE)

    assert ActionUpdate.objects.get().submitted_by.name == "Jo Field"  # type: ignore[union-attr]


@pytest.mark.parametrize("cycle", ["2009-10/Q9", "2010-11/Q1", "never/Q1"])
def test_a_cycle_that_there_is_not_is_not_found(
    ashby: SmallCouncil, officer: Any, cycle: str
) -> None:
    response = officer.get(f"/ashby/cycles/{cycle}/actions/{ashby.club.pk}/update/")

    assert response.status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999999999999999"])
def test_an_action_that_there_is_not_is_not_found(
    officer: Any, ashby: SmallCouncil, number: str
) -> None:
    assert officer.get(f"/ashby/cycles/2009-10/Q1/actions/{number}/update/").status_code == 404


class TestWhatLooksOdd:
    """It is asked about beside a tick, and what was typed survives."""

    LATE = WHOLE | {"commentary": "Eleven come every week."}

    @pytest.fixture(autouse=True)
    def _its_date_has_passed(self, ashby: SmallCouncil) -> None:
        Action.objects.filter(pk=ashby.club.pk).update(due_on=date(2009, 6, 30))

    def test_it_is_said_at_the_top_and_beside_a_tick(self, officer: Any, where: str) -> None:
        response = officer.post(where, self.LATE)

        assert problems_on(response) == {
            "id_confirm_0": "Check what looks odd, and tick what is right"
        }
        said = words_on(response)
        assert "Please check" in said
        assert "It is rated Green, but it was due by 30 June 2009" in said
        assert "Say when it was completed, or tick if Green is right." in said
        assert typed_in(response, "commentary") == "Eleven come every week."
        assert chosen_in(response, "rating") == "green"
        assert not ActionUpdate.objects.exists()

    def test_a_tick_lets_it_pass(self, officer: Any, where: str) -> None:
        officer.post(where, self.LATE | {"confirm": ["green_past_due:2009-06-30"]})

        assert ActionUpdate.objects.get().is_submitted

    def test_a_tick_for_something_else_does_not(self, officer: Any, where: str) -> None:
        response = officer.post(where, self.LATE | {"confirm": ["same_words"]})

        assert "id_confirm_0" in problems_on(response)
        assert not ActionUpdate.objects.exists()

    def test_what_is_ticked_stays_ticked_beside_what_is_not(self, officer: Any, where: str) -> None:
        odd = self.LATE | {"commentary": "All will be done by June."}
        response = officer.post(where, odd | {"confirm": ["green_past_due:2009-06-30"]})

        ticks = [box for box in main_of(response).iter("input") if box.get("name") == "confirm"]
        assert ["checked" in box.attrib for box in ticks] == [True, False]
        assert "\u201cby June\u201d could be in 2009 or in 2010." in words_on(response)

    def test_it_is_asked_together_with_what_is_missing(self, officer: Any, where: str) -> None:
        response = officer.post(where, {"rating": "green", "commentary": ""})

        assert set(problems_on(response)) == {"id_commentary"}
        assert "was due by 30 June 2009" in words_on(response)

    def test_a_draft_is_not_asked(self, officer: Any, where: str) -> None:
        officer.post(where, self.LATE | {"draft": "yes"})

        assert ActionUpdate.objects.get().confirmed_doubts == []

    def test_the_items_page_says_what_was_confirmed(
        self, ashby: SmallCouncil, officer: Any, where: str
    ) -> None:
        officer.post(where, self.LATE | {"confirm": ["green_past_due:2009-06-30"]})

        page = officer.get(reverse("home:action_detail", args=[ashby.name, ashby.club.pk]))
        assert (
            "Asked about before it was submitted, and confirmed: It is rated Green, but it was due "
            "by 30 June 2009" in words_on(page)
        )


class TestWhatIsNext:
    def test_the_next_return_is_one_click_away(
        self, ashby: SmallCouncil, officer: Any, where: str
    ) -> None:
        response = officer.get(officer.post(where, WHOLE).url)

        said = words_on(response)
        assert "CYPF 1.1 is in for Quarter 1, 2009/10. Head of Leisure can see it now." in said
        assert "Next: CYPF 1.2 (1 left)." in said
        banner = by_class(main_of(response), "govuk-notification-banner__heading")
        assert [link.get("href") for link in banner.iter("a")] == [
            address(ashby.quarter, ashby.grant)
        ]

    def test_after_the_last_nothing_is_left(
        self, ashby: SmallCouncil, officer: Any, where: str
    ) -> None:
        officer.post(where, WHOLE)
        response = officer.get(officer.post(address(ashby.quarter, ashby.grant), WHOLE).url)

        assert "Nothing else of yours is to be filed." in words_on(response)

    def test_an_exception_report_comes_before_the_next_return(
        self, officer: Any, where: str
    ) -> None:
        response = officer.get(officer.post(where, WHOLE | {"rating": "red"}).url)

        said = words_on(response)
        assert "As it is Red, it needs an exception report, which comes next." in said


def test_what_is_still_needed_is_said_first(officer: Any, where: str) -> None:
    assert "Still needed: rating, comment" in words_on(officer.get(where))
    officer.post(where, {"rating": "amber", "draft": "yes"})
    assert "Still needed: comment" in words_on(officer.get(where))


def test_a_leads_note_is_seen_first_thing(ashby: SmallCouncil, officer: Any, where: str) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=IN_Q1,
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="How many came?",
    )

    said = words_on(officer.get(where))

    assert "Sent back to you Leo Park sent it back on 14 July 2009: How many came?" in said
    assert said.index("How many came?") < said.index("How is this action going?")


def test_an_action_takes_two_fields(officer: Any, where: str) -> None:
    form = main_of(officer.get(where)).find(".//form")
    assert form is not None
    asked = {
        field.get("name")
        for tag in ("input", "textarea")
        for field in form.iter(tag)
        if field.get("type") != "hidden"
    }
    assert asked == {"rating", "commentary"}
