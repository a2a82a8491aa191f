from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goldenthread.domain.rating import Basis, Polarity, Rating, RatingRule, TargetFigures
from goldenthread.domain.rating_presets import CHASE, PRESETS
from goldenthread.domain.suggestion import Evidence, Suggestion, suggest_rating

RED, AMBER, GREEN = Rating.RED, Rating.AMBER, Rating.GREEN
HUNDRED = TargetFigures(value=Decimal(100))


def suggest(
    preset: str,
    figure: str,
    polarity: Polarity,
    *,
    target: TargetFigures = HUNDRED,
    last_year: str | None = None,
    estimate: str | None = None,
) -> Suggestion:
    """Suggest a rating; everything is told as where high is good, and turned over for low."""

    def placed(told: Decimal | str | None) -> Decimal | None:
        if told is None:
            return None
        return 200 - Decimal(told) if polarity is Polarity.LOW else Decimal(told)

    return suggest_rating(
        Evidence(
            value=placed(figure),
            target=replace(
                target,
                value=placed(target.value),
                green_value=placed(target.green_value),
                amber_value=placed(target.amber_value),
            ),
            polarity=polarity,
            rule=PRESETS[preset].rule,
            last_year=placed(last_year),
            estimate=placed(estimate),
        )
    )


both_ways = pytest.mark.parametrize("polarity", [Polarity.HIGH, Polarity.LOW])


@both_ways
@pytest.mark.parametrize(
    ("preset", "value", "rating"),
    [
        pytest.param("chase", "150", GREEN, id="chase far better"),
        pytest.param("chase", "100", GREEN, id="chase on target"),
        pytest.param("chase", "99.99", AMBER, id="chase just short"),
        pytest.param("chase", "95", AMBER, id="chase exactly 5% short"),
        pytest.param("chase", "94.99", RED, id="chase more than 5% short"),
        pytest.param("belfast", "100", GREEN, id="Belfast on target"),
        pytest.param("belfast", "99", GREEN, id="Belfast exactly 1% short"),
        pytest.param("belfast", "98.99", AMBER, id="Belfast more than 1% short"),
        pytest.param("belfast", "95.01", AMBER, id="Belfast 4.99% short"),
        pytest.param("belfast", "95", RED, id="Belfast exactly 5% short"),
        pytest.param("east_riding", "105.01", GREEN, id="East Riding more than 5% better"),
        pytest.param("east_riding", "105", AMBER, id="East Riding exactly 5% better"),
        pytest.param("east_riding", "100", AMBER, id="East Riding on target"),
        pytest.param("east_riding", "95", AMBER, id="East Riding exactly 5% short"),
        pytest.param("east_riding", "94.99", RED, id="East Riding more than 5% short"),
        pytest.param("bracknell_forest", "100", GREEN, id="Bracknell Forest on target"),
        pytest.param("bracknell_forest", "95", AMBER, id="Bracknell Forest exactly 5% short"),
        pytest.param("bracknell_forest", "94.99", RED, id="Bracknell Forest more than 5% short"),
    ],
)
def test_share_of_the_target_sets_the_rating(
    preset: str, value: str, polarity: Polarity, rating: Rating
) -> None:
    assert suggest(preset, value, polarity).rating is rating


@both_ways
@pytest.mark.parametrize(
    ("value", "last_year", "rating"),
    [
        pytest.param("90", None, GREEN, id="exactly 10% short"),
        pytest.param("90", "150", GREEN, id="exactly 10% short, worse than last year"),
        pytest.param("89.99", "89.99", AMBER, id="more than 10% short, same as last year"),
        pytest.param("89.99", "80", AMBER, id="more than 10% short, better than last year"),
        pytest.param("89.99", "90", RED, id="more than 10% short, worse than last year"),
        pytest.param("89.99", None, RED, id="more than 10% short, no last year"),
    ],
)
def test_havering_compares_what_is_more_than_a_tenth_off_with_last_year(
    value: str, last_year: str | None, polarity: Polarity, rating: Rating
) -> None:
    assert suggest("havering", value, polarity, last_year=last_year).rating is rating


@both_ways
@pytest.mark.parametrize("preset", ["brighton", "lincoln"])
@pytest.mark.parametrize(
    ("value", "rating"),
    [
        pytest.param("90.01", GREEN, id="better than the green value"),
        pytest.param("90", GREEN, id="at the green value"),
        pytest.param("89.99", AMBER, id="just short of the green value"),
        pytest.param("70", AMBER, id="at the amber value"),
        pytest.param("69.99", RED, id="just short of the amber value"),
    ],
)
def test_indicators_own_two_values_set_the_rating(
    preset: str, value: str, polarity: Polarity, rating: Rating
) -> None:
    """Lincoln's upper end is the green value and its lower end the amber value."""
    target = TargetFigures(green_value=Decimal(90), amber_value=Decimal(70))
    assert suggest(preset, value, polarity, target=target).rating is rating


@both_ways
@pytest.mark.parametrize(
    ("value", "tolerance", "rating"),
    [
        pytest.param("40", "3", GREEN, id="on target"),
        pytest.param("39.99", "3", AMBER, id="just short"),
        pytest.param("37", "3", AMBER, id="exactly the tolerance short"),
        pytest.param("36.99", "3", RED, id="more than the tolerance short"),
        pytest.param("39.99", "0", RED, id="tolerance of nought"),
        pytest.param("39.99", None, RED, id="no tolerance"),
        pytest.param("40", None, GREEN, id="no tolerance, on target"),
    ],
)
def test_reigate_rates_within_the_indicators_own_tolerance(
    value: str, tolerance: str | None, polarity: Polarity, rating: Rating
) -> None:
    within = None if tolerance is None else Decimal(tolerance)
    target = TargetFigures(value=Decimal(40), amber_within=within)
    assert suggest("reigate", value, polarity, target=target).rating is rating


@both_ways
@pytest.mark.parametrize(
    "target",
    [
        pytest.param(replace(HUNDRED, amber_within=Decimal("0.02")), id="share"),
        pytest.param(replace(HUNDRED, absolute_tolerance=Decimal(2)), id="absolute"),
    ],
)
@pytest.mark.parametrize(
    ("value", "rating"),
    [
        pytest.param("102.01", GREEN, id="more than the tolerance better"),
        pytest.param("102", AMBER, id="exactly the tolerance better"),
        pytest.param("98", AMBER, id="exactly the tolerance short"),
        pytest.param("97.99", RED, id="more than the tolerance short"),
    ],
)
def test_east_riding_takes_the_indicators_own_tolerance_either_way(
    value: str, target: TargetFigures, polarity: Polarity, rating: Rating
) -> None:
    assert suggest("east_riding", value, polarity, target=target).rating is rating


@both_ways
@pytest.mark.parametrize(
    ("value", "estimate", "rating"),
    [
        pytest.param("100", "90", GREEN, id="on target, whatever the estimate"),
        pytest.param("99.99", "100", AMBER, id="off target, estimate on it"),
        pytest.param("10", "120", AMBER, id="far off target, estimate beyond it"),
        pytest.param("99.99", "99.99", RED, id="off target, estimate just short"),
        pytest.param("99.99", None, RED, id="off target, no estimate"),
    ],
)
def test_medway_believes_that_the_year_can_still_be_saved(
    value: str, estimate: str | None, polarity: Polarity, rating: Rating
) -> None:
    assert suggest("medway", value, polarity, estimate=estimate).rating is rating


@pytest.mark.parametrize("basis", list(Basis))
def test_bracknell_forest_says_whether_it_is_a_target_or_a_forecast(basis: Basis) -> None:
    target = replace(HUNDRED, basis=basis)
    suggestion = suggest("bracknell_forest", "96", Polarity.HIGH, target=target)
    assert suggestion.sentence == (
        "The figures suggest Amber: the estimated outturn of 96 is 4% below the"
        f" {basis} of 100 (amber reaches 5%)."
    )
    assert (basis.value, "100") in suggestion.inputs


@pytest.mark.parametrize("preset", list(PRESETS))
def test_monitored_indicator_is_rated_under_no_preset(preset: str) -> None:
    """Brighton's monitoring indicators and Lincoln's volumes."""
    assert suggest(preset, "1", Polarity.NONE).rating is None


@pytest.mark.parametrize(
    "target",
    [
        pytest.param(HUNDRED, id="neither value"),
        pytest.param(TargetFigures(green_value=Decimal(90)), id="no amber value"),
        pytest.param(TargetFigures(amber_value=Decimal(70)), id="no green value"),
    ],
)
@pytest.mark.parametrize("preset", ["brighton", "lincoln"])
def test_rating_by_two_values_is_refused_without_them(preset: str, target: TargetFigures) -> None:
    suggestion = suggest(preset, "80", Polarity.HIGH, target=target)
    assert suggestion.rating is None
    assert suggestion.reason == "it has no green value and amber value"


def test_nine_presets_can_be_told_apart() -> None:
    assert len(PRESETS) == 9
    assert len({preset.name for preset in PRESETS.values()}) == 9
    assert all(preset.words for preset in PRESETS.values())


def test_council_starts_from_five_percent() -> None:
    assert PRESETS["chase"].rule is CHASE
    assert RatingRule() == CHASE
