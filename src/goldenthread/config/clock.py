"""The moment of a request: pages take the time from here and from nowhere else."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goldenthread.accounts.http import AuthenticatedHttpRequest


class ClockMiddleware:
    """Stamps each request with the moment and the day, by the clock that the site is set to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: AuthenticatedHttpRequest) -> HttpResponse:
        request.at = settings.CLOCK()
        request.today = timezone.localdate(request.at)
        return self.get_response(request)
