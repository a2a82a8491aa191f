"""What differs between two papers: nothing where they are alike, and all of it where they are not."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.documents.comparing import Change, Deed, differences
from goldenthread.documents.sayings import sayings
from goldenthread.documents.tree import (
    Answer,
    BulletList,
    Cell,
    Chart,
    ChartPoint,
    Column,
    ColumnKind,
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
    Sparkline,
    Table,
)
from goldenthread.domain.rating import Rating

COLUMNS = (Column("How"), Column("Who"), Column("Rating and progress", ColumnKind.RATING))
words = st.text(alphabet="ab \n", max_size=6) | st.sampled_from(
    ["The club opened in June", "The club opened in July", "Nothing yet"]
)
cells = st.builds(
    Cell, text=words, rating=st.none() | st.sampled_from(Rating), note=words, rating_label=words
)
rows = st.builds(
    Row,
    cells=st.tuples(cells, cells, cells),
    anchor=st.sampled_from(["", "action-1", "action-2", "action-3"]),
)
tables = st.builds(
    Table, caption=words, columns=st.just(COLUMNS), rows=st.lists(rows, max_size=4).map(tuple)
)
blocks = st.one_of(
    st.builds(Heading, words),
    st.builds(Paragraph, words),
    st.builds(Notice, words),
    st.builds(BulletList, st.lists(words, max_size=3).map(tuple)),
    tables,
)
sections = st.builds(
    Section,
    title=st.sampled_from(["Plan", "Summary"]),
    anchor=st.sampled_from(["", "plan-a", "plan-b"]),
    blocks=st.lists(blocks, max_size=5).map(tuple),
)
documents = st.builds(
    Document,
    title=st.just("Papers"),
    council=st.just("Ashby"),
    forum=st.just("DMT"),
    cycle=st.just("Quarter 1"),
    facts=st.lists(st.builds(Fact, st.sampled_from(["Meeting", "Period"]), words), max_size=2).map(
        tuple
    ),
    sections=st.lists(sections, max_size=3).map(tuple),
)


def said_in(document: Document) -> Counter[object]:
    return Counter(
        (said.place, part.label, part.text, part.rating)
        for said in sayings(document)
        for part in said.parts
    )


def told_of(changes: tuple[Change, ...]) -> tuple[Counter[object], Counter[object]]:
    """What the changes take away, and what they bring."""
    gone: Counter[object] = Counter()
    come: Counter[object] = Counter()
    for change in changes:
        for part in change.parts:
            if part.was:
                gone[(change.place, part.label, part.was, part.was_rating)] += 1
            if part.now:
                come[(change.place, part.label, part.now, part.now_rating)] += 1
    return gone, come


@given(documents)
def test_a_paper_does_not_differ_from_itself(document: Document) -> None:
    assert differences(document, document) == ()


@given(documents, documents)
def test_what_is_told_makes_one_paper_of_the_other(before: Document, after: Document) -> None:
    gone, come = told_of(differences(before, after))

    assert said_in(before) - gone + come == said_in(after)
    assert not gone - said_in(before)


@given(documents, documents)
def test_whatever_is_told_is_a_difference(before: Document, after: Document) -> None:
    for change in differences(before, after):
        assert change.parts
        assert all((p.was, p.was_rating) != (p.now, p.now_rating) for p in change.parts)


@given(documents, documents)
def test_what_one_way_is_added_is_left_out_the_other_way(before: Document, after: Document) -> None:
    there = Counter(change.deed for change in differences(before, after))
    back = Counter(change.deed for change in differences(after, before))

    assert there[Deed.ADDED] - there[Deed.LEFT_OUT] == back[Deed.LEFT_OUT] - back[Deed.ADDED]


def paper(*blocks: Any, facts: tuple[Fact, ...] = ()) -> Document:
    section = Section(title="Young people", anchor="plan-yp", blocks=blocks)
    return Document(title="", council="", forum="", cycle="", facts=facts, sections=(section,))


def row(anchor: str, text: str, rating: Rating | None) -> Row:
    return Row((Cell("Open a club", note="YP 1.1"), Cell("Officer"), Cell(text, rating)), anchor)


def table(*rows: Row) -> Table:
    return Table(caption="Actions", columns=COLUMNS, rows=rows)


def test_a_rating_that_moved_is_told_in_words() -> None:
    before = paper(table(row("action-1", "Slow", Rating.AMBER)))
    after = paper(table(row("action-1", "Stopped", Rating.RED)))

    [change] = differences(before, after)

    assert (change.deed, change.section, change.name) == (Deed.CHANGED, "Young people", "YP 1.1")
    assert change.anchor == "action-1"
    said, rating = change.parts
    assert (said.label, said.was, said.now) == ("Rating and progress", "Slow", "Stopped")
    assert (said.is_of_rating, said.movement) == (False, "")
    assert (rating.is_of_rating, rating.movement) == (True, "worse: from Amber to Red")


def test_a_rating_that_got_better_says_so() -> None:
    before = paper(table(row("action-1", "", Rating.AMBER)))

    [change] = differences(before, paper(table(row("action-1", "", Rating.GREEN))))

    assert change.parts[0].movement == "better: from Amber to Green"


def test_a_row_that_stands_in_another_table_is_the_same_row() -> None:
    first, second = row("action-1", "Done", None), row("action-2", "Done", None)

    assert differences(paper(table(first), table(second)), paper(table(second, first))) == ()


def test_a_paragraph_that_was_put_otherwise_is_changed_and_not_another() -> None:
    before = paper(Paragraph("The club opened in June with two partners."), Paragraph("Old words"))
    after = paper(Paragraph("New"), Paragraph("The club opened in July with two partners."))

    found = [
        (change.deed, change.parts[0].was, change.parts[0].now)
        for change in differences(before, after)
    ]

    assert sorted(found) == [
        (Deed.ADDED, "", "New"),
        (
            Deed.CHANGED,
            "The club opened in June with two partners.",
            "The club opened in July with two partners.",
        ),
        (Deed.LEFT_OUT, "Old words", ""),
    ]


def test_an_exception_report_is_compared_answer_by_answer() -> None:
    def form(answer: str) -> ExceptionForm:
        return ExceptionForm(
            title="Exception report 1",
            anchor="exception-action-1",
            answers=(Answer("Why?", answer), Answer("What next?", "More")),
            facts=(Fact("Plan", "Young people"),),
            tables=(table(row("", "Step", None)),),
            rating=Rating.RED,
        )

    [change] = differences(paper(form("No staff")), paper(form("No money")))

    assert [(part.label, part.was, part.now) for part in change.parts] == [
        ("Why?", "No staff", "No money")
    ]
    assert change.anchor == "exception-action-1"


def test_counts_charts_and_trends_are_compared() -> None:
    def blocks(red: int) -> Document:
        trend = Cell("Visits", sparkline=Sparkline((), alt=f"Rose to {red}"))
        return paper(
            RatingCounts(rows=(CountRow("All plans", red=red),)),
            Chart(
                title="Visits",
                alt="",
                points=(ChartPoint("May", None), ChartPoint("June", Decimal(5))),
            ),
            table(Row((trend, Cell(), Cell(rating_label="Not due")))),
        )

    counts, trend = differences(blocks(1), blocks(2))

    assert counts.parts[0].was == "1 red, 0 amber, 0 green, 0 not rated"
    assert (trend.parts[0].label, trend.parts[0].now) == ("How: trend", "Rose to 2")


def test_what_is_bound_to_differ_can_be_ignored() -> None:
    before = paper(Paragraph("One"), facts=(Fact("Data as at", "noon"),))
    after = paper(Paragraph("Two"), facts=(Fact("Data as at", "one"), Fact("Meeting", "May")))

    found = differences(before, after, ignoring_facts=["Data as at"], ignoring_sections=["plan-yp"])

    assert [(change.section, change.name) for change in found] == [("Cover", "Meeting")]
