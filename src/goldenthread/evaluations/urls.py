from __future__ import annotations

from django.urls import path

from goldenthread.evaluations import views

app_name = "evaluations"

urlpatterns = [
    path(
        "cycles/<slug:year>/<slug:code>/my-evaluations/",
        views.my_evaluations,
        name="my_evaluations",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/evaluations/",
        views.evaluation_list,
        name="evaluation_list",
    ),
]
