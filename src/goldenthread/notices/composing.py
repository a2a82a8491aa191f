"""Writing a message from its templates: the same words in plain text and in HTML, in one frame."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse

from goldenthread.domain.plain_text import clean, one_line
from goldenthread.notices.models import LONGEST_SUBJECT
from goldenthread.notices.operations import Message

_BLANK_LINES = re.compile(r"\n{3,}")


def compose(subject: str, template: str, context: Mapping[str, Any]) -> Message:
    """Write a message from `TEMPLATE.txt` and `TEMPLATE.html`.

    Both extend the frame, `design/mail/frame.txt` and `.html`, and fill its block `content`; they may
    fill `heading` and `why`. Beside the context they know `subject` and `site_address`, and where the
    context has a `council` the frame names it. Words are escaped in the HTML and bare in the text.
    """
    line = one_line(subject, at_most=LONGEST_SUBJECT)
    known = {**context, "subject": line, "site_address": settings.SITE_ADDRESS}
    return Message(
        subject=line,
        text=_tidied(_drawn(f"{template}.txt", known, is_html=False)),
        html=clean(_drawn(f"{template}.html", known, is_html=True)).strip() + "\n",
    )


def link_to(name: str, *args: object) -> str:
    """Write the whole address of a page, by the name of its URL, for somebody who is not on the site."""
    return address_of(reverse(name, args=args))


def address_of(path: str) -> str:
    """Write the whole address of a page by its path, for somebody who is not on the site."""
    return f"{settings.SITE_ADDRESS}{path}"


def _drawn(template: str, known: dict[str, Any], *, is_html: bool) -> str:
    return Engine.get_default().get_template(template).render(Context(known, autoescape=is_html))


def _tidied(text: str) -> str:
    """Leave no more than one blank line between paragraphs, where a template had tags of its own."""
    lines = (line.rstrip() for line in clean(text).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip() + "\n"
