from __future__ import annotations

from allauth.account import views as account
from django.urls import include, path

from goldenthread.home import views as home
from goldenthread.timetables.views import feeds

urlpatterns = [
    path("", home.start, name="start"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("calendar/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("<slug:council>/", include("goldenthread.home.urls")),
    path("<slug:council>/", include("goldenthread.organisation.urls")),
    path("<slug:council>/", include("goldenthread.reporting.urls")),
    path("<slug:council>/", include("goldenthread.workbooks.urls")),
    path("<slug:council>/", include("goldenthread.exception_reports.urls")),
    path("<slug:council>/", include("goldenthread.statements.urls")),
    path("<slug:council>/", include("goldenthread.risks.urls")),
    path("<slug:council>/", include("goldenthread.evaluations.urls")),
    path("<slug:council>/", include("goldenthread.timetables.urls")),
    path("<slug:council>/", include("goldenthread.packs.urls")),
    path("<slug:council>/", include("goldenthread.chasing.urls")),
]
