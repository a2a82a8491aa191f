"""A paper on a page: the renderer has escaped all that anybody typed."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from goldenthread.documents.renderers import html
from goldenthread.documents.tree import Document


def on_page(document: Document) -> str:
    """Let a page hold a paper."""
    return mark_safe(html.render_body(document))  # noqa: S308 - see above, and tests/packs
