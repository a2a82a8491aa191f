"""What the frame round every page shows: the council, the menu, who is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.demo.people import PASSWORD, demonstration_users
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.queries.to_file import holds_items

MY_UPDATES = ("My updates", "reporting:my_updates", ("my_updates",))
MENU = (
    ("Home", "home:home", ()),
    ("Plans", "home:plan_list", ("plan", "action", "indicator")),
    ("Cycles", "timetables:timetable", ("cycle", "timetable", "chase", "nudge", "message")),
    ("Papers", "packs:pack_list", ("pack",)),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template what the frame needs; outside a council there is no menu."""
    holder = getattr(request, "officeholder", None)
    return {
        "council": holder.council if holder else None,
        "navigation": _menu(request, holder) if holder else [],
        "posts_held": ", ".join(post.title for post in holder.posts) if holder else "",
        "my_posts_url": reverse("organisation:my_posts", args=[holder.council.name])
        if holder
        else "",
        "demonstration_day": settings.DEMONSTRATION_DAY,
        "sign_out_url": reverse("account_logout"),
        "demonstration_users": _demonstration_users(request),
    }


def _demonstration_users(request: HttpRequest) -> list[dict[str, str]]:
    """Say on the sign-in page of a demonstration whom one can be."""
    if settings.DEMONSTRATION_DAY is None or request.path != reverse("account_login"):
        return []
    return [{**person, "password": PASSWORD} for person in demonstration_users()]


def _menu(request: HttpRequest, holder: Officeholder) -> list[dict[str, Any]]:
    """List the pages that lead on to all others; who holds an item finds theirs second."""
    home, *others = MENU
    pages = [home, MY_UPDATES, *others] if holds_items(holder) else MENU
    match = request.resolver_match
    here, page = (match.view_name, match.url_name or "") if match else ("", "")
    return [
        {
            "text": text,
            "href": reverse(name, args=[holder.council.name]),
            "active": here == name or page.startswith(starts),
        }
        for text, name, starts in pages
    ]
