from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.audit.queries import first_broken_entry
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Measurement
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from tests.design.markup import by_id, words_of
from tests.factories import (
    ActionFactory,
    ActionUpdateFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    PlanIndicatorFactory,
    SixWeeklyCycleFactory,
    TargetFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import main_of, problems_on, rows_on, title_of, typed_in, words_on
from tests.pages.small_council import AFTER_Q1, SmallCouncil, found_small_council
from tests.pages.table_rows import ACTION, ATTENDANCE, SWANS, VISITS, WHERE, key_of, row


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


def rows_of(ashby: SmallCouncil, **given: dict[str, str]) -> dict[str, str]:
    items = {"visits": ashby.visits, "attendance": ashby.attendance, "swans": ashby.swans}
    sent: dict[str, str] = {}
    for name, answers in given.items():
        sent |= row(items[name], ashby.quarter, answers)
    return sent


def test_each_item_is_a_row_with_what_is_asked(ashby: SmallCouncil, officer: Any) -> None:
    rows = rows_on(officer.get(WHERE))

    assert rows[0].startswith("Children and Young People Quarter 1, 2009/10, due 21 July 2009")
    assert "CYPF8 Visits to the museum Target 54,000" in rows[1]
    for asked in ("Figure for April 2009", "Estimated outturn", "Rating", "Comment"):
        assert f"CYPF8 {asked}" in rows[1]
    assert "The figures suggest no rating: there is no figure yet." in rows[1]
    assert "Rating" not in rows[4].replace("rating", "")


def test_last_time_stands_in_the_row_and_is_not_filled_in(
    ashby: SmallCouncil, officer: Any
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.six_weekly,
        indicator=ashby.visits,
        submitted=True,
        rating=Rating.AMBER,
        commentary="<script>alert(1)</script> A wet spring.",
    )

    response = officer.get(WHERE)

    said = rows_on(response)[1]
    assert "Last time Amber" in said
    assert "Last time, 14 July 2009:<script>alert(1)</script> A wet spring." in said
    assert "Last time 1,250, 14 July 2009" in said
    assert typed_in(response, f"{key_of(ashby.visits, ashby.quarter)}-commentary") == ""
    assert main_of(response).find(".//script") is None


def test_all_rows_go_in_with_one_submit(ashby: SmallCouncil, officer: Any) -> None:
    sent = rows_of(ashby, visits=VISITS, attendance=ATTENDANCE, swans=SWANS)

    response = officer.post(WHERE, sent, follow=True)

    assert "3 returns are in." in words_on(response)
    assert response.redirect_chain == [("/ashby/my-updates/", 302)]
    assert IndicatorUpdate.objects.filter(submitted_at__isnull=False).count() == 3
    assert Measurement.objects.count() == 4
    assert first_broken_entry(ashby.name) is None


def test_what_is_right_goes_in_and_what_is_not_stays_as_typed(
    ashby: SmallCouncil, officer: Any
) -> None:
    wrong = VISITS | {"estimated_outturn": "about <b>fifty</b>", "commentary": ""}
    sent = rows_of(ashby, visits=wrong, attendance=ATTENDANCE)

    response = officer.post(WHERE, sent)

    key = key_of(ashby.visits, ashby.quarter)
    assert title_of(response).startswith("Error: ")
    assert problems_on(response) == {
        f"id_{key}-estimated_outturn": "CYPF8, estimated outturn: "
        "Enter a figure in numbers, such as 54,000 or 46.4",
    }
    assert "1 return is in." in words_on(response)
    assert "Left alone, since nothing new was written there: ES1." in words_on(response)
    assert typed_in(response, f"{key}-estimated_outturn") == "about <b>fifty</b>"
    assert typed_in(response, f"{key}-figure_2009_04_01") == "5,000"
    assert [update.indicator for update in IndicatorUpdate.objects.all()] == [ashby.attendance]
    assert len(rows_on(response)) == 4


def test_each_thing_missing_leads_to_its_box(ashby: SmallCouncil, officer: Any) -> None:
    response = officer.post(WHERE, rows_of(ashby, visits={"commentary": "A dry spring."}))

    key = key_of(ashby.visits, ashby.quarter)
    problems = problems_on(response)
    assert problems[f"id_{key}-rating"] == "CYPF8, rating: Select how this indicator is going"
    assert f"id_{key}-figure_2009_05_01" in problems
    for target in problems:
        assert by_id(main_of(response), target) is not None
    beside = by_id(main_of(response), f"id_{key}-rating_error")
    assert words_of(beside) == "Error: Select how this indicator is going"


def test_a_different_rating_asks_for_its_reason_in_the_row(
    ashby: SmallCouncil, officer: Any
) -> None:
    low = VISITS | {"estimated_outturn": "40,000"}

    response = officer.post(WHERE, rows_of(ashby, visits=low))

    [problem] = problems_on(response).values()
    assert problem.startswith("CYPF8, why, if you differ from the figures: The figures suggest Red")
    assert "The figures suggest Red" in rows_on(response)[1]


def test_what_looks_odd_asks_for_a_tick_in_its_row(ashby: SmallCouncil, officer: Any) -> None:
    odd = SWANS | {"commentary": "They come back on 12 January."}
    key = key_of(ashby.swans, ashby.quarter)

    response = officer.post(WHERE, rows_of(ashby, attendance=ATTENDANCE, swans=odd))

    assert problems_on(response) == {
        f"id_{key}-confirm_0": "ES1: Check what looks odd, and tick what is right"
    }
    assert IndicatorUpdate.objects.get().indicator == ashby.attendance
    tick = by_id(main_of(response), f"id_{key}-confirm_0").get("value", "")
    officer.post(WHERE, rows_of(ashby, swans=odd | {"confirm": tick}))
    assert IndicatorUpdate.objects.get(indicator=ashby.swans).confirmed_doubts


def test_nothing_written_is_nothing_sent(ashby: SmallCouncil, officer: Any) -> None:
    response = officer.post(WHERE, rows_of(ashby, visits={"commentary": "  ", "rating": ""}))

    assert "Left alone, since nothing new was written there: CYPF8, CYPF9 and ES1." in words_on(
        response
    )
    assert not IndicatorUpdate.objects.exists()


def test_all_can_be_kept_as_drafts_whole_or_not(ashby: SmallCouncil, officer: Any) -> None:
    sent = rows_of(ashby, visits={"figure_2009_04_01": "5,000"}, swans=SWANS)

    response = officer.post(WHERE, sent | {"draft": "yes"}, follow=True)

    assert "2 returns are kept as drafts." in words_on(response)
    key = key_of(ashby.visits, ashby.quarter)
    assert typed_in(response, f"{key}-figure_2009_04_01") == "5,000"
    assert not IndicatorUpdate.objects.filter(submitted_at__isnull=False).exists()
    assert "Draft saved 14 July, 11:00 by Ines Ford" in rows_on(response)[1]


def test_a_draft_takes_what_can_be_read_and_loses_nothing_of_before(
    ashby: SmallCouncil, officer: Any
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, commentary="Kept words", estimated_outturn=7
    )
    sent = rows_of(
        ashby,
        visits={
            "estimated_outturn": "lots",
            "commentary": "x" * 20_001,
            "figure_2009_04_01": "5,000",
            "seen_version": "1",
        },
    )

    response = officer.post(WHERE, sent | {"draft": "yes"})

    draft = IndicatorUpdate.objects.get()
    assert (draft.estimated_outturn, draft.commentary) == (7, "Kept words")
    assert draft.draft_figures == {"2009-04-01": ["5000", ""]}
    assert len(problems_on(response)) == 2
    key = key_of(ashby.visits, ashby.quarter)
    assert typed_in(response, f"{key}-estimated_outturn") == "lots"
    assert typed_in(response, f"{key}-seen_version") == "2"


def test_a_drafted_row_is_sent_as_it_stands(ashby: SmallCouncil, officer: Any) -> None:
    officer.post(WHERE, rows_of(ashby, swans=SWANS) | {"draft": "yes"})

    officer.post(WHERE, rows_of(ashby, swans=SWANS | {"seen_version": "1"}))

    assert IndicatorUpdate.objects.get().is_submitted


def test_twenty_thousand_characters_are_kept(ashby: SmallCouncil, officer: Any) -> None:
    words = ("<script>alert('x')</script> & é " * 1_000)[:20_000].strip()

    officer.post(WHERE, rows_of(ashby, swans=SWANS | {"commentary": words}))

    assert IndicatorUpdate.objects.get().commentary == words


def test_who_saves_second_sees_what_the_first_saved(ashby: SmallCouncil, officer: Any) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.swans,
        commentary="Six came back.",
        saved_by=ashby.holder_of(ashby.posts.clerk),
    )
    sent = rows_of(ashby, visits=VISITS, swans=SWANS | {"seen_version": "0"})

    response = officer.post(WHERE, sent)

    key = key_of(ashby.swans, ashby.quarter)
    assert "ES1: Carl Lane saved this return" in problems_on(response)[f"row-{key}"]
    said = rows_on(response)[-1]
    assert "What Carl Lane saved" in said
    assert "Six came back." in said
    assert typed_in(response, f"{key}-commentary") == "Seven came back."
    assert IndicatorUpdate.objects.get(indicator=ashby.visits).is_submitted
    again = rows_of(
        ashby, swans=SWANS | {"seen_version": typed_in(response, f"{key}-seen_version")}
    )
    officer.post(WHERE, again)
    assert IndicatorUpdate.objects.get(indicator=ashby.swans).commentary == "Seven came back."


def test_what_was_submitted_meanwhile_keeps_the_words_on_the_page(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)

    response = sign_in(ashby.posts.joint_officer).post(
        WHERE, row(ashby.club, ashby.quarter, ACTION, commentary="Mine.")
    )

    key = key_of(ashby.club, ashby.quarter)
    assert "has been submitted already" in problems_on(response)[f"row-{key}"]
    assert typed_in(response, f"{key}-commentary") == "Mine."


@pytest.mark.parametrize("is_locked", [True, False])
def test_a_cycle_that_closed_meanwhile_keeps_the_words_on_the_page(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock, is_locked: bool
) -> None:
    if is_locked:
        ashby.quarter.locked_at = datetime(2009, 7, 14, 9, tzinfo=UTC)
        ashby.quarter.locked_by = ashby.holder_of(ashby.posts.manager)
        ashby.quarter.save()
    else:
        set_clock(AFTER_Q1)

    response = officer.post(WHERE, rows_of(ashby, swans=SWANS))

    key = key_of(ashby.swans, ashby.quarter)
    assert "Quarter 1, 2009/10" in problems_on(response)[f"row-{key}"]
    assert typed_in(response, f"{key}-commentary") == "Seven came back."
    assert "Closed to you CYPF8 Visits to the museum Quarter 1, 2009/10" in words_on(response)
    assert not IndicatorUpdate.objects.exists()


def _next_cycle_opens(ashby: SmallCouncil) -> None:
    SixWeeklyCycleFactory(
        council=ashby.council,
        code="6W2",
        quarter=2,
        observes_from=date(2009, 7, 1),
        observes_to=date(2009, 9, 30),
        opens_on=date(2009, 7, 22),
        due_on=date(2009, 9, 4),
    )


def test_a_cycle_that_closed_and_is_no_longer_the_current_one_keeps_the_words(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.visits, commentary="Kept words")
    _next_cycle_opens(ashby)
    set_clock(AFTER_Q1)
    visits = VISITS | {"seen_version": "1"}

    response = officer.post(WHERE, rows_of(ashby, visits=visits, swans=SWANS))

    key = key_of(ashby.swans, ashby.quarter)
    assert "took returns until 21 July 2009" in problems_on(response)[f"row-{key}"]
    assert typed_in(response, f"{key}-commentary") == "Seven came back."
    assert (
        typed_in(response, f"{key_of(ashby.visits, ashby.quarter)}-estimated_outturn") == "55,000"
    )
    assert IndicatorUpdate.objects.get().commentary == "Kept words"


def test_what_was_handed_over_meanwhile_is_shown_as_typed(
    ashby: SmallCouncil, officer: Any
) -> None:
    IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.visits, commentary="A stranger's draft"
    )
    ashby.visits.indicator_officer = ashby.posts.clerk
    ashby.visits.save()

    sent = rows_of(ashby, visits=VISITS | {"commentary": "A <b>dry</b> spring."}, swans=SWANS)
    response = officer.post(WHERE, sent)

    key = key_of(ashby.visits, ashby.quarter)
    assert problems_on(response)[f"row-{key}"] == (
        "CYPF8: This return is not yours to file any more: it is for Clerk now. "
        "What you typed is shown below."
    )
    said = words_on(response)
    for typed in (
        "Comment A <b>dry</b> spring.",
        "Rating Green",
        "Figure from 1 April 2009 5,000",
        "1 return is in.",
    ):
        assert typed in said
    assert "A stranger's draft" not in said
    assert IndicatorUpdate.objects.get(indicator=ashby.swans).is_submitted
    assert not IndicatorUpdate.objects.get(indicator=ashby.visits).is_submitted


def test_what_another_council_has_is_not_told(ashby: SmallCouncil, officer: Any) -> None:
    bexley = found_small_council("bexley")
    sent = row(bexley.visits, bexley.quarter, VISITS) | {"1-action-9999999999-commentary": "x"}

    response = officer.post(WHERE, sent)

    [problem] = problems_on(response).values()
    assert problem.startswith("An item that is gone: This return is not yours to file any more")
    assert not IndicatorUpdate.objects.exists()


def test_a_row_that_was_cleared_is_kept_empty(ashby: SmallCouncil, officer: Any) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.swans, commentary="Old words")
    cleared = {"estimated_outturn": "", "commentary": " ", "seen_version": "1"}

    response = officer.post(WHERE, rows_of(ashby, swans=cleared) | {"draft": "yes"}, follow=True)

    assert "1 return is kept as a draft." in words_on(response)
    assert IndicatorUpdate.objects.get().commentary == ""


def test_a_row_that_was_cleared_is_not_submitted_and_does_not_come_back(
    ashby: SmallCouncil, officer: Any
) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.swans, commentary="Old words")
    cleared = {"estimated_outturn": "", "commentary": "", "seen_version": "1"}

    response = officer.post(WHERE, rows_of(ashby, swans=cleared))

    key = key_of(ashby.swans, ashby.quarter)
    assert f"id_{key}-commentary" in problems_on(response)
    assert typed_in(response, f"{key}-commentary") == ""


def test_an_empty_row_over_what_somebody_else_began_meanwhile_is_left_alone(
    ashby: SmallCouncil, officer: Any
) -> None:
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.swans, commentary="Theirs")
    empty = {"estimated_outturn": "", "commentary": "", "seen_version": "0"}

    response = officer.post(WHERE, rows_of(ashby, swans=empty) | {"draft": "yes"})

    assert not title_of(response).startswith("Error: ")
    assert IndicatorUpdate.objects.get().commentary == "Theirs"


def test_who_is_let_in_finds_their_rows_in_the_table(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)
    LettingInFactory(cycle=ashby.quarter, person=ashby.holder_of(ashby.posts.indicator_officer))

    officer.post(WHERE, rows_of(ashby, swans=SWANS))

    assert IndicatorUpdate.objects.get().is_submitted


def test_what_was_sent_back_says_why_in_its_row(ashby: SmallCouncil, sign_in: SignIn) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.grant,
        rating=Rating.AMBER,
        commentary="Going on.",
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say how many came.",
    )

    rows = rows_on(sign_in(ashby.posts.action_officer).get(WHERE))

    assert "Leo Park sent it back: Say how many came." in rows[1]
    assert "CYPF 1.1" in rows[2] or "CYPF 1.1" in rows[3]


def test_what_was_sent_back_is_not_sent_again_as_it_was(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.grant,
        rating=Rating.AMBER,
        commentary="Going on.\nSlowly.",
        saved_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_at=datetime(2009, 7, 13, 9, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say how many came.",
    )
    client = sign_in(ashby.posts.action_officer)
    as_it_was = {"rating": "amber", "commentary": "Going on.\r\nSlowly.", "seen_version": "1"}

    response = client.post(WHERE, row(ashby.grant, ashby.quarter, as_it_was))

    assert "nothing new was written there: CYPF 1.2" in words_on(response)
    assert not ActionUpdate.objects.get().is_submitted
    client.post(WHERE, row(ashby.grant, ashby.quarter, as_it_was, commentary="Forty came."))
    assert ActionUpdate.objects.get().is_submitted


def test_red_leads_on_to_its_exception_report(ashby: SmallCouncil, sign_in: SignIn) -> None:
    sent = row(ashby.club, ashby.quarter, ACTION, rating="red")

    response = sign_in(ashby.posts.action_officer).post(WHERE, sent, follow=True)

    assert response.redirect_chain == [("/ashby/", 302)]
    assert "Red or amber asks for an exception report: CYPF 1.1." in words_on(response)


def test_items_of_others_are_not_filed_whoever_sends_them(
    ashby: SmallCouncil, officer: Any
) -> None:
    officer.post(WHERE, row(ashby.club, ashby.quarter, ACTION) | rows_of(ashby, swans=SWANS))

    assert not ActionUpdate.objects.exists()
    assert IndicatorUpdate.objects.count() == 1


def test_who_owes_nothing_has_nothing_to_fill_in(ashby: SmallCouncil, sign_in: SignIn) -> None:
    said = words_on(sign_in(ashby.posts.clerk).get(WHERE))

    assert "There is nothing to fill in" in said


def _grow(ashby: SmallCouncil, count: int) -> dict[str, str]:
    post = ashby.posts.indicator_officer
    sent: dict[str, str] = {}
    for _ in range(count // 2):
        action = ActionFactory(challenge=ashby.club.challenge, action_officer=post)
        indicator = IndicatorFactory(council=ashby.council, indicator_officer=post)
        PlanIndicatorFactory(plan=ashby.cypf, indicator=indicator)
        TargetFactory(indicator=indicator)
        sent |= row(action, ashby.quarter, ACTION)
        sent |= row(indicator, ashby.quarter, VISITS)
    return sent


def test_it_takes_as_many_queries_for_500_rows_as_for_60(ashby: SmallCouncil, officer: Any) -> None:
    def queries(count: int) -> int:
        _grow(ashby, count)
        with CaptureQueriesContext(connection) as made:
            assert officer.get(WHERE).status_code == 200
        return len(made)

    assert queries(60) == queries(440)


def test_60_rows_sent_just_after_the_deadline_ask_no_more_than_10(
    ashby: SmallCouncil, officer: Any, set_clock: SetClock
) -> None:
    few, many = _grow(ashby, 10), _grow(ashby, 50)
    set_clock(AFTER_Q1)

    def queries(sent: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as made:
            response = officer.post(WHERE, sent)
        assert "took returns until 21 July 2009" in words_on(response)
        return sum("SAVEPOINT" not in query["sql"] for query in made)

    assert queries(few) == queries(few | many)


def test_more_boxes_than_a_thousand_can_be_sent(ashby: SmallCouncil, officer: Any) -> None:
    sent = _grow(ashby, 40)
    empty = {f"{key}-{number}": "" for key in ("a", "b") for number in range(500)}

    response = officer.post(WHERE, sent | empty, follow=True)

    assert "40 returns are in." in words_on(response)


def test_nobody_of_another_council_gets_in(ashby: SmallCouncil, sign_in: SignIn) -> None:
    client = sign_in(found_small_council("bexley").posts.manager)

    assert "Page not found" in words_on(client.get(WHERE), 404)
    assert "Page not found" in words_on(client.post(WHERE), 404)
