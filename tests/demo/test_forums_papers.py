"""What each forum's issued papers hold of the plans, and that they hold nothing else (clauses C-2, E-4)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest

from goldenthread.documents.tree import from_json
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.indicators.models import Designation
from goldenthread.organisation.models import Council
from goldenthread.packs.models import Pack
from goldenthread.packs.queries import editions_issued, tree_of
from goldenthread.plans.models import BudgetLine, Plan, PlanIndicator, RiskAction
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from goldenthread.statements.models import PlanStatement
from tests.packs.tree_reading import all_of

pytestmark = pytest.mark.django_db

_LONG = 25
"""Shorter words may be two plans' own: "No.", "On schedule."."""


def texts_of_plans(council: Council) -> dict[str, set[str]]:
    """Gather what was said about each plan in quarter 1, by its code; what two plans share is neither's."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, text in _texts(council):
        if len(text) >= _LONG:
            found[code].add(text)
    shared = {
        text
        for code, texts in found.items()
        for text in texts
        if any(text in others for other, others in found.items() if other != code)
    }
    return {code: texts - shared for code, texts in found.items()}


def _texts(council: Council) -> Iterator[tuple[str, str]]:
    plans = Plan.objects.filter(council=council)
    actions = ActionUpdate.objects.filter(cycle__code="Q1", action__challenge__plan__in=plans)
    for update in actions.select_related("action__challenge__plan"):
        yield from _both(update.action.challenge.plan.code, update.action.description, update)
    placed = {
        each.indicator_id: each.plan.code for each in PlanIndicator.objects.select_related("plan")
    }
    for said in IndicatorUpdate.objects.filter(cycle__code="Q1").select_related("indicator"):
        yield from _both(placed[said.indicator_id], said.indicator.definition, said)
    for risk in RiskAction.objects.select_related("risk__plan"):
        yield risk.risk.plan.code, risk.description
    for line in BudgetLine.objects.select_related("plan"):
        yield line.plan.code, line.heading
    for statement in PlanStatement.objects.filter(cycle__code="Q1").select_related("plan"):
        for answer in statement.answers.values():
            yield statement.plan.code, answer["words"]


def _both(
    code: str, title: str, update: ActionUpdate | IndicatorUpdate
) -> Iterator[tuple[str, str]]:
    yield code, title
    yield code, update.commentary
    about = {"action_update" if isinstance(update, ActionUpdate) else "indicator_update": update}
    for report in ExceptionReport.objects.filter(submitted_at__isnull=False, **about):
        yield from ((code, words) for words in (report.why, report.done, report.limits))


def words_of(pack: Pack) -> str:
    """Bring together every word of every edition of a pack."""
    trees = (from_json(tree_of(pack, edition)) for edition in editions_issued(pack))
    return "\n".join(text for tree in trees for text in all_of(str, tree))


def held_by(pack: Pack, texts: Iterable[str]) -> set[str]:
    words = words_of(pack)
    return {text for text in texts if text in words}


def test_a_committee_reads_all_of_its_own_plan_and_nothing_of_another(
    played_council: Council,
) -> None:
    texts = texts_of_plans(played_council)
    committees = Pack.objects.filter(cycle__code="Q1", body__kind="PDC").select_related("body")

    assert len(committees) == len(texts) == 6
    for pack in committees:
        own = pack.body.code.removeprefix("PDC-")
        others = {text for code, every in texts.items() if code != own for text in every}
        assert held_by(pack, texts[own]) == texts[own], own
        assert held_by(pack, others) == set(), own


def test_scrutiny_and_the_directors_read_all_of_every_plan(played_council: Council) -> None:
    texts = set().union(*texts_of_plans(played_council).values())

    for code in ("DMT", "SCRUTINY"):
        pack = Pack.objects.get(cycle__code="Q1", body__code=code, number=1)
        assert held_by(pack, texts) == texts, code


def test_the_partnerships_board_reads_of_laa_and_scs_targets_alone(
    played_council: Council,
) -> None:
    texts = set().union(*texts_of_plans(played_council).values())
    partners = Designation.objects.filter(kind__in=["laa", "scs"]).values("indicator")
    theirs = IndicatorUpdate.objects.filter(cycle__code="Q1", indicator__in=partners)
    may_read = {text for each in theirs for text in (each.indicator.definition, each.commentary)}
    pack = Pack.objects.get(body__code="LSP_EXECUTIVE_BOARD")

    assert held_by(pack, may_read) == may_read
    assert held_by(pack, texts - may_read) == set()
    assert not re.findall(r"\b[A-Z]+ \d\.\d\b", words_of(pack)), "no action is named"
