from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.reporting.models import ActionUpdate, UploadedWorkbook
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, main_of, problem_beside, title_of, words_on
from tests.pages.small_council import AFTER_Q1, SmallCouncil
from tests.workbooks.book import Book

WHERE = "/ashby/my-updates/workbook/upload/"
DOWNLOAD = "/ashby/my-updates/workbook/"


@pytest.fixture
def officer(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.action_officer)


@pytest.fixture
def book(officer: Any) -> Book:
    return Book.opened(officer.get(DOWNLOAD).content)


def upload(client: Any, content: bytes, name: str = "filled.xlsx") -> Any:
    return client.post(WHERE, {"workbook": SimpleUploadedFile(name, content)})


def test_the_page_says_what_the_workbook_holds_and_what_to_do(officer: Any) -> None:
    response = officer.get(WHERE)

    assert title_of(response).startswith("Fill your updates in a workbook, Quarter 1, 2009/10")
    assert "the 2 actions and no indicators of yours" in words_on(response)
    assert links_on(response)["Download ashby-2009-10-q1-returns.xlsx"] == DOWNLOAD


def test_a_filled_workbook_leads_to_its_preview_and_changes_nothing(
    ashby: SmallCouncil, officer: Any, book: Book
) -> None:
    book.fill("CYPF 1.1", Rating="Green", What_has_happened="The club opened.")

    response = upload(officer, book.saved())

    workbook = UploadedWorkbook.objects.get()
    assert response.url == reverse("workbooks:workbook_preview", args=["ashby", workbook.pk])
    assert workbook.file_name == "filled.xlsx"
    assert workbook.uploaded_by == ashby.holder_of(ashby.posts.action_officer)
    assert not ActionUpdate.objects.exists()
    assert AuditEntry.objects.get().verb is Verb.WORKBOOK_UPLOADED


def test_without_a_file_it_says_what_to_do(officer: Any) -> None:
    response = officer.post(WHERE)

    assert problem_beside(response, "workbook") == "Choose the workbook that you filled"
    assert title_of(response).startswith("Error: ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 500, "This file is not a workbook."),
        (b"\xd0\xcf\x11\xe0" + b"0" * 500, "This workbook has a password, or is of an older kind"),
        (b"Reference,Rating\nCYPF 1.1,Green\n", "This file is not a workbook."),
        (b"", "This file is empty."),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(officer: Any, content: bytes, words: str) -> None:
    response = upload(officer, content)

    assert problem_beside(response, "workbook").startswith(words)
    assert not UploadedWorkbook.objects.exists()


def test_a_file_that_is_too_large_is_refused(officer: Any) -> None:
    response = upload(officer, b"PK\x03\x04" + b"0" * (5 * 1024 * 1024))

    assert problem_beside(response, "workbook").startswith("This file is larger than 5 MB.")


def test_whoever_has_nothing_to_fill_in_is_told_so(ashby: SmallCouncil, sign_in: SignIn) -> None:
    response = sign_in(ashby.posts.clerk).get(WHERE)

    assert "There is nothing for you to fill in" in words_on(response)
    assert main_of(response).find(".//form") is None


def test_after_the_deadline_a_filled_workbook_is_told_that_the_cycle_has_closed(
    officer: Any, book: Book, set_clock: SetClock
) -> None:
    book.fill("CYPF 1.1", Rating="Green", What_has_happened="The club opened.")
    set_clock(AFTER_Q1)

    response = officer.get(upload(officer, book.saved()).url)

    assert "Your workbook changes nothing" in words_on(response)
    assert "took returns until 21 July 2009" in words_on(response)


def test_a_long_file_name_keeps_its_end(officer: Any, book: Book) -> None:
    upload(officer, book.saved(), f"{'a' * 240}.xlsx")

    assert UploadedWorkbook.objects.get().file_name.endswith("a.xlsx")
