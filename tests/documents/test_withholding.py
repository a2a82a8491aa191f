"""Leaving parts out of a paper: their words are nowhere, the counts stay, and the place says why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents.tree import (
    Answer,
    BulletList,
    Cell,
    Column,
    CountRow,
    Document,
    ExceptionForm,
    Fact,
    Heading,
    Notice,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
    to_json,
)
from goldenthread.documents.withholding import Withheld, anchors_in, mark, withhold
from goldenthread.domain.rating import Rating

MARKER = "Left out: paragraph 3."
SECRET = "The contract with Acme is about to end"
ITEM = Withheld(
    anchor="action-1",
    marker=MARKER,
    name="YP 1.1",
    takes_references=True,
    words=frozenset({SECRET, "Ask Acme"}),
)
REPORT = Withheld(anchor="exception-action-1", marker=MARKER, words=frozenset({SECRET}))


def row(*texts: str, anchor: str = "", reference: str = "") -> Row:
    first, *rest = (Cell(text) for text in texts)
    return Row((first, *rest, Cell("See", Rating.RED, reference=reference)), anchor)


def table(*rows: Row) -> Table:
    columns = tuple(Column(f"Column {n}") for n, _ in enumerate(rows[0].cells))
    return Table(caption="Actions", columns=columns, rows=rows)


FORM = ExceptionForm(
    title="Exception report 1",
    anchor="exception-action-1",
    answers=(Answer("Why?", f"Because: {SECRET}."),),
    facts=(Fact("Action", "Ask Acme"),),
    tables=(table(row("Write to Acme")),),
    rating=Rating.RED,
    back_reference="action-1",
)
DOCUMENT = Document(
    title="Papers",
    council="Ashby",
    forum="Scrutiny",
    cycle="Quarter 1",
    facts=(Fact("Meeting", "May"),),
    sections=(
        Section(
            title="Summary",
            anchor="summary",
            blocks=(
                RatingCounts(rows=(CountRow("All plans", red=1),)),
                table(row("YP 1.1", reference="action-1")),
                BulletList((f"YP 1.1: {SECRET} (Officer)", "YP 1.2: Other")),
                Paragraph("The contract with Acme is about…"),
            ),
        ),
        Section(
            title="Young people",
            anchor="plan-yp",
            blocks=(
                Heading("Actions"),
                table(
                    row("Ask Acme", SECRET, anchor="action-1", reference="exception-action-1"),
                    row("Do other work", "Done", anchor="action-2"),
                ),
            ),
        ),
        Section(title="Exceptions", anchor="exceptions", blocks=(FORM,)),
    ),
)


def told(document: Document) -> str:
    return to_json(document).decode()


def test_an_item_goes_with_all_that_refers_to_it_and_every_quotation() -> None:
    public = told(withhold(DOCUMENT, [ITEM, REPORT]))

    assert "Acme" not in public
    assert f"YP 1.1: {MARKER}" in public
    assert "Do other work" in public
    assert "YP 1.2: Other" in public


def test_counts_stay_whole() -> None:
    public = withhold(DOCUMENT, [ITEM, REPORT])

    assert public.sections[0].blocks[0] == DOCUMENT.sections[0].blocks[0]
    assert len(public.sections[1].blocks) == len(DOCUMENT.sections[1].blocks)


def test_an_exception_report_alone_leaves_its_item() -> None:
    document = withhold(DOCUMENT, [REPORT])

    [form] = document.sections[2].blocks
    assert isinstance(form, ExceptionForm)
    assert (form.title, form.answers) == (FORM.title, (Answer("Exempt", MARKER),))
    assert (form.facts, form.tables, form.rating) == ((), (), None)
    actions = document.sections[1].blocks[1]
    assert isinstance(actions, Table)
    assert actions.rows[0].cells[0].text == "Ask Acme"
    assert SECRET not in told(document)


def test_a_section_keeps_its_title_and_says_that_it_is_left_out() -> None:
    section = withhold(DOCUMENT, [Withheld(anchor="plan-yp", marker=MARKER)]).sections[1]

    assert (section.title, section.blocks) == ("Young people", (Notice(MARKER),))


def test_a_short_word_goes_only_where_it_stands_alone() -> None:
    part = Withheld(anchor="nowhere", marker=MARKER, words=frozenset({"May", ""}))

    public = withhold(DOCUMENT, [part])

    assert public.facts == (Fact("Meeting", MARKER),)
    assert public.sections == DOCUMENT.sections


def test_the_whole_papers_are_marked_at_each_part_and_lose_nothing() -> None:
    section = Withheld(anchor="summary", marker=MARKER)
    whole = mark(DOCUMENT, [ITEM, REPORT, section])

    assert whole.sections[0].blocks[0] == Notice(MARKER)
    [form] = whole.sections[2].blocks
    assert isinstance(form, ExceptionForm)
    assert form.facts[0] == Fact("Exempt", MARKER)
    actions = whole.sections[1].blocks[1]
    assert isinstance(actions, Table)
    assert [r.cells[0].note for r in actions.rows] == [MARKER, ""]
    assert told(whole).count("Acme") == told(DOCUMENT).count("Acme")


def test_what_can_be_left_out_is_known_by_its_anchor() -> None:
    assert anchors_in(DOCUMENT) == {
        *("summary", "plan-yp", "exceptions", "action-1", "action-2", "exception-action-1")
    }


@given(st.lists(st.sampled_from(sorted(anchors_in(DOCUMENT))), max_size=4))
def test_leaving_out_twice_is_leaving_out_once(anchors: list[str]) -> None:
    parts = [Withheld(anchor=a, marker=MARKER, words=frozenset({SECRET})) for a in anchors]

    once = withhold(DOCUMENT, parts)

    assert withhold(once, parts) == once
    assert [section.title for section in once.sections] == ["Summary", "Young people", "Exceptions"]


def test_nothing_is_refused_or_lost_where_nothing_is_withheld() -> None:
    assert withhold(DOCUMENT, []) == DOCUMENT
    assert mark(DOCUMENT, []) == DOCUMENT
