from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.documents.word_templates import check_template
from goldenthread.domain.framework import parse_framework
from goldenthread.domain.framework_tables import Forum
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation import permissions
from goldenthread.organisation.models import (
    Body,
    BodyMembership,
    Council,
    Duty,
    FrameworkVersion,
    Post,
    WordTemplate,
)
from goldenthread.organisation.officeholder import Officeholder


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

    A forum of the council's own that it names is added with it.

    :raises FrameworkError: if the text is no framework, naming each key that is wrong
    """
    framework = parse_framework(text)
    adopted = FrameworkVersion.objects.create(
        council=council, version=framework.version, text=text, adopted_at=at
    )
    audit.record(council=council.name, verb=Verb.FRAMEWORK_ADOPTED, target=adopted, by=by, at=at)
    council.framework_in_force = adopted
    _add_own_forums(council, framework.forums, by, at)
    return adopted


def _add_own_forums(
    council: Council, forums: Iterable[Forum], by: User | None, at: datetime
) -> None:
    """Add the forums that the council's own framework names and that are not there yet."""
    there = set(Body.objects.filter(council=council).values_list("code", flat=True))
    for forum in forums:
        if forum.code not in there:
            add_body(
                council=council,
                code=forum.code,
                title=forum.label,
                kind=None,
                members=[],
                by=by,
                at=at,
            )


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
    kind: BodyKind | None,
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


_UNFIT_IN_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")
_LONGEST_NAME = 100


def put_on_word_template(
    *, name: str, content: bytes, by: Officeholder, at: datetime
) -> WordTemplate:
    """Write a council's papers on its own Word document from now on, in place of an earlier one.

    :raises PermissionDenied: if the person is not the performance manager
    :raises UnfitTemplateError: if no paper can be written on it, or something in it can run
    """
    permissions.check_can_choose_template(by)
    check_template(content)
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        before = _taken_off(by, at)
        template = WordTemplate.objects.create(
            council=by.council,
            name=_harmless(name),
            content=content,
            size=len(content),
            sha256=sha256,
            uploaded_at=at,
            uploaded_by=by.user,
        )
        audit.record(
            council=by.council.name,
            verb=Verb.WORD_TEMPLATE_PUT_ON,
            target=template,
            by=by.user,
            at=at,
            changes={"sha256": [before.sha256 if before else None, sha256]},
        )
    return template


def _taken_off(by: Officeholder, at: datetime) -> WordTemplate | None:
    """Take off the template that is on, if there is one; whoever comes second waits for the first."""
    Council.objects.select_for_update().get(pk=by.council.pk)
    template = WordTemplate.objects.filter(council=by.council, taken_off_at=None).first()
    if template is not None:
        template.taken_off_at = at
        template.save(update_fields=["taken_off_at"])
    return template


def _harmless(name: str) -> str:
    """Make a file's name harmless: no folders, plain letters, and the ending of a Word document."""
    stem = re.sub(r"\.docx$", "", re.split(r"[\\/]", name)[-1], flags=re.IGNORECASE)
    plain = " ".join(_UNFIT_IN_NAME.sub(" ", stem).split()).strip(" ._-")
    return f"{plain[:_LONGEST_NAME].rstrip() or 'template'}.docx"


@transaction.atomic
def take_off_word_template(*, by: Officeholder, at: datetime) -> None:
    """Write a council's papers in our own styles again; where it has no template, nothing is done.

    :raises PermissionDenied: if the person is not the performance manager
    """
    permissions.check_can_choose_template(by)
    template = _taken_off(by, at)
    if template is not None:
        audit.record(
            council=by.council.name,
            verb=Verb.WORD_TEMPLATE_TAKEN_OFF,
            target=template,
            by=by.user,
            at=at,
            changes={"sha256": [template.sha256, None]},
        )
