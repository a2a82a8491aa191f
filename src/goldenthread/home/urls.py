from __future__ import annotations

app_name = "home"

urlpatterns: list[object] = []
