"""Which parts of a forum's papers the public does not read (Schedule 12A), and on what ground."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from goldenthread.documents.tree import Document, ExceptionForm, Fact, Section, Table
from goldenthread.documents.withholding import (
    NOT_FOR_PUBLICATION,
    Withheld,
    anchors_in,
    mark,
    withhold,
)
from goldenthread.domain.exempt_paragraphs import ACT, marker, paragraphs_in_words
from goldenthread.evaluations.models import Evaluation
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.packs.compose.material import Material, exception_anchor, item_anchor
from goldenthread.packs.compose.unlisting import unlisted
from goldenthread.packs.models import Exemption
from goldenthread.reporting.queries.lines import Line

EXEMPT, PUBLIC_COPY = "Exempt", "Public copy"
_SHORTEST_ANSWER = 12
_REPORT_FIELDS = (
    *("why", "done", "planned", "limits", "resources", "resources_effect"),
    *("exceptional", "county_words"),
)
# They say how the whole is; what is exempt in them is the item's own.
_NEVER_EXEMPT = {"summary", "how-to-read", "differences"}


@dataclass(frozen=True, slots=True)
class ExemptiblePart:
    """A part that can be marked: a section, an item of a table or an exception report."""

    anchor: str
    title: str
    section: str


def exemptible_parts(document: Document) -> list[ExemptiblePart]:
    """List what of a document can be marked as exempt, each once, in its order."""
    found: dict[str, ExemptiblePart] = {}
    for section in document.sections:
        for anchor, title in _anchored(section):
            if anchor and anchor not in _NEVER_EXEMPT:
                found.setdefault(anchor, ExemptiblePart(anchor, title, section.title))
    return list(found.values())


def _anchored(section: Section) -> Iterator[tuple[str, str]]:
    yield section.anchor, f"All of “{section.title}”"
    for block in section.blocks:
        if isinstance(block, ExceptionForm):
            yield block.anchor, block.title
        if isinstance(block, Table):
            for row in block.rows:
                said = [row.cells[0].note, *(cell.text for cell in row.cells[:2])]
                yield row.anchor, ": ".join(word for word in said if word)


def exempt_in(document: Document, exemptions: Iterable[Exemption]) -> list[Exemption]:
    """Pick the exemptions that are of a document's own parts."""
    anchors = anchors_in(document)
    return [each for each in exemptions if each.anchor in anchors]


def marked(document: Document, exemptions: Sequence[Exemption]) -> Document:
    """Mark the whole papers as not for publication: on the cover, on every page, at each part."""
    if not exemptions:
        return document
    ground = paragraphs_in_words(each.ground for each in exemptions)
    words = f"Not for publication by virtue of {ground}"
    numbers = ground.removesuffix(f" of {ACT}")
    parts = [
        Withheld(anchor=anchor, marker=f"Exempt: not for publication by virtue of {_ground(each)}.")
        for each in exemptions
        for anchor in _with_report(each.anchor)
    ]
    document = mark(document, parts)
    return replace(
        document,
        running_head=f"{NOT_FOR_PUBLICATION} ({numbers}): {document.running_head}",
        facts=(Fact(EXEMPT, f"{words}."), *document.facts),
    )


def _ground(exemption: Exemption) -> str:
    return paragraphs_in_words([exemption.ground])


def public_copy(document: Document, withheld: Sequence[Withheld], count: int) -> Document:
    """Leave out what is exempt, where it stood in a list of some rating as well, and say so on the cover."""
    said = "1 part is" if count == 1 else f"{count} parts are"
    told = f"{said} left out as exempt; each place says on what ground."
    fact = Fact(PUBLIC_COPY, told if count else "Nothing is left out.")
    document = without(document, withheld)
    return replace(document, facts=(fact, *document.facts))


def as_public(document: Document) -> Document:
    """Name the public copy at the head of each page."""
    return replace(document, running_head=f"{PUBLIC_COPY}: {document.running_head}")


def without(document: Document, withheld: Sequence[Withheld]) -> Document:
    """Leave out what is exempt, and say of whole items on the first page alone that they are."""
    items = [part for part in withheld if part.takes_references]
    return withhold(unlisted(document, items) if items else document, withheld)


def withheld_by(
    material: Material, document: Document, exemptions: Iterable[Exemption]
) -> list[Withheld]:
    """Say what is left out for exemptions: each part, an item's exception report with it, and their words."""
    lines = {item_anchor(line): line for line in material.lines}
    reports = {
        exception_anchor(exception.line): exception.report for exception in material.exceptions
    }
    evaluations = {line.name: line.submitted for line in material.evaluations}
    found = []
    for each in exemptions:
        section = _words_of_section(document, each.anchor)
        parts = (each.anchor, *_within_section(document, each.anchor))
        for anchor, item in ((found, part) for part in parts for found in _with_report(part)):
            line = lines.get(item)
            words = section.union(
                _words_of_line(line),
                _words_of_report(reports.get(anchor)),
                _words_of_evaluation(evaluations.get(anchor)),
            )
            found.append(
                Withheld(
                    anchor=anchor,
                    marker=marker(each.ground),
                    name=line.reference if line else "",
                    takes_references=line is not None,
                    words=frozenset(words),
                )
            )
    return found


def _within_section(document: Document, anchor: str) -> Iterator[str]:
    """Name the items and exception reports of a section: they go with it, wherever else they stand."""
    for section in document.sections:
        if section.anchor == anchor:
            yield from anchors_in(replace(document, sections=(section,))) - {anchor}


def _with_report(anchor: str) -> tuple[str, ...]:
    """Name a part and, if it is an item, its exception report, which goes with it."""
    return (anchor, f"exception-{anchor}")


def _words_of_line(line: Line | None) -> Iterator[str]:
    if line is None:
        return
    yield line.title
    if line.update is not None:
        yield from _long([line.update.commentary, getattr(line.update, "judgement_reason", "")])


def _words_of_report(report: ExceptionReport | None) -> Iterator[str]:
    if report is None:
        return
    said = [getattr(report, name) for name in _REPORT_FIELDS]
    for step in report.steps.all():
        # A step stands alone where it is promised, however short it is.
        yield step.what
        said += [step.note]
    yield from _long(said)


def _words_of_evaluation(evaluation: Evaluation | None) -> Iterator[str]:
    if evaluation is not None:
        yield from _long([evaluation.delivered, evaluation.difference])


def _words_of_section(document: Document, anchor: str) -> set[str]:
    [*found] = (section for section in document.sections if section.anchor == anchor)
    return {text for section in found for text in _long(_texts(section))}


def _texts(section: Section) -> Iterator[str]:
    for block in section.blocks:
        yield from filter(None, (getattr(block, "text", ""), *getattr(block, "items", ())))


def _long(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if len(text) >= _SHORTEST_ANSWER)
