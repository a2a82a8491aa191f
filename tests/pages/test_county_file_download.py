from __future__ import annotations

import pytest
from django.urls import reverse

from goldenthread.exception_reports.county_formats import CountyFormat
from goldenthread.exception_reports.models import CountyFile
from goldenthread.reporting.models import IndicatorUpdate
from tests.factories import CountyFileFactory, IndicatorUpdateFactory
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


def address(file: CountyFile, council: str = "ashby") -> str:
    return reverse("exception_reports:county_file_download", args=[council, file.pk])


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
