"""Two windows over one return: whoever saves second sees what the first saved, and chooses."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import DESK, faults_at
from tests.journeys.people import ACTION_OFFICER, box, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

FIRST = "The first inspection is done and its report is out."
SECOND = "Both inspections are done; the reports go to Cabinet in November."
REFERENCE = "CYPF 5.3"
QUESTION = "What has happened since the last update?"


def _open(page: Page, site: Site) -> None:
    sign_in(page, site, ACTION_OFFICER)
    page.get_by_role("link", name=f"Update {REFERENCE}").click()


def _save_draft(page: Page, words: str) -> None:
    box(page, QUESTION).fill(words)
    page.get_by_role("button", name="Save draft").click()


def test_that_the_second_to_save_sees_the_first_and_may_replace_it(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as one, browser.new_context(viewport=DESK) as two:
        first, second = one.new_page(), two.new_page()
        _open(first, demo_site)
        _open(second, demo_site)
        _save_draft(first, FIRST)
        expect(first.get_by_role("alert")).to_contain_text(f"Your draft for {REFERENCE} is kept")
        _save_draft(second, SECOND)
        theirs = second.get_by_role("region", name=f"What {ACTION_OFFICER} saved")
        expect(theirs).to_contain_text(FIRST)
        expect(box(second, QUESTION)).to_have_value(SECOND)
        assert faults_at(second, DESK) == []
        second.get_by_role("button", name="Save draft").click()
        expect(second.get_by_role("alert")).to_contain_text("is kept")
        second.get_by_role("link", name=f"Update {REFERENCE}").click()
        expect(box(second, QUESTION)).to_have_value(SECOND)


def test_that_the_second_may_leave_theirs_for_the_first(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=DESK) as one, browser.new_context(viewport=DESK) as two:
        first, second = one.new_page(), two.new_page()
        _open(first, demo_site)
        _open(second, demo_site)
        _save_draft(first, FIRST)
        expect(first.get_by_role("alert")).to_contain_text("is kept")
        _save_draft(second, SECOND)
        second.get_by_role("link", name="Leave yours and go on with theirs").click()
        expect(box(second, QUESTION)).to_have_value(FIRST)


def test_that_a_submitted_return_refuses_a_second_word(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=DESK) as one, browser.new_context(viewport=DESK) as two:
        first, second = one.new_page(), two.new_page()
        _open(first, demo_site)
        _open(second, demo_site)
        first.get_by_label("Green", exact=True).check()
        box(first, QUESTION).fill(FIRST)
        first.get_by_role("button", name="Submit to").click()
        expect(first.get_by_role("alert")).to_contain_text(f"{REFERENCE} is in")
        _save_draft(second, SECOND)
        expect(second.get_by_role("alert")).to_contain_text("There is a problem")
        second.goto(demo_site.at("/chase/"))
        expect(second.get_by_role("link", name=f"Update {REFERENCE}")).to_have_count(0)
