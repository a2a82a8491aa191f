from __future__ import annotations

from django.urls import path

from goldenthread.reporting.http import RETURNED_KIND
from goldenthread.reporting.views import (
    checking,
    closing,
    drafts,
    my_updates,
    returns,
    table,
)

app_name = "reporting"

urlpatterns = [
    path("cycles/<slug:year>/<slug:code>/closing/", closing.cycle_closing, name="cycle_closing"),
    path("my-updates/", my_updates.my_updates, name="my_updates"),
    path("my-updates/table/", table.my_updates_table, name="my_updates_table"),
    path(
        f"cycles/<slug:year>/<slug:code>/drafts/{RETURNED_KIND}/<int:pk>/",
        drafts.update_draft,
        name="update_draft",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/check/",
        checking.plan_check,
        name="plan_check",
    ),
    path(
        f"cycles/<slug:year>/<slug:code>/plans/<slug:plan>/check/{RETURNED_KIND}/<int:pk>/return/",
        checking.return_for_revision,
        name="return_for_revision",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/check/<slug:key>/return/",
        checking.return_beside,
        name="return_beside",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/actions/<int:pk>/update/",
        returns.action_update_edit,
        name="action_update_edit",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/indicators/<path:reference>/update/",
        returns.indicator_update_edit,
        name="indicator_update_edit",
    ),
]
