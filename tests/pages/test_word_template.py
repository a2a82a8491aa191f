from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.organisation.models import WordTemplate
from tests.documents.templates import template
from tests.factories import WordTemplateFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, problem_beside, title_of, words_on
from tests.pages.small_council import SmallCouncil

WHERE = "/ashby/papers/template/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


def upload(client: Any, content: bytes, name: str = "Ashby.docx") -> Any:
    return client.post(WHERE, {"template": SimpleUploadedFile(name, content)}, follow=True)


def test_without_a_template_the_page_says_what_papers_are_written_in(manager: Any) -> None:
    response = manager.get(WHERE)
    assert title_of(response).startswith("The template of papers")
    assert "No template of your own yet" in words_on(response)
    assert links_on(manager.get("/ashby/papers/"))["The template of Word papers"] == WHERE


def test_a_template_is_taken_and_what_it_holds_is_shown(manager: Any) -> None:
    said = words_on(upload(manager, template()))
    assert "Word papers are written on Ashby.docx from now on." in said
    assert "In use: Ashby.docx" in said
    assert "Header saysAshby Borough Council" in said
    assert "PaperA4" in said


def test_it_can_be_downloaded_as_it_was_uploaded(ashby: SmallCouncil, manager: Any) -> None:
    held = WordTemplateFactory(council=ashby.council)
    response = manager.get(f"{WHERE}file/")
    assert response.content == held.content
    assert response["Content-Disposition"] == 'attachment; filename="committee-paper.docx"'


def test_it_is_taken_off_by_a_button(ashby: SmallCouncil, manager: Any) -> None:
    WordTemplateFactory(council=ashby.council)
    response = manager.post(f"{WHERE}off/", follow=True)
    assert "in Goldenthread's own styles again" in words_on(response)
    assert not WordTemplate.objects.filter(taken_off_at=None).exists()
    assert manager.get(f"{WHERE}file/").status_code == 404


def test_without_a_file_it_says_what_to_do(manager: Any) -> None:
    assert problem_beside(manager.post(WHERE), "template") == "Choose a Word document"


def test_a_file_that_is_no_document_is_refused_in_words(manager: Any) -> None:
    response = upload(manager, b"No document")
    assert "The file cannot be read" in problem_beside(response, "template")


def test_whoever_does_not_issue_papers_is_refused(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.director).get(WHERE).status_code == 403
