from __future__ import annotations

import pytest
from django.urls import reverse

from goldenthread.exception_reports.county_formats import CountyFormat
from goldenthread.exception_reports.models import CountyFile, ExceptionReport
from goldenthread.reporting.models import IndicatorUpdate
from tests.factories import CountyFileFactory, ExceptionReportFactory, IndicatorUpdateFactory
from tests.pages.conftest import SignIn
from tests.pages.small_council import SmallCouncil, found_small_council


@pytest.fixture
def file(ashby: SmallCouncil) -> CountyFile:
    update: IndicatorUpdate = IndicatorUpdateFactory(
        cycle=ashby.quarter, indicator=ashby.attendance, submitted=True
    )
    made: CountyFile = CountyFileFactory(
        indicator_update=update,
        name="County report.docx",
        format=CountyFormat.DOCX,
        content=b"<script>alert(1)</script>",
    )
    return made


@pytest.fixture
def report(file: CountyFile) -> ExceptionReport:
    """A submitted report that holds the file."""
    made: ExceptionReport = ExceptionReportFactory(
        action_update=None,
        indicator_update=file.indicator_update,
        submitted=True,
        county_file=file,
    )
    return made


def address(file: CountyFile, council: str = "ashby") -> str:
    return reverse("exception_reports:county_file_download", args=[council, file.pk])


@pytest.mark.usefixtures("report")
def test_the_file_is_handed_out_for_keeping_and_never_opened_in_place(
    ashby: SmallCouncil, sign_in: SignIn, file: CountyFile
) -> None:
    response = sign_in(ashby.posts.clerk).get(address(file))

    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == CountyFormat.DOCX.media_type
    assert response["Content-Disposition"] == 'attachment; filename="County report.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in response["Cache-Control"]


def test_another_council_has_no_such_file(
    ashby: SmallCouncil, sign_in: SignIn, file: CountyFile
) -> None:
    bexley = found_small_council("bexley")

    assert sign_in(bexley.posts.manager).get(address(file)).status_code == 404
    assert sign_in(bexley.posts.manager).get(address(file, "bexley")).status_code == 404


def test_a_file_of_no_submitted_report_is_for_those_who_write_and_look_at_it(
    ashby: SmallCouncil, sign_in: SignIn, file: CountyFile
) -> None:
    readers = {
        ashby.attendance.indicator_officer: 200,
        ashby.posts.lead_officer: 200,
        ashby.posts.director: 200,
        ashby.posts.portfolio_lead: 200,
        ashby.posts.manager: 200,
        ashby.posts.clerk: 403,
        ashby.posts.action_officer: 403,
    }

    found = {post: sign_in(post).get(address(file)).status_code for post in readers}

    assert found == readers


def test_a_file_that_was_replaced_is_not_for_everybody_any_more(
    ashby: SmallCouncil, sign_in: SignIn, file: CountyFile, report: ExceptionReport
) -> None:
    later = CountyFileFactory(indicator_update=file.indicator_update)
    ExceptionReport.objects.filter(pk=report.pk).update(county_file=later)

    found = [sign_in(ashby.posts.clerk).get(address(each)).status_code for each in (file, later)]

    assert found == [403, 200]
