from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.doubting import figure_field
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
)
from tests.factories import (
    IN_Q1,
    IndicatorFactory,
    PostFactory,
    ReportingCycleFactory,
    officeholder,
)
from tests.reporting.answers import APRIL, JUNE, MAY, QUARTER, reason, value, whole

IN_SIX_WEEKLY = datetime.fromisoformat("2009-06-03T10:00:00+01:00")
FILE = pytest.mark.parametrize("file", [draft_indicator_update, submit_indicator_update])


def test_a_whole_return_stands_in_the_cycle(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1
    )

    update = IndicatorUpdate.objects.get()
    assert (update.cycle, update.indicator) == (cycle, indicator)
    assert (update.rating, update.commentary) == (Rating.GREEN, "A dry spring helped.")
    assert (update.submitted_by, update.submitted_at) == (indicator_officer.user, IN_Q1)
    assert (update.estimated_outturn, update.no_estimate_reason) == (1250, "")
    assert update.history.get().history_user == indicator_officer.user


def test_what_the_figures_say_is_kept_beside_what_the_officer_says(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(
            rating=Rating.GREEN,
            estimated_outturn=Decimal(1150),
            judgement_reason=" A new museum opens in May. ",
            confirmed=frozenset({"green_below_target:1150"}),
        ),
        by=indicator_officer,
        at=IN_Q1,
    )

    update = IndicatorUpdate.objects.get()
    assert (update.rating, update.suggested_rating) == (Rating.GREEN, Rating.AMBER)
    assert update.judgement_reason == "A new museum opens in May."
    assert "1,150" in update.suggestion_reason
    assert "1,200" in update.suggestion_reason
    assert dict(update.suggestion_inputs)
    assert update.projected_outturn == 1200
    assert update.projection_reason == "the year so far, carried on at the same rate"


def test_the_projection_is_rated_where_no_estimate_can_be_given(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    answers = whole(estimated_outturn=None, no_estimate_reason=" The museum moves. ")

    submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
    )

    update = IndicatorUpdate.objects.get()
    assert (update.estimated_outturn, update.no_estimate_reason) == (None, "The museum moves.")
    assert update.suggested_rating is Rating.GREEN


def test_a_reason_that_is_not_needed_is_dropped(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(judgement_reason="I agree."),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert IndicatorUpdate.objects.get().judgement_reason == ""


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"rating": None}, {"rating"}),
        ({"commentary": " "}, {"commentary"}),
        ({"estimated_outturn": None}, {"estimated_outturn"}),
        ({"no_estimate_reason": "None can be given."}, {"estimated_outturn"}),
        ({"rating": Rating.RED}, {"judgement_reason"}),
        ({"rating": Rating.RED, "judgement_reason": " "}, {"judgement_reason"}),
        ({"figures": {APRIL: value(1), MAY: value(1)}}, {"figure_2009_06_01"}),
        ({"figures": {**QUARTER, JUNE: reason(" ")}}, {"figure_2009_06_01"}),
        (
            {
                "figures": {
                    **QUARTER,
                    MAY: FigureAnswer(value=Decimal(1), unavailable_reason="Lost"),
                }
            },
            {"figure_2009_05_01"},
        ),
        ({"figures": {}}, {"figure_2009_04_01", "figure_2009_05_01", "figure_2009_06_01"}),
    ],
)
def test_an_incomplete_return_is_refused_field_by_field(
    cycle: ReportingCycle,
    indicator: Indicator,
    indicator_officer: Officeholder,
    given: dict[str, Any],
    fields: set[str],
) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        submit_indicator_update(
            cycle=cycle, indicator=indicator, answers=whole(**given), by=indicator_officer, at=IN_Q1
        )

    assert set(refused.value.problems) == fields
    assert not IndicatorUpdate.objects.exists()
    assert not Measurement.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_indicator_that_is_only_monitored_needs_no_rating(
    cycle: ReportingCycle, council: Council
) -> None:
    monitored = IndicatorFactory(council=council, polarity=Polarity.NONE)

    update = submit_indicator_update(
        cycle=cycle,
        indicator=monitored,
        answers=whole(rating=None),
        by=officeholder(monitored.indicator_officer),
        at=IN_Q1,
    )

    assert (update.rating, update.suggested_rating) == (None, None)


def test_a_draft_may_lack_everything(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=IndicatorReturn(rating=None, commentary=""),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert IndicatorUpdate.objects.get().draft_figures == {}


@FILE
@pytest.mark.parametrize("at", ["2009-07-06T23:59:00+01:00", "2009-07-22T00:01:00+01:00"])
def test_a_return_outside_the_cycles_days_is_refused(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder, file: Any, at: str
) -> None:
    moment = datetime.fromisoformat(at)

    with pytest.raises(CycleClosedError):
        file(cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=moment)

    assert not IndicatorUpdate.objects.exists()


@FILE
def test_a_return_is_submitted_once(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder, file: Any
) -> None:
    submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1
    )

    with pytest.raises(AlreadySubmittedError):
        file(
            cycle=cycle,
            indicator=indicator,
            answers=whole(seen_version=1),
            by=indicator_officer,
            at=IN_Q1,
        )


@FILE
def test_words_that_nobody_saw_are_not_written_over(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder, file: Any
) -> None:
    draft_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1
    )

    with pytest.raises(ChangedMeanwhileError, match="Ann Hill"):
        file(cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1)


@FILE
def test_only_the_indicator_officer_is_let_in(
    cycle: ReportingCycle, indicator: Indicator, council: Council, file: Any
) -> None:
    stranger = officeholder(PostFactory(council=council))

    with pytest.raises(PermissionDenied, match=str(indicator.indicator_officer)):
        file(cycle=cycle, indicator=indicator, answers=whole(), by=stranger, at=IN_Q1)


@FILE
def test_a_cycle_of_another_council_takes_no_return(
    indicator: Indicator, indicator_officer: Officeholder, file: Any
) -> None:
    elsewhere = ReportingCycleFactory()

    with pytest.raises(PermissionDenied):
        file(cycle=elsewhere, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1)


def test_the_field_of_a_figure_is_named_by_its_first_day() -> None:
    assert figure_field(APRIL) == "figure_2009_04_01"
