from __future__ import annotations

from django.urls import path

from goldenthread.risks import views

app_name = "risks"

urlpatterns = [
    path("cycles/<slug:year>/<slug:code>/my-risks/", views.my_risks, name="my_risks"),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/risks/",
        views.risk_register,
        name="risk_register",
    ),
]
