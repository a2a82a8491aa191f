"""Every page that anybody can reach: whole HTML, usable by all, calm in the console."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.journeys.page_checks import (
    DESK,
    PHONE,
    faults_at,
    focus_faults,
    heading_faults,
    listen,
)
from tests.journeys.people import PERFORMANCE_MANAGER, PI_OFFICER, ROLES, email_of, sign_in
from tests.journeys.site import ROOT, Site
from tests.journeys.walk import Visited, walk

# One process walks for them all, so that nobody walks twice.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("every page")]

# Each role reaches some three hundred pages, of which most are the same to all, so a
# walk along all of them takes half an hour and is made only where it is asked for.
MOST_OF_A_KIND = None if os.environ.get("GOLDENTHREAD_EVERY_PAGE") == "yes" else 2
CHECKER = ROOT / "frontend" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# A table that folds on a phone keeps its meaning for all screen readers only if it says its roles,
# which the checker holds for superfluous.
ROLES_OF_TABLES = (
    ".*“role” attribute must not be used on a “t[dhr]” element which has a “table” ancestor.*"
)
CHECKER_SAYS = ("--errors-only", "--format", "gnu", "--filterpattern", ROLES_OF_TABLES)
# Papers say the same on many pages, and at such length that they are looked at once: a committee's,
# which have all parts of one plan. What differs between two long ones is folded away.
PAPER = ".gt-paper"
AT_LENGTH = f"{PAPER}, .gt-differences:not([open]) > .gt-difference"
FORMS = {
    "an action's return": "Update AESE 3.3",
    "an indicator's return": "Update AESE12",
    "an exception report": "Explain AESE9",
    "the table of my updates": "Fill them all in one table",
}
# A table sent empty is left alone: it says what is missing once a row was begun.
BEGUN = {"Fill them all in one table": "AESE4 Comment"}
REACHED = {
    "Lead Officer": {
        "chasing:chase_board",
        "organisation:my_posts",
        "reporting:plan_check",
        "statements:statement_edit",
    },
    "Finance": {"statements:finance_edit", "statements:budget_edit"},
    "Performance Manager": {
        "chasing:chase_board",
        "chasing:message_list",
        "home:due_revise",
        "home:target_revise",
        "organisation:post_fill",
        "organisation:post_list",
        "organisation:word_template",
        "reporting:cycle_closing",
        "timetables:calendar_list",
        "timetables:milestone_move",
        "timetables:my_dates",
        "timetables:milestone_add",
        "timetables:milestone_remove",
        "reporting:plan_check",
        "timetables:timetable_edit",
        "timetables:timetable_propose",
        "timetables:closed_days",
    },
}


class Walks:
    """What each role of the demonstration can reach, each walked once and when it is asked for."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._walked: dict[str, list[Visited]] = {}

    def of(self, role: str) -> list[Visited]:
        if role not in self._walked:
            with self._browser.new_context() as context:
                sign_in(context.new_page(), self._site, ROLES[role])
                self._walked[role] = walk(context, self._site, most=MOST_OF_A_KIND)
        return self._walked[role]


@pytest.fixture(scope="module")
def walks(browser: Browser, shown_site: Site) -> Walks:
    return Walks(browser, shown_site)


@pytest.fixture(scope="module")
def looked_at() -> set[bytes]:
    """The pages that somebody has looked at already: two roles often see the same."""
    return set()


@pytest.mark.parametrize("role", ROLES)
def test_that_every_page_of_a_role_can_be_used_by_all(
    role: str,
    browser: Browser,
    shown_site: Site,
    walks: Walks,
    looked_at: set[bytes],
) -> None:
    new = [page for page in walks.of(role) if page.says not in looked_at]
    looked_at.update(page.says for page in new)
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        sign_in(page, shown_site, ROLES[role])
        heard = listen(page)
        faults = [
            f"{one.address}: {fault}" for one in new for fault in _faults(page, shown_site, one)
        ]
    assert faults == []
    assert heard == []


def _faults(page: Page, site: Site, visited: Visited) -> list[str]:
    page.goto(site.at(visited.address))
    sizes = [fault for size in (DESK, PHONE) for fault in faults_at(page, size, but=AT_LENGTH)]
    return [*heading_faults(page), *sizes]


@pytest.mark.parametrize(
    ("forum", "size"),
    [("Corporate Improvement", DESK), ("Environmental Sustainability", PHONE)],
)
def test_that_papers_can_be_read_by_all(
    forum: str, size: ViewportSize, browser: Browser, shown_site: Site
) -> None:
    with browser.new_context(viewport=size) as context:
        page = context.new_page()
        sign_in(page, shown_site, PERFORMANCE_MANAGER)
        page.goto(shown_site.at("/chase/papers/"))
        page.get_by_role("link", name=f"Quarter 1, 2009/10 for {forum}").click()
        expect(page.locator(PAPER).first).to_be_visible()
        assert faults_at(page, size) == []


@pytest.mark.parametrize("role", REACHED)
def test_that_the_walk_reaches_what_a_role_has_to_itself(role: str, walks: Walks) -> None:
    assert REACHED[role] - {page.view for page in walks.of(role)} == set()


@pytest.mark.parametrize("role", ROLES)
def test_that_every_page_of_a_role_has_a_title_of_its_own(role: str, walks: Walks) -> None:
    titled: dict[str, set[bytes]] = defaultdict(set)
    addresses: dict[str, list[str]] = defaultdict(list)
    for page in walks.of(role):
        titled[page.title].add(page.says)
        addresses[page.title].append(page.address)
    assert {title: addresses[title] for title, pages in titled.items() if len(pages) > 1} == {}


def test_that_the_keyboard_can_be_followed_on_every_kind_of_page(
    browser: Browser, shown_site: Site, walks: Walks
) -> None:
    kinds = {page.view: (role, page) for role in ROLES for page in walks.of(role)}
    faults = []
    for role in ROLES:
        with browser.new_context(viewport=DESK) as context:
            page = context.new_page()
            sign_in(page, shown_site, ROLES[role])
            for visited in (one for by, one in kinds.values() if by == role):
                page.goto(shown_site.at(visited.address))
                faults += [f"{visited.address}: {fault}" for fault in focus_faults(page)]
    assert faults == []


@pytest.mark.parametrize("link", FORMS.values(), ids=FORMS)
def test_that_a_form_left_empty_says_so_to_everybody(
    link: str, browser: Browser, shown_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        heard = listen(page)
        sign_in(page, shown_site, PI_OFFICER)
        page.get_by_role("link", name=link).click()
        _begin(page, link)
        page.get_by_role("button", name="Submit").click()
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        assert page.title().startswith("Error: ")
        faults = [*heading_faults(page), *faults_at(page, DESK), *faults_at(page, PHONE)]
        assert [*faults, *focus_faults(page), *heard] == []


def _begin(page: Page, link: str) -> None:
    if box := BEGUN.get(link):
        page.get_by_label(box).fill("Begun, and not yet whole.")


def test_that_the_way_in_is_open_to_everybody(browser: Browser, shown_site: Site) -> None:
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        heard = listen(page)
        page.goto(shown_site.at("/chase/"))
        expect(page).to_have_title("Sign in - Goldenthread")
        for name in ROLES.values():
            expect(page.get_by_text(email_of(name), exact=True)).to_be_visible()
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_title("Error: Sign in - Goldenthread")
        faults = [*heading_faults(page), *faults_at(page, DESK), *faults_at(page, PHONE)]
        assert [*faults, *focus_faults(page), *heard] == []


def test_that_no_page_is_found_where_there_is_none(browser: Browser, shown_site: Site) -> None:
    with browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        sign_in(page, shown_site, PI_OFFICER)
        missing = page.goto(shown_site.at("/chase/plans/none/"))
        assert missing is not None
        assert missing.status == 404
        assert [*heading_faults(page), *faults_at(page, DESK), *faults_at(page, PHONE)] == []


def test_that_the_html_checker_finds_no_error(
    walks: Walks, browser: Browser, shown_site: Site, tmp_path: Path
) -> None:
    java = shutil.which("java")
    if java is None or not CHECKER.exists():
        pytest.skip("The Nu HTML checker needs java, and `npm ci --ignore-scripts` in frontend.")
    pages = {page.says: page for role in ROLES for page in walks.of(role)}
    for number, page in enumerate(pages.values()):
        name = f"{number:03}-{page.view.replace(':', '.')}.html"
        (tmp_path / name).write_text(page.html, encoding="utf-8")
    for number, html in enumerate(_in_error(browser, shown_site)):
        (tmp_path / f"error-{number}.html").write_text(html, encoding="utf-8")
    checked = subprocess.run(
        [java, "-jar", str(CHECKER), *CHECKER_SAYS, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stderr == ""


def _in_error(browser: Browser, site: Site) -> list[str]:
    """Send each form empty, and take what the server answers."""
    found = []
    for link in FORMS.values():
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            sign_in(page, site, PI_OFFICER)
            page.get_by_role("link", name=link).click()
            _begin(page, link)
            with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
                page.get_by_role("button", name="Submit").click()
            found.append(answered.value.text())
    return found
