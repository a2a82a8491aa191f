"""Evidence for suggestions, and the rules that it is held against."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import Polarity, RatingRule, TargetFigures
from goldenthread.domain.rating_presets import CHASE, PRESETS
from goldenthread.domain.suggestion import Evidence, Suggestion, suggest_rating

BELFAST = PRESETS["belfast"].rule
BRIGHTON = PRESETS["brighton"].rule
EAST_RIDING = PRESETS["east_riding"].rule
HAVERING = PRESETS["havering"].rule
MEDWAY = PRESETS["medway"].rule
REIGATE = PRESETS["reigate"].rule

AESE10 = Evidence(
    value=Decimal(38),
    target=TargetFigures(value=Decimal(41)),
    polarity=Polarity.HIGH,
    rule=CHASE,
    unit=Unit.PERCENT,
    decimals=0,
)
RANGE_OF_40_TO_60 = TargetFigures(lower=Decimal(40), upper=Decimal(60))


def suggest(
    value: str,
    target: TargetFigures | str,
    polarity: Polarity = Polarity.HIGH,
    rule: RatingRule = CHASE,
    *,
    unit: Unit = Unit.NUMBER,
    decimals: int | None = None,
    last_year: str | None = None,
    estimate: str | None = None,
) -> Suggestion:
    """Suggest a rating for a figure; a target in words is the target's value."""
    if isinstance(target, str):
        target = TargetFigures(value=Decimal(target))
    return suggest_rating(
        Evidence(
            value=Decimal(value),
            target=target,
            polarity=polarity,
            rule=rule,
            unit=unit,
            decimals=decimals,
            last_year=None if last_year is None else Decimal(last_year),
            estimate=None if estimate is None else Decimal(estimate),
        )
    )
