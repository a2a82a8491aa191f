"""What is wrong with a page as a browser shows it: accessibility, headings, width, focus, complaints."""

from __future__ import annotations

from itertools import pairwise

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
MOST_TABS = 120

_AXE = """([rules, exclude]) => axe.run({exclude}, {runOnly: rules, resultTypes: ["violations"]})
  .then((found) => found.violations.map((fault) =>
    `${fault.id}: ${fault.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")}`))"""
_HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .map((heading) => Number(heading.tagName[1]))"""
_TOO_WIDE = """() => document.documentElement.scrollWidth
  - document.documentElement.clientWidth"""
# What shows focus may be the element, its label's picture of it, or the box round it.
_SHOWS_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const about = element.outerHTML.slice(0, 120);
  const seen = () => [[element, null], [element.labels?.[0], "::before"], [element, "::before"]]
    .filter(([one]) => one)
    .map(([one, part]) => getComputedStyle(one, part))
    .map((style) => [style.outline, style.boxShadow, style.backgroundColor, style.border].join())
    .join();
  const box = element.getBoundingClientRect();
  const on_top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = on_top && !(element.contains(on_top) || on_top.contains(element)
    || element.labels?.[0]?.contains(on_top));
  const focused = seen();
  element.blur();
  if (focused === seen()) return `no sign of focus: ${about}`;
  return covered ? `covered by ${on_top.outerHTML.slice(0, 80)}: ${about}` : "";
}"""


def listen(page: Page) -> list[str]:
    """Gather what a page complains of in the console, security policy included, from now on."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on(
        "console",
        lambda said: heard.append(said.text) if said.type in ("error", "warning") else None,
    )
    return heard


def faults_at(page: Page, size: ViewportSize, *, but: str = "") -> list[str]:
    """List what is wrong with the open page at a size of window, but for a part of it."""
    page.set_viewport_size(size)
    faults = [f"axe, {fault}" for fault in _axe(page, but)]
    too_wide = page.evaluate(_TOO_WIDE)
    if too_wide > 0:
        faults.append(f"scrolls sideways by {too_wide}px")
    return [f"{size['width']} wide: {fault}" for fault in faults]


def _axe(page: Page, but: str) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_AXE, [RULES, [[but]] if but else []])
    return found


def heading_faults(page: Page) -> list[str]:
    """Say whether the page lacks its one first heading, or skips a level."""
    levels: list[int] = page.evaluate(_HEADINGS)
    faults = [] if levels.count(1) == 1 else [f"{levels.count(1)} first headings"]
    skips = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    return faults + [f"h{below} follows h{above}" for above, below in skips[:1]]


def focus_faults(page: Page) -> list[str]:
    """Walk a page by its Tab key, and list what does not show that it has the focus."""
    faults = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        fault: str | None = page.evaluate(_SHOWS_FOCUS)
        if fault is None:
            break
        if fault:
            faults.append(fault)
    return faults
