from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import TemplateNotFound

from goldenthread.documents.renderers import html
from goldenthread.documents.tree import (
    Cell,
    Column,
    CountRow,
    Document,
    Heading,
    Paragraph,
    RatingCounts,
    Row,
    Table,
)
from goldenthread.domain.rating import Rating
from tests.documents.samples import one, paper

HTML = "{http://www.w3.org/1999/xhtml}"


def parsed(content: str) -> Element:
    tree = html5lib.HTMLParser(strict=True).parse(content)
    assert isinstance(tree, Element)
    return tree


def page(document: Document) -> Element:
    return parsed(html.render(document))


def found(tree: Element, name: str) -> list[Element]:
    return list(tree.iter(f"{HTML}{name}"))


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_paper_is_valid_html_in_british_english() -> None:
    tree = page(paper(plans=2))
    assert tree.get("lang") == "en-GB"
    assert words(found(tree, "h1")[0]) == "Priority Delivery Plans: quarter 1 of 2009/10"
    assert words(found(tree, "title")[0]) == "Priority Delivery Plans: quarter 1 of 2009/10"


def test_a_fragment_for_a_page_begins_its_headings_where_it_is_told() -> None:
    assert "<h1" not in html.render_body(paper())
    assert '<h1 class="govuk-heading-l" id="summary">' in html.render_body(paper(), top_level=1)


def test_on_a_page_what_was_found_comes_before_the_cover_and_the_contents() -> None:
    tree = parsed(f"<!DOCTYPE html><title>Page</title>{html.render_body(paper())}")
    folded = found(tree, "details")
    assert [words(found(each, "summary")[0]) for each in folded] == [
        "About these papers",
        "Contents",
    ]
    assert not found(page(paper()), "details")


def test_a_fragment_needs_nothing_that_a_strict_policy_refuses() -> None:
    body = html.render_body(paper(plans=2))
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=|javascript:", body)


def test_a_standalone_file_asks_for_nothing_elsewhere() -> None:
    content = html.render(paper())
    assert not re.search(r"""(src|href)=["'](?!#)|@import|url\(""", content)


def test_every_table_has_a_caption_and_scoped_headers() -> None:
    tables = found(page(paper()), "table")
    assert tables
    for table in tables:
        assert words(found(table, "caption")[0])
        assert {header.get("scope") for header in found(table, "th")} <= {"col", "row", "rowgroup"}
        assert all(header.get("scope") for header in found(table, "th"))


def test_ids_are_unique_and_every_link_leads_to_one() -> None:
    tree = page(paper(plans=3, reports=2))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    links = [link.get("href", "") for link in found(tree, "a")]
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)


def test_the_summary_leads_to_the_detail_and_the_report_back_to_its_row() -> None:
    content = html.render(paper())
    assert '<a class="govuk-link" href="#cypf-actions">Children' in content
    assert 'href="#cypf-report-1">See CYPF exception report 1</a>' in content
    assert 'href="#cypf-action-0">Back to the item in its table</a>' in content


def test_a_rating_is_a_word_and_a_shape() -> None:
    columns = (Column("Rating"),)
    row = Row((Cell(rating=Rating.RED, was=Rating.AMBER),))
    body = html.render_body(one(Table(caption="T", columns=columns, rows=(row,))))
    assert "gt-rating--red" in body
    assert "<span>Red</span>" in body
    assert "worse: was Amber" in body
    assert "<svg" in body


def test_counts_are_numbers_in_words_beside_a_hidden_bar() -> None:
    tree = page(one(RatingCounts(rows=(CountRow("A plan", "", 1, 2, 3, 4),))))
    table = found(tree, "table")[0]
    assert [words(cell) for cell in found(table, "td")] == ["1", "2", "3", "4", "10"]
    svgs = [element for element in table.iter() if str(element.tag).endswith("}svg")]
    assert all(svg.get("aria-hidden") == "true" for svg in svgs)


def test_no_heading_level_is_skipped() -> None:
    body = html.render_body(one(Heading("Straight to three", level=3), Paragraph("Words")))
    assert "<h3" in body
    assert "<h4" not in body


def test_a_reference_to_nothing_is_words_and_no_link() -> None:
    cell = Cell("Item", reference="nowhere", reference_text="See exception report 9")
    body = html.render_body(one(Table(caption="T", columns=(Column("A"),), rows=(Row((cell,)),))))
    assert "See exception report 9" in body
    assert "nowhere" not in body


def test_the_same_document_is_the_same_page() -> None:
    assert html.render(paper()) == html.render(paper())


def test_markup_that_somebody_typed_is_refused_as_markup() -> None:
    body = html.render_body(one(Paragraph("<script>alert(1)</script>")))
    assert "<script" not in body
    assert "&lt;script&gt;" in body


def test_a_template_that_is_not_ours_is_refused() -> None:
    with pytest.raises(TemplateNotFound):
        html._ENVIRONMENT.get_template("../paper.typ")
