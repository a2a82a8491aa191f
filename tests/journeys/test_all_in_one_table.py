"""A PI officer fills the table by keyboard alone, and loses nothing whatever happens meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.page_checks import DESK, PHONE, faults_at, focus_faults, listen
from tests.journeys.people import ACTION_OFFICER, PI_OFFICER, email_of, sign_in
from tests.journeys.site import PASSWORD, Site

pytestmark = pytest.mark.browser

TABLE = "/chase/my-updates/table/"
SAYS = "Two firms put their moves off until spring, so no job was secured since the summer."
MOST_TABS = 120


def _open(page: Page, site: Site) -> None:
    sign_in(page, site, PI_OFFICER)
    page.goto(site.at(TABLE))


def _row(page: Page, reference: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_label(f"{reference} Comment"))


def _tab_to(page: Page, name: str) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        words = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent"
        )
        if " ".join(words.split()) == name:
            return
    pytest.fail(f"Tab never reached {name}")


def test_that_the_table_is_filled_by_keyboard_and_one_error_loses_nothing(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        heard = listen(page)
        _open(page, demo_site)
        for reference in ("AESE 3.3", "AESE 4.2", "AESE 4.4"):
            _tab_to(page, f"{reference} Rating")
            page.keyboard.type("g")
            _tab_to(page, f"{reference} Comment")
            page.keyboard.type(f"{SAYS} Of {reference} all is done.")
        _tab_to(page, "AESE12 Figure for Quarter 2 2009/10")
        page.keyboard.type("about thirty")
        _tab_to(page, "Submit what is filled in")
        page.keyboard.press("Enter")
        summary = page.locator(".govuk-error-summary")
        expect(summary).to_be_focused()
        expect(page.get_by_text("3 returns are in.")).to_be_visible()
        figure = page.get_by_label("AESE12 Figure for Quarter 2 2009/10")
        expect(figure).to_have_value("about thirty")
        assert [*faults_at(page, DESK), *faults_at(page, PHONE)] == []
        page.set_viewport_size(DESK)
        summary.get_by_role("link", name="AESE12, figure for Quarter 2 2009/10").click()
        expect(figure).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type("30")
        _tab_to(page, "AESE12 Estimated outturn")
        page.keyboard.type("60")
        _tab_to(page, "AESE12 Rating")
        page.keyboard.type("r")
        _tab_to(page, "AESE12 Comment")
        page.keyboard.type(SAYS)
        _tab_to(page, "Submit what is filled in")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Explain AESE12")).to_be_visible()
        assert [said for said in heard if "409" not in said] == []


def test_that_a_draft_keeps_itself_and_survives_a_closed_tab(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        _open(page, demo_site)
        page.get_by_label("AESE4 Comment").fill(SAYS)
        expect(_row(page, "AESE4")).to_contain_text("Draft saved")
        page.get_by_label("AESE4 Estimated outturn").fill("48")
        page.close()
        again = desks.new_page()
        again.goto(demo_site.at(TABLE))
        expect(again.get_by_label("AESE4 Comment")).to_have_value(SAYS)


def test_that_an_ended_session_loses_no_word(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        _open(page, demo_site)
        desks.clear_cookies(name="sessionid")
        page.get_by_label("AESE4 Comment").fill(SAYS)
        expect(_row(page, "AESE4")).to_contain_text("You are signed out: your words are still here")
        page.get_by_role("button", name="Submit what is filled in").click()
        expect(page.get_by_label("AESE4 Comment")).to_have_value(SAYS)
        with desks.expect_page() as opened:
            _row(page, "AESE4").get_by_role("link", name="sign in in another tab").click()
        other = opened.value
        other.get_by_label("Email").fill(email_of(PI_OFFICER))
        other.get_by_label("Password").fill(PASSWORD)
        other.get_by_role("button", name="Sign in").click()
        expect(other).to_have_url(demo_site.at(TABLE))
        other.close()
        page.get_by_role("button", name="Save all as drafts").click()
        expect(page.get_by_text("Nothing new was written since the drafts were")).to_be_visible()
        expect(page.get_by_label("AESE4 Comment")).to_have_value(SAYS)


def test_that_two_windows_keep_what_both_wrote(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=DESK) as desks:
        first, second = desks.new_page(), desks.new_page()
        _open(first, demo_site)
        second.goto(demo_site.at(TABLE))
        first.get_by_label("AESE4 Comment").fill("From the first window.")
        expect(_row(first, "AESE4")).to_contain_text("Draft saved")
        second.get_by_label("AESE4 Comment").fill(SAYS)
        row = _row(second, "AESE4")
        expect(row).to_contain_text("You saved this return in another window")
        expect(row).to_contain_text("From the first window.")
        expect(second.get_by_label("AESE4 Comment")).to_have_value(SAYS)
        row.get_by_role("button", name="Keep mine instead").click()
        expect(row).to_contain_text("Draft saved")
        assert focus_faults(second) == []


def test_that_an_action_is_returned_in_three_clicks_from_a_link(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        sign_in(page, demo_site, ACTION_OFFICER)
        page.goto(demo_site.at("/chase/my-updates/"))
        page.get_by_role("link", name="Update CYPF 5.3").click()
        page.get_by_label("Green", exact=True).check()
        page.get_by_role("textbox", name="What has happened since the last update?").fill(SAYS)
        page.get_by_role("button", name="Submit to").click()
        expect(page.get_by_role("alert")).to_contain_text("CYPF 5.3 is in")


def test_that_the_table_needs_no_script(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as phones:
        page = phones.new_page()
        _open(page, demo_site)
        page.get_by_label("AESE4 Comment").fill(SAYS)
        page.get_by_role("button", name="Save all as drafts").click()
        expect(page.get_by_text("1 return is kept as a draft.")).to_be_visible()
        page.get_by_role("button", name="Submit what is filled in").click()
        expect(page.get_by_text("There is a problem")).to_be_visible()
        expect(page.get_by_label("AESE4 Comment")).to_have_value(SAYS)


def test_that_nobody_finds_the_rows_of_others(browser: Browser, demo_site: Site) -> None:
    with browser.new_context(viewport=DESK) as desks:
        page = desks.new_page()
        sign_in(page, demo_site, ACTION_OFFICER)
        page.goto(demo_site.at(TABLE))
        expect(page.get_by_label("AESE4 Comment")).to_have_count(0)
