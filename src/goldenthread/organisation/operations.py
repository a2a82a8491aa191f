from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.framework import parse_framework
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation.models import (
    Body,
    BodyMembership,
    Council,
    Duty,
    FrameworkVersion,
    Post,
)


@transaction.atomic
def add_council(
    *, name: str, title: str, description: str = "", by: User | None, at: datetime
) -> Council:
    """Add a council to this installation. `name` is its part of every address."""
    council = Council.objects.create(name=name, title=title, description=description)
    audit.record(council=name, verb=Verb.COUNCIL_ADDED, target=council, by=by, at=at)
    return council


@transaction.atomic
def adopt_framework(
    *, council: Council, text: str, by: User | None, at: datetime
) -> FrameworkVersion:
    """Put a framework in force. Packs issued under an earlier one keep naming that.

    :raises FrameworkError: if the text is no framework, naming each key that is wrong
    """
    framework = parse_framework(text)
    adopted = FrameworkVersion.objects.create(
        council=council, version=framework.version, text=text, adopted_at=at
    )
    audit.record(council=council.name, verb=Verb.FRAMEWORK_ADOPTED, target=adopted, by=by, at=at)
    council.framework_in_force = adopted
    return adopted


@transaction.atomic
def add_post(
    *, council: Council, title: str, duty: Duty | None = None, by: User | None, at: datetime
) -> Post:
    """Add a post, which can own work before anybody holds it."""
    post = Post.objects.create(council=council, title=title, duty=duty)
    audit.record(council=council.name, verb=Verb.POST_ADDED, target=post, by=by, at=at)
    return post


@transaction.atomic
def add_body(
    *,
    council: Council,
    code: str,
    title: str,
    kind: BodyKind,
    members: list[Post],
    by: User | None,
    at: datetime,
) -> Body:
    """Add a forum that receives papers, with the posts that sit on it."""
    body = Body.objects.create(council=council, code=code, title=title, kind=kind)
    BodyMembership.objects.bulk_create(BodyMembership(body=body, post=post) for post in members)
    audit.record(
        council=council.name,
        verb=Verb.BODY_ADDED,
        target=body,
        by=by,
        at=at,
        changes={"members": [None, [post.title for post in members]]},
    )
    return body
