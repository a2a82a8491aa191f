from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.documents.word_templates import UnfitTemplateError
from goldenthread.organisation.models import Council, Duty, WordTemplate
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.operations import put_on_word_template, take_off_word_template
from goldenthread.organisation.queries import word_template_on
from tests.documents.templates import template as made
from tests.factories import CouncilFactory, PostFactory, WordTemplateFactory, officeholder

AT = datetime(2009, 7, 14, 11, tzinfo=UTC)
TEMPLATE = made()


def on_now(council: Council, at: datetime = AT) -> bytes | None:
    held = word_template_on(council, at=at)
    return bytes(held.content) if held else None


@pytest.fixture
def council(db: None) -> Council:
    return CouncilFactory()


@pytest.fixture
def manager(council: Council) -> Officeholder:
    return officeholder(PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER))


def test_a_template_is_put_on_and_told(council: Council, manager: Officeholder) -> None:
    held = put_on_word_template(
        name="a/Committee <paper>.DOCX", content=TEMPLATE, by=manager, at=AT
    )
    assert held.name == "Committee paper.docx"
    assert on_now(council) == TEMPLATE
    entry = AuditEntry.objects.get()
    assert entry.verb is Verb.WORD_TEMPLATE_PUT_ON
    assert entry.changes == {"sha256": [None, held.sha256]}


def test_another_takes_its_place(council: Council, manager: Officeholder) -> None:
    before = WordTemplateFactory(council=council, content=b"Before", sha256="a" * 64)
    put_on_word_template(name="New.docx", content=TEMPLATE, by=manager, at=AT)
    assert on_now(council) == TEMPLATE
    before.refresh_from_db()
    assert before.taken_off_at == AT
    assert AuditEntry.objects.get().changes["sha256"][0] == "a" * 64


def test_taken_off_papers_are_in_our_own_styles_again(
    council: Council, manager: Officeholder
) -> None:
    WordTemplateFactory(council=council, content=TEMPLATE)
    take_off_word_template(by=manager, at=AT)
    assert on_now(council) is None
    assert on_now(council, AT - timedelta(seconds=1)) == TEMPLATE
    assert AuditEntry.objects.get().verb is Verb.WORD_TEMPLATE_TAKEN_OFF


def test_taking_off_what_is_not_there_is_nothing_to_tell(manager: Officeholder) -> None:
    take_off_word_template(by=manager, at=AT)
    assert not AuditEntry.objects.exists()


def test_a_template_of_another_council_is_left_alone(
    council: Council, manager: Officeholder
) -> None:
    other = WordTemplateFactory()
    take_off_word_template(by=manager, at=AT)
    assert on_now(other.council) is not None
    assert on_now(council) is None


def test_a_file_that_is_no_document_is_refused_and_nothing_kept(manager: Officeholder) -> None:
    with pytest.raises(UnfitTemplateError):
        put_on_word_template(name="a.docx", content=b"No document", by=manager, at=AT)
    assert not WordTemplate.objects.exists()


def test_others_are_refused(council: Council) -> None:
    other = officeholder(PostFactory(council=council))
    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        put_on_word_template(name="a.docx", content=TEMPLATE, by=other, at=AT)
    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        take_off_word_template(by=other, at=AT)
