"""Signing a plan's returns off, by its Lead Officer and by its Lead Member of DMT."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.closing import Closing
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.sign_off import Standing, seal_of, seals_for
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting import permissions
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.models import ReportingCycle, SignOff
from goldenthread.reporting.operations.cycle_locks import hold_cycle
from goldenthread.reporting.queries.beside import asks_officers
from goldenthread.reporting.queries.sign_offs import sign_off_standings
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    CycleClosedError,
    ReturnRefusedError,
)


class NothingToSignError(ReturnRefusedError):
    """Nothing is in that the person could sign for, or has not signed already."""


class SignedInOtherRoleError(ReturnRefusedError):
    """The person signed this plan in the other role; a plan needs two people."""


@transaction.atomic
def sign_off_plan(
    *,
    cycle: ReportingCycle,
    plan: Plan,
    role: LeadRole,
    seen: str,
    by: Officeholder,
    at: datetime,
) -> SignOff:
    """Sign for a plan's returns as they stand, in one of its leads' roles (clauses P-2, R-6, X-1).

    What is not in is not signed for, nor what the person filed or corrected themselves. `seen` is the
    digest of what they read, so that nobody signs words that came in meanwhile.

    :raises PermissionDenied: if the person does not lead the plan in that role
    :raises CycleClosedError: if the cycle has not opened or is locked
    :raises SignedInOtherRoleError: if they signed it in the other role
    :raises ChangedMeanwhileError: if a return changed after they had read it
    :raises NothingToSignError: if there is nothing to sign for that they have not signed
    """
    permissions.check_can_file_in(by, cycle)
    permissions.check_can_sign(by, plan, role)
    cycle = hold_cycle(cycle.pk)
    check_takes_signatures(cycle, timezone.localdate(at))
    # Whoever signs second waits here, and then finds what the first signed.
    Plan.objects.select_for_update().get(pk=plan.pk)
    _check_one_role(cycle, plan, role, by)
    standing = sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk].standing
    if digest_of(standing, by) != seen:
        raise ChangedMeanwhileError(
            "Some of these returns changed while you were reading. They are shown as they are now: "
            "look at them again, and then sign."
        )
    _check_is_something_to_sign(standing, role, by.user.pk)
    return _sign(cycle, plan, role, standing, by, at)


def digest_of(standing: Standing, by: Officeholder) -> str:
    """Sum up what a person would sign for, as a page shows it to them."""
    return seal_of(sorted(seals_for(by.user.pk, standing.items).items()))


def check_takes_signatures(cycle: ReportingCycle, day: date) -> None:
    """Make sure that a cycle's plans can be signed off on a day.

    :raises CycleClosedError: if it has not opened or is locked, or has no returns of its own
    """
    if not asks_officers(framework_of(cycle.council), cycle.kind):
        raise CycleClosedError(f"{cycle.title} has no returns to sign for.")
    if cycle.closing_on(day) in (Closing.NOT_OPEN, Closing.LOCKED):
        raise CycleClosedError(closed_words(cycle, day))


def why_not_now(cycle: ReportingCycle, day: date) -> str:
    """Say why a cycle's plans cannot be signed off on a day; nothing where they can."""
    try:
        check_takes_signatures(cycle, day)
    except CycleClosedError as error:
        return str(error)
    return ""


def _check_one_role(cycle: ReportingCycle, plan: Plan, role: LeadRole, by: Officeholder) -> None:
    signed = SignOff.objects.filter(cycle=cycle, plan=plan, signed_by=by.user)
    other = signed.exclude(role=role).first()
    if other is not None:
        raise SignedInOtherRoleError(
            f"You signed this plan as its {other.role.label}. "
            f"Somebody else has to sign it as its {role.label}."
        )


def _check_is_something_to_sign(standing: Standing, role: LeadRole, person: int) -> None:
    if not seals_for(person, standing.items):
        raise NothingToSignError("No return is in yet that you could sign for.")
    if not standing.left_to(role, person):
        raise NothingToSignError(f"All that is in is signed already by its {role.label}.")


def _sign(
    cycle: ReportingCycle,
    plan: Plan,
    role: LeadRole,
    standing: Standing,
    by: Officeholder,
    at: datetime,
) -> SignOff:
    post = permissions.lead_post(plan, role)
    signed = SignOff.objects.create(
        cycle=cycle,
        plan=plan,
        role=role,
        seals=seals_for(by.user.pk, standing.items),
        signed_at=at,
        signed_by=by.user,
        signed_for=post,
        signed_as=by.capacity_in(post),
    )
    audit.record(
        council=cycle.council.name,
        verb=Verb.PLAN_SIGNED_OFF,
        target=signed,
        by=by.user,
        at=at,
        changes={"seals": [None, signed.seals]},
    )
    return signed
