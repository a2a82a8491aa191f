"""Model fields that hand the domain its own types."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

E = TypeVar("E", bound=StrEnum)
V = TypeVar("V")


class _StoredEnum(models.CharField[V, V], Generic[E, V]):
    def __init__(self, enum: type[E], **kwargs: Any) -> None:
        self.enum = enum
        kwargs.setdefault("max_length", 32)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.enum, *args], kwargs

    def from_db_value(
        self, value: str | None, expression: Any, connection: BaseDatabaseWrapper
    ) -> E | None:
        return None if value is None else self.enum(value)

    def to_python(self, value: Any) -> E | None:
        if value in self.empty_values:
            return None
        try:
            return self.enum(value)
        except ValueError as error:
            raise ValidationError(
                "%(value)s is not a valid choice", params={"value": value}
            ) from error

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else self.enum(value).value


class EnumField(_StoredEnum[E, E], Generic[E]):
    """Stores a member of a StrEnum, and gives back the member rather than a string."""


class OptionalEnumField(_StoredEnum[E, "E | None"], Generic[E]):
    """An EnumField that may be empty."""

    def __init__(self, enum: type[E], **kwargs: Any) -> None:
        super().__init__(enum, **{**kwargs, "null": True, "blank": True})


class FigureField(models.DecimalField[Any, Any]):
    """A figure of any indicator: up to 16 digits before the point and 6 after it.

    SQLite keeps the first 15 of all its digits.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 22, "decimal_places": 6, **kwargs})
