from __future__ import annotations

from django.urls import path

from goldenthread.reporting.views import my_updates, returns, timetable

app_name = "reporting"

urlpatterns = [
    path("my-updates/", my_updates.my_updates, name="my_updates"),
    path(
        "cycles/<slug:year>/<slug:code>/timetable/<int:number>/move/",
        timetable.milestone_move,
        name="milestone_move",
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
