"""The editions in which a forum's papers are issued: each a document of its own, frozen together."""

from __future__ import annotations

from goldenthread.documents.tree import Document
from goldenthread.packs.compose.covers import Cover, with_cover
from goldenthread.packs.compose.material import Material
from goldenthread.packs.compose.pack import compose_from
from goldenthread.packs.models import Edition


def editions_of(material: Material, cover: Cover) -> dict[Edition, Document]:
    """Put together each edition of a forum's papers from the same material."""
    whole = with_cover(compose_from(material), cover)
    return {Edition.WHOLE: whole}
