"""A forum's pack as a document tree: what it holds follows from the framework's data."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from goldenthread.design.words import date_range, join_words, long_date
from goldenthread.documents.tree import (
    Block,
    BulletList,
    Document,
    Fact,
    Notice,
    Paragraph,
    Section,
)
from goldenthread.domain.framework_tables import Part
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Body
from goldenthread.packs.compose.corrections import corrections
from goldenthread.packs.compose.exception_forms import exception_forms_rated
from goldenthread.packs.compose.late_returns import late_returns
from goldenthread.packs.compose.material import Material, gather
from goldenthread.packs.compose.plan_parts import COMPOSERS, plan_sections
from goldenthread.packs.compose.revisions import revisions
from goldenthread.packs.compose.rule_words import rule_in_words
from goldenthread.packs.compose.short_form import PaperForm, shortened
from goldenthread.packs.compose.sources import sources
from goldenthread.packs.compose.summary import summary
from goldenthread.reporting.models import ReportingCycle


def compose(
    cycle: ReportingCycle, body: Body, *, at: datetime, form: PaperForm = PaperForm.FULL
) -> Document:
    """Put together a forum's papers of a cycle, as things stand at a moment (clauses C-1 to C-3).

    :raises NotReceivedError: if the framework does not send this report to that forum
    """
    return compose_from(gather(cycle, body, at=at, today=timezone.localdate(at)), form=form)


def compose_from(material: Material, *, form: PaperForm = PaperForm.FULL) -> Document:
    """Put a pack together from its material, without another look at the database."""
    cycle, title = material.cycle, _title(material)
    sections = [
        summary(material),
        *_reds_first(material),
        *(section for plan in material.plans for section in plan_sections(material, plan)),
        revisions(material),
        corrections(material),
        late_returns(material),
        sources(material),
        _how_to_read(material),
    ]
    document = Document(
        title=title,
        council=cycle.council.title,
        forum=material.body.title,
        cycle=cycle.title,
        running_head=f"{material.body.title}: {title}",
        facts=_facts(material),
        sections=tuple(section for section in sections if section),
    )
    return shortened(material, document) if form is PaperForm.SHORT else document


def _title(material: Material) -> str:
    """Name the report and its cycle, whose own name may say which report it is."""
    label, cycle = material.report.label, material.cycle.title
    return cycle if cycle.startswith(label) else f"{label}: {cycle}"


PREVIEW = "Preview, not issued"


def as_preview(document: Document) -> Document:
    """Mark a pack on its cover and every page as one that nobody has issued."""
    return replace(
        document,
        title=f"{PREVIEW}: {document.title}",
        running_head=f"{PREVIEW}: {document.running_head}",
        facts=(Fact("Status", PREVIEW), *document.facts),
    )


def _reds_first(material: Material) -> list[Section | None]:
    """Put a forum's exception reports before all else, the reds first (clause X-2)."""
    if not material.has_reds_first:
        return []
    return [exception_forms_rated(material, rating) for rating in (Rating.RED, Rating.AMBER)]


def _facts(material: Material) -> tuple[Fact, ...]:
    cycle, meeting = material.cycle, material.meeting
    meets = long_date(meeting.meets_on) if meeting.meets_on else "To be confirmed"
    moment = timezone.localtime(material.at)
    return (
        Fact("Forum", material.body.title),
        Fact("Meeting", meets),
        Fact("Period", date_range(cycle.observes_from, cycle.observes_to)),
        Fact("Returns due by", long_date(cycle.due_on)),
        Fact("Data as at", f"{moment:%H:%M} on {long_date(moment.date())}"),
        Fact("Framework", f"{material.framework.name}, version {material.framework.version}"),
        Fact("What figures suggest", rule_in_words(material.framework.rating)),
    )


def _how_to_read(material: Material) -> Section:
    """Say what a rating means and how figures suggest one (clause R-4)."""
    scheme = material.framework.rating
    meanings = tuple(f"{rating.label}: {scheme.words_for(rating)}" for rating in reversed(Rating))
    return Section(
        title="How to read this paper",
        anchor="how-to-read",
        blocks=(
            *_not_composed(material),
            Paragraph(f"Officers decide the rating.{_beside(material)}"),
            BulletList(meanings),
            Paragraph(
                "For an indicator, its figures suggest a rating; where the officer chose another, "
                "the paper gives the reason. The estimated outturn is the officer's; the projection "
                "under it follows from the figures so far."
            ),
        ),
    )


def _beside(material: Material) -> str:
    before = material.compared.cycle
    return f" Beside it stands what it was in {before.title}." if before else ""


COMPOSED = (*COMPOSERS, Part.EXCEPTION_REPORTS)


def _not_composed(material: Material) -> list[Block]:
    """Name the parts that the framework asks for and this version does not hold."""
    missing = [part.label.lower() for part in material.parts if part not in COMPOSED]
    if not missing:
        return []
    return [Notice(f"Not in this paper, and to be supplied beside it: {join_words(missing)}.")]
