"""The rule by which figures suggest a rating, in words for a cover."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.domain.assessment import Rates
from goldenthread.domain.figures import percent_in_words
from goldenthread.domain.framework_tables import RatingScheme
from goldenthread.domain.rating import AmberAlso, Measure, RatingRule

_ALSO = {
    AmberAlso.NOTHING: "",
    AmberAlso.LAST_YEAR: " or no worse than a year before",
    AmberAlso.ESTIMATE: " or where the estimated outturn still reaches the target",
}


def rule_in_words(scheme: RatingScheme) -> str:
    """Say the rule; officers decide the rating, so it says no more than what figures suggest."""
    figure = {
        Rates.ESTIMATED_OUTTURN: "the estimated outturn",
        Rates.LATEST_VALUE: "the latest figure",
    }[scheme.rates]
    return f"By {figure}: {_green(scheme.rule)}; {_amber(scheme.rule)}; red otherwise"


def _green(rule: RatingRule) -> str:
    if rule.measure is Measure.EXPLICIT:
        return "green from each indicator's own green value"
    if not rule.green_within:
        return "green on target or better"
    return f"green within {_size(rule, rule.green_within)} of the target"


def _amber(rule: RatingRule) -> str:
    also = _ALSO[rule.amber_also]
    if rule.measure is Measure.EXPLICIT:
        return f"amber from its own amber value{also}"
    if rule.amber_within is None:
        return f"amber{also.removeprefix(' or')}" if also else "no amber"
    reach = "up to" if rule.amber_is_inclusive else "less than"
    return f"amber {reach} {_size(rule, rule.amber_within)} short of it{also}"


def _size(rule: RatingRule, share: Decimal) -> str:
    if rule.measure is Measure.RELATIVE:
        return percent_in_words(share)
    return f"{share.normalize():f} in the indicator's own unit"
