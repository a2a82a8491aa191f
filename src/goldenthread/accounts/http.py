from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from goldenthread.accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request of somebody signed in, with the moment it was made.

    `at` and `today` come from the clock that the site is set to, and are the only time a page knows.
    """

    user: User
    htmx: HtmxDetails
    at: datetime
    today: date
