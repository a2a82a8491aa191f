from __future__ import annotations

from django.urls import path, register_converter

from goldenthread.exception_reports.views import (
    county_files,
    editing,
    following_up,
    reviewing,
)


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
        editing.exception_report_edit,
        name="exception_report_edit",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/exception-reports/<explained:kind>/<int:pk>/review/",
        reviewing.exception_report_review,
        name="exception_report_review",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/exception-reports/<slug:plan>/",
        reviewing.exception_report_list,
        name="exception_report_list",
    ),
    path("promises/<explained:kind>/<int:pk>/", following_up.promise_edit, name="promise_edit"),
    path(
        "county-reports/<int:pk>/", county_files.county_file_download, name="county_file_download"
    ),
]
