"""Pages of a council: who may open them at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from goldenthread.accounts.http import AuthenticatedHttpRequest
from goldenthread.organisation import queries
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder

P = ParamSpec("P")


class CouncilRequest(AuthenticatedHttpRequest):
    """A request for a council's page by somebody who holds a post in it."""

    council: Council
    officeholder: Officeholder


def council_page(
    view: Callable[Concatenate[CouncilRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Open a page only to those who hold a post in the council that its address names.

    To anybody else the council does not exist, so that nobody learns which councils do.
    """

    @login_required
    @wraps(view)
    def opened(
        request: CouncilRequest, council: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        found = queries.officeholder(user=request.user, council=council, day=request.today)
        if found is None:
            raise Http404("You hold no post in this council today.")
        request.council, request.officeholder = found.council, found
        response = view(request, *args, **kwargs)
        # Not no-store: with that a browser forgets what was typed when somebody goes back.
        patch_cache_control(response, private=True, no_cache=True)
        return response

    return opened  # type: ignore[return-value]
