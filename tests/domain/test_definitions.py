"""What an indicator's own definition makes one ask: the oddities of the framework's examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goldenthread.domain.definitions import Definition, questions_about
from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import Polarity, TargetFigures


def definition(
    polarity: Polarity = Polarity.HIGH,
    *,
    target: str | None = "100",
    before: str | None = "90",
    unit: Unit = Unit.NUMBER,
    decimals: int = 0,
    figures: tuple[str, ...] = (),
    tolerance: str | None = None,
) -> Definition:
    return Definition(
        polarity=polarity,
        unit=unit,
        decimals=decimals,
        target=None
        if target is None
        else TargetFigures(
            value=Decimal(target),
            absolute_tolerance=None if tolerance is None else Decimal(tolerance),
        ),
        previous_outturn=None if before is None else Decimal(before),
        figures=[Decimal(figure) for figure in figures],
    )


def asked(given: Definition) -> list[str]:
    return [question.words for question in questions_about(given)]


def test_a_plain_definition_raises_no_question() -> None:
    assert asked(definition()) == []


def test_aese10s_target_below_its_outturn_is_asked_about() -> None:
    aese10 = definition(target="41", before="46.4", unit=Unit.PERCENT, decimals=1)

    [question] = asked(aese10)

    assert question == (
        "The target of 41.0% is easier than last year's outturn of 46.4%. "
        "Is the target meant, or the polarity?"
    )


def test_aese12s_count_in_per_cent_is_asked_about() -> None:
    aese12 = definition(target="375", before=None, unit=Unit.PERCENT)

    [question] = asked(aese12)

    assert question == (
        "It is measured in per cent, but 375% is more than the whole. Does it count something?"
    )


def test_a_percentage_that_went_over_the_whole_is_asked_about_by_its_figures() -> None:
    [question] = asked(definition(target="95", unit=Unit.PERCENT, figures=("97", "140")))

    assert "140% is more than the whole" in question


@pytest.mark.parametrize(
    ("polarity", "target", "is_asked"),
    [
        pytest.param(Polarity.HIGH, "95", False, id="high, 5% easier"),
        pytest.param(Polarity.HIGH, "94.9", True, id="high, more than 5% easier"),
        pytest.param(Polarity.LOW, "105", False, id="low, 5% easier"),
        pytest.param(Polarity.LOW, "105.1", True, id="low, more than 5% easier"),
        pytest.param(Polarity.RANGE, "10", False, id="a range has no direction"),
    ],
)
def test_caution_is_no_question_but_ease_is(
    polarity: Polarity, target: str, *, is_asked: bool
) -> None:
    questions = asked(definition(polarity, target=target, before="100"))

    assert bool(questions) is is_asked


def test_a_target_of_zero_needs_a_tolerance_of_its_own() -> None:
    zero = definition(Polarity.LOW, target="0", before="3")

    assert asked(zero) == [
        "Its target is zero: it needs a tolerance in its own unit, since zero has no 5%."
    ]
    assert asked(definition(Polarity.LOW, target="0", before="3", tolerance="1")) == []


def test_no_target_is_asked_about_unless_the_indicator_is_only_monitored() -> None:
    assert asked(definition(target=None)) == [
        "It has no target for this year, so its figures suggest no rating."
    ]
    assert asked(definition(Polarity.NONE, target=None)) == []
