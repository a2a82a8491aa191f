from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError

from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.persistence.versions import add_versions, save_version
from tests.factories import IN_Q1, IndicatorFactory, MeasurementFactory, UserFactory


def test_a_version_says_who_made_it_and_when(db: None) -> None:
    indicator, by = IndicatorFactory(definition="Visits"), UserFactory()
    indicator.definition = "Visits in person"

    save_version(indicator, by=by, at=IN_Q1)

    first, second = indicator.history.order_by("pk")
    assert (second.history_user, second.history_date) == (by, IN_Q1)
    assert (first.definition, second.definition) == ("Visits", "Visits in person")


def test_the_system_itself_can_make_a_version(db: None) -> None:
    indicator = IndicatorFactory.build(council=None, indicator_officer=None)
    made = IndicatorFactory()
    indicator.council, indicator.indicator_officer = made.council, made.indicator_officer

    save_version(indicator, by=None, at=IN_Q1)

    assert indicator.history.get().history_user is None


def test_many_records_each_get_a_first_version(db: None) -> None:
    indicator, by = IndicatorFactory(), UserFactory()
    months = [
        MeasurementFactory.build(
            indicator=indicator, starts_on=f"2009-0{month}-01", ends_on=f"2009-0{month}-28"
        )
        for month in (4, 5, 6)
    ]

    add_versions(months, by=by, at=IN_Q1)

    versions = Measurement.history.all()
    assert Measurement.objects.count() == 3
    assert {version.id for version in versions} == set(
        Measurement.objects.values_list("pk", flat=True)
    )
    assert {(version.history_user, version.history_date) for version in versions} == {(by, IN_Q1)}


def test_no_records_make_no_versions(db: None) -> None:
    add_versions([], by=None, at=IN_Q1)

    assert not Measurement.history.exists()


def test_an_earlier_version_cannot_be_put_right_afterwards(db: None) -> None:
    version = MeasurementFactory().history.get()
    version.value = Decimal(1)

    with pytest.raises(DatabaseError, match="append-only"):
        version.save()


def test_a_version_outlives_its_record(db: None) -> None:
    indicator = IndicatorFactory()
    indicator.delete()

    assert Indicator.history.filter(reference=indicator.reference).count() == 2
