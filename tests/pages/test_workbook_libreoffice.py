"""A workbook that LibreOffice opened and saved comes back whole."""

from __future__ import annotations

import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Measurement
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from tests.pages.conftest import SignIn
from tests.pages.reading import words_on
from tests.pages.small_council import SmallCouncil
from tests.workbooks.book import Book, Formula

pytestmark = pytest.mark.libreoffice

DOWNLOAD = "/ashby/my-updates/workbook/"
UPLOAD = "/ashby/my-updates/workbook/upload/"
SECONDS = 180


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def indicator_officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.indicator_officer)


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """Let LibreOffice open a workbook, save it as its own kind, open that and save it for Excel."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("There is no soffice on this machine.")
    source = folder / "returns.xlsx"
    source.write_bytes(content)
    for kind, path in (("ods", source), ("xlsx", folder / "ods" / "returns.ods")):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder / kind), str(path)],
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    return (folder / "xlsx" / "returns.xlsx").read_bytes()


def confirmed(client: Any, content: bytes) -> Any:
    where = client.post(UPLOAD, {"workbook": SimpleUploadedFile("returns.xlsx", content)}).url
    return client.post(where, follow=True)


def test_a_workbook_as_downloaded_comes_back_with_nothing_to_change(
    officer: Any, tmp_path: Path
) -> None:
    content = saved_by_libreoffice(officer.get(DOWNLOAD).content, tmp_path)

    file = SimpleUploadedFile("returns.xlsx", content)
    said = words_on(officer.get(officer.post(UPLOAD, {"workbook": file}).url))

    assert "Your workbook changes nothing" in said
    assert "2 rows left alone" in said


def test_a_filled_workbook_files_its_returns(
    ashby: SmallCouncil, officer: Any, tmp_path: Path
) -> None:
    book = Book.opened(officer.get(DOWNLOAD).content)
    words = "=The club opened\non 6 July.\n\n\N{POUND SIGN}200 \N{EM DASH} \N{GRINNING FACE}"
    book.fill("CYPF 1.1", Rating="Green", What_has_happened=words)
    book.fill("CYPF 1.2", What_has_happened="Half of it is paid.")

    confirmed(officer, saved_by_libreoffice(book.saved(), tmp_path))

    update = ActionUpdate.objects.get(action=ashby.club)
    assert update.is_submitted
    assert (update.rating, update.commentary) == (Rating.GREEN, words)
    assert not ActionUpdate.objects.get(action=ashby.grant).is_submitted


def test_figures_come_back_as_they_were_typed(
    ashby: SmallCouncil, indicator_officer: Any, tmp_path: Path
) -> None:
    book = Book.opened(indicator_officer.get(DOWNLOAD).content).fill(
        "CYPF8",
        April=4100.125,
        May="4,600",
        Why_a_figure="The counter broke in June.",
        Estimated=54000,
        Rating="Green",
        What_lies="A dry spring helped.",
    )

    confirmed(indicator_officer, saved_by_libreoffice(book.saved(), tmp_path))

    assert IndicatorUpdate.objects.get().is_submitted
    held = {m.starts_on.month: m.value for m in Measurement.objects.filter(indicator=ashby.visits)}
    assert held == {4: Decimal("4100.125"), 5: Decimal(4600), 6: None}


def test_a_formula_that_libreoffice_worked_out_is_refused(officer: Any, tmp_path: Path) -> None:
    book = Book.opened(officer.get(DOWNLOAD).content)
    book.fill("CYPF 1.1", Rating="Green", What_has_happened=Formula('="Opened"&"."', "Opened."))

    said = words_on(confirmed(officer, saved_by_libreoffice(book.saved(), tmp_path)))

    assert "There is a formula here. Type what it comes to instead" in said
    assert not ActionUpdate.objects.exists()
