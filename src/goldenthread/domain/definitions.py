"""Questions that an indicator's own definition raises, before anybody blames its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goldenthread.domain.figures import figure_in_words
from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import Polarity, TargetFigures

WHOLE = Decimal(100)
# A target a little easier than last year is caution; one this much easier is a question.
EASIER_BY = Decimal("0.05")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an indicator says of itself, with the figures that can belie it."""

    polarity: Polarity
    unit: Unit
    decimals: int
    target: TargetFigures | None
    previous_outturn: Decimal | None
    figures: Sequence[Decimal] = ()


class About(StrEnum):
    """What a question is about."""

    POLARITY = "polarity"
    UNIT = "unit"
    NO_TARGET = "no_target"
    TARGET_ZERO = "target_zero"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that a definition raises, and what it is about."""

    about: About
    words: str


def questions_about(definition: Definition) -> list[Question]:
    """Ask what looks wrong in a definition; the answer may be that it is meant (oddities 5 and 6)."""
    return [*_about_direction(definition), *_about_unit(definition), *_about_target(definition)]


def _about_direction(definition: Definition) -> Iterator[Question]:
    target = definition.target.value if definition.target else None
    before = definition.previous_outturn
    if target is None or before is None:
        return
    easing = {Polarity.HIGH: before - target, Polarity.LOW: target - before}
    if easing.get(definition.polarity, Decimal(0)) > EASIER_BY * abs(before):
        yield Question(
            About.POLARITY,
            f"The target of {_say(definition, target)} is easier than last year's outturn of "
            f"{_say(definition, before)}. Is the target meant, or the polarity?",
        )


def _about_unit(definition: Definition) -> Iterator[Question]:
    target = definition.target.value if definition.target else None
    largest = max([*definition.figures, *([target] if target is not None else [])], default=None)
    if definition.unit is Unit.PERCENT and largest is not None and largest > WHOLE:
        yield Question(
            About.UNIT,
            f"It is measured in per cent, but {_say(definition, largest)} is more than the whole. "
            "Does it count something?",
        )


def _about_target(definition: Definition) -> Iterator[Question]:
    target = definition.target
    if definition.polarity is Polarity.NONE:
        return
    if target is None:
        yield Question(
            About.NO_TARGET, "It has no target for this year, so its figures suggest no rating."
        )
    elif target.value == 0 and target.absolute_tolerance is None:
        yield Question(
            About.TARGET_ZERO,
            "Its target is zero: it needs a tolerance in its own unit, since zero has no 5%.",
        )


def _say(definition: Definition, value: Decimal) -> str:
    return figure_in_words(value, definition.unit, definition.decimals)
