"""What the cover of issued papers says of the issue itself: which it is, how late, what differs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.documents.tree import Document, Fact, Section
from goldenthread.packs.models import Pack

ISSUE, LATE, URGENCY = "Issue", "Late", "Urgency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is known of an issue only when it is made."""

    number: int = 1
    before: Pack | None = None
    reason: str = ""
    lateness: str = ""
    urgency: str = ""

    @property
    def issue_in_words(self) -> str:
        """Say which issue it is and which it replaces; nothing of the first."""
        if self.before is None:
            return ""
        return (
            f"Issue {self.number} of {self.before.cycle.title}, replaces issue "
            f"{self.before.number} of {long_date(timezone.localdate(self.before.issued_at))}; "
            f"{self.reason}"
        )


def with_cover(document: Document, cover: Cover) -> Document:
    """Add to a cover which issue it is, how late it goes out and why it cannot wait."""
    said = [(ISSUE, cover.issue_in_words), (LATE, cover.lateness), (URGENCY, cover.urgency)]
    facts = tuple(Fact(label, value) for label, value in said if value)
    return replace(document, facts=(*document.facts, *facts))


def with_section(document: Document, section: Section | None) -> Document:
    """Put a section after the one that answers whether all is on track."""
    if section is None:
        return document
    first, *rest = document.sections
    return replace(document, sections=(first, section, *rest))
