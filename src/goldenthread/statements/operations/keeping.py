"""What every operation here does alike: hold the cycle and the plan, and keep a version."""

from __future__ import annotations

from datetime import datetime

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.organisation.models import Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.returns import NotSubmittedError


def hold(cycle: ReportingCycle, plan: Plan) -> ReportingCycle:
    """Hold a cycle and a plan, so that two who save for the first time wait for each other."""
    held = hold_cycle(cycle.pk)
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    return held


def mark_submitted(kept: Drafted, post: Post, by: Officeholder, at: datetime) -> None:
    """Write who submits something, in which of their posts, and how they hold it."""
    kept.submitted_at, kept.submitted_by = at, by.user
    kept.submitted_for, kept.submitted_as = post, by.capacity_in(post)


def mark_draft(kept: Drafted) -> None:
    """Make a draft again of something that is submitted.

    :raises NotSubmittedError: if it is a draft already
    """
    if not kept.is_submitted:
        raise NotSubmittedError("This is a draft already.")
    kept.submitted_at = kept.submitted_by = kept.submitted_for = kept.submitted_as = None


def keep(
    kept: Drafted, *, cycle: ReportingCycle, verb: Verb, by: Officeholder, at: datetime
) -> None:
    """Save something as a further version, and write the deed down."""
    kept.version += 1
    kept.saved_at, kept.saved_by = at, by.user
    save_version(kept, by=by.user, at=at)
    audit.record(council=cycle.council.name, verb=verb, target=kept, by=by.user, at=at)
