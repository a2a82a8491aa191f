from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import Frequency, IndicatorKind
from goldenthread.domain.periods import FinancialYear, Period, period_of
from goldenthread.domain.rating import Basis, TargetFigures
from goldenthread.indicators.models import Indicator, Measurement, Target
from goldenthread.indicators.operations import (
    GivenFigure,
    add_indicator,
    record_figures,
    record_history,
    set_target,
)
from goldenthread.indicators.queries import held_figures
from tests.factories import (
    IN_Q1,
    IndicatorFactory,
    MeasurementFactory,
    PostFactory,
    TargetFactory,
    UserFactory,
)

YEAR = FinancialYear(2009)
APRIL, MAY = (period_of(date(2009, month, 1), Frequency.MONTHLY) for month in (4, 5))


@pytest.fixture
def indicator(db: None) -> Indicator:
    return IndicatorFactory()


def _figure(period: Period, value: str | None, **given: object) -> GivenFigure:
    number = None if value is None else Decimal(value)
    return GivenFigure(period=period, value=number, **given)  # type: ignore[arg-type]


def _record(indicator: Indicator, *figures: GivenFigure) -> dict[str, list[object]]:
    with transaction.atomic():
        return record_figures(indicator=indicator, figures=figures, by=UserFactory(), at=IN_Q1)


def test_an_indicator_is_added_with_its_sets(db: None) -> None:
    officer = PostFactory()
    new = IndicatorFactory.build(council=officer.council, indicator_officer=officer)

    add_indicator(new, kinds=[IndicatorKind.NATIONAL, IndicatorKind.LAA], by=None, at=IN_Q1)

    assert {each.kind for each in new.designations.all()} == {
        IndicatorKind.NATIONAL,
        IndicatorKind.LAA,
    }
    assert new.history.get().history_date == IN_Q1
    assert AuditEntry.objects.get().verb is Verb.INDICATOR_ADDED


def test_an_indicator_of_one_kind_twice_is_not_added(db: None) -> None:
    officer = PostFactory()
    new = IndicatorFactory.build(council=officer.council, indicator_officer=officer)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_indicator(new, kinds=[IndicatorKind.LAA, IndicatorKind.LAA], by=None, at=IN_Q1)

    assert not Indicator.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_target_keeps_all_its_figures(indicator: Indicator) -> None:
    figures = TargetFigures(
        value=Decimal(54000),
        lower=Decimal(50000),
        upper=Decimal(60000),
        green_value=Decimal(54000),
        amber_value=Decimal(51000),
        amber_within=Decimal("0.05"),
        absolute_tolerance=Decimal(100),
        basis=Basis.FORECAST,
    )

    target = set_target(indicator=indicator, year=YEAR, figures=figures, by=None, at=IN_Q1)

    target.refresh_from_db()
    assert target.year == 2009
    assert target.figures == figures
    assert target.history.get().value == 54000
    assert AuditEntry.objects.get().changes == {"value": [None, "54000"]}


def test_a_year_has_one_target(db: None) -> None:
    target = TargetFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        set_target(
            indicator=target.indicator,
            year=YEAR,
            figures=TargetFigures(value=Decimal(1)),
            by=None,
            at=IN_Q1,
        )

    assert Target.objects.get() == target


def test_new_figures_are_told_with_nothing_before(indicator: Indicator) -> None:
    changes = _record(
        indicator,
        _figure(APRIL, "1200.50"),
        _figure(MAY, None, unavailable_reason="The counter was broken."),
    )

    assert changes == {
        "April 2009": [None, "1200.5"],
        "May 2009": [None, "The counter was broken."],
    }
    assert Measurement.objects.count() == Measurement.history.count() == 2


def test_a_round_figure_is_told_in_full(indicator: Indicator) -> None:
    assert _record(indicator, _figure(APRIL, "54000")) == {"April 2009": [None, "54000"]}


@pytest.mark.parametrize(
    "given",
    [
        _figure(APRIL, "46.4"),
        _figure(APRIL, "46.40"),
        _figure(APRIL, None, unavailable_reason="The counter was broken."),
        _figure(APRIL, "46.4", is_provisional=True),
    ],
)
def test_a_figure_given_again_changes_nothing(indicator: Indicator, given: GivenFigure) -> None:
    _record(indicator, given)

    assert _record(indicator, given) == {}
    assert Measurement.history.count() == 1


def test_a_provisional_figure_becomes_firm_although_it_stays_the_same(
    indicator: Indicator,
) -> None:
    _record(indicator, _figure(APRIL, "46", is_provisional=True))

    changes = _record(indicator, _figure(APRIL, "46"))

    assert changes == {"April 2009": ["46 (provisional)", "46"]}
    held = Measurement.objects.get()
    assert not held.is_provisional
    assert [version.is_provisional for version in held.history.order_by("pk")] == [True, False]


def test_a_reason_gives_way_to_the_figure(indicator: Indicator) -> None:
    _record(indicator, _figure(APRIL, None, unavailable_reason="The counter was broken."))

    changes = _record(indicator, _figure(APRIL, "46"))

    assert changes == {"April 2009": ["The counter was broken.", "46"]}
    assert Measurement.objects.get().unavailable_reason == ""


def test_only_the_figures_that_changed_get_a_new_version(indicator: Indicator) -> None:
    _record(indicator, _figure(APRIL, "46"), _figure(MAY, "48"))

    changes = _record(indicator, _figure(APRIL, "46"), _figure(MAY, "0"))

    assert changes == {"May 2009": ["48", "0"]}
    assert Measurement.history.count() == 3


def test_a_quarters_figure_stands_beside_that_of_its_first_month(indicator: Indicator) -> None:
    quarter = period_of(date(2009, 4, 1), Frequency.QUARTERLY)
    _record(indicator, _figure(APRIL, "46"))

    assert _record(indicator, _figure(quarter, "140")) == {"Quarter 1 2009/10": [None, "140"]}
    assert Measurement.objects.count() == 2


def test_another_indicators_figures_stay_as_they_are(indicator: Indicator) -> None:
    other = MeasurementFactory(value=Decimal(7))

    _record(indicator, _figure(APRIL, "46"))

    other.refresh_from_db()
    assert other.value == 7


def test_a_figure_with_neither_value_nor_reason_is_refused(indicator: Indicator) -> None:
    with pytest.raises(IntegrityError):
        _record(indicator, _figure(APRIL, None))


def test_earlier_years_are_taken_in_at_once(indicator: Indicator) -> None:
    by, last_year = UserFactory(), YEAR.previous
    figures = [
        _figure(Period(last_year, Frequency.MONTHLY, number), str(number))
        for number in range(1, 13)
    ]

    record_history(indicator=indicator, figures=figures, by=by, at=IN_Q1)

    assert Measurement.objects.count() == Measurement.history.count() == 12
    entry = AuditEntry.objects.get()
    assert entry.verb is Verb.MEASUREMENT_RECORDED
    assert entry.changes == {"figures": [0, 12]}


def test_a_history_taken_in_twice_is_refused(indicator: Indicator) -> None:
    record_history(indicator=indicator, figures=[_figure(APRIL, "1")], by=None, at=IN_Q1)

    with pytest.raises(IntegrityError), transaction.atomic():
        record_history(indicator=indicator, figures=[_figure(APRIL, "1")], by=None, at=IN_Q1)

    assert Measurement.objects.count() == AuditEntry.objects.count() == 1


def test_figures_are_found_by_the_first_day_of_their_period(indicator: Indicator) -> None:
    MeasurementFactory(indicator=indicator, starts_on=date(2008, 4, 1))
    MeasurementFactory(indicator=indicator, is_provisional=True)
    MeasurementFactory()

    held = held_figures([indicator], since=lambda _: YEAR.starts_on)

    assert list(held) == [indicator.pk]
    assert list(held[indicator.pk]) == [APRIL.starts_on]
    figure = held[indicator.pk][APRIL.starts_on]
    assert (figure.value, figure.unavailable_reason, figure.is_provisional) == (
        Decimal(100),
        "",
        True,
    )


def test_a_figure_recorded_after_midnight_was_recorded_on_that_day(indicator: Indicator) -> None:
    half_past_midnight = datetime.fromisoformat("2009-07-15T00:30:00+01:00")
    MeasurementFactory(indicator=indicator, recorded_at=half_past_midnight)

    [figure] = held_figures([indicator], since=lambda _: YEAR.starts_on)[indicator.pk].values()

    assert figure.recorded_on == date(2009, 7, 15)
