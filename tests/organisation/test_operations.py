from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.queries import first_broken_entry
from goldenthread.domain.framework import FrameworkError
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation import holdings, operations
from goldenthread.organisation.models import Council, Duty, FrameworkVersion
from goldenthread.organisation.queries import framework_of
from tests.factories import (
    IN_Q1,
    SHIPPED_FRAMEWORK,
    CouncilFactory,
    PostFactory,
    UserFactory,
)


def _verbs(council: Council) -> list[Verb]:
    return [
        entry.verb for entry in AuditEntry.objects.filter(council=council.name).order_by("number")
    ]


def test_a_council_is_set_up_with_all_that_was_done_written_down(db: None) -> None:
    by = UserFactory()
    council = operations.add_council(name="chase", title="Chase", by=by, at=IN_Q1)
    operations.adopt_framework(council=council, text=SHIPPED_FRAMEWORK, by=by, at=IN_Q1)
    post = operations.add_post(
        council=council, title="Performance Manager", duty=Duty.PERFORMANCE_MANAGER, by=by, at=IN_Q1
    )
    holding = holdings.take_up_post(
        post=post, holder=UserFactory(), starts_on=date(2009, 4, 1), by=by, at=IN_Q1
    )
    body = operations.add_body(
        council=council,
        code="DMT",
        title="Directors",
        kind=BodyKind.DMT,
        members=[post],
        by=by,
        at=IN_Q1,
    )

    assert _verbs(council) == [
        Verb.COUNCIL_ADDED,
        Verb.FRAMEWORK_ADOPTED,
        Verb.POST_ADDED,
        Verb.POST_TAKEN_UP,
        Verb.BODY_ADDED,
    ]
    assert set(AuditEntry.objects.values_list("actor_id", flat=True)) == {by.pk}
    assert AuditEntry.objects.latest("number").changes == {"members": [None, [post.title]]}
    assert first_broken_entry("chase") is None
    assert (holding.post, holding.ends_on) == (post, None)
    assert [membership.post for membership in body.memberships.all()] == [post]


def test_the_shipped_framework_is_adopted_under_its_own_version(db: None) -> None:
    council = CouncilFactory()

    adopted = operations.adopt_framework(council=council, text=SHIPPED_FRAMEWORK, by=None, at=IN_Q1)

    assert (adopted.version, adopted.adopted_at) == ("2009-10", IN_Q1)
    assert framework_of(council).version == "2009-10"


def test_a_broken_framework_is_refused_naming_its_keys(db: None) -> None:
    council = CouncilFactory()
    text = SHIPPED_FRAMEWORK.replace(
        "financial_year_starts_month = 4", "financial_year_starts_month = 13"
    ).replace("opens_days_before_deadline = 14", 'opens_days_before_deadline = "soon"')

    with pytest.raises(FrameworkError) as refused:
        operations.adopt_framework(council=council, text=text, by=None, at=IN_Q1)

    assert len(refused.value.problems) == 2
    assert "financial_year_starts_month" in refused.value.problems[0]
    assert "timetable.opens_days_before_deadline" in refused.value.problems[1]
    assert not FrameworkVersion.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_version_is_adopted_once(council: Council) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        operations.adopt_framework(council=council, text=SHIPPED_FRAMEWORK, by=None, at=IN_Q1)

    assert not AuditEntry.objects.exists()


def test_a_post_may_sit_on_no_body_and_a_body_may_have_no_members(council: Council) -> None:
    PostFactory(council=council)

    body = operations.add_body(
        council=council,
        code="DMT",
        title="Directors",
        kind=BodyKind.DMT,
        members=[],
        by=None,
        at=IN_Q1,
    )

    assert not body.memberships.exists()


def test_whoever_read_the_framework_before_knows_the_one_adopted_since(db: None) -> None:
    council = CouncilFactory()
    operations.adopt_framework(council=council, text=SHIPPED_FRAMEWORK, by=None, at=IN_Q1)
    assert framework_of(council).version == "2009-10"
    newer = SHIPPED_FRAMEWORK.replace('version = "2009-10"', 'version = "2010-11"')

    operations.adopt_framework(council=council, text=newer, by=None, at=IN_Q1)

    assert framework_of(council).version == "2010-11"
