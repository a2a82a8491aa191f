"""How allauth signs people in: nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps the door shut to anyone whom the council has not added."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
