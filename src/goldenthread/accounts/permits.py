"""Asking whether something is allowed, without doing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec

from django.core.exceptions import PermissionDenied

P = ParamSpec("P")


def is_permitted(check: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> bool:
    """Test whether a permission check would pass, for a page to show or hide a button."""
    try:
        check(*args, **kwargs)
    except PermissionDenied:
        return False
    return True
