from __future__ import annotations

from django.urls import path

from goldenthread.statements.views import statements

app_name = "statements"

urlpatterns = [
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/statements/<slug:key>/",
        statements.statement_detail,
        name="statement_detail",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/statements/<slug:key>/write/",
        statements.statement_edit,
        name="statement_edit",
    ),
]
