from __future__ import annotations

from django.urls import path

from goldenthread.timetables.views import downloads, feeds, moving, my_dates, proposing, timetable

app_name = "timetables"

urlpatterns = [
    path("my-dates/", my_dates.my_dates, name="my_dates"),
    path("my-dates/calendars/", feeds.calendar_list, name="calendar_list"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/propose/", proposing.timetable_propose, name="timetable_propose"),
    path("timetable/lay-out/", proposing.timetable_lay_out, name="timetable_lay_out"),
    path(
        "cycles/<slug:year>/<slug:code>/timetable/<int:number>/move/",
        moving.milestone_move,
        name="milestone_move",
    ),
    path(
        "timetable/<slug:year>/<slug:kind>/",
        downloads.timetable_download,
        name="timetable_download",
    ),
]
