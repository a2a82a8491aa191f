from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.kinds import BodyKind, Step
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.operations.checking import (
    return_update_for_revision,
    why_not_now,
)
from goldenthread.reporting.operations.indicator_updates import submit_indicator_update
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from tests.factories import (
    IN_Q1,
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    ChallengeFactory,
    CorrectionFactory,
    CouncilFactory,
    MilestoneFactory,
    PlanIndicatorFactory,
    PostFactory,
    PostHoldingFactory,
    TargetFactory,
    UserFactory,
    officeholder,
)
from tests.reporting.answers import whole

AFTER_Q1 = datetime(2009, 7, 23, 10, tzinfo=UTC)
AFTER_PAPERS = datetime(2009, 8, 7, 10, tzinfo=UTC)


@pytest.fixture
def leo(plan: Plan) -> Officeholder:
    return officeholder(plan.lead_officer, user=UserFactory(name="Leo Park"))


@pytest.fixture
def update(cycle: ReportingCycle, plan: Plan) -> ActionUpdate:
    action = ActionFactory(challenge=ChallengeFactory(plan=plan, number=1), number=2)
    return ActionUpdateFactory(cycle=cycle, action=action, submitted=True)


def send_back(
    update: ActionUpdate | IndicatorUpdate, by: Officeholder, **given: Any
) -> ActionUpdate | IndicatorUpdate:
    asked: dict[str, Any] = {
        "note": " Say how many children came. ",
        "seen_version": update.version,
        "at": AFTER_Q1,
        **given,
    }
    return_update_for_revision(update=update, by=by, **asked)
    return type(update)._default_manager.get(pk=update.pk)


def test_a_return_that_is_sent_back_is_to_be_revised(
    update: ActionUpdate, leo: Officeholder
) -> None:
    held = send_back(update, leo)

    assert held.is_to_revise
    assert (held.returned_at, held.returned_by) == (AFTER_Q1, leo.user)
    assert held.revision_note == "Say how many children came."
    assert (held.rating, held.commentary) == (update.rating, update.commentary)
    assert (held.version, held.saved_by) == (2, update.saved_by)


def test_each_version_stays_and_the_deed_stands_in_the_trail(
    update: ActionUpdate, leo: Officeholder
) -> None:
    send_back(update, leo)

    entry = AuditEntry.objects.get(verb=Verb.UPDATE_RETURNED)
    assert (entry.target_id, entry.actor_id) == (update.pk, leo.user.pk)
    assert entry.changes == {"revision_note": ["", "Say how many children came."]}
    version = ActionUpdate.history.get(id=update.pk, history_user=leo.user)
    assert version.revision_note == "Say how many children came."


def test_its_figures_are_kept_for_its_officer(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    indicator = PlanIndicatorFactory(plan=plan).indicator
    TargetFactory(indicator=indicator)
    by = officeholder(indicator.indicator_officer)
    update = submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=by, at=IN_Q1
    )

    held = send_back(update, leo)

    assert isinstance(held, IndicatorUpdate)
    assert held.draft_figures["2009-05-01"] == ["110", ""]
    again = whole(seen_version=held.version, commentary="A dry spring, and a new show.")
    revised = submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=again, by=by, at=AFTER_Q1
    )
    assert revised.is_submitted


def test_the_officer_revises_after_the_deadline_and_the_reason_stays(
    update: ActionUpdate, leo: Officeholder
) -> None:
    held = send_back(update, leo)
    by = officeholder(update.action.action_officer)
    answers = ActionReturn(
        rating=Rating.AMBER, commentary="Twelve came.", seen_version=held.version
    )

    revised = submit_action_update(
        cycle=update.cycle, action=update.action, answers=answers, by=by, at=AFTER_Q1
    )

    assert revised.is_submitted
    assert not revised.is_to_revise
    assert revised.revision_note == "Say how many children came."


def test_a_locked_cycle_takes_no_revision(update: ActionUpdate, leo: Officeholder) -> None:
    held = send_back(update, leo)
    cycle = update.cycle
    cycle.locked_at, cycle.locked_by = AFTER_Q1, UserFactory()
    cycle.save()
    answers = ActionReturn(rating=Rating.RED, commentary="None.", seen_version=held.version)

    with pytest.raises(CycleClosedError):
        submit_action_update(
            cycle=cycle,
            action=update.action,
            answers=answers,
            by=officeholder(update.action.action_officer),
            at=AFTER_Q1,
        )


def test_nothing_is_sent_back_once_the_cycle_is_locked(
    update: ActionUpdate, leo: Officeholder
) -> None:
    update.cycle.locked_at, update.cycle.locked_by = AFTER_Q1, UserFactory()
    update.cycle.save()

    with pytest.raises(CycleClosedError, match="is locked"):
        send_back(update, leo)
    assert "is locked" in why_not_now(update.cycle, AFTER_Q1.date())


def test_what_papers_said_is_corrected_and_not_sent_back(
    update: ActionUpdate, leo: Officeholder
) -> None:
    MilestoneFactory(
        cycle=update.cycle, step=Step.PAPERS_OUT, forum=BodyKind.DMT, starts_on=date(2009, 8, 6)
    )

    with pytest.raises(CycleClosedError, match="went out on 6 August 2009"):
        send_back(update, leo, at=AFTER_PAPERS)
    assert why_not_now(update.cycle, date(2009, 8, 6)) == ""


@pytest.mark.parametrize("note", ["", "  \n"])
def test_nothing_is_sent_back_without_saying_what_for(
    update: ActionUpdate, leo: Officeholder, note: str
) -> None:
    with pytest.raises(IncompleteReturnError, match="Enter what is to be revised"):
        send_back(update, leo, note=note)


def test_a_draft_is_not_sent_back(cycle: ReportingCycle, plan: Plan, leo: Officeholder) -> None:
    action = ActionFactory(challenge__plan=plan)

    with pytest.raises(NotSubmittedError):
        send_back(ActionUpdateFactory(cycle=cycle, action=action), leo)


def test_what_was_changed_meanwhile_is_not_sent_back(
    update: ActionUpdate, leo: Officeholder
) -> None:
    with pytest.raises(ChangedMeanwhileError, match="changed while you were reading"):
        send_back(update, leo, seen_version=0)


def test_nobody_sends_back_their_own(update: ActionUpdate, plan: Plan) -> None:
    filed_it = officeholder(plan.lead_officer, user=update.submitted_by)

    with pytest.raises(PermissionDenied, match="another lead has to check it"):
        send_back(update, filed_it)


def test_nobody_sends_back_what_they_corrected(update: ActionUpdate, leo: Officeholder) -> None:
    CorrectionFactory(cycle=update.cycle, action_update=update, made_by=leo.user)

    with pytest.raises(PermissionDenied, match="another lead has to check it"):
        send_back(update, leo)


def test_only_leads_send_back(update: ActionUpdate, plan: Plan) -> None:
    with pytest.raises(PermissionDenied, match="Only those who lead the plan"):
        send_back(update, officeholder(PostFactory(council=plan.council)))


def test_another_councils_lead_is_refused(update: ActionUpdate, plan: Plan) -> None:
    elsewhere = replace(officeholder(plan.lead_officer), council=CouncilFactory())

    with pytest.raises(PermissionDenied, match="You hold no post in the council"):
        send_back(update, elsewhere)


def test_whoever_filed_it_and_its_holders_in_force_are_told(
    update: ActionUpdate, plan: Plan, leo: Officeholder
) -> None:
    action = update.action
    joint = ActionOfficerFactory(action=action)
    holder, deputy, colleague = UserFactory.create_batch(3)
    PostHoldingFactory(post=action.action_officer, holder=holder)
    PostHoldingFactory(
        post=action.action_officer,
        holder=deputy,
        capacity=Capacity.DEPUTY,
        ends_on=date(2009, 7, 31),
    )
    PostHoldingFactory(post=joint.post, holder=colleague)
    PostHoldingFactory(post=joint.post, holder=UserFactory(), ends_on=date(2009, 7, 22))

    send_back(update, leo)

    told = set(Notice.objects.values_list("recipient_id", flat=True))
    assert told == {update.submitted_by_id, holder.pk, deputy.pk, colleague.pk}


def test_the_message_says_what_is_asked_by_whom_and_where(
    update: ActionUpdate, leo: Officeholder
) -> None:
    send_back(update, leo, note="Say how many.\n<b>All</b> of them.")

    notice = Notice.objects.get()
    where = f"/{update.cycle.council.name}/cycles/2009-10/Q1/actions/{update.action_id}/update/"
    assert notice.kind is NoticeKind.RETURNED
    assert notice.subject == "To revise: CYPF 1.2, Quarter 1, 2009/10"
    assert notice.recipient_id == update.submitted_by_id
    for words in (notice.text, notice.html):
        assert "Leo Park asks you to revise the return on CYPF 1.2" in words
        assert where in words
    assert "<b>All</b> of them." in notice.text
    assert "&lt;b&gt;All&lt;/b&gt; of them." in notice.html


def test_an_indicators_message_leads_to_its_return(
    cycle: ReportingCycle, plan: Plan, leo: Officeholder
) -> None:
    indicator = PlanIndicatorFactory(plan=plan, indicator__reference="CYPF8").indicator
    by = officeholder(indicator.indicator_officer)
    update = submit_indicator_update(
        cycle=cycle, indicator=indicator, answers=whole(), by=by, at=IN_Q1
    )

    send_back(update, leo)

    assert "/cycles/2009-10/Q1/indicators/CYPF8/update/" in Notice.objects.get().text


def test_a_lead_who_holds_the_item_too_is_not_told_by_themselves(
    update: ActionUpdate, leo: Officeholder
) -> None:
    PostHoldingFactory(post=update.action.action_officer, holder=leo.user)

    send_back(update, leo)

    assert [notice.recipient_id for notice in Notice.objects.all()] == [update.submitted_by_id]


def test_each_time_it_is_sent_back_is_a_message_of_its_own(
    update: ActionUpdate, leo: Officeholder
) -> None:
    held = send_back(update, leo)
    by = officeholder(update.action.action_officer, user=update.submitted_by)
    answers = ActionReturn(rating=Rating.AMBER, commentary="Some came.", seen_version=held.version)
    again = submit_action_update(
        cycle=update.cycle, action=update.action, answers=answers, by=by, at=AFTER_Q1
    )
    send_back(again, leo)

    assert Notice.objects.count() == 2


def test_what_is_refused_tells_nobody(update: ActionUpdate, leo: Officeholder) -> None:
    with pytest.raises(IncompleteReturnError):
        send_back(update, leo, note="")

    assert not Notice.objects.exists()
    assert ActionUpdate.objects.get().is_submitted
