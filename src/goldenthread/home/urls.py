from __future__ import annotations

from django.urls import path

from goldenthread.home import views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/<slug:code>/", views.plan_detail, name="plan_detail"),
    path("actions/<int:pk>/", views.action_detail, name="action_detail"),
    path("actions/<int:pk>/date/", views.due_revise, name="due_revise"),
    path(
        "indicators/<path:reference>/target/<slug:year>/", views.target_revise, name="target_revise"
    ),
    path("indicators/<path:reference>/", views.indicator_detail, name="indicator_detail"),
    path("cycles/<slug:year>/<slug:code>/", views.cycle_detail, name="cycle_detail"),
]
