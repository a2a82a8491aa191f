"""Rating rules that councils really use, to start from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from goldenthread.domain.rating import AmberAlso, Measure, RatingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A rule with the words a council would choose it by."""

    name: str
    words: str
    rule: RatingRule


CHASE = RatingRule()

PRESETS = {
    "chase": Preset(
        name="5% of the target",
        words="Green on target or better, amber up to and including 5% short, red beyond",
        rule=CHASE,
    ),
    "belfast": Preset(
        name="1% and 5% (Belfast 2023-24)",
        words="Green within 1% or better, amber between 1% and 5%, red at 5% or more",
        rule=RatingRule(
            green_within=Decimal("0.01"), amber_within=Decimal("0.05"), amber_is_inclusive=False
        ),
    ),
    "havering": Preset(
        name="10%, then last year (Havering 2013/14)",
        words="Green within 10%, amber if no worse than the same period last year, otherwise red",
        rule=RatingRule(
            green_within=Decimal("0.10"), amber_within=None, amber_also=AmberAlso.LAST_YEAR
        ),
    ),
    "brighton": Preset(
        name="A green and an amber value each (Brighton & Hove)",
        words="Each indicator has its green value and its amber value",
        rule=RatingRule(measure=Measure.EXPLICIT, amber_within=None),
    ),
    "reigate": Preset(
        name="The indicator's own tolerance (Reigate & Banstead)",
        words="Green on or above target, amber within the indicator's tolerance, red below it",
        rule=RatingRule(measure=Measure.ABSOLUTE, amber_within=Decimal(0)),
    ),
    "east_riding": Preset(
        name="Significantly better or worse (East Riding)",
        words="Green more than the tolerance better, amber within it either way, red more than it worse",
        rule=RatingRule(green_within=Decimal("-0.05"), green_is_inclusive=False),
    ),
    "lincoln": Preset(
        name="A low and a high target (Lincoln)",
        words="Green at the upper value, amber down to the lower, red below it",
        rule=RatingRule(measure=Measure.EXPLICIT, amber_within=None),
    ),
    "medway": Preset(
        name="Able to reach it within the year (Medway)",
        words="Green on target, amber off it while the estimated outturn reaches it, otherwise red",
        rule=RatingRule(amber_within=None, amber_also=AmberAlso.ESTIMATE),
    ),
    "bracknell_forest": Preset(
        name="Targets and forecasts (Bracknell Forest)",
        words="Performance indicators against their target, contextual ones against their forecast",
        rule=CHASE,
    ),
}
