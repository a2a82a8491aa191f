from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.kinds import BodyKind, CycleKind, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.models import Council
from goldenthread.reporting.doors import check_may_file
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import board_of
from goldenthread.reporting.queries.cycles import (
    current_cycle,
    cycle_before,
    cycles_of,
    find_cycle,
    meeting_of,
    next_cycle,
    timetable_of,
)
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.returns import CycleClosedError
from tests.factories import (
    ActionFactory,
    CouncilFactory,
    MilestoneFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    officeholder,
)

Cycles = dict[str, ReportingCycle]


@pytest.fixture
def cycles(council: Council) -> Cycles:
    """The first half of a year and its annual report, and another council's first quarter."""
    ReportingCycleFactory()
    made = [
        ReportingCycleFactory(
            council=council,
            code="annual",
            kind=CycleKind.ANNUAL,
            quarter=4,
            observes_to=date(2010, 3, 31),
            opens_on=date(2010, 4, 9),
            due_on=date(2010, 4, 23),
        ),
        ReportingCycleFactory(council=council),
        SixWeeklyCycleFactory(council=council),
        SixWeeklyCycleFactory(
            council=council,
            code="6W2",
            quarter=2,
            observes_from=date(2009, 7, 1),
            observes_to=date(2009, 9, 30),
            opens_on=date(2009, 8, 31),
            due_on=date(2009, 9, 14),
        ),
    ]
    return {cycle.code: cycle for cycle in made}


def test_cycles_stand_in_the_order_in_which_they_are_due(council: Council, cycles: Cycles) -> None:
    assert [cycle.code for cycle in cycles_of(council)] == ["6W1", "Q1", "6W2", "annual"]


@pytest.mark.parametrize(
    ("year", "code", "found"),
    [
        ("2009-10", "Q1", "Q1"),
        ("2009-10", "q1", "Q1"),
        ("2009/10", "6w1", "6W1"),
        ("2009-10", "ANNUAL", "annual"),
    ],
)
def test_a_cycle_is_found_whatever_the_case(
    council: Council, cycles: Cycles, year: str, code: str, found: str
) -> None:
    assert find_cycle(council, year=year, code=code) == cycles[found]


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("2009-10", "Q9"),
        ("2009-10", ""),
        ("2010-11", "Q1"),
        ("2009-11", "Q1"),
        ("2009", "Q1"),
        ("", ""),
        ("last-year", "Q1"),
        ("2009-10 ", "Q1"),
        ("2009-10", "Q1' OR 1=1"),
    ],
)
def test_nonsense_finds_no_cycle(council: Council, cycles: Cycles, year: str, code: str) -> None:
    assert find_cycle(council, year=year, code=code) is None


def test_the_cycles_of_another_council_are_not_found(cycles: Cycles) -> None:
    assert find_cycle(CouncilFactory(), year="2009-10", code="Q1") is None


@pytest.mark.parametrize(
    ("today", "current", "following"),
    [
        (date(2009, 5, 24), None, "6W1"),
        (date(2009, 5, 25), "6W1", "Q1"),
        (date(2009, 7, 6), "6W1", "Q1"),
        (date(2009, 7, 7), "Q1", "6W2"),
        (date(2009, 8, 31), "6W2", None),
        (date(2010, 4, 30), "6W2", None),
    ],
)
def test_the_cycle_that_matters_is_the_one_that_opened_latest(
    council: Council, cycles: Cycles, today: date, current: str | None, following: str | None
) -> None:
    now, then = current_cycle(council, today), next_cycle(council, today)

    assert (now and now.code, then and then.code) == (current, following)


@pytest.mark.parametrize(
    ("code", "before"), [("6W1", None), ("Q1", "6W1"), ("6W2", "Q1"), ("annual", "6W2")]
)
def test_the_cycle_before_is_the_one_whose_returns_came_before(
    cycles: Cycles, code: str, before: str | None
) -> None:
    found = cycle_before(cycles[code])

    assert (found and found.code) == before


def test_a_years_timetable_is_listed_cycle_by_cycle(council: Council, cycles: Cycles) -> None:
    for code in ("6W2", "Q1"):
        for number in (2, 1):
            MilestoneFactory(cycle=cycles[code], number=number)
    MilestoneFactory()

    listed = timetable_of(council, FinancialYear(2009))

    assert [(each.cycle.code, each.number) for each in listed] == [
        ("Q1", 1),
        ("Q1", 2),
        ("6W2", 1),
        ("6W2", 2),
    ]
    assert not timetable_of(council, FinancialYear(2010)).exists()


def test_a_forums_meeting_comes_with_the_day_its_papers_go_out(cycles: Cycles) -> None:
    quarter = cycles["Q1"]
    MilestoneFactory(cycle=quarter)
    MilestoneFactory(cycle=quarter, step=Step.FORUM_RECEIVES, starts_on=date(2009, 8, 11))
    MilestoneFactory(
        cycle=quarter,
        step=Step.FORUM_RECEIVES,
        forum=BodyKind.SCRUTINY,
        starts_on=date(2009, 9, 7),
    )

    dmt, scrutiny, pdc = (
        meeting_of(quarter, forum) for forum in (BodyKind.DMT, BodyKind.SCRUTINY, BodyKind.PDC)
    )

    assert (dmt.meets_on, dmt.papers_out_on) == (date(2009, 8, 11), date(2009, 8, 6))
    assert (scrutiny.meets_on, scrutiny.papers_out_on) == (date(2009, 9, 7), None)
    assert (pdc.meets_on, pdc.papers_out_on) == (None, None)


@pytest.mark.parametrize(
    ("first_month", "observes_from", "quarter"),
    [(4, date(2010, 1, 1), 4), (1, date(2009, 4, 1), 2), (10, date(2009, 10, 1), 1)],
)
def test_a_cycle_knows_the_month_in_which_its_year_starts(
    first_month: int, observes_from: date, quarter: int
) -> None:
    cycle = ReportingCycleFactory.build(council=None, quarter=quarter, observes_from=observes_from)

    assert cycle.financial_year == FinancialYear(2009, first_month)


def test_a_cycle_is_known_by_its_title_and_its_council(cycles: Cycles) -> None:
    assert str(cycles["6W1"]).startswith("Six-weekly update 1, 2009/10 (council-")


def test_a_window_takes_returns_on_its_days(cycles: Cycles) -> None:
    window = cycles["Q1"].window

    assert window.takes_returns_on(window.opens_on)
    assert window.takes_returns_on(window.due_on)
    assert not window.takes_returns_on(date(2009, 7, 22))


def test_the_annual_cycle_takes_no_returns_of_its_own(cycles: Cycles) -> None:
    annual = cycles["annual"]
    action = ActionFactory(council=annual.council)

    with pytest.raises(CycleClosedError, match="takes no returns"):
        check_may_file(
            officeholder(action.action_officer),
            action,
            cycle=annual,
            held=None,
            day=annual.due_on,
        )
    assert board_of(annual, list(plans_in(annual)), today=annual.due_on) == []
