from __future__ import annotations

from datetime import date, timedelta
from importlib import resources

import pytest

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_clashes import Calendar, Clash, lags, timetable_clashes
from goldenthread.domain.timetable_csv import read_timetable

DATA = resources.files("goldenthread.demo") / "data" / "timetable-2009-10.csv"
PUBLISHED = read_timetable(DATA.read_text(encoding="utf-8").splitlines())
YEAR = FinancialYear(2009)
BANK_HOLIDAYS = {
    date(2009, 8, 31): "Summer bank holiday",
    date(2009, 12, 25): "Christmas Day",
    date(2009, 12, 28): "Boxing Day (substitute day)",
    date(2010, 1, 1): "New Year's Day",
    date(2010, 4, 2): "Good Friday",
    date(2010, 4, 5): "Easter Monday",
    date(2010, 5, 3): "Early May bank holiday",
    date(2010, 5, 31): "Spring bank holiday",
}


def on(day: date, step: Step, forum: BodyKind | None = None) -> TimetableEntry:
    return TimetableEntry(
        quarter=1,
        report=CycleKind.QUARTERLY,
        step=step,
        forum=forum,
        precision=Precision.DAY,
        starts_on=day,
        ends_on=day,
    )


def received(day: date, forum: BodyKind) -> TimetableEntry:
    return on(day, Step.FORUM_RECEIVES, forum)


def clashes(*entries: TimetableEntry, **told: object) -> list[Clash]:
    return timetable_clashes(
        entries,
        Calendar(**{"year": YEAR, "bank_holidays": BANK_HOLIDAYS, **told}),  # type: ignore[arg-type]
    )


def words(*entries: TimetableEntry, **told: object) -> list[str]:
    return [clash.words for clash in clashes(*entries, **told)]


def test_of_the_published_year_only_easter_monday_is_pointed_out() -> None:
    """Oddity 3."""
    [clash] = clashes(*PUBLISHED)

    assert clash.words == "Week commencing 5 April 2010 begins on Easter Monday"
    assert clash.mend == "The first working day of that week is 6 April 2010."
    assert clash.entry.step is Step.DIRECTORS_MEET_CHIEF_EXECUTIVE
    assert clash.sentence == f"{clash.words}: Directors meet the Chief Executive."


@pytest.mark.parametrize(
    ("day", "is_outside"),
    [
        (date(2009, 3, 31), True),
        (date(2009, 4, 1), False),
        (date(2010, 9, 30), False),
        (date(2010, 10, 1), True),
        (date(2019, 6, 6), True),
    ],
)
def test_a_date_far_outside_its_year_is_pointed_out(day: date, is_outside: bool) -> None:
    found = clashes(received(day, BodyKind.DMT))

    assert [(clash.words, clash.mend) for clash in found] == [
        (
            f"DMT receives the report ({day.day} {day:%B %Y}) lies outside the year 2009/10",
            "Look at its year: the dates run from 1 April 2009 to 30 September 2010.",
        )
    ] * is_outside


def test_a_day_at_the_weekend_or_on_a_bank_holiday_is_pointed_out() -> None:
    sunday = on(date(2009, 7, 5), Step.UPDATE_DEADLINE)
    holiday = on(date(2010, 4, 5), Step.UPDATE_DEADLINE)

    assert [(clash.words, clash.mend) for clash in clashes(sunday, holiday)] == [
        ("5 July 2009 is a Sunday", "Move it to 3 July 2009 or 6 July 2009."),
        ("5 April 2010 is Easter Monday", "Move it to 1 April 2010 or 6 April 2010."),
    ]


def test_steps_that_do_not_follow_each_other_are_pointed_out() -> None:
    thursday = date(2009, 8, 6)
    [clash] = clashes(
        on(thursday, Step.UPDATE_DEADLINE),
        on(thursday, Step.PAPERS_OUT, BodyKind.DMT),
        received(thursday + timedelta(days=5), BodyKind.DMT),
    )

    assert clash.words == (
        "Returns due (6 August 2009) should come before: Papers sent out to DMT (6 August 2009)"
    )
    assert clash.mend == ("Move it to before 6 August 2009, or the other to after 6 August 2009.")


def test_a_clash_names_its_entry_once() -> None:
    [clash] = clashes(on(date(2009, 6, 30), Step.UPDATE_DEADLINE))

    assert clash.sentence == f"{clash.words}."


def test_papers_of_one_forum_may_go_out_after_another_has_met() -> None:
    assert not words(
        received(date(2009, 8, 11), BodyKind.DMT),
        on(date(2009, 8, 25), Step.PAPERS_OUT, BodyKind.SCRUTINY),
        received(date(2009, 9, 7), BodyKind.SCRUTINY),
    )


def test_two_forums_out_of_order_are_pointed_out() -> None:
    """Clause X-1."""
    found = words(
        received(date(2009, 8, 11), BodyKind.SCRUTINY), received(date(2009, 8, 11), BodyKind.DMT)
    )

    assert found == [
        "DMT receives the report (11 August 2009) should come before: "
        "Scrutiny Committee receives the report (11 August 2009)"
    ]


def test_the_partnerships_boards_stand_beside_the_ladder() -> None:
    """Oddity 14."""
    assert not words(
        received(date(2009, 8, 11), BodyKind.LSP_EXECUTIVE_BOARD),
        received(date(2009, 8, 11), BodyKind.DMT),
    )


def test_a_date_to_be_confirmed_clashes_with_nothing() -> None:
    unknown = TimetableEntry(
        quarter=1,
        report=CycleKind.QUARTERLY,
        step=Step.PAPERS_OUT,
        forum=BodyKind.SCRUTINY,
        precision=Precision.TO_BE_CONFIRMED,
    )

    meeting = received(date(2009, 9, 7), BodyKind.SCRUTINY)

    assert not words(unknown, meeting, most_days={BodyKind.SCRUTINY: 90})
    assert not words(unknown, pre_election=[(date.min, date.max)])


def test_a_deadline_before_its_period_has_ended_is_pointed_out() -> None:
    [clash] = clashes(on(date(2009, 6, 30), Step.UPDATE_DEADLINE))

    assert clash.words == "Returns due (30 June 2009) comes before the period has ended"
    assert clash.mend == "Move it to after 30 June 2009."


@pytest.mark.parametrize(("day", "found"), [(28, None), (31, "4 clear days")])
def test_papers_of_a_public_meeting_need_their_clear_days(day: int, found: str | None) -> None:
    papers = on(date(2009, 7, day), Step.PAPERS_OUT, BodyKind.SCRUTINY)
    meeting = received(date(2009, 8, 7), BodyKind.SCRUTINY)

    said = clashes(papers, meeting)

    assert [found in clash.words for clash in said if found] == ([True] if found else [])
    assert [clash.mend for clash in said] == (["Send them out by 30 July 2009."] if found else [])


def test_directors_meet_in_private_and_need_no_clear_days() -> None:
    assert not words(
        on(date(2009, 8, 6), Step.PAPERS_OUT, BodyKind.DMT),
        received(date(2009, 8, 7), BodyKind.DMT),
    )


def test_a_council_of_another_nation_has_its_own_clear_days() -> None:
    papers = on(date(2009, 8, 3), Step.PAPERS_OUT, BodyKind.COUNCIL)
    meeting = received(date(2009, 8, 7), BodyKind.COUNCIL)

    assert words(papers, meeting)
    assert not words(papers, meeting, clear_days=3)


def test_a_meeting_of_members_in_the_pre_election_period_is_pointed_out() -> None:
    found = words(
        received(date(2010, 4, 13), BodyKind.DMT),
        received(date(2010, 4, 14), BodyKind.SCRUTINY),
        received(date(2010, 5, 18), BodyKind.PDC),
        pre_election=[(date(2010, 4, 13), date(2010, 5, 6))],
    )

    assert found == [
        "Scrutiny Committee receives the report (14 April 2010) falls in the pre-election period"
    ]


def test_a_forum_that_waits_too_long_is_pointed_out() -> None:
    found = clashes(*PUBLISHED, most_days={BodyKind.PDC: 90, BodyKind.DMT: 45})

    [late] = [clash for clash in found if "days after" in clash.words]
    assert late.words.endswith(
        "comes 77 to 104 days after the quarter's end: it should be at most 90"
    )
    assert (late.entry.quarter, late.mend) == (2, "Move it to 29 December 2009 or earlier.")


def test_the_published_year_tells_how_long_each_forum_waits() -> None:
    """Oddity 14."""
    found = {(lag.quarter, lag.forum): lag for lag in lags(PUBLISHED, YEAR)}

    assert [found[number, BodyKind.DMT].words for number in range(1, 5)] == ["42", "41", "40", "41"]
    assert [found[number, BodyKind.SCRUTINY].words for number in range(1, 4)] == ["69", "68", "67"]
    assert found[2, BodyKind.PDC].words == "77 to 104"
    assert (4, BodyKind.SCRUTINY) not in found
