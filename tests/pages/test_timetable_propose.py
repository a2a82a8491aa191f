from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import CycleKind
from goldenthread.reporting.models import Milestone, ReportingCycle
from tests.factories import ClosedPeriodFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil
from tests.workbooks.book import Book

WHERE, LAY_OUT = "/ashby/timetable/propose/", "/ashby/timetable/lay-out/"
DMT = "DMT: 15 June 2010; 10 August 2010; 21 September 2010; 9 November 2010"
CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:Scrutiny Committee\r\nDTSTART;VALUE=DATE:20100906\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nSUMMARY:Bin day\r\nDTSTART;VALUE=DATE:20100907\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n"
)


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def boxes(response: Any) -> dict[str, str]:
    """Read the boxes that hold something, by their questions."""
    form = response.context["form"]
    return {field.label: field.value() for field in form.visible_fields() if field.value()}


def dates_of(response: Any) -> dict[str, str]:
    """Read the boxes of the dates as proposed, by what happens."""
    return {box.label: box.value() for _, box in response.context["dates"].boxes}


def test_closed_days_of_centuries_are_refused_before_they_are_counted(manager: Any) -> None:
    answers = {"year": "2010/11", "dates": DMT, "closed_days": "1 January 0001 to 31 December 9999"}

    response = manager.post(WHERE, answers)

    assert "A council is closed for less than 100 days at a time" in words_on(response)


def test_it_begins_with_the_year_after_the_last(manager: Any) -> None:
    assert manager.get(WHERE).context["form"]["year"].value() == "2010/11"


def test_pasted_dates_find_their_reports(manager: Any) -> None:
    response = manager.post(WHERE, {"year": "2010/11", "dates": DMT})

    assert boxes(response)["Quarter 1 six-weekly, DMT"] == "15 June 2010"
    assert boxes(response)["Quarter 2 report, DMT"] == "9 November 2010"
    assert boxes(response)["Quarter 3 report, DMT"] == "TBC"


def test_a_calendar_gives_the_meetings_that_it_names_and_no_others(manager: Any) -> None:
    calendar = SimpleUploadedFile("meetings.ics", CALENDAR.encode())

    response = manager.post(WHERE, {"year": "2010/11", "dates": "", "file": calendar})

    assert boxes(response)["Quarter 1 report, Scrutiny Committee"] == "6 September 2010"
    assert "Bin day" not in words_on(response)


def test_dates_that_look_wrong_are_named_and_the_others_stand(manager: Any) -> None:
    response = manager.post(WHERE, {"year": "2010/11", "dates": f"{DMT}; 12 June 2010; soon"})

    assert "Line 1: DMT, 12 June 2010, is a Saturday" in words_on(response)
    assert '"soon" is no date' in words_on(response)
    assert boxes(response)["Quarter 1 report, DMT"] == "10 August 2010"


def test_a_forum_goes_by_its_short_name_and_one_that_is_unknown_is_named(manager: Any) -> None:
    dates = f"{DMT}\nLSP Executive: 25 August 2010\nRotary Club: 26 August 2010"

    response = manager.post(WHERE, {"year": "2010/11", "dates": dates})

    assert "25 August 2010" in boxes(response).values()
    assert 'Line 3: no forum is called "Rotary Club"' in words_on(response)


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"year": ""}, "Enter the financial year, such as 2010/11"),
        ({"year": "2010"}, "'2010' is not a financial year: write it like 2009-10"),
        ({"closed_days": "Christmas"}, '"Christmas" is no date'),
        ({"closed_days": "TBC"}, "A closed day must be known"),
        ({"pre_election": "spring"}, '"spring" is no date'),
        ({"pre_election": "TBC"}, "Enter when the period starts and ends"),
    ],
)
def test_what_is_wrong_is_said_and_the_pasted_dates_stay(
    manager: Any, answers: dict[str, str], problem: str
) -> None:
    response = manager.post(WHERE, {"year": "2010/11", "dates": DMT, **answers})

    assert problem in words_on(response)
    assert response.context["form"]["dates"].value() == DMT


def test_a_file_that_is_no_calendar_is_refused(manager: Any) -> None:
    picture = SimpleUploadedFile("meetings.ics", b"\x89PNG\r\n")

    response = manager.post(WHERE, {"year": "2010/11", "dates": DMT, "file": picture})

    assert "This file is no calendar: export one as .ics" in words_on(response)


def _sheet(*rows: Sequence[object]) -> bytes:
    return Book({"2010-11": rows}).saved()


@pytest.mark.parametrize("name", ["meetings.xlsx", "meetings.csv"])
def test_a_spreadsheet_gives_the_meetings_that_it_names(manager: Any, name: str) -> None:
    content = _sheet(["DMT", "Scrutiny"], [date(2010, 6, 15), date(2010, 9, 6)])
    if name.endswith(".csv"):
        content = b"Date;Committee\r\n15/06/2010;DMT\r\n06/09/2010;Scrutiny Committee\r\n"

    response = manager.post(
        WHERE, {"year": "2010/11", "dates": "", "file": SimpleUploadedFile(name, content)}
    )

    assert boxes(response)["Quarter 1 six-weekly, DMT"] == "15 June 2010"
    assert boxes(response)["Quarter 1 report, Scrutiny Committee"] == "6 September 2010"


def test_a_spreadsheets_problems_name_sheet_and_cell(manager: Any) -> None:
    rows: list[list[object]] = [
        ["DMT", date(2010, 6, 12)],
        ["DMT", "8/13/10"],
        ["DMT", date(2010, 6, 12)],
    ]

    response = manager.post(
        WHERE,
        {"year": "2010/11", "dates": "", "file": SimpleUploadedFile("m.xlsx", _sheet(*rows))},
    )

    said = words_on(response)
    assert "Sheet \u201c2010-11\u201d, cell B1: DMT, 12 June 2010, is a Saturday" in said
    assert 'cell B2: "8/13/10" is no date' in said
    assert "cell B3: DMT, 12 June 2010, is given twice" in said


def test_of_very_many_problems_the_rest_are_counted(manager: Any) -> None:
    dates = "\n".join(f"DMT: in {number} weeks" for number in range(60))

    assert "and 10 more" in words_on(manager.post(WHERE, {"year": "2010/11", "dates": dates}))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "m.xlsx",
            _sheet(*([["DMT"]] * 6000)),
            "beyond row 5,000 or column 200. Keep only the year",
        ),
        ("m.xls", b"\xd0\xcf\x11\xe0" * 100, "or is of an older kind (.xls)"),
        ("m.csv", b"PK\x03\x04nothing", "This workbook is broken."),
        ("m.ics", b"x" * 5_000_001, "larger than 5 MB: keep only the year"),
    ],
    # Two processes that share the tests must name them alike, and a zip holds the time.
    ids=["too many rows", "an old workbook", "a broken workbook", "too large a calendar"],
)
def test_a_file_that_cannot_be_read_says_why_and_the_pasted_dates_stay(
    manager: Any, name: str, content: bytes, problem: str
) -> None:
    file = SimpleUploadedFile(name, content)

    response = manager.post(WHERE, {"year": "2010/11", "dates": DMT, "file": file})

    assert problem in words_on(response)
    assert response.context["form"]["dates"].value() == DMT


def test_the_page_lists_the_forums_and_what_they_are_called(manager: Any) -> None:
    names = dict(manager.get(WHERE).context["names"])

    assert names["Directors' management team"].startswith("DMT, directors' management team")
    assert "scrutiny" in names["Scrutiny Committee"]


def _typed(**more: str) -> dict[str, str]:
    return {
        "year": "2010/11",
        "q1_six_weekly_dmt": "15 June 2010",
        "q1_quarterly_dmt": "10 August 2010",
        "q1_quarterly_scrutiny": "6 September 2010",
        "q1_quarterly_pdc": "13 to 23 September 2010",
        **more,
    }


def test_the_year_follows_from_the_meetings_and_says_how(manager: Any) -> None:
    response = manager.post(LAY_OUT, _typed())

    said = words_on(response)
    assert "The year 2010/11 as proposed" in said
    assert dates_of(response)["Returns due, quarter 1, six-weekly"] == "7 June 2010"
    assert "8 days before DMT's meeting of 15 June 2010" in said
    assert "13 to 23 September 2010" in dates_of(response).values()
    assert not ReportingCycle.objects.filter(year=2010).exists()


def test_closed_days_and_the_pre_election_period_are_gone_round_or_pointed_out(
    manager: Any,
) -> None:
    response = manager.post(
        LAY_OUT,
        _typed(closed_days="5 August 2010", pre_election="1 to 30 September 2010"),
    )

    said = words_on(response)
    assert "moved because 5 August 2010 is a closed day" in said
    assert "falls in the pre-election period" in said


def test_what_was_closed_when_a_year_was_adopted_holds_for_later_moves(
    ashby: SmallCouncil, manager: Any
) -> None:
    closed = {"closed_days": "17 to 18 June 2010", "pre_election": "1 to 30 September 2010"}
    manager.post(LAY_OUT, {**_typed(**closed), "adopt": "yes"})
    meeting = Milestone.objects.get(cycle__code="6W1", cycle__year=2010, step="forum_receives")
    where = f"/ashby/cycles/2010-11/6W1/timetable/{meeting.number}/move/"
    change = {f"was_{meeting.pk}": "15 June 2010", f"when_{meeting.pk}": "22 June 2010"}

    one = manager.post(
        where, {"when": "22 June 2010", "because": "A fair.", "shown": str(meeting.pk)}
    )
    many = manager.post("/ashby/timetable/2010-11/edit/", {**change, "because": "A fair."})

    for said in map(words_on, (one, many)):
        assert "from 10 June 2010 to 16 June 2010" in said
    assert "falls in the pre-election period" in words_on(many)
    onto = manager.post(
        where, {"when": "17 June 2010", "because": "A fair.", "shown": str(meeting.pk)}
    )
    assert "17 June 2010 is a closed day" in words_on(onto)
    assert "falls in the pre-election period" in words_on(
        manager.get("/ashby/timetable/?year=2010-11")
    )
    assert [str(each) for each in ashby.council.closed_periods.order_by("starts_on")] == [
        "Closed 17 to 18 June 2010 (ashby)",
        "Pre-election 1 to 30 September 2010 (ashby)",
    ]
    [entry] = AuditEntry.objects.filter(verb=Verb.CLOSED_DAYS_KEPT)
    assert entry.changes == {
        "closed days": [None, "17 to 18 June 2010"],
        "pre-election period": [None, "1 to 30 September 2010"],
    }


def test_what_is_kept_from_another_year_is_gone_round_when_the_next_is_proposed(
    ashby: SmallCouncil, manager: Any
) -> None:
    day = date(2010, 8, 5)
    ClosedPeriodFactory(council=ashby.council, starts_on=day, ends_on=day)

    assert "5 August 2010" in words_on(manager.get(WHERE))
    assert "moved because 5 August 2010 is a closed day" in words_on(
        manager.post(LAY_OUT, _typed())
    )


def test_a_year_that_is_not_adopted_keeps_no_closed_days(ashby: SmallCouncil, manager: Any) -> None:
    manager.post(LAY_OUT, _typed(closed_days="5 August 2010"))
    manager.post(LAY_OUT, {**_typed(closed_days="5 August 2010", year="2009/10"), "adopt": "yes"})

    assert not ashby.council.closed_periods.exists()


def test_adopting_makes_the_cycles_and_their_dates(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.post(LAY_OUT, {**_typed(), "adopt": "yes"}, follow=True)

    assert "The timetable of 2010/11 is adopted." in words_on(response)
    assert "Reporting timetable 2010/11" in words_on(response)
    made = {cycle.code: cycle for cycle in ashby.council.cycles.filter(year=2010)}
    assert set(made) == {"6W1", "Q1"}
    assert made["6W1"].due_on == date(2010, 6, 7)
    assert made["Q1"].kind is CycleKind.QUARTERLY
    assert Milestone.objects.filter(cycle=made["Q1"]).count() == 9


PAPERS = "q1_six_weekly_papers_out_dmt"
MEETING = "q1_six_weekly_forum_receives_dmt"


def _over(key: str, before: str, after: str, **more: str) -> dict[str, str]:
    """Type over one date of the proposal."""
    return _typed(**{f"was_{key}": before, f"when_{key}": after}, **more)


def test_a_date_typed_over_shows_what_moves_along_and_then_asks_why(manager: Any) -> None:
    over = _over(MEETING, "15 June 2010", "22 June 2010", adopt="yes")
    response = manager.post(LAY_OUT, over)

    said = words_on(response)
    assert "Why do these dates move?" in said
    assert "Say why these dates move" not in said
    asked = manager.post(LAY_OUT, over | {"seen": response.context["dates"]["seen"].value()})
    assert "Say why these dates move" in words_on(asked)
    assert "From 15 June 2010 to 22 June 2010" in said
    assert "should come before" not in said
    assert "w/c 28 June 2010" in dates_of(response).values()
    assert (
        "Papers sent out to DMT, quarter 1, six-weekly: from 10 June 2010 to 17 June 2010" in said
    )
    assert not ReportingCycle.objects.filter(year=2010).exists()


def test_what_was_seen_is_adopted_with_what_moves_along_and_keeps_why(
    ashby: SmallCouncil, manager: Any
) -> None:
    over = _over(MEETING, "15 June 2010", "22 June 2010", because="A fair.")
    seen = manager.post(LAY_OUT, over).context["dates"]["seen"].value()

    manager.post(LAY_OUT, {**over, "seen": seen, "along": [PAPERS], "adopt": "yes"})

    made = ashby.council.cycles.get(year=2010, code="6W1").milestones
    papers = made.get(step="papers_out")
    assert (papers.when, papers.first_planned, papers.moved_because) == (
        "17 June 2010",
        "10 June 2010",
        "A fair.",
    )
    assert made.get(step="forum_receives").when == "22 June 2010"
    assert made.get(step="exceptions_discussed").when == "22 June 2010"


def test_a_date_typed_over_stays_when_the_meetings_change_and_the_others_follow(
    manager: Any,
) -> None:
    over = _over(PAPERS, "10 June 2010", "11 June 2010", because="The printer is away.")
    kept = {"q1_six_weekly_dmt": "22 June 2010", f"was_{MEETING}": "15 June 2010"}

    response = manager.post(LAY_OUT, {**over, **kept, f"when_{MEETING}": "15 June 2010"})

    dates = dates_of(response)
    assert dates["Papers sent out to DMT, quarter 1, six-weekly"] == "11 June 2010"
    assert dates["DMT receives the report, quarter 1, six-weekly"] == "22 June 2010"


def test_a_date_typed_over_with_no_date_is_refused_and_stays_as_typed(manager: Any) -> None:
    response = manager.post(LAY_OUT, _over(PAPERS, "10 June 2010", "soon", adopt="yes"))

    assert '"soon" is no date' in words_on(response)
    assert dates_of(response)["Papers sent out to DMT, quarter 1, six-weekly"] == "soon"
    assert not ReportingCycle.objects.filter(year=2010).exists()


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"q1_quarterly_dmt": "soon"}, '"soon" is no date'),
        ({"q1_quarterly_dmt": "10 to 12 August 2010"}, "must be one day"),
        ({"q1_six_weekly_dmt": "TBC"}, "has no update deadline: enter DMT's meeting for it"),
        ({"q4_annual_council": "TBC"}, "The Annual report of quarter 4 has no update deadline"),
        ({"year": "2009/10"}, "2009/10 has a timetable already"),
    ],
)
def test_what_cannot_be_adopted_says_why_and_keeps_what_was_typed(
    manager: Any, answers: dict[str, str], problem: str
) -> None:
    response = manager.post(LAY_OUT, {**_typed(**answers), "adopt": "yes"})

    assert problem in words_on(response)
    assert response.context["form"]["q1_quarterly_pdc"].value() == "13 to 23 September 2010"
    assert not ReportingCycle.objects.filter(year=2010).exists()


def test_without_a_meeting_there_is_nothing_to_adopt(manager: Any) -> None:
    response = manager.post(LAY_OUT, {"year": "2010/11", "adopt": "yes"})

    assert "There is no meeting yet" in words_on(response)


def test_a_page_of_meetings_that_is_only_looked_at_leads_to_the_first(manager: Any) -> None:
    assert manager.get(LAY_OUT).url == WHERE


def test_only_the_performance_manager_proposes_a_year(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.director).get(WHERE).status_code == 403
    assert sign_in(ashby.posts.director).post(LAY_OUT, _typed(adopt="yes")).status_code == 403


def test_it_says_how_many_meetings_it_found(manager: Any) -> None:
    response = manager.post(WHERE, {"year": "2010/11", "dates": DMT})

    assert "4 meetings found. Nothing of it is kept yet." in words_on(response)


@pytest.mark.parametrize(
    "name", ["Policy Development Committee", "LSP Executive Board", "LSP Exec", "Scrutiny Cttee"]
)
def test_a_forum_is_found_by_the_names_that_clerks_use(manager: Any, name: str) -> None:
    sheet = SimpleUploadedFile("diary.csv", f"Date,Meeting\n14 September 2010,{name}\n".encode())

    response = manager.post(WHERE, {"year": "2010/11", "dates": "", "file": sheet})

    assert "14 September 2010" in boxes(response).values()


def test_a_meeting_typed_in_another_year_is_asked_about(manager: Any) -> None:
    typed = {"year": "2010/11", "q1_six_weekly_dmt": "15 June 2015"}

    response = manager.post(LAY_OUT, typed)

    assert "15 June 2015 is out of the year 2010/11" in words_on(response)
    assert "proposal" not in response.context


def test_nothing_is_said_to_follow_before_it_was_looked_at(manager: Any) -> None:
    typed = {"year": "2010/11", "q1_six_weekly_dmt": "15 June 2010"}

    response = manager.post(LAY_OUT, typed | {"when_q1_six_weekly_forum_receives_dmt": "soon"})

    assert '"soon" is no date' in words_on(response)
    assert "Nothing else follows" not in words_on(response)
