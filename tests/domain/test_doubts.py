"""What looks odd in any return: words said before, loose dates, and an action that should be over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.doubts import (
    FEW,
    NOTHING_BEFORE,
    ActionSaid,
    Doubt,
    SaidBefore,
    doubts_about_action,
    says_it_is_complete,
    unconfirmed,
)
from goldenthread.domain.rating import Rating

TODAY = date(2009, 10, 14)
SAID = ActionSaid(rating=Rating.GREEN, commentary="Nine families came.", due_on=None, today=TODAY)
DOUBT = Doubt(key="far:1", field="figure", finding="Far.", ask="Tick.")
STANDING = replace(DOUBT, key="standing", finding="Zero.", is_standing=True)


def keys(said: ActionSaid) -> list[str]:
    return [doubt.key for doubt in doubts_about_action(said)]


def test_a_plain_return_raises_no_doubt() -> None:
    assert doubts_about_action(SAID) == ()


class TestSameWords:
    @pytest.mark.parametrize(
        "before", ["Nine families came.", "nine  families\ncame. ", " NINE FAMILIES CAME."]
    )
    def test_words_said_before_are_asked_about(self, before: str) -> None:
        [doubt] = doubts_about_action(replace(SAID, before=SaidBefore(commentary=before)))

        assert doubt.key == "same_words"
        assert doubt.field == "commentary"
        assert doubt.words == (
            "The comment is word for word what was said last time. Tick if nothing has changed since."
        )

    @pytest.mark.parametrize("before", ["Nine families came", "Ten families came.", ""])
    def test_other_words_are_not(self, before: str) -> None:
        assert keys(replace(SAID, before=SaidBefore(commentary=before))) == []

    def test_no_words_twice_are_no_words_said_before(self) -> None:
        assert keys(replace(SAID, commentary=" \n", before=NOTHING_BEFORE)) == []

    @given(st.text(max_size=60))
    def test_any_words_said_again_are_asked_about_and_only_if_there_are_any(
        self, words: str
    ) -> None:
        again = replace(SAID, commentary=f"{words} ", before=SaidBefore(commentary=words))
        assert ("same_words" in keys(again)) is bool(words.strip())


class TestDates:
    def test_a_date_without_a_year_is_quoted(self) -> None:
        [doubt] = doubts_about_action(replace(SAID, commentary="Open by June."))

        assert doubt.key == "date_without_year:by June"
        assert doubt.field == "commentary"
        assert doubt.finding == "\u201cby June\u201d could be in 2009 or in 2010."

    def test_only_a_few_are_asked_about(self) -> None:
        flood = " ".join(f"It will be done by {day} April." for day in range(1, 20))

        assert len(keys(replace(SAID, commentary=flood))) == FEW


class TestPastDue:
    OVERDUE = replace(SAID, due_on=date(2009, 9, 30))

    def test_green_after_its_date_is_asked_about(self) -> None:
        [doubt] = doubts_about_action(self.OVERDUE)

        assert doubt.key == "green_past_due:2009-09-30"
        assert doubt.field == "rating"
        assert doubt.is_standing
        assert doubt.finding == (
            "It is rated Green, but it was due by 30 September 2009 "
            "and no comment says that it is complete."
        )

    @pytest.mark.parametrize("due_on", [TODAY, date(2010, 1, 1), None])
    def test_before_its_date_it_is_not(self, due_on: date | None) -> None:
        assert keys(replace(self.OVERDUE, due_on=due_on)) == []

    @pytest.mark.parametrize("rating", [Rating.AMBER, Rating.RED, None])
    def test_no_other_rating_is(self, rating: Rating | None) -> None:
        assert keys(replace(self.OVERDUE, rating=rating)) == []

    def test_it_is_complete_if_it_was_said_so_last_time(self) -> None:
        before = SaidBefore(commentary="Finished a week early.")
        assert keys(replace(self.OVERDUE, before=before)) == []

    @pytest.mark.parametrize(
        "words",
        [
            "Action completed. Parents of 310 children answered.",
            "COMPLETE on 28 September",
            "Done.",
            "Open since 17 June.",
            "Adopted by the committee.",
            "It is in use. It will not stay the only one.",
            "Not all came. It is finished.",
        ],
    )
    def test_words_can_say_that_it_is_complete(self, words: str) -> None:
        assert says_it_is_complete(words)

    @pytest.mark.parametrize(
        "words",
        [
            "It is not yet complete.",
            "It will be finished soon.",
            "Nearly done.",
            "It isn't finished.",
            "Five are to be completed.",
            "The incomplete list is long.",
            "",
        ],
    )
    def test_words_can_say_that_it_is_not(self, words: str) -> None:
        assert not says_it_is_complete(words)


class TestTicks:
    def test_what_is_ticked_is_confirmed(self) -> None:
        assert unconfirmed([DOUBT], ticked={"far:1"}, before=NOTHING_BEFORE) == ()
        assert unconfirmed([DOUBT], ticked={"far:2"}, before=NOTHING_BEFORE) == (DOUBT,)

    def test_what_lies_in_the_definition_is_asked_about_once(self) -> None:
        before = SaidBefore(confirmed=frozenset({"Zero.", "Far."}))

        assert unconfirmed([DOUBT, STANDING], ticked=(), before=before) == (DOUBT,)

    def test_it_is_asked_again_once_it_is_another(self) -> None:
        before = SaidBefore(confirmed=frozenset({"A target of 3."}))

        assert unconfirmed([STANDING], ticked=(), before=before) == (STANDING,)
