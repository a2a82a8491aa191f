from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldenthread.design.charts import sparkline, trend_chart
from goldenthread.design.scales import round_ticks
from goldenthread.design.svg import figure_words

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"]

numbers = (
    st.none()
    | st.floats(-1e12, 1e12)
    | st.sampled_from([float("nan"), float("inf")])
    | st.decimals(-(10**12), 10**12)
)


def drawn(svg: str) -> Element:
    return fromstring(svg)  # noqa: S314  # what we drew ourselves


def chart(*values: Decimal | float | None, **more: object) -> Element:
    points = list(zip(MONTHS, values, strict=False))
    return drawn(trend_chart(points, title="Visits rose", alt="From 3 to 5.", **more))  # type: ignore[arg-type]


def found(element: Element, name: str) -> list[Element]:
    return element.findall(f"{SVG}{name}")


def words(element: Element) -> list[str]:
    return [text.text or "" for text in found(element, "text")]


def test_a_chart_is_a_picture_with_a_name_and_a_sentence() -> None:
    picture = chart(3, 5)
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == "Visits rose. From 3 to 5"
    assert picture.findtext(f"{SVG}title") == "Visits rose"
    assert picture.findtext(f"{SVG}desc") == "From 3 to 5."


def test_target_and_limits_are_named_on_their_lines() -> None:
    said = words(chart(3000, 5000, target=4500, limits=(2000, 4000, 6000)))
    for label in ("Target 4,500", "Lower limit 2,000", "Average 4,000", "Upper limit 6,000"):
        assert label in said


def test_labels_on_lines_close_together_do_not_overlap() -> None:
    picture = chart(3, 5, target=5, limits=(4.9, 5, 5.1))
    labels = [text for text in found(picture, "text") if "limit" in (text.text or "")]
    labels += [text for text in found(picture, "text") if (text.text or "").startswith("Target")]
    heights = sorted(float(label.get("y", 0)) for label in labels)
    assert all(low + 15.9 <= high for low, high in pairwise(heights))


def test_a_point_outside_its_limits_is_a_square_and_so_is_a_signal() -> None:
    picture = chart(3, 9, 4, 5, limits=(2, 4, 6), signals={2})
    squares = [part for part in found(picture, "rect") if part.get("width") == "10"]
    assert len(squares) == 2


def test_a_missing_figure_leaves_a_gap_in_the_line() -> None:
    assert len(found(chart(3, 4, None, 5, 6), "polyline")) == 2


def test_a_chart_without_figures_says_so() -> None:
    assert "No figures yet" in words(chart())
    assert "No figures yet" in words(chart(None, None, target=4))


def test_the_latest_point_is_the_largest_and_labelled() -> None:
    picture = chart(3, 4, 6000)
    radii = [float(dot.get("r", 0)) for dot in found(picture, "circle")]
    assert max(radii) == radii[-1] > radii[0]
    assert "6,000" in words(picture)


def test_every_other_label_goes_before_any_overlap() -> None:
    points = [(f"{month} 2009/10", 3.0) for month in MONTHS * 4]
    said = words(drawn(trend_chart(points, title="T", alt="A")))
    assert 2 <= sum("2009/10" in label for label in said) <= 8
    assert said.count("Sep 2009/10") >= 1


@given(st.lists(numbers, max_size=8), numbers, st.text(max_size=10))
@example(values=[0.0], target=5e-324, words="")
@example(values=[1e-300], target=None, words="")
def test_whatever_the_figures_a_drawing_is_sound_and_finite(
    values: list[Decimal | float | None], target: Decimal | float | None, words: str
) -> None:
    for svg in (
        sparkline(values, target=target, alt=words),
        trend_chart(
            [(words, v) for v in values], target=target, title=words, alt=words, unit=words
        ),
    ):
        fromstring(svg)  # noqa: S314  # what we drew ourselves
        assert not re.search(r'="[^"]*\b(nan|inf)', svg.replace(words, ""))


def test_a_drawing_has_no_style_no_script_and_no_id() -> None:
    svg = trend_chart([("Q1", 3)], target=4, title="<script>", alt='on\'load="x"')
    assert not re.search(r"<script|\sstyle=|\son\w+=|\sid=", svg)


def test_control_characters_are_refused_a_place() -> None:
    assert "\x07" not in sparkline([1, 2], alt="bell\x07")


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 10], [0, 2.5, 5, 7.5, 10]),
        ([4100, 9700], [4000, 6000, 8000, 10000]),
        ([-5, 3], [-6, -4, -2, 0, 2, 4]),
        ([46.4, 48.1], [46, 46.5, 47, 47.5, 48, 48.5]),
    ],
)
def test_the_axis_is_marked_at_round_figures(values: list[float], ticks: list[float]) -> None:
    assert round_ticks(values) == ticks


def test_equal_figures_have_an_axis_too() -> None:
    ticks = round_ticks([5, 5])
    assert ticks[0] < 5 < ticks[-1]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (Decimal("54000"), "", "54,000"),
        (Decimal("46.40"), "%", "46.40%"),
        (Decimal("-1200"), "£", "\N{MINUS SIGN}£1,200"),
        (0.25, "", "0.25"),
        (1e6, "", "1,000,000"),
    ],
)
def test_a_figure_is_written_as_people_do(value: Decimal | float, unit: str, written: str) -> None:
    assert figure_words(value, unit) == written
