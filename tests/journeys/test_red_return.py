"""An officer files a red return and explains it; the performance manager issues the papers."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.page_checks import DESK, faults_at
from tests.journeys.people import PERFORMANCE_MANAGER, PI_OFFICER, box, sign_in
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

SAYS = "Two firms put their moves off until spring, so no job was secured since June."
WHY = "Lending to small firms has all but stopped, and both moves hung on a loan."
DONE = "We brought both firms together with the County's loan fund on 2 October."
PLANNED = "Bring the second firm to the loan fund too"


def test_that_a_red_return_is_explained_and_reaches_the_papers(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as officers:
        page = officers.new_page()
        sign_in(page, demo_site, PI_OFFICER)
        _file_red(page)
        _explain(page)
    assert "exception reports" in demo_site.run("tests.journeys.everybody_returns")
    with browser.new_context(viewport=DESK) as managers:
        page = managers.new_page()
        sign_in(page, demo_site, PERFORMANCE_MANAGER)
        _issue(page)
        demo_site.work()
        page.reload()
        _check_paper(_download(page, "PDF"))
        _check_html(browser, _download(page, "web page"))
    assert "Traceback" not in "".join(demo_site.log)


def _file_red(page: Page) -> None:
    page.get_by_role("link", name="Update AESE12").click()
    submit = page.get_by_role("button", name="Submit to Head of Planning and Regeneration")
    submit.click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Enter the figure, or say why there is none")
    expect(page).to_have_title("Error: AESE12, Quarter 2, 2009/10 - Goldenthread")
    summary.get_by_role("link", name="Enter the figure, or say why there is none").click()
    expect(box(page, "Figure for Quarter 2 2009/10")).to_be_focused()
    page.keyboard.type("30")
    box(page, "Estimated outturn for 2009/10").fill("60")
    page.get_by_role("button", name="Show what these figures suggest").click()
    suggestion = page.get_by_role("status")
    expect(suggestion).to_contain_text("The figures suggest Red: the estimated outturn of 60%")
    expect(box(page, "Estimated outturn for 2009/10")).to_have_value("60")
    page.get_by_label("Red", exact=True).check()
    box(page, "What lies behind the figures?").fill(SAYS)
    submit.click()
    expect(page.get_by_role("alert")).to_contain_text("AESE12 is in for Quarter 2, 2009/10.")


def _explain(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Exception report for AESE12")
    box(page, "Why is it red or amber?").fill(WHY)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert")).to_contain_text("is kept as a draft")
    page.get_by_role("link", name="Explain AESE12").click()
    expect(box(page, "Why is it red or amber?")).to_have_value(WHY)
    expect(page.get_by_text("Draft saved 14 October")).to_be_visible()
    page.get_by_role("button", name="Submit exception report").click()
    expect(page.get_by_role("alert")).to_contain_text("Select yes or no")
    box(page, "What has been done so far to improve it?").fill(DONE)
    _plan_a_step(page)
    _say_what_became(page)
    box(page, "Is anything holding it back?").fill("The banks.")
    for question in ("Does it need more resources?", "Is this an exceptional circumstance"):
        page.get_by_role("group", name=question).get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Submit exception report").click()
    expect(page.get_by_role("alert")).to_contain_text("The exception report is submitted.")
    expect(page.get_by_role("link", name="Explain AESE12")).to_have_count(0)


def _plan_a_step(page: Page) -> None:
    step = page.get_by_role("group", name="Step 1", exact=True)
    step.get_by_label("What will be done").fill(PLANNED)
    step.get_by_label("Who does it").fill("Head of Planning and Regeneration")
    for part, typed in (("Day", "30"), ("Month", "November"), ("Year", "2009")):
        step.get_by_label(part).fill(typed)


def _say_what_became(page: Page) -> None:
    """Say of each step that was promised a quarter before that it is done."""
    for done in page.get_by_label("Done", exact=True).all():
        done.check()


def _issue(page: Page) -> None:
    page.get_by_role("link", name="Papers", exact=True).click()
    page.get_by_role("link", name="Quarter 2, 2009/10 for Directors' management team").click()
    # No return is missing; that nobody has signed yet, nor told of the plans, the papers say.
    warning = page.locator(".govuk-warning-text")
    expect(warning).to_contain_text(
        re.compile(r"Not in: \d+ other parts\. Not signed off: 6 plans\.")
    )
    expect(page.get_by_text(WHY).first).to_be_visible()
    page.get_by_label(re.compile("^Issue without .* and with 6 plans not signed off")).check()
    page.get_by_role("button", name="Issue to Directors' management team").click()
    expect(page.get_by_role("alert")).to_contain_text("are issued to Directors' management team")
    expect(page.get_by_text("Nothing in it changes any more.")).to_be_visible()


def _download(page: Page, kind: str) -> bytes:
    with page.expect_download() as coming:
        page.get_by_role("link", name=kind).first.click()
    return Path(coming.value.path()).read_bytes()


def _check_paper(content: bytes) -> None:
    with pypdf.PdfReader(BytesIO(content)) as paper:
        words = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
    for said in (SAYS, WHY, DONE, PLANNED):
        assert said in words
    [told] = re.findall(rf"{re.escape(SAYS)} See exception report (\d+)", words)
    assert re.search(rf"Exception report {told}\b.{{0,40}}AESE12", words)
    with pikepdf.open(BytesIO(content)) as paper:
        assert "/StructTreeRoot" in paper.Root
        assert str(paper.Root.Lang) == "en-GB"
        assert bool(paper.Root.MarkInfo.Marked)


def _check_html(browser: Browser, content: bytes) -> None:
    with browser.new_context(viewport=DESK) as readers:
        page = readers.new_page()
        page.set_content(content.decode())
        assert faults_at(page, DESK) == []
        expect(page.get_by_text(PLANNED).first).to_be_visible()


def test_that_nobody_else_can_file_the_return_or_issue_the_papers(
    browser: Browser, demo_site: Site
) -> None:
    with browser.new_context(viewport=DESK) as others:
        page = others.new_page()
        sign_in(page, demo_site, "Sandra Peake")
        refused = page.goto(demo_site.at("/chase/cycles/2009-10/Q2/indicators/AESE12/update/"))
        assert refused is not None
        assert refused.status == 403
        refused = page.goto(demo_site.at("/chase/cycles/2009-10/Q2/papers/dmt/"))
        assert refused is not None
        assert refused.status == 403
        expect(page.get_by_role("main")).to_contain_text("Only the performance manager")
