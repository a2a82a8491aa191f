from __future__ import annotations

from django.urls import path

from goldenthread.packs.views import comparing, cycle_papers, exempting, issuing, reading

app_name = "packs"

urlpatterns = [
    path("papers/", reading.pack_list, name="pack_list"),
    path("papers/public/", reading.public_list, name="public_list"),
    path("papers/<int:pk>/public/", reading.pack_public, name="pack_public"),
    path("papers/compare/", comparing.pack_compare, name="pack_compare"),
    path("papers/<int:pk>/", reading.pack_detail, name="pack_detail"),
    path("papers/<int:pk>/files/", reading.pack_files, name="pack_files"),
    path("papers/<int:pk>/seals/", reading.pack_seals, name="pack_seals"),
    path("papers/<int:pk>/retry/", reading.pack_retry, name="pack_retry"),
    path("papers/<int:pk>/again/", issuing.pack_again, name="pack_again"),
    path("papers/<int:pk>/<slug:kind>/", reading.pack_download, name="pack_download"),
    path(
        "papers/<int:pk>/<slug:edition>/<slug:kind>/",
        reading.pack_download,
        name="edition_download",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/papers/",
        cycle_papers.cycle_papers,
        name="cycle_papers",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/papers/<slug:body>/",
        issuing.pack_preview,
        name="pack_preview",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/papers/<slug:body>/exempt/",
        exempting.pack_exempt,
        name="pack_exempt",
    ),
    path(
        "cycles/<slug:year>/<slug:code>/papers/<slug:body>/exempt/<int:pk>/lift/",
        exempting.exemption_lift,
        name="exemption_lift",
    ),
]
