"""What looks odd in a return stops it until its officer ticks it, at every door."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from goldenthread.audit.models import AuditEntry
from goldenthread.domain.doubts import NOTHING_BEFORE, SaidBefore
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.indicators.models import Indicator, Measurement, Target
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import (
    ActionReturn,
    draft_action_update,
    submit_action_update,
)
from goldenthread.reporting.operations.doubting import said_in
from goldenthread.reporting.operations.indicator_updates import (
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.returns import IncompleteReturnError, UnconfirmedDoubtsError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    IndicatorUpdateFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)
from tests.reporting.answers import APRIL, QUARTER, value, whole

IN_SIX_WEEKLY = datetime.fromisoformat("2009-06-03T10:00:00+01:00")
GREEN_AT_1150 = {"estimated_outturn": Decimal(1150), "judgement_reason": "A wing opens."}
SLIP = "slip:2009-04-01:10000"


@pytest.fixture
def action(plan: Plan) -> Action:
    """An action whose date has passed."""
    return ActionFactory(challenge=ChallengeFactory(plan=plan), due_on=date(2009, 6, 30))


@pytest.fixture
def officer(action: Action) -> Officeholder:
    return officeholder(action.action_officer, user=UserFactory())


def green(words: str = "Nine came.", *ticked: str) -> ActionReturn:
    return ActionReturn(rating=Rating.GREEN, commentary=words, confirmed=frozenset(ticked))


def test_what_looks_odd_in_an_action_stops_it(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    with pytest.raises(UnconfirmedDoubtsError, match="was due by 30 June 2009") as stopped:
        submit_action_update(cycle=cycle, action=action, answers=green(), by=officer, at=IN_Q1)

    assert [doubt.key for doubt in stopped.value.to_tick] == ["green_past_due:2009-06-30"]
    assert stopped.value.problems == {"confirm": "Check what looks odd, and tick what is right"}
    assert not ActionUpdate.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_tick_lets_it_pass_and_is_kept_in_words(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    answers = green("Nine came.", "green_past_due:2009-06-30")

    submit_action_update(cycle=cycle, action=action, answers=answers, by=officer, at=IN_Q1)

    [kept] = ActionUpdate.objects.get().confirmed_doubts
    assert kept.startswith("It is rated Green, but it was due by 30 June 2009")
    assert AuditEntry.objects.get().changes["confirmed_doubts"] == [None, [kept]]


def test_a_return_without_doubts_leaves_none_in_the_audit_trail(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    submit_action_update(
        cycle=cycle, action=action, answers=green("Completed."), by=officer, at=IN_Q1
    )

    assert ActionUpdate.objects.get().confirmed_doubts == []
    assert "confirmed_doubts" not in AuditEntry.objects.get().changes


def test_a_tick_for_something_else_is_none(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    answers = whole(figures={**QUARTER, APRIL: value(10_000)}, confirmed=frozenset({SLIP[:-1]}))

    with pytest.raises(UnconfirmedDoubtsError, match="Did you mean 100"):
        submit_indicator_update(
            cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
        )
    assert not Measurement.objects.exists()


def test_ticks_are_shown_again_beside_what_is_still_to_tick(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    answers = whole(
        figures={**QUARTER, APRIL: value(10_000)}, confirmed=frozenset({SLIP}), **GREEN_AT_1150
    )

    with pytest.raises(UnconfirmedDoubtsError) as stopped:
        submit_indicator_update(
            cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
        )

    below = "green_below_target:1150"
    asked, to_tick = stopped.value.doubts, stopped.value.to_tick
    assert {SLIP, below} <= {doubt.key for doubt in asked}
    assert SLIP not in [doubt.key for doubt in to_tick]


def test_doubts_come_with_what_is_missing(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    answers = whole(figures={**QUARTER, APRIL: value(10_000)}, commentary="")

    with pytest.raises(IncompleteReturnError) as refused:
        submit_indicator_update(
            cycle=cycle, indicator=indicator, answers=answers, by=indicator_officer, at=IN_Q1
        )

    assert set(refused.value.problems) == {"commentary"}
    assert SLIP in [doubt.key for doubt in refused.value.doubts]


def test_a_draft_is_asked_nothing(
    cycle: ReportingCycle,
    action: Action,
    officer: Officeholder,
    indicator: Indicator,
    indicator_officer: Officeholder,
) -> None:
    draft_action_update(cycle=cycle, action=action, answers=green(), by=officer, at=IN_Q1)
    draft_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={APRIL: value(10_000)}),
        by=indicator_officer,
        at=IN_Q1,
    )

    assert ActionUpdate.objects.get().confirmed_doubts == []
    assert IndicatorUpdate.objects.get().confirmed_doubts == []


def test_words_of_the_cycle_before_are_not_to_be_said_again(
    council: Council, cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    ActionUpdateFactory(
        cycle=SixWeeklyCycleFactory(council=council),
        action=action,
        submitted=True,
        commentary="Completed.",
    )

    with pytest.raises(UnconfirmedDoubtsError, match="word for word"):
        submit_action_update(
            cycle=cycle, action=action, answers=green("completed."), by=officer, at=IN_Q1
        )


def test_a_draft_of_the_cycle_before_said_nothing(
    council: Council, cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    ActionUpdateFactory(
        cycle=SixWeeklyCycleFactory(council=council), action=action, commentary="Completed."
    )

    submit_action_update(
        cycle=cycle, action=action, answers=green("Completed."), by=officer, at=IN_Q1
    )

    assert ActionUpdate.objects.get(cycle=cycle).is_submitted


def test_what_was_said_is_read_with_its_ticks() -> None:
    said = IndicatorUpdateFactory.build(
        submitted_at=IN_Q1, commentary="Wet.", confirmed_doubts=["A"]
    )

    assert said_in(said) == SaidBefore(commentary="Wet.", confirmed=frozenset({"A"}))
    assert said_in(None) == NOTHING_BEFORE


def test_what_lies_in_a_definition_is_asked_once(
    council: Council, cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    Indicator.objects.filter(pk=indicator.pk).update(polarity=Polarity.LOW)
    Target.objects.filter(indicator=indicator).update(value=0)
    indicator.refresh_from_db()
    asked = frozenset({"definition:target_zero", "not_ended:2009-06-01:90"})
    first = whole(confirmed=asked, estimated_outturn=Decimal(0), commentary="A wet start.")
    submit_indicator_update(
        cycle=SixWeeklyCycleFactory(council=council),
        indicator=indicator,
        answers=first,
        by=indicator_officer,
        at=IN_SIX_WEEKLY,
    )

    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(estimated_outturn=Decimal(0)),
        by=indicator_officer,
        at=IN_Q1,
    )

    latest = IndicatorUpdate.objects.get(cycle=cycle)
    assert latest.confirmed_doubts == [
        "Its target is zero: it needs a tolerance in its own unit, since zero has no 5%."
    ]
