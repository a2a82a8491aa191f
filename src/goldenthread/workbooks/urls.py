from __future__ import annotations

from django.urls import path

from goldenthread.workbooks import views

app_name = "workbooks"

urlpatterns = [
    path("my-updates/workbook/", views.workbook_download, name="workbook_download"),
    path("my-updates/workbook/upload/", views.workbook_upload, name="workbook_upload"),
    path("my-updates/workbook/<int:pk>/", views.workbook_preview, name="workbook_preview"),
]
