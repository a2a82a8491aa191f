"""The blocks of a paper in Word's markup."""

from __future__ import annotations

from collections.abc import Sequence

from goldenthread.documents.renderers.drawings import chart_words, draw_chart, figures_tables
from goldenthread.documents.renderers.measures import ANSWER_WIDTHS, form_size
from goldenthread.documents.renderers.ready import paragraphs
from goldenthread.documents.renderers.word import markup
from goldenthread.documents.renderers.word.cells import (
    counts_markup,
    rating_runs,
    shares_of,
    table_markup,
)
from goldenthread.documents.renderers.word.markup import Xml, bold, joined, run
from goldenthread.documents.renderers.word.pages import Layout
from goldenthread.documents.renderers.word.pen import Pen
from goldenthread.documents.tree import (
    Block,
    BulletList,
    Chart,
    ExceptionForm,
    Fact,
    Heading,
    Notice,
    Orientation,
    Paragraph,
    RatingCounts,
    Section,
    Table,
    Tone,
)

_TONES = {Tone.LEAD: "Paper lead", Tone.BODY: "Normal", Tone.NOTE: "Paper note"}
_FACT, _CLOSE = "Paper fact", "Paper table text"
_FULL_PAGE = 10
# A template's own headings may not keep to what they head.
_KEPT, _NEW_PAGE = "<w:keepNext/>", "<w:pageBreakBefore/>"


def section_markup(pen: Pen, section: Section, layout: Layout, *, starts_page: bool) -> Xml:
    """Write a section under its heading, on a new page if it asks for one."""
    rules = f"{_KEPT}{_NEW_PAGE if starts_page else ''}"
    title = pen.bookmarked(section.anchor, run(section.title))
    width = layout.pages[section.orientation].width
    blocks = []
    for place, block in enumerate(section.blocks):
        is_first = place == 0 and section.starts_page
        blocks.append(_block(pen, block, section.orientation, width, is_first=is_first))
    return joined(pen.paragraph("heading 1", title, rules=rules), *blocks)


def _block(pen: Pen, block: Block, orientation: Orientation, width: int, *, is_first: bool) -> Xml:
    match block:
        case Table():
            return table_markup(pen, block, orientation, width)
        case Chart():
            return _chart(pen, block, orientation, width)
        case RatingCounts():
            return counts_markup(pen, block, width)
        case ExceptionForm():
            return _form(pen, block, orientation, width, starts_page=not is_first)
        case _:
            return _words(pen, block)


def _words(pen: Pen, block: Heading | Paragraph | BulletList | Notice) -> Xml:
    match block:
        case Heading(text=text, level=level, anchor=anchor):
            return pen.paragraph(f"heading {level}", pen.bookmarked(anchor, run(text)), rules=_KEPT)
        case Paragraph(text=text, tone=tone):
            return _lines(pen, _TONES[tone], text)
        case BulletList(items=items):
            return joined(*(_bullet(pen, item) for item in items))
        case Notice(text=text):
            return _lines(pen, "Paper notice", text)


def _lines(pen: Pen, style: str, text: str) -> Xml:
    return joined(*(pen.paragraph(style, run(line)) for line in paragraphs(text)))


def _bullet(pen: Pen, item: str) -> Xml:
    broken = Xml("<w:r><w:br/></w:r>").join(run(line) for line in paragraphs(item))
    return pen.paragraph("list bullet", broken)


def _chart(pen: Pen, chart: Chart, orientation: Orientation, width: int) -> Xml:
    title = pen.paragraph("caption", run(chart.title), rules=_KEPT) if chart.title.strip() else ""
    drawn = pen.picture(draw_chart(chart), chart_words(chart), at_most=width)
    tables = (table_markup(pen, each, orientation, width) for each in figures_tables(chart))
    return joined(title, pen.paragraph("Normal", drawn, rules="<w:keepNext/>"), *tables)


def facts_markup(
    pen: Pen, facts: Sequence[Fact], width: int, *, title: str, style: str = _FACT
) -> Xml:
    """Write labels and their values as a table of two columns."""
    if not facts:
        return Xml("")
    return _pairs(
        pen, [(fact.label, paragraphs(fact.value)) for fact in facts], width, title, style
    )


def _pairs(
    pen: Pen,
    pairs: Sequence[tuple[str, Sequence[str]]],
    width: int,
    title: str,
    style: str = _FACT,
) -> Xml:
    widths = shares_of(ANSWER_WIDTHS, width)
    rows = [
        markup.row(
            markup.cell(widths[0], pen.paragraph(style, bold(label))),
            markup.cell(widths[1], *(pen.paragraph(style, run(line)) for line in lines or [""])),
            may_split=sum(map(len, lines)) > 1_500,
        )
        for label, lines in pairs
    ]
    drawn = markup.table(
        pen.styles["paper facts"], widths, rows, title=title, has_row_headers=True, has_head=False
    )
    return joined(drawn, pen.paragraph("Paper note"))


def _form(
    pen: Pen, form: ExceptionForm, orientation: Orientation, width: int, *, starts_page: bool
) -> Xml:
    """Write an exception report on a page of its own (clause D-4)."""
    title = pen.bookmarked(form.anchor, run(form.title))
    style = _FACT if form_size(form, orientation) > _FULL_PAGE else _CLOSE
    rated = (
        pen.paragraph("Normal", rating_runs(form.rating, form.rating.label)) if form.rating else ""
    )
    answers = [(each.question, paragraphs(each.answer) or ["No answer"]) for each in form.answers]
    back = (
        pen.link(form.back_reference, form.back_text)
        if form.back_reference in pen.bookmarks
        else ""
    )
    return joined(
        pen.paragraph("heading 2", title, rules=f"{_KEPT}{_NEW_PAGE if starts_page else ''}"),
        rated,
        # Under the title: after the answers it might have a page to itself.
        pen.paragraph("Normal", back) if back else "",
        facts_markup(pen, form.facts, width, title=f"About {form.title}", style=style),
        _pairs(pen, answers, width, f"Answers of {form.title}", style) if answers else "",
        *(table_markup(pen, table, orientation, width) for table in form.tables),
    )
