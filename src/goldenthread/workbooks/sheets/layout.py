"""How a workbook of returns is laid out: what writes it and what reads it agree here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.rating import Rating
from goldenthread.reporting.models import ReportingCycle

READ_ME, ACTIONS, INDICATORS = "Read me", "Actions", "Indicators"
SHEETS = {ItemKind.ACTION: ACTIONS, ItemKind.INDICATOR: INDICATORS}
RATINGS = [rating.label for rating in reversed(Rating)]
PROVISIONAL = "provisional"
IN_ALREADY = "In: "
"""What stands before a figure that is in and not asked for again."""

REFERENCE, KEY = "reference", "key"
RATING, COMMENTARY = "rating", "commentary"
JUDGEMENT_REASON, NO_FIGURE_REASON = "judgement_reason", "no_figure_reason"
ESTIMATE, NO_ESTIMATE_REASON = "estimated_outturn", "no_estimate_reason"


class Column(NamedTuple):
    """A column of a sheet: what it is called in the code and in the sheet, and how wide it is."""

    name: str
    heading: str
    width: int
    is_answer: bool = False
    takes_figure: bool = False


_KEY = Column(KEY, "Key", 12)


def action_columns() -> tuple[Column, ...]:
    """List the columns of the sheet of actions, in their order."""
    return (
        Column(REFERENCE, "Reference", 12),
        Column("what", "Action", 38),
        Column("due", "When", 18),
        Column("said", "Last time", 44),
        Column(RATING, "Rating", 12, is_answer=True),
        Column(COMMENTARY, "What has happened since the last update", 60, is_answer=True),
        _KEY,
    )


def indicator_columns(year: FinancialYear, asked: Iterable[AskedFigure]) -> tuple[Column, ...]:
    """List the columns of the sheet of indicators, with one for each figure that is asked for."""
    return (
        Column(REFERENCE, "Reference", 12),
        Column("what", "Indicator", 26),
        Column("unit", "Unit", 8),
        Column("target", f"Target for {year.label}", 11),
        Column("said", "Last time", 36),
        *(
            Column(figure_column(each), figure_heading(each), 12, is_answer=True, takes_figure=True)
            for each in asked
        ),
        Column(NO_FIGURE_REASON, "Why a figure is missing", 20, is_answer=True),
        Column(
            ESTIMATE,
            f"Estimated outturn for {year.label}",
            14,
            is_answer=True,
            takes_figure=True,
        ),
        Column(NO_ESTIMATE_REASON, "Why no estimate can be given", 20, is_answer=True),
        Column(RATING, "Rating", 10, is_answer=True),
        Column(JUDGEMENT_REASON, "Why you rate it otherwise than the figures", 20, is_answer=True),
        Column(COMMENTARY, "What lies behind the figures", 46, is_answer=True),
        _KEY,
    )


def figure_column(asked: AskedFigure) -> str:
    """Name the column of a period's figures; a month, a quarter and a year can start on one day."""
    return f"figure {asked.period.label}"


def figure_heading(asked: AskedFigure) -> str:
    """Head the column of a period's figures, and say of an early one that it is provisional."""
    return asked.period.label + (f" ({PROVISIONAL})" if asked.is_provisional else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowKey:
    """What a row is about, in a hidden cell: council, cycle, item and the version that was seen."""

    council: str
    cycle: str
    item_kind: ItemKind
    item_id: int
    version: int

    def __str__(self) -> str:
        return f"{self.council}/{self.cycle}/{self.item_kind.value}/{self.item_id}/{self.version}"

    @classmethod
    def parse(cls, words: str) -> RowKey | None:
        """Read a key, or None where there is none that can be."""
        parts = words.strip().split("/")
        if len(parts) != 6:
            return None
        council, year, code, kind, item_id, version = parts
        if kind not in SHEETS or not (_is_number(item_id) and _is_number(version)):
            return None
        return cls(
            council=council,
            cycle=f"{year}/{code}",
            item_kind=ItemKind(kind),
            item_id=int(item_id),
            version=int(version),
        )


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdigit() and len(words) < 19


def file_name(cycle: ReportingCycle) -> str:
    """Name the file of a cycle's workbook: chase-2009-10-q2-returns.xlsx."""
    return f"{cycle.council.name}-{cycle.slug.replace('/', '-').lower()}-returns.xlsx"
