from __future__ import annotations

from django.urls import path, register_converter

from goldenthread.exception_reports import views


class ExplainedKindConverter:
    """The kinds of item that can have an exception report, in an address."""

    regex = "action|indicator"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ExplainedKindConverter, "explained")

app_name = "exception_reports"

urlpatterns = [
    path(
        "cycles/<slug:year>/<slug:code>/exception-reports/<explained:kind>/<int:pk>/",
        views.exception_report_edit,
        name="exception_report_edit",
    ),
]
