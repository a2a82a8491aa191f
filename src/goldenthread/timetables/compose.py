"""The year as a document, to be drawn as a file of any format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goldenthread.documents.tree import (
    Cell,
    Column,
    Document,
    Fact,
    Paragraph,
    Row,
    Section,
    Table,
    Tone,
)
from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.models import Council
from goldenthread.timetables.queries.year import QuarterOfYear, YearRow

COLUMNS = (Column("When", width=6), Column("What", width=9), Column("For whom", width=6))


def compose_year(
    council: Council, year: FinancialYear, quarters: Sequence[QuarterOfYear]
) -> Document:
    """Put the year together as one table, by quarter and report, as the framework publishes it.

    It does not say what is past, so that it is the same on every day until a date moves.
    """
    title = f"Reporting timetable {year.label}"
    dates = [row for quarter in quarters for report in quarter.reports for row in report.rows]
    table = Table(
        caption=f"Every date of {year.label}",
        columns=COLUMNS,
        rows=tuple(row for quarter in quarters for row in _rows(quarter)),
        note="A date to be confirmed has no day yet.",
    )
    return Document(
        title=title,
        council=council.title,
        forum="All forums",
        cycle=year.label,
        running_head=f"{council.title}: {title}",
        facts=(Fact("Year", year.label), Fact("Dates", f"{len(dates)}")),
        sections=(Section(title="The year", starts_page=False, blocks=(*_moved(dates), table)),),
    )


def _rows(quarter: QuarterOfYear) -> Iterator[Row]:
    for report in quarter.reports:
        heading = f"Quarter {quarter.number} ({quarter.months}): {report.cycle.title}"
        yield Row((Cell(heading),), is_group=True)
        for row in report.rows:
            yield _row(row)


def _row(row: YearRow) -> Row:
    milestone = row.milestone
    when = f"{milestone.when[:1].upper()}{milestone.when[1:]}"
    moved = f"First planned for {milestone.first_planned}. {milestone.moved_because}"
    note = moved if milestone.first_planned else ""
    return Row((Cell(when), Cell(milestone.what, note=note), Cell(row.for_whom)))


def _moved(dates: Sequence[YearRow]) -> Iterator[Paragraph]:
    moved = sum(bool(row.milestone.first_planned) for row in dates)
    if moved:
        one = "One date was" if moved == 1 else f"{moved} dates were"
        yield Paragraph(f"{one} moved from the day first planned.", Tone.NOTE)
