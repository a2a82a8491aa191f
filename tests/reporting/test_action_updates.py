from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import (
    ActionReturn,
    draft_action_update,
    submit_action_update,
)
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
)
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionOfficerFactory,
    PostFactory,
    ReportingCycleFactory,
    SixWeeklyCycleFactory,
    UserFactory,
    officeholder,
)

FILE = pytest.mark.parametrize("file", [draft_action_update, submit_action_update])


@pytest.fixture
def action(council: Council) -> Action:
    return ActionFactory(council=council)


@pytest.fixture
def officer(action: Action) -> Officeholder:
    return officeholder(action.action_officer, user=UserFactory(name="Ann Hill"))


def whole(**given: Any) -> ActionReturn:
    return ActionReturn(
        **{"rating": Rating.AMBER, "commentary": "The club opened in June.", **given}
    )


def test_a_whole_return_stands_in_the_cycle(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    submit_action_update(
        cycle=cycle, action=action, answers=whole(commentary=" Opened. "), by=officer, at=IN_Q1
    )

    update = ActionUpdate.objects.get()
    assert (update.cycle, update.action) == (cycle, action)
    assert (update.rating, update.commentary, update.version) == (Rating.AMBER, "Opened.", 1)
    assert (update.submitted_by, update.submitted_at) == (officer.user, IN_Q1)
    assert (update.saved_by, update.saved_at) == (officer.user, IN_Q1)
    assert update.is_submitted
    version = update.history.get()
    assert (version.history_user, version.history_date) == (officer.user, IN_Q1)


def test_a_return_is_written_down(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    update = draft_action_update(
        cycle=cycle, action=action, answers=whole(rating=None), by=officer, at=IN_Q1
    )
    submit_action_update(
        cycle=cycle, action=action, answers=whole(seen_version=1), by=officer, at=IN_Q1
    )

    drafted, submitted = AuditEntry.objects.order_by("number")
    assert (drafted.verb, submitted.verb) == (Verb.UPDATE_DRAFTED, Verb.UPDATE_SUBMITTED)
    assert drafted.council == cycle.council.name
    assert drafted.target_id == update.pk
    assert (drafted.changes, submitted.changes) == (
        {"rating": [None, None]},
        {"rating": [None, "amber"]},
    )


def test_a_draft_may_lack_everything_and_is_not_submitted(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    draft_action_update(
        cycle=cycle,
        action=action,
        answers=ActionReturn(rating=None, commentary=""),
        by=officer,
        at=IN_Q1,
    )

    assert not ActionUpdate.objects.get().is_submitted


def test_a_draft_is_saved_over_and_each_version_stays(
    cycle: ReportingCycle, action: Action, officer: Officeholder
) -> None:
    for seen, words in enumerate(["First thoughts", "Second thoughts"]):
        answers = whole(commentary=words, seen_version=seen)
        draft_action_update(cycle=cycle, action=action, answers=answers, by=officer, at=IN_Q1)

    update = ActionUpdate.objects.get()
    assert (update.commentary, update.version) == ("Second thoughts", 2)
    versions = update.history.order_by("pk").values_list("commentary", flat=True)
    assert list(versions) == ["First thoughts", "Second thoughts"]


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        (whole(rating=None), {"rating"}),
        (whole(commentary=" \n "), {"commentary"}),
        (whole(rating=None, commentary=""), {"rating", "commentary"}),
    ],
)
def test_an_incomplete_return_is_refused_field_by_field(
    cycle: ReportingCycle,
    action: Action,
    officer: Officeholder,
    answers: ActionReturn,
    fields: set[str],
) -> None:
    with pytest.raises(IncompleteReturnError) as refused:
        submit_action_update(cycle=cycle, action=action, answers=answers, by=officer, at=IN_Q1)

    assert set(refused.value.problems) == fields
    assert all(words in str(refused.value) for words in refused.value.problems.values())
    assert not ActionUpdate.objects.exists()
    assert not AuditEntry.objects.exists()


@FILE
@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2009-07-06T23:59:00+01:00", "takes returns from 7 July 2009"),
        ("2009-07-22T00:01:00+01:00", "took returns until 21 July 2009"),
    ],
)
def test_a_return_outside_the_cycles_days_is_refused(
    cycle: ReportingCycle, action: Action, officer: Officeholder, file: Any, at: str, words: str
) -> None:
    with pytest.raises(CycleClosedError, match=words):
        file(
            cycle=cycle,
            action=action,
            answers=whole(),
            by=officer,
            at=datetime.fromisoformat(at),
        )


@pytest.mark.parametrize("at", ["2009-07-07T00:00:00+01:00", "2009-07-21T23:59:59+01:00"])
def test_the_cycles_first_and_last_day_are_whole_days_here(
    cycle: ReportingCycle, action: Action, officer: Officeholder, at: str
) -> None:
    update = submit_action_update(
        cycle=cycle, action=action, answers=whole(), by=officer, at=datetime.fromisoformat(at)
    )

    assert update.is_submitted


@FILE
def test_a_return_is_submitted_once(
    cycle: ReportingCycle, action: Action, officer: Officeholder, file: Any
) -> None:
    submit_action_update(cycle=cycle, action=action, answers=whole(), by=officer, at=IN_Q1)

    with pytest.raises(AlreadySubmittedError):
        file(cycle=cycle, action=action, answers=whole(seen_version=1), by=officer, at=IN_Q1)

    assert ActionUpdate.objects.get().version == 1


@FILE
@pytest.mark.parametrize("seen_version", [0, 2])
def test_words_that_nobody_saw_are_not_written_over(
    cycle: ReportingCycle, action: Action, officer: Officeholder, file: Any, seen_version: int
) -> None:
    draft_action_update(cycle=cycle, action=action, answers=whole(), by=officer, at=IN_Q1)
    late = whole(commentary="Mine", seen_version=seen_version)

    with pytest.raises(ChangedMeanwhileError, match="Ann Hill saved this return"):
        file(cycle=cycle, action=action, answers=late, by=officer, at=IN_Q1)

    assert ActionUpdate.objects.get().commentary == "The club opened in June."


@FILE
def test_a_stranger_to_the_action_is_refused(
    cycle: ReportingCycle, action: Action, council: Council, file: Any
) -> None:
    stranger = officeholder(PostFactory(council=council))

    with pytest.raises(PermissionDenied, match=str(action.action_officer)):
        file(cycle=cycle, action=action, answers=whole(), by=stranger, at=IN_Q1)

    assert not ActionUpdate.objects.exists()


@FILE
def test_a_cycle_of_another_council_takes_no_return(
    action: Action, officer: Officeholder, file: Any
) -> None:
    with pytest.raises(PermissionDenied):
        file(
            cycle=ReportingCycleFactory(),
            action=action,
            answers=whole(),
            by=officer,
            at=IN_Q1,
        )


def test_whoever_answers_for_a_plan_does_not_speak_for_its_officers(
    cycle: ReportingCycle, action: Action
) -> None:
    plan = action.challenge.plan
    leads = officeholder(plan.lead_member, plan.lead_officer)

    with pytest.raises(PermissionDenied):
        submit_action_update(cycle=cycle, action=action, answers=whole(), by=leads, at=IN_Q1)


def test_a_joint_holder_speaks_for_the_action_too(cycle: ReportingCycle, action: Action) -> None:
    joint = ActionOfficerFactory(action=action)

    update = submit_action_update(
        cycle=cycle, action=action, answers=whole(), by=officeholder(joint.post), at=IN_Q1
    )

    assert update.is_submitted


def test_each_cycle_has_a_return_of_its_own(
    cycle: ReportingCycle, action: Action, officer: Officeholder, council: Council
) -> None:
    six_weekly = SixWeeklyCycleFactory(council=council)
    june = datetime.fromisoformat("2009-06-03T10:00:00+01:00")

    said = whole(commentary="Sixty sites were visited.")
    submit_action_update(cycle=six_weekly, action=action, answers=said, by=officer, at=june)
    submit_action_update(cycle=cycle, action=action, answers=whole(), by=officer, at=IN_Q1)

    assert ActionUpdate.objects.count() == 2
