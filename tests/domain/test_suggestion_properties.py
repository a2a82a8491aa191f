from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.rating import (
    AmberAlso,
    Measure,
    Polarity,
    Rating,
    RatingRule,
    TargetFigures,
)
from goldenthread.domain.rating_presets import PRESETS
from goldenthread.domain.suggestion import Evidence, suggest_rating

figures = st.decimals(min_value=-1000, max_value=1000, places=2)
factors = st.decimals(min_value="0.001", max_value=1000, places=3)
tolerances = st.decimals(min_value=0, max_value=2, places=2)
RATED = [Polarity.HIGH, Polarity.LOW, Polarity.RANGE]
RELATIVE = [name for name, preset in PRESETS.items() if preset.rule.measure is Measure.RELATIVE]
few = settings(max_examples=30)
"""Enough for each of many presets and polarities."""
every_preset = pytest.mark.parametrize("preset", list(PRESETS))
every_rated_polarity = pytest.mark.parametrize("polarity", RATED)


@st.composite
def targets(draw: st.DrawFn, polarity: Polarity, *, absolute: bool = True) -> TargetFigures:
    lower, upper = sorted([draw(figures), draw(figures)])
    high = polarity is not Polarity.LOW
    return TargetFigures(
        value=draw(figures),
        lower=lower,
        upper=upper,
        green_value=upper if high else lower,
        amber_value=lower if high else upper,
        amber_within=draw(st.none() | tolerances),
        absolute_tolerance=draw(st.none() | tolerances) if absolute else None,
    )


@st.composite
def evidence_for(
    draw: st.DrawFn, rule: RatingRule, polarity: Polarity, *, absolute: bool = True
) -> Evidence:
    return Evidence(
        value=draw(figures),
        target=draw(targets(polarity, absolute=absolute)),
        polarity=polarity,
        rule=rule,
        last_year=draw(st.none() | figures),
        estimate=draw(st.none() | figures),
    )


def badness(evidence: Evidence) -> int:
    """How bad the rating is; none at all, which a target of zero gives to what misses it, is worst."""
    rating = suggest_rating(evidence).rating
    return rating.badness if rating else 4


def made_worse(evidence: Evidence, by: Decimal) -> Evidence:
    """Move a figure the wrong way: in a range, away from its middle."""
    assert evidence.value is not None
    is_down = evidence.polarity is Polarity.HIGH or (
        evidence.polarity is Polarity.RANGE and evidence.value < middle(evidence.target)
    )
    return replace(evidence, value=evidence.value - by if is_down else evidence.value + by)


def middle(target: TargetFigures | None) -> Decimal:
    assert target is not None
    assert target.lower is not None
    assert target.upper is not None
    return (target.lower + target.upper) / 2


@every_preset
@every_rated_polarity
@few
@given(data=st.data(), by=figures.map(abs))
def test_rating_never_gets_better_as_a_figure_gets_worse(
    preset: str, polarity: Polarity, data: st.DataObject, by: Decimal
) -> None:
    evidence = data.draw(evidence_for(PRESETS[preset].rule, polarity))
    assert badness(made_worse(evidence, by)) >= badness(evidence)


def scaled(evidence: Evidence, factor: Decimal) -> Evidence:
    def times(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else figure * factor

    target = evidence.target
    assert target is not None
    return replace(
        evidence,
        value=times(evidence.value),
        last_year=times(evidence.last_year),
        estimate=times(evidence.estimate),
        target=replace(
            target,
            value=times(target.value),
            lower=times(target.lower),
            upper=times(target.upper),
        ),
    )


@pytest.mark.parametrize("preset", RELATIVE)
@every_rated_polarity
@few
@given(data=st.data(), factor=factors)
def test_share_of_the_target_is_the_same_in_pounds_and_in_pence(
    preset: str, polarity: Polarity, data: st.DataObject, factor: Decimal
) -> None:
    evidence = data.draw(evidence_for(PRESETS[preset].rule, polarity, absolute=False))
    assert suggest_rating(scaled(evidence, factor)).rating is suggest_rating(evidence).rating


def turned_over(evidence: Evidence) -> Evidence:
    """The same performance, counted the other way round."""

    def minus(figure: Decimal | None) -> Decimal | None:
        return None if figure is None else -figure

    target = evidence.target
    assert target is not None
    return replace(
        evidence,
        polarity=Polarity.LOW,
        value=minus(evidence.value),
        last_year=minus(evidence.last_year),
        estimate=minus(evidence.estimate),
        target=replace(
            target,
            value=minus(target.value),
            green_value=minus(target.green_value),
            amber_value=minus(target.amber_value),
        ),
    )


@every_preset
@few
@given(data=st.data())
def test_low_is_high_turned_over(preset: str, data: st.DataObject) -> None:
    evidence = data.draw(evidence_for(PRESETS[preset].rule, Polarity.HIGH))
    assert suggest_rating(turned_over(evidence)).rating is suggest_rating(evidence).rating


@every_preset
@few
@given(data=st.data())
def test_monitored_indicator_is_never_rated(preset: str, data: st.DataObject) -> None:
    """Refuses to colour what a council only watches, whatever its figures."""
    evidence = data.draw(evidence_for(PRESETS[preset].rule, Polarity.NONE))
    assert suggest_rating(evidence).rating is None


@every_rated_polarity
@given(data=st.data(), green_within=st.decimals(min_value=0, max_value=1, places=2))
def test_estimate_that_would_be_green_itself_makes_amber_and_no_other_does(
    polarity: Polarity, data: st.DataObject, green_within: Decimal
) -> None:
    rule = RatingRule(green_within=green_within, amber_within=None, amber_also=AmberAlso.ESTIMATE)
    evidence = data.draw(evidence_for(rule, polarity, absolute=False))
    assert evidence.target is not None
    evidence = replace(evidence, target=replace(evidence.target, amber_within=None))
    rating = suggest_rating(evidence).rating
    by_itself = suggest_rating(replace(evidence, value=evidence.estimate)).rating
    if rating in (Rating.AMBER, Rating.RED):
        assert (rating is Rating.AMBER) is (by_itself is Rating.GREEN)
