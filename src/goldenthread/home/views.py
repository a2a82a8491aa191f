from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from goldenthread.accounts.http import AuthenticatedHttpRequest


@login_required
def start(request: AuthenticatedHttpRequest) -> HttpResponse:
    return HttpResponse("")
