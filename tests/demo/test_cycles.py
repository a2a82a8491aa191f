from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.audit.queries import first_broken_entry
from goldenthread.demo.moments import STANDS_ON, moment
from goldenthread.demo.plan_files import YEAR
from goldenthread.documents.renderers import text
from goldenthread.domain.closing import Closing
from goldenthread.domain.posts import Capacity
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.queries.reports import exception_lines
from goldenthread.organisation.models import Council, PostHolding
from goldenthread.organisation.queries import holdings_on, officeholder
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.models import Pack
from goldenthread.reporting.models import (
    ActionUpdate,
    Correction,
    IndicatorUpdate,
    ReportingCycle,
)
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.permissions import officer_of
from goldenthread.reporting.queries.cycles import find_cycle
from goldenthread.reporting.queries.lines import Line, actions_in, lines_of, plans_in
from goldenthread.reporting.queries.tallies import tally_ratings, tally_returns

pytestmark = pytest.mark.django_db


def cycle_of(council: Council, code: str) -> ReportingCycle:
    found = find_cycle(council, year=YEAR.slug, code=code)
    assert found is not None
    return found


def lines_in(cycle: ReportingCycle) -> list[Line]:
    plans = lines_of(cycle, list(plans_in(cycle)), today=STANDS_ON)
    return [line for plan in plans for line in plan.lines]


@pytest.mark.parametrize("code", ["6W1", "Q1", "6W2"])
def test_a_past_cycle_is_complete(played_council: Council, code: str) -> None:
    tally = tally_returns(lines_in(cycle_of(played_council, code)))
    assert tally.is_complete
    assert tally.returned > 150
    assert 12 <= tally.not_due_to_start <= 18


def test_quarter_2_is_under_way_with_two_drafts(played_council: Council) -> None:
    tally = tally_returns(lines_in(cycle_of(played_council, "Q2")))
    assert tally.drafted == 2
    assert 0.5 < tally.returned / tally.asked < 0.7
    assert tally.late == 0


def test_quarter_1_has_a_spread_of_ratings(played_council: Council) -> None:
    tally = tally_ratings(lines_in(cycle_of(played_council, "Q1")))
    rated = tally.total - tally.unrated
    assert 0.5 < tally.green / rated < 0.7
    assert 0.1 < tally.red / rated < 0.2
    assert tally.unrated == 5


def test_items_move_between_cycles(played_council: Council) -> None:
    moves = Counter(
        "better" if line.rating.badness < line.was.badness else "worse"
        for line in lines_in(cycle_of(played_council, "Q1"))
        if line.rating and line.was and line.rating is not line.was
    )
    assert min(moves["better"], moves["worse"]) > 5


def test_every_exception_of_quarter_1_is_explained(played_council: Council) -> None:
    cycle = cycle_of(played_council, "Q1")
    exceptions = exception_lines(cycle, lines_in(cycle))
    assert len(exceptions) == 70
    assert not any(exception.is_owed for exception in exceptions)


def test_quarter_2_still_owes_exception_reports(played_council: Council) -> None:
    cycle = cycle_of(played_council, "Q2")
    owed = Counter(line.is_owed for line in exception_lines(cycle, lines_in(cycle)))
    assert min(owed[True], owed[False]) > 15


@pytest.mark.parametrize("model", [ActionUpdate, IndicatorUpdate])
def test_returns_are_filed_on_days_when_the_cycle_takes_them(
    played_council: Council, model: type[ActionUpdate] | type[IndicatorUpdate]
) -> None:
    days: dict[str, set[date]] = {}
    # What a lead sent back can be revised after the deadline.
    filed = model.objects.filter(submitted_at__isnull=False, returned_at=None)
    for update in filed.select_related("cycle"):
        assert update.submitted_at is not None
        day = timezone.localdate(update.submitted_at)
        assert update.cycle.window.takes_returns_on(day)
        days.setdefault(update.cycle.code, set()).add(day)
    assert all(len(filed_on) >= 4 for filed_on in days.values())


def test_nobody_files_for_another_without_standing_in(played_council: Council) -> None:
    stays = {(h.holder_id, h.post_id): h.stay for h in PostHolding.objects.all()}
    actions = ActionUpdate.objects.select_related("action").exclude(submitted_at=None)
    indicators = IndicatorUpdate.objects.select_related("indicator").exclude(submitted_at=None)
    every: list[ActionUpdate | IndicatorUpdate] = [*actions, *indicators]
    for update in every:
        assert update.submitted_at
        post = officer_of(update.item)
        assert update.submitted_for == post
        stay = stays[update.submitted_by_id or 0, post.pk]
        assert stay.includes(timezone.localdate(update.submitted_at))
    for report in ExceptionReport.objects.filter(submitted_at__isnull=False):
        assert report.submitted_by_id == report.about.submitted_by_id


def test_a_deputy_files_while_the_holder_is_away(played_council: Council) -> None:
    filed = [
        update
        for model in (ActionUpdate, IndicatorUpdate)
        for update in model.objects.filter(submitted_as=Capacity.DEPUTY)
    ]
    assert {update.cycle.code for update in filed} == {"Q1"}
    assert {str(update.submitted_for) for update in filed} == {"Leisure Services Manager"}
    assert len({update.submitted_by_id for update in filed}) == 1
    assert len(filed) > 3


def test_a_figure_of_quarter_1_was_put_right_after_its_papers(played_council: Council) -> None:
    correction = Correction.objects.get()
    assert correction.sentences == ["Quarter 1 2009/10: 1,048, was 1,084"]
    assert correction.update_corrected.submitted_by != correction.made_by
    quarter, dmt = cycle_of(played_council, "Q2"), played_council.bodies.get(code="DMT")
    paper = compose(quarter, dmt, at=moment(STANDS_ON, 9))
    [section] = [each for each in paper.sections if each.title == "Corrections"]
    assert "1,048, was 1,084" in text.render(replace(paper, sections=(section,)))
    for pack in Pack.objects.filter(number=1):
        assert b"1,084, was" not in bytes(pack.tree)
        assert b"1,048, was" not in bytes(pack.tree)


def test_an_exception_is_explained_after_its_return(played_council: Council) -> None:
    for report in ExceptionReport.objects.filter(submitted_at__isnull=False):
        assert report.submitted_at
        assert report.about.submitted_at
        assert report.submitted_at > report.about.submitted_at


def test_a_rating_against_the_figures_has_its_own_reason(played_council: Council) -> None:
    judged = IndicatorUpdate.objects.exclude(judgement_reason="")
    assert judged.count() == 10
    assert not judged.filter(no_estimate_reason__gt="").exists()


def test_the_audit_trail_is_unbroken(played_council: Council) -> None:
    assert first_broken_entry("chase") is None
    assert AuditEntry.objects.filter(council="chase").count() > 1400


def test_the_deeds_come_in_order_and_before_the_demonstrations_day(
    played_council: Council,
) -> None:
    entries = AuditEntry.objects.filter(council="chase").order_by("number")
    moments = list(entries.values_list("happened_at", flat=True))
    assert moments == sorted(moments)
    assert moments[0].date() == date(2009, 4, 6)
    assert moments[-1] < moment(STANDS_ON, 0)


def test_only_the_founding_and_what_the_days_brought_was_done_by_the_system(
    played_council: Council,
) -> None:
    nobody = AuditEntry.objects.filter(council="chase", actor_id=None)
    by_itself = [Verb.CYCLE_STEP_TAKEN, Verb.OFFICERS_REMINDED, Verb.PACK_FILES_MADE]
    brought = nobody.filter(verb__in=by_itself)
    assert nobody.count() - brought.count() == 4
    assert brought.filter(verb=Verb.CYCLE_STEP_TAKEN).count() == 10


def test_a_cycle_whose_papers_went_out_is_locked(played_council: Council) -> None:
    locked = {
        code: cycle_of(played_council, code).closing_on(STANDS_ON) is Closing.LOCKED
        for code in ("6W1", "Q1", "6W2", "Q2")
    }
    assert locked == {"6W1": True, "Q1": True, "6W2": True, "Q2": False}


def test_the_performance_manager_cannot_file_an_officers_return(played_council: Council) -> None:
    cycle = cycle_of(played_council, "Q2")
    manager = holdings_on(STANDS_ON).get(post__title="Performance Manager").holder
    by = officeholder(user=manager, council="chase", day=STANDS_ON)
    action = actions_in(plans_in(cycle))[0]
    assert by is not None
    with pytest.raises(PermissionDenied):
        submit_action_update(
            cycle=cycle,
            action=action,
            answers=ActionReturn(rating=None, commentary=""),
            by=by,
            at=moment(STANDS_ON, 9),
        )
