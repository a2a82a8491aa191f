"""What one cell says: a rating, a figure or words, or why it is none of these."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError

from goldenthread.design.govuk_fields import FigureField
from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import Rating
from goldenthread.office_files.grid import Cell, Flaw
from goldenthread.workbooks.sheets.answers import in_lines

MOST_WORDS, MOST_REASON = 20_000, 500
SIX_PLACES = Decimal("0.000001")
_FIGURE = FigureField(max_digits=16, decimal_places=6)
_FLAWS = {
    Flaw.FORMULA: "There is a formula here. Type what it comes to instead",
    Flaw.ERROR: "There is an error here, such as #REF!. Type the answer instead",
    Flaw.MERGED: "This cell is merged with others. Unmerge them, and answer in each row",
}
NO_NUMBER = "Enter a figure in numbers, such as 54,000 or 46.4"
NO_RATING = "Select Green, Amber or Red"


class CellRefusedError(Exception):
    """A cell does not say what it should; the words say what to do."""


def rating_in(cell: Cell) -> Rating | None:
    """Read a rating by its word, in whatever case.

    :raises CellRefusedError: if it is none
    """
    said = str(_sound(cell)).strip().casefold()
    try:
        return Rating(said)
    except ValueError as error:
        raise CellRefusedError(NO_RATING) from error


def figure_in(cell: Cell, *, unit: Unit) -> Decimal | None:
    """Read a figure: a number, or one as people type it ("54,000"). What is shown as 46.4% is 46.4.

    A number is rounded to six decimals, which is what a figure holds.

    :raises CellRefusedError: if it is none, or a percentage of something that is not counted so
    """
    value = _sound(cell)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise CellRefusedError(NO_NUMBER)
    if cell.is_percent and unit is not Unit.PERCENT:
        raise CellRefusedError("Enter the figure without %: it is not a percentage")
    try:
        typed = value if isinstance(value, str) else _number(value, cell)
        figure: Decimal | None = _FIGURE.clean(typed)
    except (ValidationError, ArithmeticError) as error:
        raise CellRefusedError(_words_of(error)) from error
    return figure


def _number(value: float, cell: Cell) -> Decimal:
    # A spreadsheet keeps 15 digits; what comes after them is how computers count.
    number = Decimal(format(value, ".15g"))
    shown = number * 100 if cell.is_percent else number
    return shown.quantize(SIX_PLACES, rounding=ROUND_HALF_UP).normalize()


def _words_of(error: Exception) -> str:
    is_too_long = isinstance(error, ValidationError) and "invalid" not in {
        each.code for each in error.error_list
    }
    return (
        "Enter a figure of at most 10 digits before the point and 6 after it"
        if is_too_long
        else NO_NUMBER
    )


def words_in(cell: Cell) -> str:
    """Read words; a number is taken as it is written, a date or a tick is no answer.

    :raises CellRefusedError: if they are too long, or are no words
    """
    return _words(cell, MOST_WORDS)


def reason_in(cell: Cell) -> str:
    """Read a reason, which is short.

    :raises CellRefusedError: if it is too long, or is no words
    """
    return _words(cell, MOST_REASON)


def _words(cell: Cell, most: int) -> str:
    value = _sound(cell)
    if isinstance(value, date | datetime | time | timedelta):
        raise CellRefusedError("There is only a date or a time here. Enter words")
    if isinstance(value, bool):
        raise CellRefusedError("Enter words, not true or false")
    said = in_lines(format(value, ".15g") if isinstance(value, float) else str(value))
    if len(said) > most:
        raise CellRefusedError(f"Shorten this to {most:,} characters or fewer")
    return said


def _sound(cell: Cell) -> object:
    """Give what a cell says, unless something is wrong with the cell itself.

    :raises CellRefusedError: if it is a formula, an error or merged
    """
    if cell.flaw:
        raise CellRefusedError(_FLAWS[cell.flaw])
    return cell.value
