"""What is true of every record that we keep."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.db.models import ProtectedError
from factory.django import DjangoModelFactory

from goldenthread.organisation.models import Council
from tests import factories


def _ours() -> list[type[models.Model]]:
    installed = (config for config in apps.get_app_configs() if config.name.startswith("goldent"))
    found = (model for config in installed for model in config.get_models())
    return [model for model in found if not model.__name__.startswith("Historical")]


def _factories() -> dict[type[models.Model], type[DjangoModelFactory[models.Model]]]:
    made = (value for value in vars(factories).values() if isinstance(value, type))
    concrete = [
        factory
        for factory in made
        if issubclass(factory, DjangoModelFactory) and not factory._meta.abstract
    ]
    # The plainest factory of a model stands before its variants.
    return {factory._meta.model: factory for factory in reversed(concrete)}


EVERY_MODEL = pytest.mark.parametrize("model", _ours(), ids=lambda model: model.__name__)


@EVERY_MODEL
def test_every_model_has_a_factory(model: type[models.Model]) -> None:
    assert model in _factories()


@EVERY_MODEL
def test_what_a_factory_makes_stands_in_the_database(db: None, model: type[models.Model]) -> None:
    made = _factories()[model].create()

    assert model._default_manager.get(pk=made.pk) == made


@EVERY_MODEL
def test_a_factory_makes_its_whole_tree_in_one_council(db: None, model: type[models.Model]) -> None:
    _factories()[model].create()

    assert Council.objects.count() <= 1


@EVERY_MODEL
def test_two_records_never_look_the_same(db: None, model: type[models.Model]) -> None:
    one, other = (_factories()[model].create() for _ in range(2))

    assert str(one) != str(other)
    assert not re.search(r"object \(\d+\)", str(one))


@EVERY_MODEL
def test_a_models_docstring_begins_with_one_clear_line(model: type[models.Model]) -> None:
    first, *rest = (model.__doc__ or "").splitlines()

    assert not first.startswith(f"{model.__name__}("), "this is the docstring that Django makes up"
    assert re.fullmatch(r"[A-Z].{20,}\.", first)
    assert not rest or not rest[0].strip()


def _foreign_keys() -> Iterator[models.ForeignKey[models.Model]]:
    for model in _ours():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                yield field


@pytest.mark.parametrize("field", list(_foreign_keys()), ids=str)
def test_nothing_can_be_deleted_that_something_hangs_from(
    field: models.ForeignKey[models.Model],
) -> None:
    assert field.remote_field.on_delete is models.PROTECT


def test_the_database_is_asked_before_a_council_is_deleted(db: None) -> None:
    action = factories.ActionFactory()

    with pytest.raises(ProtectedError):
        action.challenge.plan.council.delete()
