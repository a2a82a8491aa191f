from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.template import TemplateSyntaxError

from goldenthread.domain.rating import Rating
from tests.design.markup import draw, read_part, words_of

TODAY = date(2009, 10, 14)


@dataclass
class Tally:
    red: int
    amber: int
    green: int
    unrated: int


@pytest.mark.parametrize(
    ("rating", "drawn_as"), [("red", "<path"), ("amber", "<path"), ("green", "<circle")]
)
def test_a_rating_is_a_word_a_shape_and_a_colour(rating: str, drawn_as: str) -> None:
    html = draw("{% rating_tag rating %}", rating=Rating(rating))
    assert words_of(read_part(html)) == rating.title()
    assert drawn_as in html
    assert f"gt-rating--{rating}" in html


def test_the_three_shapes_differ() -> None:
    drawn = {draw("{% rating_tag rating %}", rating=rating).split("</svg>")[0] for rating in Rating}
    assert len({html.split("<svg")[1].split(">", 1)[1] for html in drawn}) == 3


def test_the_shape_is_hidden_from_those_who_hear_the_word() -> None:
    assert 'aria-hidden="true"' in draw("{% rating_tag rating %}", rating=Rating.RED)


def test_an_unrated_item_says_why() -> None:
    assert "Not rated" in draw("{% rating_tag rating %}", rating=None)
    html = draw('{% rating_tag rating label="Not due to start" %}', rating=None)
    assert "Not due to start" in html
    assert "Not rated" not in html


def test_a_label_cannot_take_the_place_of_a_rating_s_own_word() -> None:
    html = draw('{% rating_tag rating label="Fine really" %}', rating=Rating.RED)
    assert words_of(read_part(html)) == "Red"


@pytest.mark.parametrize(
    ("rating", "was", "heard"),
    [
        (Rating.GREEN, Rating.AMBER, "Green better: was Amber"),
        (Rating.RED, Rating.AMBER, "Red worse: was Amber"),
        (Rating.RED, Rating.RED, "Red no change: was Red"),
        (Rating.RED, None, "Red"),
        (None, Rating.AMBER, "Not rated was Amber"),
    ],
)
def test_a_change_is_an_arrow_with_words(
    rating: Rating | None, was: Rating | None, heard: str
) -> None:
    html = draw("{% rating_tag rating was=was %}", rating=rating, was=was)
    assert words_of(read_part(html)) == heard


def test_a_rating_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="purple"):
        draw("{% rating_tag rating %}", rating="purple")


def test_counts_stand_in_the_bar_worst_first_and_are_said() -> None:
    html = draw("{% rating_counts counts %}", counts=Tally(red=2, amber=0, green=10, unrated=1))
    assert "2 red, 10 green and 1 not rated" in html
    assert words_of(read_part(html)).split("rated")[1].strip() == "2 10 1"
    assert html.index("part--red") < html.index("part--green") < html.index("part--unrated")
    assert "part--amber" not in html


def test_no_counts_are_no_bar() -> None:
    html = draw("{% rating_counts counts %}", counts=Tally(0, 0, 0, 0))
    assert words_of(read_part(html)) == "Nothing rated yet"


def test_nothing_is_styled_inline() -> None:
    html = draw(
        "{% rating_counts counts %}{% rating_tag r was=r %}", counts=Tally(1, 2, 3, 4), r="red"
    )
    assert "style=" not in html


def test_an_empty_page_says_what_comes_next() -> None:
    html = draw('{% empty_state "No papers yet" "They follow." "/next" "See what is missing" %}')
    assert '<a class="govuk-link" href="/next">See what is missing</a>' in html
    assert "<a" not in draw('{% empty_state "No papers yet" "They follow." %}')


def test_facts_are_listed_and_a_missing_one_is_said() -> None:
    facts = [("Due", "8 June"), ("Plan", "Economy", "/economy"), {"label": "Risk", "value": None}]
    html = draw("{% fact_list facts %}", facts=facts)
    assert words_of(read_part(html)) == "Due 8 June Plan Economy Risk Not given"
    assert 'href="/economy"' in html


def test_words_of_officers_cannot_become_markup() -> None:
    html = draw(
        "{% commentary text %}{% inset text %}{% tag text %}", text="<script>alert(1)</script>"
    )
    assert "<script" not in html


def test_a_long_comment_is_folded_and_whole() -> None:
    text = "The pool opened. " * 20
    html = draw("{% commentary text %}", text=text)
    assert "<details" in html
    assert text.strip() in html
    assert "<details" not in draw("{% commentary text %}", text="Done.")
    assert "No comment yet" in draw('{% commentary text empty="No comment yet" %}', text=None)


def test_what_is_due_keeps_its_words_and_the_day_first_promised() -> None:
    html = draw(
        '{% due_words "By the summer" day today original_on=original %}',
        day=date(2009, 10, 12),
        today=TODAY,
        original=date(2009, 9, 1),
    )
    assert words_of(read_part(html)) == (
        "By the summer by 12 October 2009 2 days late first promised for 1 September 2009"
    )
    assert "No date given" in draw('{% due_words "" %}')


def test_a_shortened_figure_shows_the_exact_one() -> None:
    html = draw('{% figure value "pounds" %}', value=Decimal(1234567))
    assert html == '<abbr class="gt-exact" title="£1,234,567">£1.2m</abbr>'
    assert draw("{% figure value %}", value=None) == "No figure"
    assert draw('{{ value|in_figures:"percent" }}', value=Decimal("46.40")) == "46.4%"


def test_filters_write_words() -> None:
    written = draw(
        '{{ day|long_date }}; {{ day|date_range:day }}; {{ day|day_count:day }}; {{ n|counted:"reply,replies" }}; {{ names|joined }}',
        day=TODAY,
        n=2,
        names=["a", "b"],
    )
    assert written == "14 October 2009; 14 October 2009; today; 2 replies; a and b"


def test_a_component_that_there_is_not_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw("{% rag_badge rating %}")
