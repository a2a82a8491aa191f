from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import resources
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_csv import read_timetable
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import Milestone, ReportingCycle
from goldenthread.reporting.queries.cycles import timetable_of
from goldenthread.timetables.operations.planning import NoDeadlineError, plan_year
from tests.factories import IN_Q1, UserFactory

YEAR = FinancialYear(2009)
CODES = ["6W1", "Q1", "6W2", "Q2", "6W3", "Q3", "6W4", "Q4"]


def published() -> list[TimetableEntry]:
    data = resources.files("goldenthread.demo") / "data" / "timetable-2009-10.csv"
    return read_timetable(data.read_text(encoding="utf-8").splitlines())


def plan(council: Council, entries: Sequence[TimetableEntry]) -> dict[str, ReportingCycle]:
    cycles = plan_year(council=council, year=YEAR, entries=entries, by=UserFactory(), at=IN_Q1)
    return {cycle.code: cycle for cycle in cycles}


def test_the_published_timetable_makes_nine_cycles_with_every_milestone(council: Council) -> None:
    cycles = plan(council, published())

    assert sorted(cycles) == sorted([*CODES, "annual"])
    assert ReportingCycle.objects.filter(council=council).count() == 9
    assert Milestone.objects.count() == len(published()) == 63


def test_the_timetable_is_read_back_as_it_was_published(council: Council) -> None:
    plan(council, published())

    kept = [milestone.entry for milestone in timetable_of(council, YEAR)]

    assert sorted(kept, key=repr) == sorted(published(), key=repr)


def test_a_cycle_is_locked_on_the_day_after_its_first_papers(council: Council) -> None:
    cycles = plan(council, published())

    assert {code: cycle.locks_on for code, cycle in cycles.items()} == {
        "6W1": date(2009, 6, 12),
        "Q1": date(2009, 8, 7),
        "6W2": date(2009, 9, 18),
        "Q2": date(2009, 11, 6),
        "6W3": date(2009, 12, 19),
        "Q3": date(2010, 2, 5),
        "6W4": date(2010, 3, 19),
        "Q4": date(2010, 5, 7),
        "annual": None,
    }


def test_a_framework_that_does_not_say_when_locks_none_by_itself(council: Council) -> None:
    kept = council.frameworks.get()
    kept.text = kept.text.replace("locks_days_after_papers = 1\n", "")
    kept.save()

    assert {cycle.locks_on for cycle in plan(council, published()).values()} == {None}


@pytest.mark.parametrize(
    ("code", "opens_on", "due_on"),
    [
        ("6W1", date(2009, 5, 25), date(2009, 6, 8)),
        ("Q1", date(2009, 7, 7), date(2009, 7, 21)),
        ("6W2", date(2009, 8, 31), date(2009, 9, 14)),
        ("Q2", date(2009, 10, 7), date(2009, 10, 21)),
        ("Q3", date(2010, 1, 8), date(2010, 1, 22)),
        ("Q4", date(2010, 4, 9), date(2010, 4, 23)),
        ("annual", date(2010, 4, 9), date(2010, 4, 23)),
    ],
)
def test_a_cycle_takes_returns_in_the_fortnight_before_its_deadline(
    council: Council, code: str, opens_on: date, due_on: date
) -> None:
    cycle = plan(council, published())[code]

    assert (cycle.opens_on, cycle.due_on) == (opens_on, due_on)


@pytest.mark.parametrize(
    ("code", "kind", "quarter", "observes_from", "observes_to", "title"),
    [
        (
            *("6W2", CycleKind.SIX_WEEKLY, 2, date(2009, 7, 1), date(2009, 9, 30)),
            "Six-weekly update 2, 2009/10",
        ),
        ("Q4", CycleKind.QUARTERLY, 4, date(2010, 1, 1), date(2010, 3, 31), "Quarter 4, 2009/10"),
        (
            *("annual", CycleKind.ANNUAL, 4, date(2009, 4, 1), date(2010, 3, 31)),
            "Annual report, 2009/10",
        ),
    ],
)
def test_a_cycle_looks_at_its_quarter_or_its_year(
    council: Council,
    code: str,
    kind: CycleKind,
    quarter: int,
    observes_from: date,
    observes_to: date,
    title: str,
) -> None:
    cycle = plan(council, published())[code]

    assert (cycle.kind, cycle.quarter) == (kind, quarter)
    assert (cycle.observes_from, cycle.observes_to) == (observes_from, observes_to)
    assert cycle.financial_year == YEAR
    assert (cycle.title, cycle.slug) == (title, f"2009-10/{code}")


def test_milestones_stand_in_the_order_in_which_they_were_published(council: Council) -> None:
    cycle = plan(council, published())["6W1"]

    milestones = cycle.milestones.order_by("number")
    assert [(each.number, each.step, each.when) for each in milestones] == [
        (1, Step.UPDATE_DEADLINE, "8 June 2009"),
        (2, Step.PAPERS_OUT, "11 June 2009"),
        (3, Step.FORUM_RECEIVES, "16 June 2009"),
        (4, Step.EXCEPTIONS_DISCUSSED, "23 June 2009"),
        (5, Step.DIRECTORS_MEET_CHIEF_EXECUTIVE, "week commencing 29 June 2009"),
    ]
    assert milestones[2].forum is BodyKind.DMT
    assert milestones[2].what


def test_each_cycle_is_written_down(council: Council) -> None:
    plan(council, published())

    entries = AuditEntry.objects.all()
    assert {entry.verb for entry in entries} == {Verb.CYCLE_PLANNED}
    first = entries.get(number=1)
    assert first.changes == {"due on": [None, "2009-06-08"], "milestones": [0, 5]}


def test_a_quarter_does_not_open_before_it_has_ended(council: Council) -> None:
    early = _deadline(CycleKind.QUARTERLY, date(2009, 7, 6))

    assert plan(council, [early])["Q1"].opens_on == date(2009, 7, 1)


def test_a_six_weekly_update_does_not_open_before_its_quarter_begins(council: Council) -> None:
    early = _deadline(CycleKind.SIX_WEEKLY, date(2009, 4, 10))

    assert plan(council, [early])["6W1"].opens_on == date(2009, 4, 2)


def test_an_annual_report_keeps_a_deadline_of_its_own(council: Council) -> None:
    quarterly = replace(_deadline(CycleKind.QUARTERLY, date(2010, 4, 23)), quarter=4)
    annual = replace(_deadline(CycleKind.ANNUAL, date(2010, 5, 7)), quarter=4)

    cycles = plan(council, [quarterly, annual])

    assert (cycles["Q4"].due_on, cycles["annual"].due_on) == (date(2010, 4, 23), date(2010, 5, 7))


@pytest.mark.parametrize("kind", CycleKind)
def test_a_report_without_a_deadline_is_refused(council: Council, kind: CycleKind) -> None:
    meeting = replace(
        _deadline(kind, date(2009, 8, 11)), step=Step.FORUM_RECEIVES, forum=BodyKind.DMT
    )

    with pytest.raises(NoDeadlineError, match=kind.label):
        plan(council, [meeting])

    assert not ReportingCycle.objects.exists()


def test_a_deadline_to_be_confirmed_is_none_yet(council: Council) -> None:
    unknown = replace(
        _deadline(CycleKind.QUARTERLY, date(2009, 7, 21)),
        precision=Precision.TO_BE_CONFIRMED,
        starts_on=None,
        ends_on=None,
    )

    with pytest.raises(NoDeadlineError):
        plan(council, [unknown])


def test_a_fault_in_the_last_report_leaves_no_cycle_behind(council: Council) -> None:
    sound = _deadline(CycleKind.SIX_WEEKLY, date(2009, 6, 8))
    faulty = replace(sound, quarter=2, step=Step.PAPERS_OUT)

    with pytest.raises(NoDeadlineError):
        plan(council, [sound, faulty])

    assert not ReportingCycle.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_year_is_planned_once(council: Council) -> None:
    plan(council, published())

    with pytest.raises(IntegrityError), transaction.atomic():
        plan(council, published())

    assert ReportingCycle.objects.count() == 9


def test_a_year_without_entries_has_no_cycles(council: Council) -> None:
    assert plan(council, []) == {}


def _deadline(kind: CycleKind, day: date) -> TimetableEntry:
    return TimetableEntry(
        quarter=1,
        report=kind,
        step=Step.UPDATE_DEADLINE,
        precision=Precision.DAY,
        starts_on=day,
        ends_on=day,
    )


def test_no_cycle_of_the_year_opens_before_the_one_before_it_is_due(council: Council) -> None:
    cycles = plan(council, published())

    for earlier, later in pairwise(CODES):
        assert cycles[earlier].due_on + timedelta(days=1) <= cycles[later].opens_on
