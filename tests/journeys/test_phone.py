"""An action officer on a phone with the keyboard alone, and one whose browser runs no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import PHONE
from tests.journeys.people import ACTION_OFFICER, PI_OFFICER, box, email_of, sign_in
from tests.journeys.site import PASSWORD, Site

pytestmark = pytest.mark.browser

SAYS = "Three young inspectors scored Valley Park; two of their five wishes are done."
REFERENCE = "CYPF 5.3"
MOST_TABS = 80


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what begins with these words has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        )
        if " ".join(words.split()).startswith(name):
            return
    pytest.fail(f"Tab never reached {name}")


def test_that_an_action_is_returned_on_a_phone_by_keyboard(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=PHONE) as phones:
        page = phones.new_page()
        page.goto(demo_site.at("/"))
        _tab_to(page, "Email")
        page.keyboard.type(email_of(ACTION_OFFICER))
        _tab_to(page, "Password")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("What you owe")
        _tab_to(page, f"Update {REFERENCE}")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(REFERENCE)
        _rate_by_keyboard(page)
        expect(page.get_by_role("alert")).to_contain_text(f"{REFERENCE} is in")
        expect(page.get_by_role("link", name=f"Update {REFERENCE}")).to_have_count(0)


def _rate_by_keyboard(page: Page) -> None:
    _tab_to(page, "Submit to")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    _tab_to(page, "Select how this action is going")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Green", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_label("Green", exact=True)).to_be_checked()
    _tab_to(page, "What has happened since the last update?")
    page.keyboard.type(SAYS)
    _tab_to(page, "Submit to")
    page.keyboard.press("Enter")


def test_that_returns_need_no_script(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as phones:
        page = phones.new_page()
        sign_in(page, demo_site, ACTION_OFFICER)
        expect(page.get_by_role("link", name="Plans", exact=True)).to_be_visible()
        page.get_by_role("link", name=f"Update {REFERENCE}").click()
        page.get_by_role("button", name="Submit to").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        page.get_by_label("Green", exact=True).check()
        box(page, "What has happened since the last update?").fill(SAYS)
        page.get_by_role("button", name="Submit to").click()
        expect(page.get_by_role("alert")).to_contain_text(f"{REFERENCE} is in")


def test_that_the_suggestion_needs_no_script_and_loses_no_word(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as phones:
        page = phones.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        page.get_by_role("link", name="Update AESE12").click()
        box(page, "What lies behind the figures?").fill(SAYS)
        box(page, "Figure for Quarter 2 2009/10").fill("200")
        box(page, "Estimated outturn for 2009/10").fill("400")
        page.get_by_role("button", name="Show what these figures suggest").click()
        expect(page.get_by_text("The figures suggest Green")).to_be_visible()
        expect(box(page, "What lies behind the figures?")).to_have_value(SAYS)
        expect(page.get_by_text("There is a problem")).to_have_count(0)


def test_that_an_impossible_figure_is_refused_in_words(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as phones:
        page = phones.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        page.get_by_role("link", name="Update AESE12").click()
        box(page, "Figure for Quarter 2 2009/10").fill("about thirty")
        page.get_by_role("button", name="Show what these figures suggest").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        expect(box(page, "Figure for Quarter 2 2009/10")).to_have_value("about thirty")
