"""What the compiler leaves to be done: row headers, which it cannot say yet, and links it need not know."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, String

from goldenthread.documents.renderers.pdf_links import lead_links


class TagError(RuntimeError):
    """The tables of a file are not those that were drawn."""


def finish(content: bytes, has_row_headers: Sequence[bool]) -> bytes:
    """Make the first cell of each body row its header, where rows have headers, and lead links home.

    :raises TagError: if the file has not one table for each of `has_row_headers`
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = pdf.Root.StructTreeRoot
        tables = list(_tables(tree.K))
        if len(tables) != len(has_row_headers):
            raise TagError(f"{len(tables)} tables were drawn, not {len(has_row_headers)}.")
        ids = _ids(pdf, tree)
        for number, (table, has) in enumerate(zip(tables, has_row_headers, strict=True)):
            for place, row in enumerate(_body_rows(table) if has else ()):
                _mark(row, f"row-{number}-{place}", ids)
        lead_links(pdf)
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _ids(pdf: pikepdf.Pdf, tree: Object) -> NameTree:
    if Name.IDTree in tree:
        return NameTree(tree.IDTree)
    ids = NameTree.new(pdf)
    tree.IDTree = ids.obj
    return ids


def _children(element: Object) -> Iterator[Object]:
    kids = element.get(Name.K)
    if kids is None:
        return
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def _tables(kids: Object) -> Iterator[Object]:
    waiting = list(kids) if isinstance(kids, Array) else [kids]
    waiting.reverse()
    while waiting:
        element = waiting.pop()
        if element.get(Name.S) == Name.Table:
            yield element
        else:
            waiting.extend(reversed(list(_children(element))))


def _body_rows(table: Object) -> Iterator[list[Object]]:
    """Yield the rows that hold figures, not headers: each begins with a data cell."""
    for child in _children(table):
        rows = [child] if child.S == Name.TR else list(_children(child))
        for row in rows:
            cells = list(_children(row))
            if Name.THead != child.S and len(cells) > 1 and cells[0].S == Name.TD:
                yield cells


def _mark(cells: list[Object], row_id: str, ids: NameTree) -> None:
    head, *others = cells
    head.S = Name.TH
    head.ID = String(row_id)
    _table_attributes(head).Scope = Name.Row
    ids[row_id] = head
    for cell in others:
        attributes = _table_attributes(cell)
        headers = attributes.get(Name.Headers)
        if headers is None:
            attributes.Headers = Array([String(row_id)])
        else:
            headers.append(String(row_id))


def _table_attributes(cell: Object) -> Object:
    """Return a cell's own attributes as part of a table, made if it has none."""
    found = cell.get(Name.A, Array())
    listed = list(found) if isinstance(found, Array) else [found]
    for attributes in listed:
        if attributes.get(Name.O) == Name.Table:
            return attributes
    own = Dictionary(O=Name.Table)
    cell.A = Array([*listed, own])
    return own
