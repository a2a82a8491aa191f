from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter

from goldenthread.domain.kinds import CycleKind
from goldenthread.domain.rating import Rating
from goldenthread.persistence.fields import EnumField, FigureField, OptionalEnumField
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from tests.factories import ActionUpdateFactory, IndicatorFactory, SixWeeklyCycleFactory

FIELD: EnumField[CycleKind] = EnumField(CycleKind)


def test_a_word_comes_back_as_a_member(db: None) -> None:
    SixWeeklyCycleFactory()

    kind = ReportingCycle.objects.values_list("kind", flat=True).get()

    assert kind is CycleKind.SIX_WEEKLY


@pytest.mark.parametrize("asked", [CycleKind.SIX_WEEKLY, "six_weekly"])
def test_rows_are_found_by_member_and_by_word(db: None, asked: CycleKind) -> None:
    SixWeeklyCycleFactory()

    assert ReportingCycle.objects.filter(kind=asked).exists()
    assert ReportingCycle.objects.filter(kind__in=[asked]).exists()


def test_an_optional_word_comes_back_as_none(db: None) -> None:
    ActionUpdateFactory(rating=None)

    assert ActionUpdate.objects.get().rating is None
    assert ActionUpdate.objects.filter(rating=None).exists()


def test_a_member_of_another_enum_is_refused_on_its_way_in(db: None) -> None:
    with pytest.raises(ValueError, match="red"):
        SixWeeklyCycleFactory(kind=Rating.RED)


def test_a_wrong_word_is_refused_in_a_query(db: None) -> None:
    with pytest.raises(ValueError, match="fortnightly"):
        ReportingCycle.objects.filter(kind="fortnightly").exists()


def test_a_wrong_word_is_refused_in_validation() -> None:
    with pytest.raises(ValidationError, match="fortnightly is not a valid choice"):
        FIELD.to_python("fortnightly")


@pytest.mark.parametrize(
    ("given", "read"),
    [("annual", CycleKind.ANNUAL), (CycleKind.ANNUAL, CycleKind.ANNUAL), ("", None), (None, None)],
)
def test_words_are_read_as_members(given: str | None, read: CycleKind | None) -> None:
    assert FIELD.to_python(given) is read


@pytest.mark.parametrize(
    "field",
    [
        EnumField(CycleKind),
        EnumField(CycleKind, default=CycleKind.ANNUAL, max_length=10),
        OptionalEnumField(Rating),
        FigureField(null=True),
    ],
    ids=lambda field: type(field).__name__,
)
def test_a_migration_makes_the_same_field_again(field: models.Field[object, object]) -> None:
    _, path, args, kwargs = field.deconstruct()

    again = type(field)(*args, **kwargs)

    assert path == f"goldenthread.persistence.fields.{type(field).__name__}"
    assert again.deconstruct() == field.deconstruct()


def test_a_migration_can_write_the_field_down() -> None:
    written, imports = MigrationWriter.serialize(OptionalEnumField(Rating))

    assert "goldenthread.domain.rating.Rating" in written
    assert "import goldenthread.domain.rating" in imports


def test_an_optional_field_may_be_empty() -> None:
    field: OptionalEnumField[StrEnum] = OptionalEnumField(Rating)

    assert field.null
    assert field.blank


@pytest.mark.parametrize("figure", ["999999999.999999", "-0.000001", "54000", "46.4"])
def test_a_figure_of_fifteen_digits_keeps_them_all(db: None, figure: str) -> None:
    indicator = IndicatorFactory(previous_outturn=Decimal(figure))

    indicator.refresh_from_db()

    assert indicator.previous_outturn == Decimal(figure)
