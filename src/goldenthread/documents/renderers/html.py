"""A document as HTML: a fragment for one of our pages, or a file that stands alone."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from goldenthread.documents.renderers.drawings import (
    draw_chart,
    draw_count_bar,
    draw_sparkline,
    figures_tables,
)
from goldenthread.documents.renderers.ready import make_ready, paragraphs
from goldenthread.documents.renderers.wording import (
    BACK,
    COUNT_COLUMNS,
    change_direction,
    change_words,
    rating_words,
)
from goldenthread.documents.tree import Chart, CountRow, Document, Row, Sparkline, Table


def render(document: Document) -> str:
    """Write a document as an HTML file of its own, which needs nothing from anywhere else."""
    return _draw("standalone.html", document, top_level=2, is_folded=False)


def render_body(document: Document, *, top_level: int = 2) -> str:
    """Write a document's facts, contents and sections, to stand in a page's main element.

    The page gives the title. The cover and the contents are folded away, so that what was found
    comes first. Sections are headings of `top_level`, 1 or 2, and the headings in
    them follow. No element carries a style of its own, so a strict content policy takes it.
    """
    return _draw("body.html", document, top_level=top_level, is_folded=True)


def _draw(template: str, document: Document, *, top_level: int, is_folded: bool) -> str:
    ready = make_ready(document)
    return _ENVIRONMENT.get_template(template).render(
        document=ready.document, ready=ready, top_level=top_level, is_folded=is_folded
    )


def _row_groups(table: Table) -> list[tuple[Row | None, list[Row]]]:
    """Gather the rows under each group row; those before any stand under none."""
    groups: list[tuple[Row | None, list[Row]]] = []
    for row in table.rows:
        if row.is_group:
            groups.append((row, []))
        elif groups:
            groups[-1][1].append(row)
        else:
            groups.append((None, [row]))
    return groups


def _chart(chart: Chart) -> Markup:
    return _as_markup(draw_chart(chart))


def _sparkline(sparkline: Sparkline) -> Markup:
    return _as_markup(draw_sparkline(sparkline))


def _count_bar(row: CountRow) -> Markup:
    return _as_markup(draw_count_bar(row))


def _as_markup(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704  # our own drawing, which escapes what it is given


_ENVIRONMENT = Environment(
    loader=PackageLoader("goldenthread.documents.renderers", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_ENVIRONMENT.filters.update(
    paragraphs=paragraphs,
    row_groups=_row_groups,
    rating_words=rating_words,
    change_words=change_words,
    change_direction=change_direction,
    chart=_chart,
    figures_tables=figures_tables,
    sparkline=_sparkline,
    count_bar=_count_bar,
)
_ENVIRONMENT.globals.update(back=BACK, count_columns=COUNT_COLUMNS)
