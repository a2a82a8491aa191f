"""Which of a person's items go into their workbook, and which may come back in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.domain.kinds import Frequency, ItemKind
from goldenthread.domain.obligations import AskedFigure, figures_asked
from goldenthread.domain.rating import Polarity
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.my_updates import MyUpdates, my_updates
from goldenthread.reporting.queries.filings import ActionFiling, IndicatorFiling
from goldenthread.reporting.queries.own_filings import Filing, OwnFilings
from goldenthread.workbooks.sheets.reading import Expected, ExpectedItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFill:
    """What a workbook holds: what somebody owes and may file in one cycle; None before any has opened."""

    cycle: ReportingCycle | None
    filings: OwnFilings


def to_fill(holder: Officeholder, *, today: date) -> ToFill:
    """Find what goes into a person's workbook: of the current cycle, or else of the first that they owe in.

    The door says the same when it comes back.
    """
    mine = my_updates(holder, today=today)
    cycle = _cycle_of(mine)
    filings = [item.filing for item in mine.to_file if item.cycle == cycle]
    return ToFill(
        cycle=cycle,
        filings=OwnFilings(
            actions=tuple(each for each in filings if isinstance(each, ActionFiling)),
            indicators=tuple(each for each in filings if isinstance(each, IndicatorFiling)),
        ),
    )


def _cycle_of(mine: MyUpdates) -> ReportingCycle | None:
    cycles = [item.cycle for item in mine.to_file]
    return mine.cycle if not cycles or mine.cycle in cycles else cycles[0]


def expected_of(cycle: ReportingCycle, own: OwnFilings) -> Expected:
    """Say what a workbook can be about that a person sends: any item of theirs in a cycle."""
    return Expected(
        council=cycle.council.name,
        cycle=cycle.slug,
        title=cycle.title,
        year=cycle.financial_year,
        figures=tuple(every_figure(cycle)),
        items=tuple(_expected(filing) for filing in own.every),
    )


def _expected(filing: Filing) -> ExpectedItem:
    if isinstance(filing, ActionFiling):
        return ExpectedItem(
            item_kind=ItemKind.ACTION,
            item_id=filing.action.pk,
            reference=filing.reference,
            title=filing.title,
        )
    indicator = filing.figures.indicator
    return ExpectedItem(
        item_kind=ItemKind.INDICATOR,
        item_id=indicator.pk,
        reference=filing.reference,
        title=filing.title,
        unit=indicator.unit,
        is_rated=indicator.polarity is not Polarity.NONE,
        wanted=filing.figures.wanted,
    )


def every_figure(cycle: ReportingCycle) -> list[AskedFigure]:
    """List the figures that a cycle can ask for, months first."""
    return [
        asked
        for frequency in Frequency
        for asked in figures_asked(
            year=cycle.financial_year, frequency=frequency, window=cycle.window
        )
    ]
