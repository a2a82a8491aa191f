from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from goldenthread.documents.formats import Format
from goldenthread.domain.kinds import BodyKind, Precision, Step
from goldenthread.domain.timetable_csv import read_timetable
from goldenthread.reporting.models import Milestone
from goldenthread.reporting.queries.cycles import timetable_of
from tests.factories import MilestoneFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on
from tests.pages.small_council import AFTER_PAPERS, SmallCouncil, found_small_council

WHERE = "/ashby/timetable/2009-10/{}/"


@pytest.fixture
def clerk(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.FORUM_RECEIVES,
        forum=BodyKind.SCRUTINY,
        precision=Precision.TO_BE_CONFIRMED,
        starts_on=None,
        ends_on=None,
    )
    return sign_in(ashby.posts.clerk)


def file_of(client: Any, kind: Format) -> HttpResponse:
    response: HttpResponse = client.get(WHERE.format(kind.value))
    assert response.status_code == 200
    assert response["Content-Type"] == kind.media_type
    name = f"ashby-timetable-2009-10.{kind.value}"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    return response


def test_the_page_leads_to_every_kind_of_file(clerk: Any) -> None:
    links = links_on(clerk.get("/ashby/timetable/")).values()

    assert {WHERE.format(kind.value) for kind in Format} <= set(links)


@pytest.mark.parametrize("kind", [Format.HTML, Format.TEXT, Format.JSON])
def test_a_file_says_what_the_page_says(clerk: Any, kind: Format) -> None:
    said = file_of(clerk, kind).content.decode()

    for words in ("Reporting timetable 2009/10", "DMT receives the report", "11 August 2009"):
        assert words in said
    assert "To be confirmed" in said


def test_a_pdf_says_it_too(clerk: Any) -> None:
    pages = PdfReader(BytesIO(file_of(clerk, Format.PDF).content)).pages

    said = " ".join(word for page in pages for word in page.extract_text().split())
    assert "Papers sent out to DMT" in said


def test_a_workbook_has_a_row_a_date(clerk: Any) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(file_of(clerk, Format.XLSX).content))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]

    assert cells.count("DMT receives the report") == 2


def test_the_csv_can_be_read_in_again(ashby: SmallCouncil, clerk: Any) -> None:
    read = read_timetable(file_of(clerk, Format.CSV).content.decode().splitlines())

    year = ashby.quarter.financial_year
    assert read == [milestone.entry for milestone in timetable_of(ashby.council, year)]


@pytest.mark.parametrize("kind", [Format.DOCX, Format.XLSX, Format.CSV])
def test_the_same_dates_are_the_same_bytes_on_any_day(
    clerk: Any, kind: Format, set_clock: SetClock
) -> None:
    before = file_of(clerk, kind).content
    set_clock(AFTER_PAPERS)

    assert file_of(clerk, kind).content == before


def test_a_date_that_moved_says_so(ashby: SmallCouncil, clerk: Any) -> None:
    Milestone.objects.filter(starts_on=date(2009, 8, 11)).update(
        first_planned="10 August 2009", moved_because="The room was taken."
    )

    said = " ".join(file_of(clerk, Format.TEXT).content.decode().split())

    assert "One date was moved from the day first planned." in said
    assert "First planned for 10 August 2009. The room was taken." in said


@pytest.mark.parametrize("where", ["2009-10/exe", "soon/pdf", "2031-32/pdf"])
def test_there_is_no_other_file(clerk: Any, where: str) -> None:
    assert clerk.get(f"/ashby/timetable/{where}/").status_code == 404


def test_nobody_of_another_council_has_it(ashby: SmallCouncil, sign_in: SignIn) -> None:
    stranger = sign_in(found_small_council("bexley").posts.manager)

    assert stranger.get(WHERE.format("txt")).status_code == 404
