"""An officer fills their updates in a workbook: downloaded, filled, uploaded, looked at, confirmed."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import DESK, PHONE, faults_at, focus_faults, heading_faults, listen
from tests.journeys.people import PI_OFFICER, sign_in
from tests.journeys.site import Site
from tests.workbooks.book import Book


def faults_of(page: Page) -> list[str]:
    return [*heading_faults(page), *faults_at(page, DESK), *faults_at(page, PHONE)]


def open_workbook_page(page: Page, site: Site) -> None:
    page.goto(site.at("/chase/my-updates/"))
    page.get_by_role("link", name="Upload a filled workbook").click()


def test_that_a_workbook_goes_the_whole_way(
    browser: Browser, demo_site: Site, tmp_path: Path
) -> None:
    with browser.new_context(viewport=DESK, accept_downloads=True) as context:
        page = context.new_page()
        heard = listen(page)
        sign_in(page, demo_site, PI_OFFICER)
        open_workbook_page(page, demo_site)
        faults = faults_of(page)
        with page.expect_download() as started:
            page.get_by_role("link", name="Download").click()
        assert started.value.suggested_filename == "chase-2009-10-q2-returns.xlsx"
        filled = tmp_path / "filled.xlsx"
        filled.write_bytes(some_filled(Path(started.value.path()).read_bytes()))
        page.get_by_label("Upload your workbook").set_input_files(filled)
        page.get_by_role("button", name="Upload and show").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("What your workbook will change")
        expect(page.get_by_text("Enter a figure in numbers")).to_be_visible()
        faults += [*faults_of(page), *focus_faults(page)]
        for tick in page.get_by_role("checkbox").all():
            tick.check()
        page.locator(".gt-submit-bar button").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("submitted")
        faults += faults_of(page)
        assert faults == []
        assert heard == []


def some_filled(content: bytes) -> bytes:
    """Fill the first action whole, the second in part, and an indicator with words for a figure."""
    book = Book.opened(content)
    actions = [str(row[0]) for row in book.sheets["Actions"][1:]]
    indicators = [str(row[0]) for row in book.sheets["Indicators"][1:]]
    for number, reference in enumerate(actions):
        words = f"Work on {reference} went on as planned. " * (1 if number else 12)
        book.fill(reference, Rating="" if number == 1 else "Green", What_has_happened=words)
    return book.fill(indicators[0], Estimated="about 40").saved()


def test_that_a_picture_is_refused_in_words(
    browser: Browser, shown_site: Site, tmp_path: Path
) -> None:
    picture = tmp_path / "returns.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        sign_in(page, shown_site, PI_OFFICER)
        open_workbook_page(page, shown_site)
        page.get_by_label("Upload your workbook").set_input_files(picture)
        page.get_by_role("button", name="Upload and show").click()
        expect(page.locator(".govuk-error-summary")).to_contain_text("This file is not a workbook.")
        assert faults_of(page) == []
