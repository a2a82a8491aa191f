"""The rule by which figures suggest a rating, in words for a cover."""

from __future__ import annotations

from decimal import Decimal

from goldenthread.domain.assessment import Rates
from goldenthread.domain.figures import figure_in_words, percent_in_words
from goldenthread.domain.framework_tables import RatingScheme
from goldenthread.domain.rating import (
    AmberAlso,
    Measure,
    Polarity,
    RatingRule,
    TargetFigures,
)
from goldenthread.indicators.facts import say
from goldenthread.indicators.models import Indicator

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
    said = f"By {figure}: {_green(scheme.rule)}; {_amber(scheme.rule)}; red otherwise"
    return said if scheme.rule.measure is Measure.EXPLICIT else f"{said}, {UNLESS}"


UNLESS = "unless an indicator has a band of its own, which stands beside it"


def own_band(indicator: Indicator, target: TargetFigures | None, rule: RatingRule) -> str:
    """Say by which band figures suggest an indicator's rating where the cover's is not its own."""
    if target is None or indicator.polarity is Polarity.NONE:
        return ""
    if rule.measure is Measure.EXPLICIT and indicator.polarity is not Polarity.RANGE:
        amber = say(indicator, target.amber_value)
        return f"Own band: amber from {amber}" if amber else ""
    if (size := _own_size(indicator, target, rule)) is not None:
        reach = "up to" if rule.amber_is_inclusive else "less than"
        better = rule.green_within < 0 and rule.amber_within == -rule.green_within
        green = f"green from {size} better, " if better else ""
        return f"Own band: {green}amber {reach} {size} short{_ALSO[rule.amber_also]}"
    is_share = rule.measure is Measure.RELATIVE and indicator.polarity is not Polarity.RANGE
    return _NO_SHARE if is_share and target.value == 0 else ""


_NO_SHARE = "Own band: green at zero or better; of any other figure, no rating is suggested"


def _own_size(indicator: Indicator, target: TargetFigures, rule: RatingRule) -> str | None:
    """Say how far an indicator's own amber reaches; None where it has no tolerance of its own."""
    if target.absolute_tolerance is not None:
        return figure_in_words(target.absolute_tolerance, indicator.unit)
    if target.amber_within is None:
        return None
    if rule.measure is Measure.RELATIVE:
        return percent_in_words(target.amber_within)
    return figure_in_words(target.amber_within, indicator.unit)


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
