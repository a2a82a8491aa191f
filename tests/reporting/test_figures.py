"""What a cycle knows of an indicator's figures: which it asks for, their trend, and their words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from goldenthread.domain.clear_days import Nation
from goldenthread.domain.kinds import Frequency, Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.periods import FinancialYear, Period
from goldenthread.domain.rating import Polarity
from goldenthread.domain.spc import FEWEST_FOR_LIMITS
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Council
from goldenthread.reporting.assessments import CycleFigures, cycle_figures, figures_by_indicator
from goldenthread.reporting.facts import facts_of, target_words
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.trends import trend_of
from goldenthread.timetables.bank_holidays import bank_holidays
from tests.factories import (
    IndicatorFactory,
    MeasurementFactory,
    SixWeeklyCycleFactory,
    TargetFactory,
)

YEAR = FinancialYear(2009)


def indicator_of(council: Council, *figures: int | None, **given: Any) -> Indicator:
    """Make a monthly indicator with figures from April 2009 back, the latest last."""
    indicator = IndicatorFactory(council=council, **given)
    last = YEAR.starts_in * 12 + 5
    for months_back, value in enumerate(reversed(figures)):
        year, month = divmod(last - months_back, 12)
        day = date(year, month + 1, 1)
        MeasurementFactory(
            indicator=indicator,
            starts_on=day,
            ends_on=day.replace(day=28),
            value=None if value is None else Decimal(value),
            unavailable_reason="Lost" if value is None else "",
        )
    return indicator


def figures_of(cycle: ReportingCycle, *figures: int | None, **given: Any) -> CycleFigures:
    """Bring together what the cycle knows of a new indicator with figures up to June 2009."""
    return cycle_figures(cycle, indicator_of(cycle.council, *figures, **given))


def months(figures: CycleFigures) -> list[tuple[int, bool]]:
    return [(asked.period.starts_on.month, asked.is_due) for asked in figures.wanted]


@pytest.mark.parametrize(
    ("frequency", "quarterly", "six_weekly"),
    [
        (
            Frequency.MONTHLY,
            [(4, True), (5, True), (6, True)],
            [(4, True), (5, True), (6, False)],
        ),
        (Frequency.QUARTERLY, [(4, True)], [(4, False)]),
        (Frequency.ANNUAL, [], []),
    ],
)
def test_a_cycle_asks_for_the_figures_whose_period_has_ended(
    council: Council,
    cycle: ReportingCycle,
    frequency: Frequency,
    quarterly: list[tuple[int, bool]],
    six_weekly: list[tuple[int, bool]],
) -> None:
    before = SixWeeklyCycleFactory(council=council)

    assert months(figures_of(cycle, frequency=frequency)) == quarterly
    assert months(figures_of(before, frequency=frequency)) == six_weekly


def test_a_firm_figure_is_not_wanted_again_and_a_provisional_one_is(
    cycle: ReportingCycle,
) -> None:
    indicator = IndicatorFactory(council=cycle.council)
    for month, provisional in ((4, False), (5, True)):
        day = date(2009, month, 1)
        MeasurementFactory(
            indicator=indicator, starts_on=day, ends_on=day, is_provisional=provisional
        )

    assert months(cycle_figures(cycle, indicator)) == [(5, True), (6, True)]


def test_last_years_figures_stand_beside_this_years(cycle: ReportingCycle) -> None:
    years = figures_of(cycle, *range(1, 16)).with_typed({})

    assert years.last_year == tuple(Decimal(n) for n in range(1, 13))
    assert years.this_year == tuple(Decimal(n) for n in (13, 14, 15))
    assert years.target is None


def test_the_target_of_the_year_is_the_one_taken(cycle: ReportingCycle) -> None:
    indicator = IndicatorFactory(council=cycle.council)
    for year, value in ((2008, 1), (2009, 2), (2010, 3)):
        TargetFactory(indicator=indicator, year=year, value=Decimal(value))

    target = cycle_figures(cycle, indicator).target

    assert target is not None
    assert target.value == 2


def test_each_indicator_has_its_own_figures(cycle: ReportingCycle) -> None:
    one, other = (indicator_of(cycle.council, value) for value in (1, 2))

    found = figures_by_indicator(cycle, [one, other])

    june = Period(YEAR, Frequency.MONTHLY, 3)
    held = [found[each.pk].measurement(june) for each in (one, other)]
    assert [figure and figure.value for figure in held] == [1, 2]


@pytest.mark.parametrize(
    ("figures", "points", "known"),
    [
        ((), [], []),
        ((1, 2, 3), [1, 2, 3], [1, 2, 3]),
        ((1, None, 3), [1, None, 3], [1, 3]),
        ((None, 2, None), [2], [2]),
    ],
)
def test_a_trend_runs_from_the_first_figure_to_the_latest(
    cycle: ReportingCycle,
    figures: tuple[int | None, ...],
    points: list[int | None],
    known: list[int],
) -> None:
    trend = trend_of(figures_of(cycle, *figures))

    assert list(trend.values) == points
    assert [value for _, value in trend.known] == known


def test_a_trend_is_no_longer_than_asked(cycle: ReportingCycle) -> None:
    figures = figures_of(cycle, *range(1, 31))

    assert list(trend_of(figures, points=3).values) == [28, 29, 30]
    assert len(trend_of(figures).points) == 24


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((), "No figures yet"),
        ((46,), "46 in June 2009"),
        ((None, 46), "46 in June 2009"),
    ],
)
def test_a_trend_of_at_most_one_figure_speaks_of_no_change(
    cycle: ReportingCycle, figures: tuple[int | None, ...], sentence: str
) -> None:
    assert trend_of(figures_of(cycle, *figures)).sentence == sentence


def test_a_trend_says_how_the_latest_figure_moved(cycle: ReportingCycle) -> None:
    sentence = trend_of(figures_of(cycle, 40, None, 46)).sentence

    assert sentence.startswith("46 in June 2009, ")
    assert sentence.endswith(" on April 2009")
    assert "6" in sentence.removeprefix("46 in June 2009")


@pytest.mark.parametrize(
    ("accumulation", "target"), [(Accumulation.SUM, None), (Accumulation.LATEST, 1200)]
)
def test_a_years_target_measures_no_single_count(
    cycle: ReportingCycle, accumulation: Accumulation, target: int | None
) -> None:
    indicator = IndicatorFactory(council=cycle.council, accumulation=accumulation)
    TargetFactory(indicator=indicator)

    assert trend_of(cycle_figures(cycle, indicator)).target == target
    assert trend_of(figures_of(cycle, accumulation=accumulation)).target is None


def test_too_few_figures_have_no_limits(cycle: ReportingCycle) -> None:
    trend = trend_of(figures_of(cycle, *[10, 12] * (FEWEST_FOR_LIMITS // 2 - 1)))

    assert trend.limits is None
    assert trend.signals == frozenset()


def test_a_figure_out_of_its_limits_is_found_among_gaps(cycle: ReportingCycle) -> None:
    trend = trend_of(figures_of(cycle, 10, 12, None, 11, 10, 12, 11, 10, 12, 11, 90))

    assert trend.limits is not None
    assert 10 in trend.signals
    assert 2 not in trend.signals


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"value": Decimal(54000)}, "54,000"),
        ({"value": None, "lower": Decimal(10), "upper": Decimal(20)}, "10 to 20"),
        ({"value": None, "green_value": Decimal(7)}, "7"),
        ({"value": None}, "None set"),
        ({"value": Decimal(0)}, "0"),
    ],
)
def test_a_target_is_a_figure_a_range_or_none(
    council: Council, given: dict[str, Decimal | None], words: str
) -> None:
    target = TargetFactory(council=council, **given)

    assert target_words(target.indicator, 2009) == words
    assert target_words(target.indicator, 2010) == "None set"


def test_an_officer_is_told_what_stands_beside_the_questions(cycle: ReportingCycle) -> None:
    given = {"previous_outturn": Decimal("46.4"), "unit": Unit.PERCENT, "decimals": 1}
    indicator = indicator_of(cycle.council, 40, None, 46, polarity=Polarity.LOW, **given)
    TargetFactory(indicator=indicator, value=Decimal(41))

    assert facts_of(cycle_figures(cycle, indicator)) == [
        ("Target for 2009/10", "41.0%"),
        ("Outturn for 2008/09", "46.4%"),
        ("Good is", "low"),
        ("Latest figures", "April 2009 40.0%; June 2009 46.0%"),
    ]


def test_what_is_not_known_is_said_so(cycle: ReportingCycle) -> None:
    facts = dict(facts_of(figures_of(cycle)))

    assert facts["Target for 2009/10"] == "None set"
    assert facts["Outturn for 2008/09"] == ""
    assert facts["Latest figures"] == "None yet this year"


def test_bank_holidays_reach_to_the_end_of_the_year_after() -> None:
    holidays = bank_holidays(YEAR)

    assert date(2010, 4, 5) in holidays
    assert date(2011, 1, 3) in holidays
    assert date(2009, 1, 1) not in holidays
    assert date(2011, 4, 22) not in holidays


def test_an_indicator_that_the_cycle_knows_nothing_of_is_refused(cycle: ReportingCycle) -> None:
    found = figures_by_indicator(cycle, [])

    with pytest.raises(KeyError):
        found[IndicatorFactory(council=cycle.council).pk]


@pytest.mark.parametrize("quarter_comes_first", [True, False])
def test_a_quarters_figure_is_not_taken_for_that_of_its_first_month(
    cycle: ReportingCycle, *, quarter_comes_first: bool
) -> None:
    indicator = IndicatorFactory(council=cycle.council)
    periods = [(date(2009, 6, 30), 300), (date(2009, 4, 30), 100)]
    for ends_on, value in periods if quarter_comes_first else reversed(periods):
        MeasurementFactory(indicator=indicator, ends_on=ends_on, value=Decimal(value))

    years = cycle_figures(cycle, indicator).with_typed({})

    assert years.this_year == (Decimal(100), None, None)


def test_an_indicator_that_changed_its_frequency_is_asked_for_its_new_figures(
    cycle: ReportingCycle,
) -> None:
    indicator = IndicatorFactory(council=cycle.council)
    MeasurementFactory(indicator=indicator, ends_on=date(2009, 6, 30))

    assert months(cycle_figures(cycle, indicator)) == [(4, True), (5, True), (6, True)]


@pytest.mark.parametrize(
    ("projection", "has_limits"),
    [(Projection.STRAIGHT_LINE, True), (Projection.LAST_YEARS_PROFILE, False)],
)
def test_what_follows_the_year_has_no_natural_limits(
    cycle: ReportingCycle, projection: Projection, *, has_limits: bool
) -> None:
    figures = figures_of(cycle, *range(1, 31))
    figures.indicator.projection = projection

    trend = trend_of(figures)

    assert (trend.limits is not None) is has_limits
    assert has_limits or trend.signals == frozenset()


def test_each_nation_has_its_own_bank_holidays() -> None:
    second_of_january = date(2010, 1, 4)

    assert second_of_january in bank_holidays(YEAR, Nation.SCOTLAND)
    assert second_of_january not in bank_holidays(YEAR)
