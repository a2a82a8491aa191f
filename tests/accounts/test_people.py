from __future__ import annotations

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.test import RequestFactory

from goldenthread.accounts.models import User
from goldenthread.accounts.permits import is_permitted
from goldenthread.accounts.sign_in import AccountAdapter


def test_a_person_is_kept_by_their_address_in_small_letters(db: None) -> None:
    user = User.objects.create_user(email="Ann.Hill@Council.EXAMPLE", name="Ann Hill")

    assert user.email == str(user) == "ann.hill@council.example"
    assert user.get_full_name() == user.get_short_name() == "Ann Hill"
    assert user.is_active


def test_a_person_signs_in_with_their_password(db: None) -> None:
    user = User.objects.create_user(email="ann@council.example", name="Ann", password="a-secret")

    request = RequestFactory().post("/sign-in/")
    assert authenticate(request, email="ann@council.example", password="a-secret") == user
    assert authenticate(request, email="ann@council.example", password="another") is None


def test_a_person_without_a_password_cannot_sign_in_with_one(db: None) -> None:
    user = User.objects.create_user(email="ann@council.example", name="Ann")

    assert not user.has_usable_password()


def test_two_people_cannot_share_an_address(db: None) -> None:
    User.objects.create_user(email="ann@council.example", name="Ann")

    with pytest.raises(IntegrityError):
        User.objects.create_user(email="ANN@council.example", name="Another Ann")


def test_nobody_signs_up_by_themselves() -> None:
    request = RequestFactory().get("/")

    assert not AccountAdapter().is_open_for_signup(request)


def _check_is_grown_up(age: int, *, limit: int) -> None:
    if age < limit:
        raise PermissionDenied


@pytest.mark.parametrize(("age", "permitted"), [(18, True), (17, False)])
def test_a_permission_can_be_asked_for_without_using_it(age: int, *, permitted: bool) -> None:
    assert is_permitted(_check_is_grown_up, age, limit=18) is permitted


def test_a_fault_in_a_check_is_no_refusal() -> None:
    def check() -> None:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        is_permitted(check)
