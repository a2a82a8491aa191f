from __future__ import annotations

import re

import pytest
from django.template import TemplateDoesNotExist
from django.urls import NoReverseMatch

from goldenthread.notices.composing import compose, link_to
from goldenthread.notices.operations import Message
from tests.design.markup import read_page, words_of

HOSTILE = "Museum</li><script>alert(1)</script> & {{ subject }} {% now %}"


def letter(subject: str = "Two returns are due", **changes: object) -> Message:
    known = {
        "name": "Ann Hill",
        "titles": ["Club", "Museum"],
        "href": link_to("home:home", "arden"),
    }
    return compose(subject, "letters/due", known | {"council": "Arden Council"} | changes)


def test_the_same_is_said_in_both() -> None:
    written = letter()

    assert written.subject == "Two returns are due"
    for words in ("Two returns are due", "Ann Hill", "Club", "Museum", "Arden Council"):
        assert words in written.text
        assert words in words_of(read_page(written.html))


def test_links_are_whole() -> None:
    written = letter()

    assert link_to("home:plan_list", "arden") == "https://performance.arden.example/arden/plans/"
    assert "\nhttps://performance.arden.example/arden/\n" in written.text
    assert 'href="https://performance.arden.example/arden/"' in written.html


def test_the_text_has_no_more_than_one_blank_line_between_paragraphs() -> None:
    assert letter(titles=[]).text.startswith(
        "Two returns are due\n\nAnn Hill,\n\nhttps://performance.arden.example/arden/\n\n--\nYou get"
    )


def test_the_html_asks_for_nothing_from_outside_and_carries_no_tracking() -> None:
    page = read_page(letter().html)

    assert not {each.tag for each in page.iter()} & {"img", "link", "script", "style", "table"}
    addresses = [each.get("href") for each in page.iter("a")]
    assert all(address and "?" not in address for address in addresses)
    assert "url(" not in letter().html


def test_a_letter_without_a_council_names_none() -> None:
    assert "\nGoldenthread, https://performance.arden.example/\n" in letter(council="").text


def test_markup_that_somebody_typed_is_shown_as_they_typed_it() -> None:
    written = letter(titles=[HOSTILE], name="D'Arcy & Sons")
    page = read_page(written.html)

    assert not list(page.iter("script"))
    assert HOSTILE in words_of(page)
    assert f"- {HOSTILE}" in written.text
    assert "D'Arcy & Sons," in written.text


@pytest.mark.parametrize(
    "subject",
    [
        "Due\nBcc: all@council.example",
        "Due\r\nBcc: all@council.example",
        "Due\u2028Bcc: all@council.example",
    ],
)
def test_a_subject_is_one_line(subject: str) -> None:
    assert letter(subject).subject == "Due Bcc: all@council.example"


def test_a_long_subject_ends_in_an_ellipsis() -> None:
    subject = letter("Late " * 60).subject

    assert len(subject) <= 200
    assert re.search(r"Late…$", subject)


def test_characters_that_no_database_takes_are_dropped() -> None:
    written = letter("Due\x00", name="Ann\x00 Hill\ud800")

    assert written.subject == "Due"
    assert "\nAnn Hill,\n" in written.text
    assert "\x00" not in written.html


def test_a_letter_without_templates_or_a_page_without_an_address_is_refused() -> None:
    with pytest.raises(TemplateDoesNotExist):
        compose("Due", "letters/none", {})
    with pytest.raises(NoReverseMatch):
        link_to("home:nowhere")
