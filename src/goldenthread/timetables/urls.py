from __future__ import annotations

from django.urls import path

from goldenthread.timetables.views import (
    adding,
    closing_days,
    downloads,
    editing,
    feeds,
    moving,
    my_dates,
    proposing,
    timetable,
)

app_name = "timetables"

urlpatterns = [
    path("my-dates/", my_dates.my_dates, name="my_dates"),
    path("my-dates/calendars/", feeds.calendar_list, name="calendar_list"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/propose/", proposing.timetable_propose, name="timetable_propose"),
    path("timetable/closed-days/", closing_days.closed_days, name="closed_days"),
    path("timetable/lay-out/", proposing.timetable_lay_out, name="timetable_lay_out"),
    path("timetable/<slug:year>/edit/", editing.timetable_edit, name="timetable_edit"),
    path(
        "cycles/<slug:year>/<slug:code>/timetable/add/", adding.milestone_add, name="milestone_add"
    ),
    path(
        "cycles/<slug:year>/<slug:code>/timetable/<int:number>/remove/",
        adding.milestone_remove,
        name="milestone_remove",
    ),
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
