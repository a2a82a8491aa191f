from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import Frequency
from goldenthread.domain.obligations import (
    ReturnState,
    Window,
    figures_asked,
    is_not_due_to_start,
    return_state,
)
from goldenthread.domain.periods import FinancialYear, quarter

YEAR = FinancialYear(2009)
DAY = timedelta(days=1)


def quarters_window(number: int, opens_on: date, due_on: date) -> Window:
    observed = quarter(YEAR, number)
    return Window(
        observes_from=observed.starts_on,
        observes_to=observed.ends_on,
        opens_on=opens_on,
        due_on=due_on,
    )


SIX_WEEKLY_1 = quarters_window(1, date(2009, 5, 25), date(2009, 6, 8))
QUARTER_1 = quarters_window(1, date(2009, 7, 7), date(2009, 7, 21))
SIX_WEEKLY_2 = quarters_window(2, date(2009, 8, 31), date(2009, 9, 14))
QUARTER_4 = quarters_window(4, date(2010, 4, 9), date(2010, 4, 23))


class TestWindow:
    @pytest.mark.parametrize(
        ("day", "takes"),
        [
            pytest.param(date(2009, 5, 24), False, id="the day before it opens"),
            pytest.param(date(2009, 5, 25), True, id="the day it opens"),
            pytest.param(date(2009, 6, 8), True, id="the deadline"),
            pytest.param(date(2009, 6, 9), False, id="the day after"),
        ],
    )
    def test_returns_are_taken_from_its_first_day_to_its_last(self, day: date, takes: bool) -> None:
        assert SIX_WEEKLY_1.takes_returns_on(day) is takes

    def test_six_weekly_cycle_looks_at_the_world_on_its_deadline(self) -> None:
        assert SIX_WEEKLY_1.looks_at == date(2009, 6, 8)

    def test_quarterly_cycle_looks_at_the_world_at_the_quarters_end(self) -> None:
        assert QUARTER_1.looks_at == date(2009, 6, 30)


def state(
    today: date = SIX_WEEKLY_1.due_on,
    *,
    submitted: bool = False,
    drafted: bool = False,
    starts_on: date | None = None,
    counts: bool = False,
) -> ReturnState:
    return return_state(
        window=SIX_WEEKLY_1,
        today=today,
        submitted=submitted,
        drafted=drafted,
        starts_on=starts_on,
        counts_not_due_to_start=counts,
    )


class TestReturnState:
    def test_return_is_owed_up_to_and_on_the_deadline(self) -> None:
        """Clauses R-1 and R-2."""
        assert state(SIX_WEEKLY_1.opens_on) is ReturnState.OWED
        assert state() is ReturnState.OWED

    def test_return_is_late_from_the_day_after(self) -> None:
        assert state(SIX_WEEKLY_1.due_on + DAY) is ReturnState.LATE

    def test_draft_is_a_draft_until_the_deadline_and_then_late(self) -> None:
        assert state(drafted=True) is ReturnState.DRAFTED
        assert state(SIX_WEEKLY_1.due_on + DAY, drafted=True) is ReturnState.LATE

    def test_submitted_return_is_in_whenever_one_looks(self) -> None:
        assert state(submitted=True) is ReturnState.IN
        assert state(SIX_WEEKLY_1.due_on + DAY, submitted=True, drafted=True) is ReturnState.IN

    def test_return_on_an_action_not_due_to_start_stands_when_it_was_given(self) -> None:
        assert state(submitted=True, starts_on=date(2009, 9, 1)) is ReturnState.IN

    @pytest.mark.parametrize("drafted", [False, True], ids=["untouched", "drafted"])
    @pytest.mark.parametrize("days_late", [0, 1], ids=["in time", "late"])
    def test_action_that_starts_after_the_cycle_looks_owes_nothing(
        self, drafted: bool, days_late: int
    ) -> None:
        """Oddity 9 of the source."""
        today = SIX_WEEKLY_1.due_on + days_late * DAY
        found = state(today, drafted=drafted, starts_on=SIX_WEEKLY_1.due_on + DAY)
        assert found is ReturnState.NOT_DUE_TO_START

    def test_action_that_starts_on_the_day_the_cycle_looks_owes_a_return(self) -> None:
        assert state(starts_on=SIX_WEEKLY_1.due_on) is ReturnState.OWED

    @pytest.mark.parametrize(
        ("days_late", "expected"),
        [
            pytest.param(0, ReturnState.OWED, id="in time"),
            pytest.param(1, ReturnState.LATE, id="late"),
        ],
    )
    def test_council_can_count_actions_not_due_to_start(
        self, days_late: int, expected: ReturnState
    ) -> None:
        today = SIX_WEEKLY_1.due_on + days_late * DAY
        assert state(today, starts_on=date(2010, 1, 1), counts=True) is expected

    def test_actions_not_due_to_start_are_not_counted_unless_told(self) -> None:
        found = return_state(
            window=SIX_WEEKLY_1,
            today=SIX_WEEKLY_1.due_on,
            submitted=False,
            drafted=False,
            starts_on=date(2010, 1, 1),
        )
        assert found is ReturnState.NOT_DUE_TO_START

    def test_action_that_starts_between_quarters_end_and_deadline_is_not_due_to_start(
        self,
    ) -> None:
        assert is_not_due_to_start(date(2009, 7, 1), QUARTER_1)
        assert not is_not_due_to_start(date(2009, 6, 30), QUARTER_1)

    def test_action_without_a_start_is_under_way(self) -> None:
        assert not is_not_due_to_start(None, SIX_WEEKLY_1)

    def test_only_what_is_still_owed_is_outstanding(self) -> None:
        outstanding = {state for state in ReturnState if state.is_outstanding}
        assert outstanding == {
            ReturnState.TO_REVISE,
            ReturnState.DRAFTED,
            ReturnState.OWED,
            ReturnState.LATE,
        }

    def test_what_was_sent_back_is_to_be_revised_also_after_the_deadline(self) -> None:
        late = SIX_WEEKLY_1.due_on + DAY
        found = [
            return_state(
                window=SIX_WEEKLY_1, today=late, submitted=submitted, drafted=True, returned=True
            )
            for submitted in (False, True)
        ]
        assert found == [ReturnState.TO_REVISE, ReturnState.IN]

    def test_state_is_said_in_words(self) -> None:
        assert ReturnState.NOT_DUE_TO_START.label == "Not due to start"
        assert ReturnState.IN.label == "In"


def asked(window: Window, frequency: Frequency) -> tuple[list[str], list[str]]:
    """The periods whose figure is due, and those that can be given provisionally."""
    figures = figures_asked(year=YEAR, frequency=frequency, window=window)
    due = [figure.period.short_label for figure in figures if figure.is_due]
    return due, [figure.period.short_label for figure in figures if figure.is_provisional]


class TestFiguresAsked:
    def test_six_weekly_cycle_of_june_takes_june_only_provisionally(self) -> None:
        """Clause R-2, oddity 4 of the source: the deadline is 8 June."""
        assert asked(SIX_WEEKLY_1, Frequency.MONTHLY) == (["April", "May"], ["June"])

    def test_quarter_1_asks_for_its_three_months(self) -> None:
        """July is under way on 21 July, but the cycle does not look at it."""
        assert asked(QUARTER_1, Frequency.MONTHLY) == (["April", "May", "June"], [])

    def test_figure_of_a_quarter_is_due_when_it_has_ended(self) -> None:
        assert asked(QUARTER_1, Frequency.QUARTERLY) == (["Quarter 1"], [])

    @pytest.mark.parametrize(
        ("window", "due", "provisional"),
        [
            pytest.param(SIX_WEEKLY_1, [], ["Quarter 1"], id="quarter 1"),
            pytest.param(SIX_WEEKLY_2, ["Quarter 1"], ["Quarter 2"], id="quarter 2"),
        ],
    )
    def test_six_weekly_cycle_takes_the_quarter_under_way_only_provisionally(
        self, window: Window, due: list[str], provisional: list[str]
    ) -> None:
        assert asked(window, Frequency.QUARTERLY) == (due, provisional)

    def test_annual_figure_is_not_asked_for_before_the_last_quarter(self) -> None:
        for window in (SIX_WEEKLY_1, QUARTER_1, SIX_WEEKLY_2):
            assert asked(window, Frequency.ANNUAL) == ([], [])

    def test_annual_figure_is_due_when_the_year_has_ended(self) -> None:
        assert asked(QUARTER_4, Frequency.ANNUAL) == (["2009/10"], [])

    def test_month_that_ends_on_the_deadline_is_due(self) -> None:
        window = quarters_window(1, date(2009, 5, 20), date(2009, 5, 31))
        assert asked(window, Frequency.MONTHLY) == (["April", "May"], [])

    def test_month_that_begins_on_the_deadline_can_be_given_and_one_after_it_not(self) -> None:
        window = quarters_window(1, date(2009, 4, 20), date(2009, 5, 1))
        assert asked(window, Frequency.MONTHLY) == (["April"], ["May"])


@st.composite
def windows(draw: st.DrawFn) -> Window:
    days = st.dates(date(2009, 1, 1), date(2010, 12, 31))
    first, last = sorted([draw(days), draw(days)])
    opens_on, due_on = sorted([draw(days), draw(days)])
    return Window(observes_from=first, observes_to=last, opens_on=opens_on, due_on=due_on)


@given(windows(), st.sampled_from(Frequency))
def test_no_period_is_called_due_before_it_has_ended(window: Window, frequency: Frequency) -> None:
    """Refuses to call a figure missing that cannot be known yet (clause R-2)."""
    for figure in figures_asked(year=YEAR, frequency=frequency, window=window):
        assert figure.is_due is (figure.period.ends_on <= window.due_on)
        assert figure.period.starts_on <= window.due_on


@given(windows(), st.sampled_from(Frequency))
def test_periods_asked_for_begin_with_the_years_first_and_leave_none_out(
    window: Window, frequency: Frequency
) -> None:
    """Figures stand one a period from the year's first: a gap would shift them."""
    numbers = [
        f.period.number for f in figures_asked(year=YEAR, frequency=frequency, window=window)
    ]
    assert numbers == list(range(1, len(numbers) + 1))


def test_nothing_is_owed_before_the_cycle_opens() -> None:
    window = Window(
        observes_from=date(2009, 4, 1),
        observes_to=date(2009, 6, 30),
        opens_on=date(2009, 7, 7),
        due_on=date(2009, 7, 21),
    )
    early = return_state(window=window, today=date(2009, 7, 6), submitted=False, drafted=False)
    assert early is ReturnState.NOT_OPEN
    assert not early.is_outstanding
