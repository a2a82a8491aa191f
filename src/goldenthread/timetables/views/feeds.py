from __future__ import annotations

from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.accounts.http import AuthenticatedHttpRequest
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.timetables.feeds import Channel, calendar_of, occasions_in
from goldenthread.timetables.forms.feeds import FeedForm
from goldenthread.timetables.models import CalendarFeed
from goldenthread.timetables.operations.feeds import make_feed, stop_feed
from goldenthread.timetables.queries.feeds import find_feed, followable


@never_cache
@require_http_methods(["GET", "POST"])
@council_page
def calendar_list(request: CouncilRequest) -> HttpResponse:
    """Let a person have their dates in their own calendar program, by an address that is shown once."""
    form = FeedForm(
        request.POST if request.method == "POST" else None, offered=followable(request.officeholder)
    )
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        if form.is_to_stop:
            return _stop(request, form)
        token = make_feed(body=form.body, by=request.officeholder, at=request.at)
        context |= {"made": form.chosen, "address": _address(request, token)}
    context["offered"] = followable(request.officeholder)
    return render(request, "timetables/calendar_list.html", context)


def _stop(request: CouncilRequest, form: FeedForm) -> HttpResponse:
    stop_feed(body=form.body, by=request.officeholder, at=request.at)
    messages.success(request, f"The address of {form.chosen.title} gives nothing any more.")
    return redirect("timetables:calendar_list", request.council.name)


def _address(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("calendar_feed", args=[token]))


@require_safe
def calendar_feed(request: AuthenticatedHttpRequest, token: str) -> HttpResponse:
    """Give a calendar program what an address stands for today; the address is its only key."""
    feed = find_feed(token)
    if feed is None:
        return _kept_private(HttpResponseNotFound("There is no such calendar.\n", "text/plain"))
    channel = Channel(
        title=_title(feed),
        council=feed.council.name,
        made_at=feed.made_at,
        address_of=request.build_absolute_uri,
    )
    content = calendar_of(occasions_in(feed, request.today), channel)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="goldenthread.ics"'
    response["ETag"] = f'"{sha256(content).hexdigest()}"'
    return _kept_private(
        get_conditional_response(request, etag=response["ETag"], response=response) or response
    )


def _title(feed: CalendarFeed) -> str:
    return f"{feed.body.title if feed.body else 'My dates'}, {feed.council.title}"


def _kept_private(response: HttpResponse) -> HttpResponse:
    """Keep an address that is a secret out of caches, of search, and of what other sites are told."""
    patch_cache_control(response, private=True, no_cache=True)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
