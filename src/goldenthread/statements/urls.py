from __future__ import annotations

from django.urls import path

from goldenthread.statements.views import finance, statements

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
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/finances/",
        finance.finance_detail,
        name="finance_detail",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/plans/<slug:plan>/finances/write/",
        finance.finance_edit,
        name="finance_edit",
    ),
    path("plans/<slug:plan>/budget/<slug:year>/", finance.budget_edit, name="budget_edit"),
]
