"""A PI officer with thirty indicators returns them all in the table, by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import DESK
from tests.journeys.people import PI_OFFICER, sign_in
from tests.journeys.site import Site
from tests.journeys.thirty_indicators import MANY

pytestmark = pytest.mark.browser

TABLE = "/chase/my-updates/table/"
WRONG = "EDO17"
MOST_TABS = 40


def test_that_thirty_indicators_are_returned_by_keyboard_alone(
    browser: Browser, demo_site: Site
) -> None:
    assert f"{MANY} indicators" in demo_site.run("tests.journeys.thirty_indicators")
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        page.goto(demo_site.at(TABLE))
        for number in range(1, MANY + 1):
            reference = f"EDO{number:02}"
            _fill_row(page, reference, "twenty-five" if reference == WRONG else "25")
        _tab_to(page, "Submit what is filled in", most=3)
        page.keyboard.press("Enter")

        expect(page.get_by_text(f"{MANY - 1} returns are in.")).to_be_visible()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        figure = page.get_by_label(f"{WRONG} Figure for Quarter 2 2009/10")
        expect(figure).to_be_focused()
        expect(figure).to_have_value("twenty-five")
        page.keyboard.press("Control+a")
        page.keyboard.type("25")
        _tab_to(page, "Submit what is filled in", most=MOST_TABS)
        page.keyboard.press("Enter")

        expect(page.get_by_text("1 return is in.")).to_be_visible()
        expect(page.get_by_role("link", name=f"Update {WRONG}")).to_have_count(0)


def _fill_row(page: Page, reference: str, figure: str) -> None:
    _tab_to(page, f"{reference} Figure for Quarter 2 2009/10")
    page.keyboard.type(figure)
    _tab_to(page, f"{reference} Estimated outturn")
    page.keyboard.type("100")
    _tab_to(page, f"{reference} Rating")
    page.keyboard.type("g")
    _tab_to(page, f"{reference} Comment")
    page.keyboard.type(f"Firms in the area of {reference} took up all that was offered.")


def _tab_to(page: Page, name: str, *, most: int = MOST_TABS) -> None:
    """Press Tab until a box or button of that name has the focus, and never more than so often."""
    for _ in range(most):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        )
        if " ".join(words.split()) == name:
            return
    pytest.fail(f"Tab never reached {name}")


def test_that_nobody_else_has_a_box_for_them(browser: Browser, demo_site: Site) -> None:
    demo_site.run("tests.journeys.thirty_indicators")
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        sign_in(page, demo_site, "Margaret Ashdown")
        page.goto(demo_site.at(TABLE))

        expect(page.get_by_label("EDO01 Comment")).to_have_count(0)
