"""A submitted return is called back until the deadline."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.queries.reports import exception_lines
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.assessments import cycle_figures
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.operations.calling_back import call_back_update
from goldenthread.reporting.operations.indicator_updates import (
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.queries.lines import lines_of, plans_in
from goldenthread.reporting.returns import (
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    CouncilFactory,
    ExceptionReportFactory,
    FrameworkVersionFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)
from tests.reporting.answers import APRIL, JUNE, MAY, QUARTER, reason, value, whole

LAST_MOMENT = datetime.fromisoformat("2009-07-21T23:59:00+01:00")
TOO_LATE = datetime.fromisoformat("2009-07-22T00:01:00+01:00")
RED = ActionReturn(rating=Rating.RED, commentary="No hall.", seen_version=2)


@pytest.fixture
def action(council: Council) -> Action:
    return ActionFactory(council=council)


@pytest.fixture
def officer(action: Action) -> Officeholder:
    return officeholder(action.action_officer, user=UserFactory(name="Ann Hill"))


@pytest.fixture
def update(cycle: ReportingCycle, action: Action, officer: Officeholder) -> ActionUpdate:
    answers = ActionReturn(rating=Rating.AMBER, commentary="A hall is sought.")
    return submit_action_update(cycle=cycle, action=action, answers=answers, by=officer, at=IN_Q1)


@pytest.fixture
def measured(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> IndicatorUpdate:
    answers = whole(figures={**QUARTER, MAY: reason("The counter was broken.")})
    return submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
    )


def test_a_return_that_is_called_back_is_a_draft_with_its_words(
    update: ActionUpdate, officer: Officeholder
) -> None:
    call_back_update(update=update, by=officer, at=LAST_MOMENT)

    held = ActionUpdate.objects.get()
    assert not held.is_submitted
    assert not held.is_to_revise
    assert (held.submitted_by, held.submitted_for, held.submitted_as) == (None, None, None)
    assert (held.rating, held.commentary, held.version) == (Rating.AMBER, "A hall is sought.", 2)
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.actor_id) == (Verb.UPDATE_CALLED_BACK, officer.user.pk)
    assert held.history.latest().history_date == LAST_MOMENT


def test_it_can_be_submitted_again_until_the_deadline(
    cycle: ReportingCycle, update: ActionUpdate, action: Action, officer: Officeholder
) -> None:
    call_back_update(update=update, by=officer, at=IN_Q1)

    submit_action_update(cycle=cycle, action=action, answers=RED, by=officer, at=LAST_MOMENT)

    held = ActionUpdate.objects.get()
    assert (held.submitted_at, held.rating, held.version) == (LAST_MOMENT, Rating.RED, 3)
    assert not held.corrections.exists()


def test_after_the_deadline_it_is_not_called_back_any_more(
    update: ActionUpdate, officer: Officeholder
) -> None:
    with pytest.raises(CycleClosedError, match="took returns until 21 July 2009"):
        call_back_update(update=update, by=officer, at=TOO_LATE)

    assert ActionUpdate.objects.get().is_submitted


def test_from_a_locked_cycle_nothing_is_called_back(
    cycle: ReportingCycle, update: ActionUpdate, officer: Officeholder
) -> None:
    cycle.locked_at, cycle.locked_by = IN_Q1, UserFactory()
    cycle.save()

    with pytest.raises(CycleClosedError, match="is locked"):
        call_back_update(update=update, by=officer, at=IN_Q1)


def test_a_draft_needs_no_calling_back(update: ActionUpdate, officer: Officeholder) -> None:
    call_back_update(update=update, by=officer, at=IN_Q1)

    with pytest.raises(NotSubmittedError, match="open already"):
        call_back_update(update=update, by=officer, at=IN_Q1)

    assert ActionUpdate.objects.get().version == 2


def test_only_its_officers_call_a_return_back(update: ActionUpdate, action: Action) -> None:
    plan = action.challenge.plan
    leads = officeholder(plan.lead_member, plan.lead_officer)
    elsewhere = officeholder(PostFactory())

    for stranger in (leads, elsewhere):
        with pytest.raises(PermissionDenied):
            call_back_update(update=update, by=stranger, at=IN_Q1)

    assert ActionUpdate.objects.get().is_submitted


def test_a_deputy_calls_back_what_the_holder_filed(update: ActionUpdate, action: Action) -> None:
    deputy = Officeholder(
        user=UserFactory(),
        council=action.challenge.plan.council,
        posts=(action.action_officer,),
        capacities={action.action_officer_id: Capacity.DEPUTY},
    )

    call_back_update(update=update, by=deputy, at=IN_Q1)

    assert ActionUpdate.objects.get().saved_by == deputy.user


def test_the_figures_that_it_gave_are_open_to_its_officer_again(
    cycle: ReportingCycle,
    indicator: Indicator,
    measured: IndicatorUpdate,
    indicator_officer: Officeholder,
) -> None:
    call_back_update(update=measured, by=indicator_officer, at=IN_Q1)

    held = IndicatorUpdate.objects.get()
    figures = cycle_figures(cycle, indicator, held)
    assert held.draft_figures == {
        "2009-04-01": ["100", ""],
        "2009-05-01": [None, "The counter was broken."],
        "2009-06-01": ["90", ""],
    }
    assert [figure.period.starts_on for figure in figures.wanted] == [APRIL, MAY, JUNE]


def test_figures_of_the_cycle_before_stay_shut(
    council: Council,
    cycle: ReportingCycle,
    indicator: Indicator,
    indicator_officer: Officeholder,
) -> None:
    submit_indicator_update(
        cycle=SixWeeklyCycleFactory(council=council),
        indicator=indicator,
        answers=whole(figures={APRIL: value(100), MAY: value(110)}),
        by=indicator_officer,
        at=datetime.fromisoformat("2009-06-03T10:00:00+01:00"),
    )
    update = submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(commentary="A dry June helped.", figures={JUNE: value(90)}),
        by=indicator_officer,
        at=IN_Q1,
    )

    call_back_update(update=update, by=indicator_officer, at=IN_Q1)

    figures = cycle_figures(cycle, indicator, IndicatorUpdate.objects.get(cycle=cycle))
    assert [figure.period.starts_on for figure in figures.wanted] == [JUNE]


def test_a_figure_is_changed_before_the_deadline_without_a_correction(
    cycle: ReportingCycle,
    indicator: Indicator,
    measured: IndicatorUpdate,
    indicator_officer: Officeholder,
) -> None:
    call_back_update(update=measured, by=indicator_officer, at=IN_Q1)

    again = submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={**QUARTER, APRIL: value(130)}, seen_version=2),
        by=indicator_officer,
        at=LAST_MOMENT,
    )

    figures = Measurement.objects.order_by("starts_on").values_list("value", flat=True)
    assert list(figures) == [130, 110, 90]
    assert not again.corrections.exists()
    assert again.draft_figures == {}


def test_a_figure_that_was_emptied_is_asked_for_and_not_kept_in_silence(
    cycle: ReportingCycle,
    indicator: Indicator,
    measured: IndicatorUpdate,
    indicator_officer: Officeholder,
) -> None:
    call_back_update(update=measured, by=indicator_officer, at=IN_Q1)
    emptied = {**QUARTER, APRIL: FigureAnswer()}

    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures=emptied, seen_version=2),
        by=indicator_officer,
        at=IN_Q1,
    )
    with pytest.raises(IncompleteReturnError) as refused:
        submit_indicator_update(
            cycle=cycle,
            indicator=indicator,
            answers=whole(figures=emptied, seen_version=3),
            by=indicator_officer,
            at=IN_Q1,
        )

    assert set(refused.value.problems) == {"figure_2009_04_01"}


def test_a_figure_that_is_left_out_stands(
    cycle: ReportingCycle,
    indicator: Indicator,
    measured: IndicatorUpdate,
    indicator_officer: Officeholder,
) -> None:
    call_back_update(update=measured, by=indicator_officer, at=IN_Q1)

    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={MAY: value(110)}, seen_version=2),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert Measurement.objects.get(starts_on=APRIL).value == 100


def test_an_exception_report_is_kept_for_when_the_return_is_red_again(
    cycle: ReportingCycle, update: ActionUpdate, action: Action, officer: Officeholder
) -> None:
    report = ExceptionReportFactory(action_update=update, submitted=True)

    call_back_update(update=update, by=officer, at=IN_Q1)
    assert _explained(cycle) == []
    submit_action_update(cycle=cycle, action=action, answers=RED, by=officer, at=IN_Q1)

    assert _explained(cycle) == [report]
    assert ExceptionReport.objects.count() == 1


def _explained(cycle: ReportingCycle) -> list[ExceptionReport | None]:
    plans = lines_of(cycle, list(plans_in(cycle)), today=IN_Q1.date())
    lines = exception_lines(cycle, [line for plan in plans for line in plan.lines])
    return [line.report for line in lines]


def _call_back(barrier: Barrier, update: ActionUpdate, by: Officeholder) -> str:
    try:
        barrier.wait()
        call_back_update(update=update, by=by, at=IN_Q1)
    except NotSubmittedError:
        return "told"
    finally:
        connection.close()
    return "called back"


def test_of_two_who_call_it_back_at_once_the_second_is_told(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council = CouncilFactory()
    FrameworkVersionFactory(council=council)
    update = ActionUpdateFactory(cycle=ReportingCycleFactory(council=council), submitted=True)
    by = officeholder(update.action.action_officer, user=UserFactory())
    barrier = Barrier(2)

    with ThreadPoolExecutor(2) as threads:
        deeds = [threads.submit(_call_back, barrier, update, by) for _ in range(2)]

    assert {deed.result() for deed in deeds} == {"called back", "told"}
    assert ActionUpdate.objects.get().version == 2
