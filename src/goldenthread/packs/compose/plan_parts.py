"""A plan's parts in the order in which the forum receives them: words, tables, exception reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from goldenthread.design.words import join_words
from goldenthread.documents.tree import Block, Notice, Orientation, Paragraph, Section
from goldenthread.domain.framework_tables import Part
from goldenthread.packs.compose.actions import action_tables
from goldenthread.packs.compose.evaluations import evaluation_blocks
from goldenthread.packs.compose.exception_forms import exception_forms
from goldenthread.packs.compose.finance import finance_blocks
from goldenthread.packs.compose.indicators import indicator_tables
from goldenthread.packs.compose.material import Material, plan_anchor
from goldenthread.packs.compose.overview import overview_blocks
from goldenthread.packs.compose.risks import risk_blocks
from goldenthread.reporting.queries.lines import PlanLines

Composer = Callable[[Material, PlanLines], list[Block]]

COMPOSERS: Mapping[Part, Composer] = {
    Part.OVERVIEW: overview_blocks,
    Part.ACTIONS: action_tables,
    Part.INDICATORS: indicator_tables,
    Part.RISKS: risk_blocks,
    Part.FINANCE: finance_blocks,
    Part.EVALUATIONS: evaluation_blocks,
}
"""How each part is composed, in any order; the exception reports have a section to themselves."""

_ACROSS = (Part.ACTIONS, Part.INDICATORS, Part.RISKS, Part.FINANCE, Part.EVALUATIONS)
"""The parts that are wide tables, for which the paper is turned round."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What comes together on paper that is one way round."""

    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]

    @property
    def orientation(self) -> Orientation:
        across = any(part in _ACROSS for part in self.parts)
        return Orientation.LANDSCAPE if across else Orientation.PORTRAIT

    @property
    def is_forms(self) -> bool:
        return self.parts == (Part.EXCEPTION_REPORTS,)


def plan_sections(material: Material, plan: PlanLines) -> list[Section]:
    """Lay out a plan: who answers for it, then each of its parts, on the paper that suits it."""
    sheets = list(_sheets(material, plan))
    opening = (_leads(plan), _sign_off(material, plan))
    if sheets and not sheets[0].is_forms:
        sheets[0] = replace(sheets[0], blocks=(*opening, *sheets[0].blocks))
    else:
        sheets.insert(0, _Sheet((), opening))
    first, *others = sheets
    return [
        _section(plan, first, plan.plan.title, plan_anchor(plan.plan)),
        *(section for sheet in others for section in _further(material, plan, sheet)),
    ]


def _sheets(material: Material, plan: PlanLines) -> Iterator[_Sheet]:
    """Bring neighbouring parts together where they want the paper the same way round."""
    parts = material.parts
    # What the council asks beside the overview is told also where the report has no overview.
    every = parts if Part.OVERVIEW in parts else (Part.OVERVIEW, *parts)
    found = [(part, tuple(_blocks(material, plan, part))) for part in every]
    kept = [_Sheet((part,), blocks) for part, blocks in found if blocks or _is_forms(part)]
    for _, group in groupby(kept, key=lambda sheet: (sheet.is_forms, sheet.orientation)):
        together = list(group)
        yield _Sheet(
            tuple(part for sheet in together for part in sheet.parts),
            tuple(block for sheet in together for block in sheet.blocks),
        )


def _blocks(material: Material, plan: PlanLines, part: Part) -> list[Block]:
    composer = COMPOSERS.get(part)
    return composer(material, plan) if composer else []


def _is_forms(part: Part) -> bool:
    return part is Part.EXCEPTION_REPORTS


def _further(material: Material, plan: PlanLines, sheet: _Sheet) -> Iterator[Section]:
    if not sheet.is_forms:
        named = join_words([part.label.lower() for part in sheet.parts])
        anchor = f"{plan_anchor(plan.plan)}-{sheet.parts[0]}"
        yield _section(plan, sheet, f"{plan.plan.title}: {named}", anchor)
    elif not material.has_reds_first and (forms := exception_forms(material, plan.plan)):
        yield forms


def _section(plan: PlanLines, sheet: _Sheet, title: str, anchor: str) -> Section:
    return Section(title=title, anchor=anchor, orientation=sheet.orientation, blocks=sheet.blocks)


def _leads(plan: PlanLines) -> Paragraph:
    return Paragraph(
        f"Lead Member of DMT: {plan.plan.lead_member}. Lead Officer: {plan.plan.lead_officer}. "
        f"Council priority: {plan.plan.priority.title}."
    )


def _sign_off(material: Material, plan: PlanLines) -> Block:
    """Say who signed the plan off; one that its leads did not sign as it stands is visibly unsigned."""
    signed = material.sign_offs[plan.plan.pk]
    words = " ".join(signed.sentences)
    return Paragraph(words) if signed.is_signed else Notice(words)
