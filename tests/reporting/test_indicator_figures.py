from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.returns import FigureAnswer
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.assessments import cycle_figures
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.returns import UnconfirmedDoubtsError
from tests.factories import (
    IN_Q1,
    MeasurementFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
)
from tests.reporting.answers import APRIL, JUNE, MAY, QUARTER, reason, value, whole

IN_SIX_WEEKLY = datetime.fromisoformat("2009-06-03T10:00:00+01:00")
FILE = pytest.mark.parametrize("file", [draft_indicator_update, submit_indicator_update])


def test_figures_are_recorded_with_the_return(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    figures = {**QUARTER, MAY: reason(" The counter was broken. ")}
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures=figures),
        by=indicator_officer,
        at=IN_Q1,
    )

    held = Measurement.objects.filter(indicator=indicator).order_by("starts_on")
    assert [(each.value, each.unavailable_reason, each.is_provisional) for each in held] == [
        (100, "", False),
        (None, "The counter was broken.", False),
        (90, "", False),
    ]
    assert {each.recorded_at for each in held} == {IN_Q1}
    assert IndicatorUpdate.objects.get().projected_outturn == 1140
    entry = AuditEntry.objects.get()
    assert entry.verb is Verb.UPDATE_SUBMITTED
    assert entry.changes == {
        "rating": [None, "green"],
        "April 2009": [None, "100"],
        "May 2009": [None, "The counter was broken."],
        "June 2009": [None, "90"],
    }


def test_spaces_beside_a_figure_are_no_reason(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    april = FigureAnswer(value=Decimal(100), unavailable_reason="  ")
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={**QUARTER, APRIL: april}),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert Measurement.objects.get(starts_on=APRIL).unavailable_reason == ""


def knowing(answers: IndicatorReturn) -> IndicatorReturn:
    """Tick that June's figure, given early, is provisional."""
    return replace(answers, confirmed=frozenset({"not_ended:2009-06-01:90"}))


def test_a_figure_given_early_needs_a_tick(
    council: Council, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    with pytest.raises(UnconfirmedDoubtsError, match="90 is provisional"):
        submit_indicator_update(
            cycle=SixWeeklyCycleFactory(council=council),
            indicator=indicator,
            answers=whole(),
            by=indicator_officer,
            at=IN_SIX_WEEKLY,
        )
    assert not Measurement.objects.exists()


def test_a_figure_that_could_not_be_had_can_still_be_given_later(
    council: Council, indicator: Indicator
) -> None:
    cycle = ReportingCycleFactory(council=council)
    MeasurementFactory(
        indicator=indicator,
        starts_on=JUNE,
        ends_on=date(2009, 6, 30),
        value=None,
        unavailable_reason="The counter was broken.",
    )

    figures = cycle_figures(cycle, indicator)

    [june] = [asked for asked in figures.wanted if asked.period.starts_on == JUNE]
    assert not figures.is_owed(june)


def test_a_figure_given_before_its_period_has_ended_is_provisional(
    council: Council, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    six_weekly, quarter = (
        SixWeeklyCycleFactory(council=council),
        ReportingCycleFactory(council=council),
    )
    submit_indicator_update(
        cycle=six_weekly,
        indicator=indicator,
        answers=knowing(whole(commentary="A wet start.")),
        by=indicator_officer,
        at=IN_SIX_WEEKLY,
    )
    assert list(Measurement.objects.filter(is_provisional=True).values_list("starts_on")) == [
        (JUNE,)
    ]

    submit_indicator_update(
        cycle=quarter,
        indicator=indicator,
        answers=whole(figures={JUNE: value(95)}),
        by=indicator_officer,
        at=IN_Q1,
    )

    june = Measurement.objects.get(starts_on=JUNE)
    assert (june.value, june.is_provisional) == (95, False)
    assert AuditEntry.objects.latest("number").changes["June 2009"] == ["90 (provisional)", "95"]


def test_a_figure_not_due_yet_may_be_left_out(
    council: Council, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    figures = {APRIL: value(100), MAY: value(110), JUNE: FigureAnswer()}

    submit_indicator_update(
        cycle=SixWeeklyCycleFactory(council=council),
        indicator=indicator,
        answers=whole(figures=figures),
        by=indicator_officer,
        at=IN_SIX_WEEKLY,
    )

    assert not Measurement.objects.filter(starts_on=JUNE).exists()


def test_a_firm_figure_is_neither_asked_again_nor_changed(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    MeasurementFactory(indicator=indicator, value=Decimal(100))

    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={**QUARTER, APRIL: value(100_000)}),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert Measurement.objects.get(starts_on=APRIL).value == 100
    assert IndicatorUpdate.objects.get().projected_outturn == 1200


def test_a_field_left_empty_hides_no_figure_that_is_held(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    MeasurementFactory(indicator=indicator, value=Decimal(100), is_provisional=True)

    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={APRIL: FigureAnswer()}),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert IndicatorUpdate.objects.get().projected_outturn == 1200


def test_a_figure_of_no_period_of_this_cycle_is_left_aside(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    figures = {**QUARTER, date(2009, 7, 1): value(7), date(2008, 4, 1): value(8)}

    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures=figures),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert Measurement.objects.count() == 3


def test_a_return_without_any_figure_says_why_and_projects_nothing(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    none = {month: reason("Closed for repairs.") for month in QUARTER}
    answers = whole(figures=none, estimated_outturn=None, no_estimate_reason="Closed.")

    submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
    )

    update = IndicatorUpdate.objects.get()
    assert (update.projected_outturn, update.projection_reason) == (None, "")
    assert (update.suggested_rating, update.suggestion_inputs) == (None, [])
    assert update.suggestion_reason == "there is no figure yet"


def test_a_drafts_figures_wait_with_it(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    figures = {
        APRIL: FigureAnswer(value=Decimal("1.50")),
        MAY: reason("Lost"),
        JUNE: FigureAnswer(),
    }
    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures=figures),
        by=indicator_officer,
        at=IN_Q1,
    )

    update = IndicatorUpdate.objects.get()
    assert update.draft_figures == {"2009-04-01": ["1.50", ""], "2009-05-01": [None, "Lost"]}
    assert not update.is_submitted
    assert not Measurement.objects.exists()
    assert AuditEntry.objects.get().verb is Verb.UPDATE_DRAFTED


def test_a_drafts_figures_are_recorded_once_it_is_submitted(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    draft_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1
    )
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(seen_version=1),
        by=indicator_officer,
        at=IN_Q1,
    )

    update = IndicatorUpdate.objects.get()
    assert (update.draft_figures, update.version) == ({}, 2)
    assert Measurement.objects.count() == 3
