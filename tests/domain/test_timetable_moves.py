from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.framework import parse_framework
from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.periods import FinancialYear, quarter
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_moves import Move, moves_along, moves_along_in_year
from goldenthread.domain.timetable_proposal import propose_report
from goldenthread.domain.working_days import is_working_day

SHIPPED = parse_framework(
    (resources.files("goldenthread.organisation") / "framework.toml").read_text(encoding="utf-8")
)
RULES = SHIPPED.timetable.quarterly
PERIOD = quarter(FinancialYear(2009), 1)
MEETING = date(2009, 8, 11)
ENTRIES = propose_report(
    RULES, quarter=PERIOD, report=CycleKind.QUARTERLY, meeting=MEETING, closures=()
)


def moved(step: Step, day: date | None) -> Move:
    before = next(entry for entry in ENTRIES if entry.step is step)
    after = TimetableEntry(
        quarter=1,
        report=CycleKind.QUARTERLY,
        step=step,
        forum=before.forum,
        precision=Precision.DAY if day else Precision.TO_BE_CONFIRMED,
        starts_on=day,
        ends_on=day,
    )
    return Move(before=before, after=after)


def along(move: Move, closures: set[date] | None = None) -> dict[Step, date | None]:
    found = moves_along(
        [move],
        ENTRIES,
        RULES,
        period=PERIOD,
        report=CycleKind.QUARTERLY,
        closures=closures or set(),
    )
    return {each.after.step: each.after.starts_on for each in found}


def test_a_meeting_takes_its_papers_and_what_comes_after_along() -> None:
    assert along(moved(Step.FORUM_RECEIVES, date(2009, 8, 18))) == {
        Step.PAPERS_OUT: date(2009, 8, 13),
        Step.EXCEPTIONS_DISCUSSED: date(2009, 8, 25),
        Step.DIRECTORS_MEET_CHIEF_EXECUTIVE: date(2009, 8, 31),
    }


def test_a_step_that_counts_from_a_step_that_moves_moves_too() -> None:
    assert along(moved(Step.EXCEPTIONS_DISCUSSED, date(2009, 8, 25))) == {
        Step.DIRECTORS_MEET_CHIEF_EXECUTIVE: date(2009, 8, 31)
    }


def test_what_nothing_counts_from_moves_alone() -> None:
    assert along(moved(Step.PAPERS_OUT, date(2009, 8, 5))) == {}


def test_what_already_stands_right_stays() -> None:
    assert along(moved(Step.FORUM_RECEIVES, MEETING)) == {}


def test_a_meeting_to_be_confirmed_moves_nothing() -> None:
    assert along(moved(Step.FORUM_RECEIVES, None)) == {}


def test_a_step_that_the_timetable_does_not_have_is_not_made_up() -> None:
    meeting = moved(Step.FORUM_RECEIVES, date(2009, 8, 18))
    found = moves_along(
        [meeting],
        [meeting.before],
        RULES,
        period=PERIOD,
        report=CycleKind.QUARTERLY,
        closures=(),
    )

    assert found == []


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_moving_a_meeting_by_weeks_moves_what_follows_by_as_many(weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    found = moves_along(
        [moved(Step.FORUM_RECEIVES, MEETING + shift)],
        ENTRIES,
        RULES,
        period=PERIOD,
        report=CycleKind.QUARTERLY,
        closures=(),
    )

    assert {each.after.starts_on - each.before.starts_on for each in found} == {shift}  # type: ignore[operator]


days = st.dates(date(2009, 8, 3), date(2009, 12, 31)).filter(lambda day: day.weekday() < 5)


@given(day=days, closures=st.sets(st.dates(date(2009, 7, 1), date(2010, 1, 31)), max_size=15))
def test_moving_a_meeting_never_puts_papers_after_it_or_a_day_on_a_closure(
    day: date, closures: set[date]
) -> None:
    found = along(moved(Step.FORUM_RECEIVES, day), closures - {day})

    papers = found.get(Step.PAPERS_OUT) or next(
        entry.starts_on for entry in ENTRIES if entry.step is Step.PAPERS_OUT
    )
    assert papers is not None
    assert papers < day
    counted = (found.get(step) for step in (Step.PAPERS_OUT, Step.EXCEPTIONS_DISCUSSED))
    assert all(is_working_day(each, closures=closures) for each in counted if each)


ORDER = (
    Step.UPDATE_DEADLINE,
    Step.PAPERS_OUT,
    Step.FORUM_RECEIVES,
    Step.EXCEPTIONS_DISCUSSED,
    Step.DIRECTORS_MEET_CHIEF_EXECUTIVE,
)


@given(
    kind=st.sampled_from(CycleKind),
    before=days,
    after=days,
    closures=st.sets(st.dates(date(2009, 7, 1), date(2010, 1, 31)), max_size=15),
)
def test_moving_a_meeting_with_what_follows_never_reorders_its_report(
    kind: CycleKind, before: date, after: date, closures: set[date]
) -> None:
    rules = SHIPPED.timetable.rules[kind]
    entries = propose_report(rules, quarter=PERIOD, report=kind, meeting=before, closures=closures)
    meeting = next(entry for entry in entries if entry.step is Step.FORUM_RECEIVES)
    move = Move(before=meeting, after=replace(meeting, starts_on=after, ends_on=after))

    along = moves_along([move], entries, rules, period=PERIOD, report=kind, closures=closures)

    moved = {id(each.before): each.after for each in [*along, move]}
    stands = {entry.step: moved.get(id(entry), entry).starts_on for entry in entries}
    order = [stands[step] for step in ORDER if step in stands]
    assert order == sorted(order, key=lambda day: day or date.max)
    assert len({*order}) == len(order)


def test_a_deadline_that_earlier_papers_would_overtake_moves_before_them() -> None:
    found = along(moved(Step.FORUM_RECEIVES, date(2009, 7, 23)))

    assert found[Step.PAPERS_OUT] == date(2009, 7, 17)
    assert found[Step.UPDATE_DEADLINE] == date(2009, 7, 16)
    assert found[Step.LAA_DATA_FROM_COUNTY] == date(2009, 7, 16)


def test_another_forums_meeting_takes_nothing_along() -> None:
    meeting = moved(Step.FORUM_RECEIVES, date(2009, 9, 7))
    scrutiny = Move(
        before=replace(meeting.before, forum=BodyKind.SCRUTINY),
        after=replace(meeting.after, forum=BodyKind.SCRUTINY),
    )

    assert along(scrutiny) == {}


def test_a_report_without_rules_takes_nothing_along() -> None:
    move = moved(Step.FORUM_RECEIVES, date(2009, 9, 7))

    for year_rules in ({}, {CycleKind.QUARTERLY: ()}):
        found = moves_along_in_year(
            [move], ENTRIES, year_rules, year=FinancialYear(2009), closures=()
        )
        assert found == []


def test_dates_of_several_reports_each_take_their_own_along() -> None:
    second = propose_report(
        RULES,
        quarter=quarter(FinancialYear(2009), 2),
        report=CycleKind.QUARTERLY,
        meeting=date(2009, 11, 10),
        closures=(),
    )
    papers = next(entry for entry in second if entry.step is Step.FORUM_RECEIVES)
    later = replace(papers, starts_on=date(2009, 11, 17), ends_on=date(2009, 11, 17))

    found = moves_along_in_year(
        [moved(Step.EXCEPTIONS_DISCUSSED, date(2009, 8, 25)), Move(before=papers, after=later)],
        [*ENTRIES, *second],
        SHIPPED.timetable.rules,
        year=FinancialYear(2009),
        closures=(),
    )

    assert [(each.after.quarter, each.after.step) for each in found] == [
        (1, Step.DIRECTORS_MEET_CHIEF_EXECUTIVE),
        (2, Step.PAPERS_OUT),
        (2, Step.EXCEPTIONS_DISCUSSED),
        (2, Step.DIRECTORS_MEET_CHIEF_EXECUTIVE),
    ]
