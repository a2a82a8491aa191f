"""What a cell says as a figure or a day that can be reckoned with, where it is one."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from goldenthread.documents.tree import Cell, Column, ColumnKind

_FIGURE = re.compile(r"([\u2212-]?)\u00a3?(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?( ?%)?")


def typed(cell: Cell, column: Column) -> Decimal | date | None:
    """Return the figure or day of a cell; in a column of figures, the one that its words write out."""
    if cell.value is not None or column.kind is not ColumnKind.FIGURE:
        return cell.value
    return figure_of(cell.text)


def figure_of(text: str) -> Decimal | None:
    """Read a figure that stands alone, as papers write them: 54,000, 46.4%, £1,200."""
    found = _FIGURE.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, part, _ = found.groups(default="")
    return Decimal(f"{'-' if sign else ''}{whole.replace(',', '')}{part}")


def number_format(value: Decimal, text: str) -> str:
    """Choose how a spreadsheet shows a figure: with the sign and the places that its words have."""
    shown = figure_of(text)
    exponent = (value if shown is None else shown).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    before = "[$\u00a3-809]" if "\u00a3" in text else ""
    after = '"%"' if text.rstrip().endswith("%") else ""
    return f"{before}#,##0{'.' + '0' * min(places, 15) if places else ''}{after}"
