"""A return is put right after its cycle has closed, with a reason, and nothing is hidden."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import Unit
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.models import Council, Duty
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import (
    ActionUpdate,
    Correction,
    IndicatorUpdate,
    ReportingCycle,
)
from goldenthread.reporting.operations.action_updates import (
    ActionReturn,
    draft_action_update,
    submit_action_update,
)
from goldenthread.reporting.operations.indicator_updates import (
    draft_indicator_update,
    submit_indicator_update,
)
from goldenthread.reporting.queries.corrections import corrections_of, corrections_since
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NothingCorrectedError,
)
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionOfficerFactory,
    CorrectionFactory,
    CouncilFactory,
    LettingInFactory,
    PostFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)
from tests.reporting.answers import APRIL, JUNE, MAY, QUARTER, value, whole

AFTER = datetime(2009, 7, 28, 10, tzinfo=UTC)
WHY = "The figure was of the wrong site."


@pytest.fixture
def action(council: Council) -> Action:
    return ActionFactory(council=council)


@pytest.fixture
def officer(action: Action) -> Officeholder:
    return officeholder(action.action_officer, user=UserFactory(name="Ann Hill"))


@pytest.fixture
def lead(action: Action) -> Officeholder:
    return officeholder(action.challenge.plan.lead_officer, user=UserFactory(name="Leo Park"))


@pytest.fixture
def update(cycle: ReportingCycle, action: Action, officer: Officeholder) -> ActionUpdate:
    answers = ActionReturn(rating=Rating.GREEN, commentary="The club opened in June.")
    return submit_action_update(cycle=cycle, action=action, answers=answers, by=officer, at=IN_Q1)


@pytest.fixture
def measured(
    cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> IndicatorUpdate:
    return submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=indicator_officer, at=IN_Q1
    )


@pytest.fixture
def manager(council: Council) -> Officeholder:
    post = PostFactory(council=council, duty=Duty.PERFORMANCE_MANAGER)
    return officeholder(post, user=UserFactory(name="Petra Moss"))


def correct(update: ActionUpdate, by: Officeholder, **given: Any) -> ActionUpdate:
    answers = {
        "rating": Rating.AMBER,
        "commentary": "The club opens in August.",
        "seen_version": 1,
        "correction_reason": f" {WHY} ",
        **given,
    }
    return submit_action_update(
        cycle=update.cycle, action=update.action, answers=ActionReturn(**answers), by=by, at=AFTER
    )


def correct_figures(update: IndicatorUpdate, by: Officeholder, **given: Any) -> IndicatorUpdate:
    answers = {"figures": {}, "seen_version": 1, "correction_reason": WHY, **given}
    return submit_indicator_update(
        cycle=update.cycle,
        indicator=update.indicator,
        answers=whole(**answers),
        by=by,
        at=AFTER,
    )


def test_a_correction_keeps_what_was_what_is_who_when_and_why(
    update: ActionUpdate, lead: Officeholder
) -> None:
    correct(update, lead)

    correction = Correction.objects.get()
    assert correction.update_corrected == update
    assert (correction.reason, correction.made_by, correction.made_at) == (WHY, lead.user, AFTER)
    assert correction.changes == [
        {"what": "Rating", "was": "Green", "now": "Amber"},
        {"what": "Comments", "was": "The club opened in June.", "now": "The club opens in August."},
    ]
    entry = AuditEntry.objects.latest("number")
    assert (entry.verb, entry.changes) == (Verb.UPDATE_CORRECTED, {"rating": ["green", "amber"]})


def test_whoever_submitted_it_stays_its_author(
    update: ActionUpdate, officer: Officeholder, lead: Officeholder
) -> None:
    correct(update, lead)

    held = ActionUpdate.objects.get()
    assert (held.submitted_by, held.submitted_at) == (officer.user, IN_Q1)
    assert (held.submitted_for, held.submitted_as) == (
        update.action.action_officer,
        Capacity.ANSWERABLE,
    )
    assert (held.saved_by, held.rating, held.version) == (lead.user, Rating.AMBER, 2)
    assert [version.rating for version in held.history.order_by("pk")] == [
        Rating.GREEN,
        Rating.AMBER,
    ]


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_correction_without_a_reason_is_refused(
    update: ActionUpdate, measured: IndicatorUpdate, lead: Officeholder, reason: str
) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        correct(update, lead, correction_reason=reason)

    assert set(refused.value.problems) == {"correction_reason"}
    assert not Correction.objects.exists()
    assert ActionUpdate.objects.get().version == 1


def test_a_correction_that_changes_nothing_is_refused(
    update: ActionUpdate, lead: Officeholder
) -> None:
    with pytest.raises(NothingCorrectedError):
        correct(update, lead, rating=Rating.GREEN, commentary="The club opened in June. ")

    assert ActionUpdate.objects.get().version == 1


def test_a_correction_must_be_whole(update: ActionUpdate, lead: Officeholder) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        correct(update, lead, rating=None, commentary="")

    assert set(refused.value.problems) == {"rating", "commentary"}


def test_a_correction_cannot_wait_as_a_draft(update: ActionUpdate, lead: Officeholder) -> None:
    answers = ActionReturn(rating=None, commentary="", seen_version=1)

    with pytest.raises(AlreadySubmittedError):
        draft_action_update(
            cycle=update.cycle, action=update.action, answers=answers, by=lead, at=AFTER
        )


def test_a_correction_of_figures_cannot_wait_as_a_draft_either(
    measured: IndicatorUpdate, manager: Officeholder
) -> None:
    with pytest.raises(AlreadySubmittedError):
        draft_indicator_update(
            cycle=measured.cycle,
            indicator=measured.indicator,
            answers=whole(seen_version=1),
            by=manager,
            at=AFTER,
        )


def test_words_that_nobody_saw_are_not_corrected(update: ActionUpdate, lead: Officeholder) -> None:
    correct(update, lead)

    with pytest.raises(ChangedMeanwhileError, match="Leo Park saved"):
        correct(update, lead, commentary="Mine.")


def test_an_officer_corrects_only_when_let_in(update: ActionUpdate, officer: Officeholder) -> None:
    with pytest.raises(CycleClosedError):
        correct(update, officer)

    LettingInFactory(cycle=update.cycle, person=officer.user)
    correct(update, officer)

    assert Correction.objects.get().made_by == officer.user


def test_a_stranger_corrects_nothing(update: ActionUpdate, council: Council) -> None:
    stranger = officeholder(PostFactory(council=council))
    LettingInFactory(cycle=update.cycle, person=stranger.user)

    with pytest.raises(PermissionDenied):
        correct(update, stranger)


def test_a_figure_is_put_right_with_all_that_follows_from_it(
    measured: IndicatorUpdate, manager: Officeholder
) -> None:
    given = {APRIL: value(100), MAY: value(110), JUNE: value(190)}
    correct_figures(measured, manager, figures=given)

    held = IndicatorUpdate.objects.get()
    assert Measurement.objects.get(starts_on=JUNE).value == 190
    assert held.projected_outturn == 1600
    correction = Correction.objects.get()
    assert correction.changes == [{"what": "June 2009", "was": "90", "now": "190"}]
    assert AuditEntry.objects.latest("number").changes["June 2009"] == ["90", "190"]


def test_figures_that_are_left_out_stand(measured: IndicatorUpdate, manager: Officeholder) -> None:
    correct_figures(measured, manager, commentary="A wet spring.")

    assert Measurement.objects.count() == 3
    assert [change["what"] for change in Correction.objects.get().changes] == ["Comments"]


@pytest.mark.parametrize(
    ("unit", "was", "now"),
    [
        (Unit.PERCENT, "31%", "38.125%"),
        (Unit.POUNDS, "£1,234,567", "£1,234,568"),
    ],
)
def test_a_figure_is_told_in_its_unit_to_the_last_decimal(
    measured: IndicatorUpdate, manager: Officeholder, unit: Unit, was: str, now: str
) -> None:
    before, after = (Decimal("".join(c for c in each if c in "0123456789.")) for each in (was, now))
    Indicator.objects.update(unit=unit, decimals=0)
    measured.indicator.refresh_from_db()
    Measurement.objects.filter(starts_on=APRIL).update(value=before)

    correct_figures(
        measured,
        manager,
        figures={APRIL: FigureAnswer(value=after)},
        judgement_reason="It is only a slip.",
        confirmed=frozenset({"definition:unit"}),
    )

    told = [c for c in Correction.objects.get().changes if c["what"] == "April 2009"]
    assert told == [{"what": "April 2009", "was": was, "now": now}]


def test_an_estimate_is_told_exactly_too(measured: IndicatorUpdate, manager: Officeholder) -> None:
    correct_figures(measured, manager, estimated_outturn=Decimal("1250.25"))

    assert Correction.objects.get().changes == [
        {"what": "Estimated outturn", "was": "1,250", "now": "1,250.25"}
    ]


def test_a_reason_for_agreeing_with_the_figures_is_no_change(
    measured: IndicatorUpdate, manager: Officeholder
) -> None:
    with pytest.raises(NothingCorrectedError):
        correct_figures(measured, manager, judgement_reason="As the figures say.")


def test_a_figure_that_became_firm_in_the_next_cycle_stays_firm(
    council: Council, cycle: ReportingCycle, indicator: Indicator, indicator_officer: Officeholder
) -> None:
    june_3 = datetime(2009, 6, 3, 10, tzinfo=UTC)
    six_weekly = SixWeeklyCycleFactory(council=council)
    early = FigureAnswer(value=Decimal(80))
    update = submit_indicator_update(
        cycle=six_weekly,
        indicator=indicator,
        answers=whole(
            commentary="A wet start.",
            figures={**QUARTER, JUNE: early},
            confirmed=frozenset({"not_ended:2009-06-01:80"}),
        ),
        by=indicator_officer,
        at=june_3,
    )
    submit_indicator_update(
        cycle=cycle,
        indicator=indicator,
        answers=whole(figures={JUNE: value(90)}),
        by=indicator_officer,
        at=IN_Q1,
    )
    LettingInFactory(cycle=six_weekly, person=indicator_officer.user)

    given = {APRIL: value(105), JUNE: early}
    ticked = frozenset({"not_ended:2009-06-01:80"})
    correct_figures(
        update, indicator_officer, figures=given, commentary="A wet start.", confirmed=ticked
    )

    june = Measurement.objects.get(starts_on=JUNE)
    assert (june.value, june.is_provisional) == (90, False)
    assert [c["what"] for c in Correction.objects.get().changes] == ["April 2009"]


def test_a_lead_files_for_an_officer_after_the_deadline_and_is_named(
    cycle: ReportingCycle, action: Action, lead: Officeholder
) -> None:
    answers = ActionReturn(rating=Rating.RED, commentary="Nobody is in post.")

    update = submit_action_update(cycle=cycle, action=action, answers=answers, by=lead, at=AFTER)

    assert (update.submitted_by, update.submitted_for, update.submitted_as) == (
        lead.user,
        action.challenge.plan.lead_officer,
        Capacity.ANSWERABLE,
    )
    assert not Correction.objects.exists()


def test_a_performance_manager_files_in_that_post_and_not_in_another_duty(
    council: Council, cycle: ReportingCycle, action: Action
) -> None:
    finance = PostFactory(council=council, title="Accountant", duty=Duty.FINANCE)
    post = PostFactory(council=council, title="Manager", duty=Duty.PERFORMANCE_MANAGER)
    both = officeholder(finance, post)
    answers = ActionReturn(rating=Rating.RED, commentary="Nobody is in post.")

    update = submit_action_update(cycle=cycle, action=action, answers=answers, by=both, at=AFTER)

    assert update.submitted_for == post


@pytest.mark.parametrize("capacity", Capacity)
def test_a_return_names_the_capacity_in_which_it_was_filed(
    cycle: ReportingCycle, action: Action, council: Council, capacity: Capacity
) -> None:
    post = action.action_officer
    by = Officeholder(
        user=UserFactory(), council=council, posts=(post,), capacities={post.pk: capacity}
    )
    answers = ActionReturn(rating=Rating.RED, commentary="No hall.")

    update = submit_action_update(cycle=cycle, action=action, answers=answers, by=by, at=IN_Q1)

    assert (update.submitted_for, update.submitted_as) == (post, capacity)


def test_whoever_holds_a_post_and_stands_in_for_another_files_in_their_own(
    cycle: ReportingCycle, action: Action, council: Council
) -> None:
    other = ActionOfficerFactory(action=action, post__title="AAA").post
    own = action.action_officer
    by = Officeholder(
        user=UserFactory(),
        council=council,
        posts=(other, own),
        capacities={other.pk: Capacity.DEPUTY, own.pk: Capacity.JOINT},
    )
    answers = ActionReturn(rating=Rating.RED, commentary="No hall.")

    update = submit_action_update(cycle=cycle, action=action, answers=answers, by=by, at=IN_Q1)

    assert (update.submitted_for, update.submitted_as) == (own, Capacity.JOINT)


def test_corrections_are_listed_between_two_moments_and_of_one_council(council: Council) -> None:
    days = [datetime(2009, 7, day, 10, tzinfo=UTC) for day in (24, 26, 28, 30)]
    made = [
        CorrectionFactory(council=council, cycle__code=f"Q{n}", made_at=day)
        for n, day in enumerate(days)
    ]
    CorrectionFactory(council=CouncilFactory(), made_at=days[1])

    assert list(corrections_of(council)) == made
    assert list(corrections_since(council, days[0], until=days[2])) == made[1:3]
    assert list(corrections_since(council, None, until=days[1])) == made[:2]
