"""Opening a workbook that somebody sent: only its sheets that are wanted, and only what is safe of them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr

from python_calamine import CalamineError, CalamineWorkbook

from goldenthread.office_files.grid import Cell, Flaw, Place, Sheet
from goldenthread.office_files.limits import MOST_SHEETS, UnreadableWorkbookError
from goldenthread.office_files.scanning import (
    Scan,
    elements_of,
    lengths_of_strings,
    percent_styles,
    scan_sheet,
)
from goldenthread.office_files.unpacking import BROKEN, NO_WORKBOOK, pack, unpack

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def open_workbook(content: bytes, wanted: tuple[str, ...]) -> dict[str, Sheet]:
    """Open the sheets of a workbook that bear the wanted names, in whatever case; others are left shut.

    :raises UnreadableWorkbookError: if the file is no workbook that we can read; in words
    """
    parts = _parts_of(content)
    return _opened(_sheets_named(parts, wanted), parts)


def open_every_sheet(content: bytes) -> dict[str, Sheet]:
    """Open all sheets of a workbook that are not hidden, by their names.

    :raises UnreadableWorkbookError: if the file is no workbook that we can read; in words
    """
    parts = _parts_of(content)
    shown = tuple(title for title, _, is_shown in _titles(parts) if is_shown)
    if len(shown) > MOST_SHEETS:
        raise UnreadableWorkbookError(
            f"This workbook has more than {MOST_SHEETS} sheets.", is_too_much=True
        )
    return _opened(_sheets_named(parts, shown), parts)


def _parts_of(content: bytes) -> Mapping[str, bytes]:
    parts = unpack(content)
    if _WORKBOOK not in parts:
        raise UnreadableWorkbookError(NO_WORKBOOK)
    return parts


def _opened(found: Mapping[str, bytes], parts: Mapping[str, bytes]) -> dict[str, Sheet]:
    percents = percent_styles(parts[_STYLES]) if _STYLES in parts else frozenset()
    strings = lengths_of_strings(parts[_STRINGS]) if _STRINGS in parts else []
    scans = {name: scan_sheet(xml, name, strings) for name, xml in found.items()}
    values = _values(found, parts)
    return {name: _sheet(name, values[name], scans[name], percents) for name in found}


def _sheets_named(parts: Mapping[str, bytes], wanted: tuple[str, ...]) -> dict[str, bytes]:
    """Find the XML of sheets by their names, the first where two bear the same."""
    targets = _targets(parts)
    names = {name.casefold(): name for name in wanted}
    found: dict[str, bytes] = {}
    for title, link, _ in _titles(parts):
        name = names.get(title.strip().casefold())
        if name is None or name in found:
            continue
        if targets.get(link) not in parts:
            raise UnreadableWorkbookError(BROKEN)
        found[name] = parts[targets[link]]
    return found


def _titles(parts: Mapping[str, bytes]) -> list[tuple[str, str, bool]]:
    """List what the sheets are called, what leads to each, and whether it is shown."""
    titles: list[tuple[str, str, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            is_shown = attributes.get("state", "visible") == "visible"
            titles.append((attributes.get("name", ""), attributes.get("id", ""), is_shown))

    elements_of(parts[_WORKBOOK], start)
    return titles


def _targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = path.lstrip("/")

    elements_of(parts.get(_LINKS, b"<none/>"), start)
    return targets


def _values(
    sheets: Mapping[str, bytes], parts: Mapping[str, bytes]
) -> dict[str, list[list[object]]]:
    """Read what stands in the cells of some sheets, from a workbook of nothing else."""
    try:
        with CalamineWorkbook.from_filelike(pack(_plain_workbook(sheets, parts))) as workbook:
            return {
                name: [list(row) for row in sheet.to_python(skip_empty_area=False)]
                for name in sheets
                for sheet in [workbook.get_sheet_by_name(name)]
            }
    except (CalamineError, ValueError, OverflowError) as error:
        raise UnreadableWorkbookError(BROKEN) from error
    except BaseException as error:
        # What the reader's own language calls a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableWorkbookError(BROKEN) from error


def _plain_workbook(sheets: Mapping[str, bytes], parts: Mapping[str, bytes]) -> dict[str, bytes]:
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    from_1904 = '<workbookPr date1904="1"/>' if _counts_from_1904(parts) else ""
    main = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{from_1904}<sheets>{listed}</sheets></workbook>'
    plain = {
        # By this the reader knows what kind of workbook it has before it.
        "_rels/.rels": _links_to([(f"{_OFFICE}/officeDocument", _WORKBOOK)]),
        _WORKBOOK: main.encode(),
        _LINKS: _links_to(
            (f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml")
            for number in range(1, len(sheets) + 1)
        ),
        **{name: parts[name] for name in (_STYLES, _STRINGS) if name in parts},
    }
    for number, xml in enumerate(sheets.values(), start=1):
        plain[f"xl/worksheets/sheet{number}.xml"] = xml
    return plain


def _counts_from_1904(parts: Mapping[str, bytes]) -> bool:
    """Ask whether a workbook counts its days from 1904, as those of old Macs do."""
    said: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            said.append(attributes.get("date1904", ""))

    elements_of(parts[_WORKBOOK], start)
    return any(each in ("1", "true") for each in said)


def _links_to(targets: Iterable[tuple[str, str]]) -> bytes:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>'.encode()


def _sheet(name: str, rows: list[list[object]], scan: Scan, percents: frozenset[int]) -> Sheet:
    cells: dict[Place, Cell] = {
        (row, column): Cell(value=value, is_percent=scan.styles.get((row, column)) in percents)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value != ""
    }
    for flaw, places in (
        (Flaw.MERGED, scan.merged),
        (Flaw.ERROR, scan.errors),
        (Flaw.FORMULA, scan.formulas),
    ):
        cells |= {
            place: Cell(value=cells[place].value if place in cells else "", flaw=flaw)
            for place in places
        }
    return Sheet(name=name, cells=cells)
