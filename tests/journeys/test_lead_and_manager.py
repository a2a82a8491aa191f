"""A lead checks a plan, sends a return back and signs the rest; the performance manager chases what is owed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import DESK, PHONE, faults_at
from tests.journeys.people import PERFORMANCE_MANAGER, PI_OFFICER, ROLES, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

LEAD_OFFICER, LEAD_MEMBER = ROLES["Lead Officer"], ROLES["Lead Member of DMT"]
NOTE = "Which units stand empty, and what would fill them? Please name the three largest."


def test_that_a_lead_sends_back_one_return_and_signs_the_rest(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as leads:
        page = leads.new_page()
        sign_in(page, demo_site, LEAD_OFFICER)
        page.get_by_role("button", name="Check AESE").click()
        _send_back(page, "AESE9")
        expect(page.get_by_role("article").filter(has_text="AESE9")).to_have_count(0)
        page.get_by_role("button", name="Sign off").click()
        standing = page.get_by_role("region", name="Signed in part")
        expect(standing).to_contain_text(f"Signed off by its Lead Officer, {LEAD_OFFICER}")
        expect(standing).to_contain_text("Not signed off by its Lead Member of DMT.")
        assert [*faults_at(page, DESK), *faults_at(page, PHONE)] == []
    with browser.new_context(viewport=DESK) as officers:
        page = officers.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        expect(page.get_by_text(NOTE)).to_be_visible()
        page.goto(demo_site.at("/chase/my-updates/"))
        expect(page.get_by_role("region", name="Sent back to you")).to_contain_text(NOTE)


def _send_back(page: Page, reference: str) -> None:
    page.get_by_role("link", name=re.compile(f"Return for revision ?: {reference}$")).click()
    page.get_by_label("What is to be revised?").fill(NOTE)
    page.get_by_role("button", name="Send back to the").click()
    expect(page.get_by_role("alert")).to_contain_text(reference)


def test_that_the_performance_manager_nudges_one_post_and_sees_it_written(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as managers:
        page = managers.new_page()
        sign_in(page, demo_site, PERFORMANCE_MANAGER)
        page.get_by_role("link", name="Who is in and who is late").click()
        row = page.get_by_role("row").filter(has_text="Principal Economic Development Officer")
        expect(row).to_contain_text("Never")
        row.get_by_role("checkbox").press("Space")
        page.get_by_role("button", name="Nudge about what is ticked").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Nudge 1 person")
        expect(page.get_by_text("AESE12").first).to_be_visible()
        page.get_by_label("Is there anything to add?").fill("DMT asks about jobs in particular.")
        page.get_by_role("button", name="Send 1 message").click()
        row = page.get_by_role("row").filter(has_text="Principal Economic Development Officer")
        expect(row).not_to_contain_text("Never")
        page.get_by_role("link", name="Messages that were written").click()
        expect(page.get_by_role("table").first).to_contain_text(PI_OFFICER)
        assert [*faults_at(page, DESK), *faults_at(page, PHONE)] == []


def test_that_an_officer_opens_neither_the_check_nor_the_board(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as officers:
        page = officers.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        for path in ("plans/AESE/check/", "chase/"):
            answer = page.goto(demo_site.at(f"/chase/cycles/2009-10/Q2/{path}"))
            assert answer is not None
            assert answer.status == 403
