from __future__ import annotations

from django.urls import path

from goldenthread.reporting import views

app_name = "reporting"

urlpatterns = [
    path(
        "cycles/<slug:year>/<slug:code>/actions/<int:pk>/update/",
        views.action_update_edit,
        name="action_update_edit",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/indicators/<path:reference>/update/",
        views.indicator_update_edit,
        name="indicator_update_edit",
    ),
]
