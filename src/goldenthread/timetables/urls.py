from __future__ import annotations

from django.urls import path

from goldenthread.timetables.views import moving, proposing, timetable

app_name = "timetables"

urlpatterns = [
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/propose/", proposing.timetable_propose, name="timetable_propose"),
    path("timetable/lay-out/", proposing.timetable_lay_out, name="timetable_lay_out"),
    path(
        "cycles/<slug:year>/<slug:code>/timetable/<int:number>/move/",
        moving.milestone_move,
        name="milestone_move",
    ),
]
