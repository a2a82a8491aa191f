"""Who goes on a journey, and how they come in."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.site import PASSWORD, Site

PI_OFFICER = "Emeka Nwosu"
ACTION_OFFICER = "Mei-Ling Cheung"
PERFORMANCE_MANAGER = "Margaret Ashdown"
ROLES = {
    "PI Officer": PI_OFFICER,
    "Action Officer": ACTION_OFFICER,
    "Lead Officer": "Robert Hazeldine",
    "Lead Member of DMT": "Ceri Llewellyn-Hart",
    "Performance Manager": PERFORMANCE_MANAGER,
    "Finance": "Sunita Parmar",
    "Policy Development Committee": "Caroline Staniforth",
    "Scrutiny Committee": "Nusrat Begum-Ali",
}


def email_of(name: str) -> str:
    return f"{'.'.join(name.lower().split())}@chase.example"


def sign_in(page: Page, site: Site, name: str) -> None:
    """Sign a person of the demonstration in, and arrive at their home page."""
    page.goto(site.at("/"))
    page.get_by_label("Email").fill(email_of(name))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(site.at("/chase/"))


def box(page: Page, question: str) -> Locator:
    """Find the box in which a question is answered; what was said last time bears its name too."""
    return page.get_by_role("textbox", name=question, exact=True)
