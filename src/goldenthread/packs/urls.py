from __future__ import annotations

from django.urls import path

from goldenthread.packs.views import issuing, reading

app_name = "packs"

urlpatterns = [
    path("papers/", reading.pack_list, name="pack_list"),
    path("papers/<int:pk>/", reading.pack_detail, name="pack_detail"),
    path("papers/<int:pk>/files/", reading.pack_files, name="pack_files"),
    path("papers/<int:pk>/retry/", reading.pack_retry, name="pack_retry"),
    path("papers/<int:pk>/again/", issuing.pack_again, name="pack_again"),
    path("papers/<int:pk>/<slug:kind>/", reading.pack_download, name="pack_download"),
    path(
        "papers/<int:pk>/<slug:edition>/<slug:kind>/",
        reading.pack_download,
        name="edition_download",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/papers/<slug:body>/",
        issuing.pack_preview,
        name="pack_preview",
    ),
]
