from __future__ import annotations

from django.urls import path

from goldenthread.exception_reports.views import (
    county_files,
    editing,
    following_up,
    reviewing,
)
from goldenthread.reporting.http import RETURNED_KIND

app_name = "exception_reports"

urlpatterns = [
    path(
        f"cycles/<slug:year>/<slug:code>/exception-reports/{RETURNED_KIND}/<int:pk>/",
        editing.exception_report_edit,
        name="exception_report_edit",
    ),
    path(
        f"cycles/<slug:year>/<slug:code>/exception-reports/{RETURNED_KIND}/<int:pk>/review/",
        reviewing.exception_report_review,
        name="exception_report_review",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/exception-reports/<slug:plan>/",
        reviewing.exception_report_list,
        name="exception_report_list",
    ),
    path(f"promises/{RETURNED_KIND}/<int:pk>/", following_up.promise_edit, name="promise_edit"),
    path(
        "county-reports/<int:pk>/", county_files.county_file_download, name="county_file_download"
    ),
]
