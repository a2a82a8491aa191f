"""Writing a workbook of a person's returns, for them to fill in a spreadsheet.

Only the cells that take an answer are open. Whatever people typed is written as text, so that no
spreadsheet runs it as a formula.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeAlias

from django.utils import timezone
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from goldenthread.design.words import long_date, plural
from goldenthread.domain.kinds import ItemKind, Unit
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.rating import Polarity
from goldenthread.indicators.facts import say
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.facts import target_words
from goldenthread.reporting.models import OfficersReturn, ReportingCycle
from goldenthread.reporting.queries.filings import ActionFiling, IndicatorFiling
from goldenthread.reporting.queries.own_filings import Filing, OwnFilings
from goldenthread.workbooks.sheets.answers import RowAnswers, drafted, in_lines
from goldenthread.workbooks.sheets.items import every_figure
from goldenthread.workbooks.sheets.layout import (
    ACTIONS,
    COMMENTARY,
    ESTIMATE,
    IN_ALREADY,
    INDICATORS,
    JUDGEMENT_REASON,
    KEY,
    NO_ESTIMATE_REASON,
    NO_FIGURE_REASON,
    RATING,
    RATINGS,
    READ_ME,
    REFERENCE,
    Column,
    RowKey,
    action_columns,
    figure_column,
    indicator_columns,
)

Value: TypeAlias = str | Decimal | None
LANGUAGE = "en-GB"
MOST_WORDS_BESIDE = 1_000
A3, A4 = 8, 9
READ_ME_WIDTH, LEAST_HEIGHT, LINE_HEIGHT, MOST_HEIGHT = 84, 58, 13.5, 400
BRAND, GREY, PALE, OPEN, LINE = "#00625e", "#f3f3f1", "#e4e7e6", "#fffdf3", "#a9b5b3"
TINTS = {
    "Green": ("#cce2d8", "#005a30"),
    "Amber": ("#fff0cc", "#594d00"),
    "Red": ("#f8d7d3", "#942514"),
}
_ONLY_RATINGS = {
    "validate": "list",
    "source": RATINGS,
    "error_title": "Rating",
    "error_message": "Choose Green, Amber or Red.",
}
_ONLY_FIGURES = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -(10**15),
    "maximum": 10**15,
    "error_title": "Figure",
    "error_message": "Enter a figure in numbers, such as 54000 or 46.4.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """What a row shows, by its columns; `shut` names answers that are not asked of this item."""

    values: Mapping[str, Value]
    shut: frozenset[str] = frozenset()


def write_workbook(
    cycle: ReportingCycle, filings: OwnFilings, *, holder: Officeholder, at: datetime
) -> bytes:
    """Write the workbook of a person's returns in a cycle, as the bytes of an XLSX file."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True, "strings_to_urls": False}) as book:
        _describe(book, cycle, holder, at)
        styles = _Styles(book)
        _write_read_me(book, styles, cycle, filings, holder, at)
        columns = action_columns()
        _write_sheet(book, styles, ACTIONS, cycle, columns, map(_action_row, filings.actions))
        columns, rows = _indicator_table(cycle, filings.indicators)
        _write_sheet(book, styles, INDICATORS, cycle, columns, rows)
    return _with_language(written.getvalue())


def _describe(book: Workbook, cycle: ReportingCycle, holder: Officeholder, at: datetime) -> None:
    book.set_properties(
        {
            "title": f"Returns for {cycle.title}",
            "subject": f"Returns of {holder.user.name}",
            "author": cycle.council.title,
            "created": timezone.make_naive(at),
        }
    )
    book.set_size(2400, 1400)


class _Styles:
    """How cells look, and whether one can write in them."""

    def __init__(self, book: Workbook) -> None:
        cell: dict[str, Any] = {
            "font_name": "Arial",
            "font_size": 10,
            "text_wrap": True,
            "valign": "top",
            "border": 1,
            "border_color": LINE,
        }
        head = cell | {"bold": True, "valign": "vcenter"}
        self.words = book.add_format(cell | {"bg_color": GREY, "font_color": "#3d4a4c"})
        self.reference = book.add_format(cell | {"bg_color": GREY, "bold": True})
        self.answer = book.add_format(cell | {"bg_color": OPEN, "locked": False})
        self.shut = book.add_format(cell | {"bg_color": PALE, "font_color": "#5a6668"})
        self.head = book.add_format(head | {"bg_color": PALE})
        self.asks = book.add_format(head | {"bg_color": BRAND, "font_color": "#ffffff"})
        self.title = book.add_format({"font_name": "Arial", "font_size": 18, "bold": True})
        self.plain = book.add_format(
            {"font_name": "Arial", "font_size": 11, "text_wrap": True, "valign": "top"}
        )
        self.strong = book.add_format(
            {"font_name": "Arial", "font_size": 11, "bold": True, "valign": "top"}
        )
        self.ratings = {
            label: book.add_format({"bg_color": ground, "font_color": ink, "bold": True})
            for label, (ground, ink) in TINTS.items()
        }

    def of(self, column: Column, row: _Row) -> Format:
        """Choose how a cell of a column looks in a row."""
        if column.name in row.shut:
            return self.shut
        if column.is_answer:
            return self.answer
        return self.reference if column.name == REFERENCE else self.words


def _write_read_me(
    book: Workbook,
    styles: _Styles,
    cycle: ReportingCycle,
    filings: OwnFilings,
    holder: Officeholder,
    at: datetime,
) -> None:
    sheet = book.add_worksheet(READ_ME)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, READ_ME_WIDTH)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"Returns for {cycle.title}", styles.title)
    facts = _facts(cycle, filings, holder, at)
    for number, (label, words) in enumerate([*facts, *_steps()], start=2):
        sheet.set_row(number, _height([(words, READ_ME_WIDTH)], least=20))
        sheet.write_string(number, 0, label, styles.strong)
        sheet.write_string(number, 1, words, styles.plain)
    sheet.protect()
    _set_up_print(sheet, cycle)
    sheet.set_portrait()


def _facts(
    cycle: ReportingCycle, filings: OwnFilings, holder: Officeholder, at: datetime
) -> list[tuple[str, str]]:
    made = timezone.localtime(at)
    actions = plural(len(filings.actions), "action")
    indicators = plural(len(filings.indicators), "indicator")
    return [
        ("Council", cycle.council.title),
        ("Made for", f"{holder.user.name}, on {long_date(made.date())} at {made:%H:%M}"),
        ("Due", long_date(cycle.due_on)),
        ("Holds", f"{actions} and {indicators} that you have not submitted"),
        ("", ""),
    ]


def _steps() -> list[tuple[str, str]]:
    return [
        ("1", "Fill the pale yellow cells on the sheets Actions and Indicators. Grey cells are for "
              "you to read; what was said last time is in them."),
        ("2", "Choose a rating from the list in its cell: Green, Amber or Red."),
        ("3", "Enter figures as plain numbers: 54000 or 46.4, and 46.4 where the unit is %. Type what "
              "a formula comes to, not the formula. A column headed provisional is of a time that "
              "has not ended: you may leave it empty."),
        ("4", "Where there is no figure or no estimate, say why in the cell that asks for it."),
        ("5", "A row that you leave empty is left alone. A row that you fill in part is kept as a "
              "draft."),
        ("6", "Save the file as an Excel workbook (.xlsx) and upload it under My updates. You see what "
              "will change, and nothing changes until you confirm it."),
    ]  # fmt: skip


def _write_sheet(
    book: Workbook,
    styles: _Styles,
    name: str,
    cycle: ReportingCycle,
    columns: Sequence[Column],
    rows: Iterable[_Row],
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        hidden = {"hidden": True} if column.name == KEY else {}
        sheet.set_column(place, place, column.width, None, hidden)
        sheet.write_string(
            0, place, column.heading, styles.asks if column.is_answer else styles.head
        )
    sheet.set_row(0, 45)
    last = 0
    for last, row in enumerate(rows, start=1):
        said = [(str(row.values.get(c.name) or ""), c.width) for c in columns if c.name != KEY]
        sheet.set_row(last, _height(said, least=LEAST_HEIGHT))
        for place, column in enumerate(columns):
            _write(sheet, last, place, row.values.get(column.name), styles.of(column, row))
    if last:
        _guide(sheet, styles, columns, last)
    else:
        sheet.write_string(1, 0, f"You have no {name.lower()} to return.", styles.plain)
    sheet.freeze_panes(1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _set_up_print(sheet, cycle)


def _height(said: Iterable[tuple[str, int]], *, least: int) -> float:
    """Reckon how high a row must be for words in cells of some widths; a spreadsheet stops at 409."""
    lines = max(
        sum(1 + len(line) // max(1, int(width * 0.9)) for line in words.split("\n"))
        for words, width in said
    )
    return min(MOST_HEIGHT, max(least, lines * LINE_HEIGHT + 6))


def _write(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), style)
    elif value:
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_blank(row, column, None, style)


def _guide(sheet: Worksheet, styles: _Styles, columns: Sequence[Column], last: int) -> None:
    """Let a spreadsheet say at once what a cell does not take."""
    for place, column in enumerate(columns):
        if column.name == RATING:
            _offer_ratings(sheet, styles, place, last)
        elif column.takes_figure:
            sheet.data_validation(1, place, last, place, _ONLY_FIGURES)


def _offer_ratings(sheet: Worksheet, styles: _Styles, place: int, last: int) -> None:
    """Offer the ratings as a list, and colour the word that is chosen; the word stays."""
    sheet.data_validation(1, place, last, place, _ONLY_RATINGS)
    for label, style in styles.ratings.items():
        is_it = {"type": "cell", "criteria": "==", "value": f'"{label}"', "format": style}
        sheet.conditional_format(1, place, last, place, is_it)


def _set_up_print(sheet: Worksheet, cycle: ReportingCycle) -> None:
    sheet.set_paper(A3 if sheet.get_name() == INDICATORS else A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{cycle.title.replace('&', '&&')}&C&A&RPage &P of &N")


def _action_row(filing: ActionFiling) -> _Row:
    action, says = filing.action, drafted(filing.update)
    due = action.due_words or (long_date(action.due_on) if action.due_on else "")
    return _Row(
        values={
            **_beside(filing),
            "due": due,
            RATING: says.rating.label if says.rating else "",
            COMMENTARY: says.commentary,
        }
    )


def _beside(filing: Filing) -> dict[str, Value]:
    """Give what any row shows beside its questions, and the key that tells what it is about."""
    cycle, update = filing.cycle, filing.update
    kind = ItemKind.ACTION if isinstance(filing, ActionFiling) else ItemKind.INDICATOR
    key = RowKey(
        council=cycle.council.name,
        cycle=cycle.slug,
        item_kind=kind,
        item_id=filing.item.pk,
        version=update.version if update else 0,
    )
    return {
        REFERENCE: filing.reference,
        "what": filing.title,
        "said": "\n".join([*_sent_back(update), *_last_time(filing.before)]),
        KEY: str(key),
    }


def _sent_back(update: OfficersReturn | None) -> list[str]:
    if update is None or not update.is_to_revise or update.returned_by is None:
        return []
    return [f"Sent back by {update.returned_by.name}: {_short(update.revision_note)}"]


def _last_time(before: OfficersReturn | None) -> list[str]:
    if before is None or before.submitted_at is None:
        return []
    rating = before.rating.label if before.rating else "Not rated"
    when = long_date(timezone.localdate(before.submitted_at))
    return [f"{when}: {rating}", _short(before.commentary)]


def _short(words: str) -> str:
    said = in_lines(words)
    return (
        f"{said[:MOST_WORDS_BESIDE]}\N{HORIZONTAL ELLIPSIS}"
        if len(said) > MOST_WORDS_BESIDE
        else said
    )


def _indicator_table(
    cycle: ReportingCycle, filings: Sequence[IndicatorFiling]
) -> tuple[tuple[Column, ...], list[_Row]]:
    """Lay out the figures that at least one indicator is asked for, each a column."""
    wanted = {asked for filing in filings for asked in filing.figures.wanted}
    columns = [asked for asked in every_figure(cycle) if asked in wanted]
    rows = [_indicator_row(filing, columns) for filing in filings]
    return indicator_columns(cycle.financial_year, columns), rows


def _indicator_row(filing: IndicatorFiling, columns: Iterable[AskedFigure]) -> _Row:
    figures, says = filing.figures, drafted(filing.update)
    indicator = figures.indicator
    not_asked = {figure_column(asked) for asked in columns if asked not in figures.wanted}
    if not any(asked.is_due for asked in figures.wanted):
        not_asked.add(NO_FIGURE_REASON)
    if indicator.polarity is Polarity.NONE:
        not_asked |= {RATING, JUDGEMENT_REASON}
    return _Row(
        values={
            **_beside(filing),
            "unit": "" if indicator.unit is Unit.NUMBER else indicator.unit.label,
            "target": target_words(indicator, figures.year.starts_in),
            **_figure_values(filing, says, columns),
            NO_FIGURE_REASON: says.no_figure_reason,
            ESTIMATE: says.estimated_outturn,
            NO_ESTIMATE_REASON: says.no_estimate_reason,
            RATING: says.rating.label if says.rating else "",
            JUDGEMENT_REASON: says.judgement_reason,
            COMMENTARY: says.commentary,
        },
        shut=frozenset(not_asked),
    )


def _figure_values(
    filing: IndicatorFiling, says: RowAnswers, columns: Iterable[AskedFigure]
) -> dict[str, Value]:
    """Fill in the figures of a draft, and in the cells that are shut those that are in already."""
    figures = filing.figures
    values: dict[str, Value] = {}
    for asked in columns:
        held = figures.measurement(asked.period)
        if asked in figures.wanted:
            values[figure_column(asked)] = says.figures.get(asked.period.starts_on)
        elif asked in figures.asked and held and held.value is not None:
            values[figure_column(asked)] = f"{IN_ALREADY}{say(figures.indicator, held.value)}"
    return values


def _with_language(content: bytes) -> bytes:
    """Say in what language a workbook is written, which the library has no means for."""
    core, spoken = "docProps/core.xml", f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    told = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            xml = source.read(entry)
            if entry.filename == core:
                xml = xml.replace(b"</cp:coreProperties>", spoken.encode())
            target.writestr(entry, xml)
    return told.getvalue()
