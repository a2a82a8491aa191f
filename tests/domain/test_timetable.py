from __future__ import annotations

from datetime import date, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.kinds import BodyKind, CycleKind, Precision, Step
from goldenthread.domain.timetable import TimetableEntry, TimetableError
from goldenthread.domain.timetable_csv import read_timetable, write_timetable

DATA = resources.files("goldenthread.demo") / "data" / "timetable-2009-10.csv"
PUBLISHED = DATA.read_bytes().decode()
HEADING = "quarter,report,step,forum,precision,start,end"


def entry(
    precision: Precision,
    start: date | None,
    end: date | None,
    *,
    quarter: int = 1,
    step: Step = Step.FORUM_RECEIVES,
    forum: BodyKind | None = BodyKind.SCRUTINY,
) -> TimetableEntry:
    return TimetableEntry(
        quarter=quarter,
        report=CycleKind.QUARTERLY,
        step=step,
        forum=forum,
        precision=precision,
        starts_on=start,
        ends_on=end,
    )


def on(day: date, step: Step, forum: BodyKind | None = None) -> TimetableEntry:
    return entry(Precision.DAY, day, day, step=step, forum=forum)


def problems_of(*rows: str, heading: str = HEADING) -> tuple[str, ...]:
    with pytest.raises(TimetableError) as caught:
        read_timetable([heading, *rows])
    return caught.value.problems


class TestPublishedTimetable:
    def test_all_63_entries_are_read_and_written_as_published(self) -> None:
        """Clause T-2."""
        entries = read_timetable(PUBLISHED.splitlines(keepends=True))
        assert len(entries) == 63
        assert write_timetable(entries) == PUBLISHED

    def test_pdcs_receive_the_report_of_their_own_quarter(self) -> None:
        """Oddity 2."""
        entries = read_timetable(PUBLISHED.splitlines())
        assert [e.quarter for e in entries if e.forum is BodyKind.PDC] == [1, 2, 3, 4]

    def test_timetable_saved_by_excel_is_read_with_its_byte_order_mark_and_blank_lines(
        self,
    ) -> None:
        text = "\ufeff" + PUBLISHED.replace("\n", "\r\n") + "\r\n"
        assert len(read_timetable(text.splitlines(keepends=True))) == 63


class TestEntry:
    @pytest.mark.parametrize(
        ("precision", "start", "end", "words"),
        [
            (Precision.DAY, date(2009, 6, 8), date(2009, 6, 9), "starts and ends on that day"),
            (Precision.DAY, None, None, 'precision "day" has a first and a last day'),
            (Precision.RANGE, date(2009, 6, 8), None, "has a first and a last day"),
            (Precision.WEEK, date(2009, 6, 9), date(2009, 6, 15), "Monday to the Sunday"),
            (Precision.WEEK, date(2009, 6, 8), date(2009, 6, 12), "Monday to the Sunday"),
            (Precision.RANGE, date(2009, 6, 8), date(2009, 6, 8), "ends after the day"),
            (Precision.TO_BE_CONFIRMED, date(2009, 6, 8), None, "has no days yet"),
        ],
    )
    def test_days_that_do_not_fit_the_precision_are_refused(
        self, precision: Precision, start: date | None, end: date | None, words: str
    ) -> None:
        with pytest.raises(ValueError, match=words):
            entry(precision, start, end)

    def test_fifth_quarter_is_refused(self) -> None:
        with pytest.raises(ValueError, match="quarters 1 to 4, not 5"):
            entry(Precision.TO_BE_CONFIRMED, None, None, quarter=5)

    @pytest.mark.parametrize(
        ("precision", "start", "end", "when"),
        [
            (Precision.DAY, date(2009, 6, 8), date(2009, 6, 8), "8 June 2009"),
            (
                Precision.WEEK,
                date(2009, 6, 29),
                date(2009, 7, 5),
                "week commencing 29 June 2009",
            ),
            (Precision.RANGE, date(2009, 9, 14), date(2009, 9, 24), "14 to 24 September 2009"),
            (
                Precision.RANGE,
                date(2009, 9, 14),
                date(2009, 10, 2),
                "14 September to 2 October 2009",
            ),
            (
                Precision.RANGE,
                date(2009, 12, 16),
                date(2010, 1, 12),
                "16 December 2009 to 12 January 2010",
            ),
            (Precision.TO_BE_CONFIRMED, None, None, "to be confirmed"),
        ],
    )
    def test_date_is_said_as_a_paper_has_it(
        self, precision: Precision, start: date | None, end: date | None, when: str
    ) -> None:
        assert entry(precision, start, end).when == when


class TestFile:
    @pytest.mark.parametrize(
        ("row", "problem"),
        [
            (
                "Q5,quarterly,papers_out,DMT,day,2009-06-08,2009-06-08",
                'line 2, column quarter: "Q5" is not a quarter: write Q1, Q2, Q3 or Q4',
            ),
            (
                "Q1,monthly,papers_out,DMT,day,2009-06-08,2009-06-08",
                'line 2, column report: "monthly" is not one of six_weekly, quarterly, annual',
            ),
            (
                "Q1,quarterly,papers_out,DMT,hour,2009-06-08,2009-06-08",
                'line 2, column precision: "hour" is not one of day, week, range, tbc',
            ),
            (
                "Q1,quarterly,papers_out,DMT,day,08/06/2009,2009-06-08",
                'line 2, column start: "08/06/2009" is not a day: write it like 2009-06-08',
            ),
            (
                "Q1,quarterly,papers_out,DMT,day,2009-06-08,2009-W24-1",
                'line 2, column end: "2009-W24-1" is not a day: write it like 2009-06-08',
            ),
            (
                "Q1,quarterly,papers_out,DMT,day,2009-06-08,2009-06-09",
                "line 2, column start: an entry of one day starts and ends on that day",
            ),
            ("Q1,quarterly", "line 2, there are 2 cells where 7 are needed"),
            (
                "Q1,quarterly\rpapers_out",
                "line 2: this is not a row of cells with commas between",
            ),
        ],
    )
    def test_row_that_cannot_be_read_is_named_by_line_and_column(
        self, row: str, problem: str
    ) -> None:
        assert problems_of(row) == (problem,)

    def test_all_bad_rows_are_named_at_once(self) -> None:
        good = "Q1,quarterly,papers_out,DMT,day,2009-06-08,2009-06-08"
        problems = problems_of("Q9,,,,,,", good, good)
        assert [problem[:6] for problem in problems] == ["line 2", "line 4"]
        assert "given twice" in problems[1]

    def test_other_columns_are_refused(self) -> None:
        assert problems_of(heading="quarter,report") == (f"line 1: the columns must be {HEADING}",)

    def test_empty_file_is_refused(self) -> None:
        with pytest.raises(TimetableError, match="line 1: the columns must be"):
            read_timetable([])


days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 1))


@given(
    start=days,
    length=st.integers(1, 60),
    precision=st.sampled_from(Precision),
    step=st.sampled_from(Step),
    forum=st.none() | st.sampled_from(BodyKind),
    quarter=st.integers(1, 4),
)
def test_timetable_that_is_written_reads_back_the_same(
    start: date, length: int, precision: Precision, step: Step, forum: BodyKind, quarter: int
) -> None:
    monday = start - timedelta(days=start.weekday())
    spans = {
        Precision.DAY: (start, start),
        Precision.WEEK: (monday, monday + timedelta(days=6)),
        Precision.RANGE: (start, start + timedelta(days=length)),
        Precision.TO_BE_CONFIRMED: (None, None),
    }
    written = [entry(precision, *spans[precision], quarter=quarter, step=step, forum=forum)]
    assert read_timetable(write_timetable(written).splitlines()) == written


def test_a_step_that_was_added_on_a_second_day_reads_back() -> None:
    first, second = (
        TimetableEntry(
            quarter=1,
            report=CycleKind.QUARTERLY,
            step=Step.FORUM_RECEIVES,
            forum=BodyKind.SCRUTINY,
            precision=Precision.DAY,
            starts_on=day,
            ends_on=day,
        )
        for day in (date(2009, 9, 7), date(2009, 9, 14))
    )

    assert read_timetable(write_timetable([first, second]).splitlines()) == [first, second]
    with pytest.raises(TimetableError, match="given twice, on the same day"):
        read_timetable(write_timetable([first, first]).splitlines())
