from __future__ import annotations

from django.urls import path

from goldenthread.packs import views

app_name = "packs"

urlpatterns = [
    path("papers/", views.pack_list, name="pack_list"),
    path("papers/<int:pk>/", views.pack_detail, name="pack_detail"),
    path("papers/<int:pk>/<slug:kind>/", views.pack_download, name="pack_download"),
    path(
        "cycles/<slug:year>/<slug:code>/papers/<slug:body>/",
        views.pack_preview,
        name="pack_preview",
    ),
]
