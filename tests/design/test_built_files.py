from __future__ import annotations

import re
from pathlib import Path

import pytest

import goldenthread.design

BUILT = Path(goldenthread.design.__file__).parent / "static" / "design"
FRONTEND = Path(goldenthread.design.__file__).parents[3] / "frontend"


@pytest.mark.parametrize("name", ["app.css", "app.js", "favicon.svg"])
def test_no_mark_of_the_government_is_served(name: str) -> None:
    text = (BUILT / name).read_text().lower()
    assert not re.findall(r"gds[ _-]?transport|crest|crown|licence-logo", text)


@pytest.mark.parametrize("name", ["app.css", "app.js"])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    assert not re.findall(r"https?://\w|[\"'(]//\w", (BUILT / name).read_text())


def test_each_file_that_the_styles_name_is_there() -> None:
    named = re.findall(r"url\(\"?([^\")]+)\"?\)", (BUILT / "app.css").read_text())
    assert len(named) == 3
    assert all((BUILT / name).is_file() for name in named)


def test_the_licences_stand_beside_what_they_license() -> None:
    assert "SIL OPEN FONT LICENSE" in (BUILT / "fonts" / "OFL.txt").read_text().upper()
    assert "govuk-frontend" in (BUILT / "LICENCES.txt").read_text()


def test_a_council_can_bring_its_own_brand_colour() -> None:
    css = (BUILT / "app.css").read_text()
    assert re.search(r"\.gt-header\{[^}]*background:var\(--govuk-brand-colour", css)


def test_no_address_of_a_registry_is_recorded() -> None:
    assert "://" not in (FRONTEND / "package-lock.json").read_text()
    assert "://" not in (FRONTEND / "package.json").read_text()
