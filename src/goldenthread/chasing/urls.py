from __future__ import annotations

from django.urls import path

from goldenthread.chasing import views

app_name = "chasing"

urlpatterns = [
    path("cycles/<slug:year>/<slug:code>/chase/", views.chase_board, name="chase_board"),
    path(
        "cycles/<slug:year>/<slug:code>/chase/export/<slug:kind>/",
        views.chase_export,
        name="chase_export",
    ),
    path("cycles/<slug:year>/<slug:code>/chase/nudge/", views.nudge_preview, name="nudge_preview"),
    path("messages/", views.message_list, name="message_list"),
    path("messages/<int:pk>/retry/", views.message_retry, name="message_retry"),
]
