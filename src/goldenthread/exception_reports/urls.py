from __future__ import annotations

app_name = "exception_reports"

urlpatterns: list[object] = []
