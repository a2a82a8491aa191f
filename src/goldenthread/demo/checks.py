"""How the demonstration's leads check their plans: they sign them off, and send returns back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from goldenthread.demo.council import Cast
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import LATEST, moment
from goldenthread.domain.kinds import LeadRole
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.operations.checking import return_update_for_revision
from goldenthread.reporting.operations.signing_off import digest_of, sign_off_plan
from goldenthread.reporting.permissions import lead_post
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.queries.sign_offs import sign_off_standings

_SIGNED_ON = {
    "6W1": (date(2009, 6, 9), date(2009, 6, 10)),
    "Q1": (date(2009, 7, 23), date(2009, 7, 24)),
    "6W2": (date(2009, 9, 15), date(2009, 9, 16)),
}
_UNSIGNED = {("Q1", "CI", LeadRole.LEAD_OFFICER), ("Q1", "CI", LeadRole.LEAD_MEMBER)}
"""What nobody signed, so that the paper of that quarter says so."""

_REVISED = "SSCC 2.4"
_ASKED = "How many in every hundred is that, and where do fewest answer?"
_ADDED = " That is 37 in every hundred. Fewest answer in Furnace Lane, so wardens now call there."
_ASKED_ON, _REVISED_ON = date(2009, 7, 27), date(2009, 7, 28)

_SENT_BACK = "AESE 2.3"
_NOTE = (
    "Good news, and members will ask two things. Which trades are the five enquiries from, and has "
    "any of them looked at the Tollgate site? Please add a sentence on each."
)


def check_deeds(cast: Cast, cycle: ReportingCycle) -> list[Deed]:
    """List what leads do in a cycle: they sign, and in the first quarter one asks for more."""
    deeds = list(_signatures(cast, cycle))
    if cycle.code == "Q1":
        deeds += [
            Deed(
                at=moment(_ASKED_ON, 11),
                perform=partial(_ask, cast, cycle, _REVISED, _ASKED, moment(_ASKED_ON, 11)),
            ),
            Deed(
                at=moment(_REVISED_ON, 10),
                perform=partial(_revise, cast, cycle, moment(_REVISED_ON, 10)),
            ),
        ]
    return deeds


def _signatures(cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    if cycle.code not in _SIGNED_ON:
        return
    for role, day in zip(LeadRole, _SIGNED_ON[cycle.code], strict=True):
        for place, plan in enumerate(plans_in(cycle)):
            if (cycle.code, plan.code, role) not in _UNSIGNED:
                at = moment(day, 14, 7 * place)
                yield Deed(at=at, perform=partial(_sign, cast, cycle, plan, role, at))


def _sign(cast: Cast, cycle: ReportingCycle, plan: Plan, role: LeadRole, at: datetime) -> None:
    by = cast.holders[lead_post(plan, role).title]
    standing = sign_off_standings(cycle, [plan], whole=[plan.pk])[plan.pk].standing
    sign_off_plan(cycle=cycle, plan=plan, role=role, seen=digest_of(standing, by), by=by, at=at)


def send_back(cast: Cast, cycle: ReportingCycle) -> None:
    """Send a return of the cycle under way back to its officer, late on the day before."""
    _ask(cast, cycle, _SENT_BACK, _NOTE, moment(LATEST, 17, 15))


def _ask(cast: Cast, cycle: ReportingCycle, reference: str, note: str, at: datetime) -> None:
    update = _return_of(cycle, reference)
    return_update_for_revision(
        update=update,
        note=note,
        seen_version=update.version,
        by=_lead_officer(cast, update),
        at=at,
    )


def _lead_officer(cast: Cast, update: ActionUpdate) -> Officeholder:
    return cast.holders[update.action.challenge.plan.lead_officer.title]


def _revise(cast: Cast, cycle: ReportingCycle, at: datetime) -> None:
    update = _return_of(cycle, _REVISED)
    submit_action_update(
        cycle=cycle,
        action=update.action,
        answers=ActionReturn(
            rating=update.rating,
            commentary=update.commentary + _ADDED,
            seen_version=update.version,
        ),
        by=cast.holders[update.action.action_officer.title],
        at=at,
    )


def _return_of(cycle: ReportingCycle, reference: str) -> ActionUpdate:
    code, _, number = reference.partition(" ")
    challenge, _, action = number.partition(".")
    return ActionUpdate.objects.select_related("action__challenge__plan__lead_officer").get(
        cycle=cycle,
        action__challenge__plan__code=code,
        action__challenge__number=challenge,
        action__number=action,
    )
