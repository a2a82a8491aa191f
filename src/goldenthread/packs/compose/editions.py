"""The editions in which a forum's papers are issued: each a document of its own, frozen together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldenthread.documents.tree import Document, Section
from goldenthread.documents.withholding import Withheld
from goldenthread.packs.compose.covers import Cover, with_cover, with_section
from goldenthread.packs.compose.differing import differences_of, differences_section
from goldenthread.packs.compose.exempting import (
    as_public,
    exempt_in,
    marked,
    public_copy,
    withheld_by,
    without,
)
from goldenthread.packs.compose.material import Material
from goldenthread.packs.compose.pack import compose_from
from goldenthread.packs.compose.short_form import shortened
from goldenthread.packs.models import Edition, Exemption


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What the papers of an issue are made from beside the material: its cover, and what was before it."""

    cover: Cover
    exemptions: Sequence[Exemption] = ()
    before: Mapping[Edition, Document] | None = None

    def differences(self, before: Document, after: Document) -> Section | None:
        """List what differs from the issue that is replaced; nothing where there is none."""
        if self.cover.before is None:
            return None
        changes = differences_of(before, after)
        return differences_section(changes, replaced=self.cover.before.number)

    def earlier(self, *editions: Edition) -> Document | None:
        """Find what readers of an edition read before: the first of these that there was."""
        found = self.before or {}
        return next((found[edition] for edition in editions if edition in found), None)


def editions_of(material: Material, issue: Issue) -> dict[Edition, Document]:
    """Put together each edition of a forum's papers from the same material.

    The public copies are made of the whole papers and of the short form where something in them is
    exempt, or was in the issue before, which the whole papers quote, and the meeting is public;
    where nothing is, those are the public's.
    """
    document = compose_from(material)
    short = shortened(material, document)
    exempt = exempt_in(document, issue.exemptions)
    editions = {
        Edition.WHOLE: _for_members(Edition.WHOLE, document, exempt, issue),
        Edition.SHORT: _for_members(Edition.SHORT, short, exempt, issue),
    }
    is_kept = exempt or issue.earlier(Edition.PUBLIC)
    if is_kept and material.framework.meets_in_public(material.body.known_as):
        withheld = withheld_by(material, document, exempt)
        members = {
            Edition.PUBLIC: (Edition.WHOLE, document),
            Edition.PUBLIC_SHORT: (Edition.SHORT, short),
        }
        for edition, (source, of) in members.items():
            before = issue.earlier(edition, source)
            editions[edition] = _public(of, withheld, len(exempt), before, issue)
    return editions


def _for_members(
    edition: Edition, document: Document, exempt: Sequence[Exemption], issue: Issue
) -> Document:
    whole = marked(document, exempt)
    before = issue.earlier(edition)
    listed = issue.differences(before, whole) if before else None
    return with_cover(with_section(whole, listed), issue.cover)


def _public(
    document: Document,
    withheld: Sequence[Withheld],
    count: int,
    before: Document | None,
    issue: Issue,
) -> Document:
    """Leave out what is exempt now also from what the public read before, or it would be told as left out."""
    public = public_copy(document, withheld, count)
    listed = issue.differences(without(before, withheld), public) if before else None
    return as_public(with_cover(with_section(public, listed), issue.cover))
