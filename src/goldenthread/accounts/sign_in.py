"""How allauth signs people in: nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from goldenthread.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keeps the door shut to anyone whom the council has not added."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is wrong. Try again, or "
        "ask your council's performance manager.",
        "too_many_login_attempts": "Too many wrong tries. Wait five minutes and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Turn away somebody who has left as if they were unknown, so that nobody learns of it."""
        user: User | None = super().authenticate(request, **credentials)
        return user if user and user.is_active else None
