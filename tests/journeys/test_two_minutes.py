"""From a reminder's link to a submitted return: three clicks, and a tick where something looks odd."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.page_checks import DESK
from tests.journeys.people import ACTION_OFFICER, PI_OFFICER, box, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser


class Clicks:
    """Clicks as a person does, and counts them."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, what: Locator) -> None:
        what.click()
        self.count += 1


def test_that_an_action_takes_three_clicks_and_two_fields(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as officers:
        page, clicks = officers.new_page(), Clicks()
        sign_in(page, demo_site, ACTION_OFFICER)
        # The link of a reminder leads where this one does.
        clicks.on(page.get_by_role("link", name=re.compile(r"^Update \w")).first)
        clicks.on(page.get_by_label("Green", exact=True))
        box(page, "What has happened since the last update?").fill("Completed this week, on time.")
        clicks.on(page.get_by_role("button", name="Submit to"))

        banner = page.get_by_role("alert")
        expect(banner).to_contain_text("is in for Quarter 2, 2009/10.")
        assert clicks.count == 3
        link = banner.get_by_role("link")
        if link.count():
            reference = link.inner_text()
            link.click()
            expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    assert "Traceback" not in "".join(demo_site.log)


def test_that_a_slip_is_seen_while_it_is_typed_and_passes_only_with_a_tick(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as officers:
        page = officers.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        page.get_by_role("link", name="Update AESE12").click()
        box(page, "Figure for Quarter 2 2009/10").fill("700")
        box(page, "Estimated outturn for 2009/10").press_sequentially("200")
        # Nobody asked for it: it follows what is typed.
        expect(page.locator("#suggestion")).to_contain_text(
            "The figures suggest Red: the estimated outturn of 200%"
        )
        page.get_by_label("Red", exact=True).check()
        box(page, "What lies behind the figures?").fill("Two firms put their moves off.")
        page.get_by_role("button", name="Submit to").click()

        summary = page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        summary.get_by_role("link", name="Check what looks odd").click()
        tick = page.get_by_role("checkbox", name="Did you mean 70%?")
        expect(tick).to_be_focused()
        expect(box(page, "Figure for Quarter 2 2009/10")).to_have_value("700")
        page.keyboard.press("Space")
        page.get_by_role("button", name="Submit to").click()
        expect(page.get_by_role("alert")).to_contain_text("it needs an exception report")
    assert "Traceback" not in "".join(demo_site.log)
