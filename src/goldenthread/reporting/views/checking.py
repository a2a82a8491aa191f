from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldenthread.domain.kinds import ItemKind, LeadRole
from goldenthread.domain.obligations import ObligationKind
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, Plan
from goldenthread.reporting import permissions
from goldenthread.reporting.filers import filed_words
from goldenthread.reporting.forms.checking import RevisionForm, SignOffForm
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.operations import checking, signing_off
from goldenthread.reporting.queries.authors import authors_of
from goldenthread.reporting.queries.beside import asks_officers
from goldenthread.reporting.queries.checks import Item, Order, PlanCheck, Show, check_of, update_in
from goldenthread.reporting.queries.checks_beside import CheckedBeside, checked_in
from goldenthread.reporting.queries.lines import plans_in
from goldenthread.reporting.queries.sign_offs import PlanSignOff, sign_off_standings
from goldenthread.reporting.returns import IncompleteReturnError, ReturnRefusedError

C = TypeVar("C", bound=StrEnum)


@require_http_methods(["GET", "POST"])
@council_page
def plan_check(request: CouncilRequest, year: str, code: str, plan: str) -> HttpResponse:
    """Show a plan's returns to its leads by difference from the cycle before, and let them sign."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    checked = _plan_or_404(cycle, plan)
    permissions.check_can_check(request.officeholder, checked)
    signed = sign_off_standings(cycle, [checked], whole=[checked.pk])[checked.pk]
    form = SignOffForm(
        request.POST if request.method == "POST" else None, roles=_roles_open(request, signed)
    )
    if form.is_valid() and _sign(request, form, cycle, signed):
        return redirect(request.path)
    return render(request, "reporting/plan_check.html", _check_page(request, cycle, signed, form))


def _plan_or_404(cycle: ReportingCycle, code: str) -> Plan:
    if not asks_officers(framework_of(cycle.council), cycle.kind):
        raise Http404(f"{cycle.title} has no returns to check.")
    return get_object_or_404(plans_in(cycle), code__iexact=code)


def _roles_open(request: CouncilRequest, signed: PlanSignOff) -> list[LeadRole]:
    """List the roles in which a person can sign: their own, but not a second one."""
    roles = permissions.roles_in(request.officeholder, signed.plan)
    return [role for role in roles if not signed.has_signed_otherwise(request.user.pk, role)]


def _sign(
    request: CouncilRequest, form: SignOffForm, cycle: ReportingCycle, signed: PlanSignOff
) -> bool:
    """Sign, or put into the form why that cannot be; what changed is shown as it is now."""
    role = form.cleaned_data["role"]
    try:
        signing_off.sign_off_plan(
            cycle=cycle,
            plan=signed.plan,
            role=role,
            seen=request.POST.get("seen", ""),
            by=request.officeholder,
            at=request.at,
        )
    except ReturnRefusedError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"You signed {signed.plan.title} off as its {role.label}.")
    return True


def _check_page(
    request: CouncilRequest, cycle: ReportingCycle, signed: PlanSignOff, form: SignOffForm
) -> dict[str, Any]:
    person, standing = request.user.pk, signed.standing
    roles = _roles_open(request, signed)
    left = {item.key: item for role in roles for item in standing.left_to(role, person)}
    check = check_of(cycle, signed.plan, today=request.today, to_sign=left)
    show, order = _chosen(request, "show", Show.ALL), _chosen(request, "order", Order.WORST_FIRST)
    return {
        "cycle": cycle,
        "plan": signed.plan,
        "check": check,
        "sign_off": signed,
        "form": form,
        "groups": check.groups(show, order),
        "missing": check.missing if show in (Show.ALL, Show.MISSING) else [],
        "show": show,
        "order": order,
        "orders": list(Order),
        "roles": [role.label for role in roles],
        "left": list(left.values()),
        "own": standing.own(person) if roles else (),
        "own_keys": {item.key for item in standing.own(person)},
        "seen": signing_off.digest_of(standing, request.officeholder),
        "to_write": _to_write(request, check),
        "leads": permissions.roles_in(request.officeholder, signed.plan),
        "takes_revisions": not checking.why_not_now(cycle, request.today),
        "why_not_now": signing_off.why_not_now(cycle, request.today),
    }


def _to_write(request: CouncilRequest, check: PlanCheck) -> list[Item]:
    """List what is asked about the plan as a whole of whoever looks."""
    return [
        item
        for item in check.missing
        if item.is_beside
        and isinstance(item, CheckedBeside)
        and item.line.kind is ObligationKind.PLAN_OVERVIEW
        and request.officeholder.holds_any(item.line.post_ids)
    ]


def _chosen(request: CouncilRequest, name: str, usual: C) -> C:
    """Read a choice from the address; one that there is not is the usual one."""
    try:
        return type(usual)(request.GET.get(name, usual))
    except ValueError:
        return usual


@require_http_methods(["GET", "POST"])
@council_page
def return_for_revision(
    request: CouncilRequest, year: str, code: str, plan: str, kind: ItemKind, pk: int
) -> HttpResponse:
    """Send an officer's return back with what is to be revised."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    checked = _plan_or_404(cycle, plan)
    update = update_in(cycle, checked, kind, pk)
    item = update.item
    permissions.check_can_return(request.officeholder, item, authors=authors_of(update))
    form = RevisionForm(
        request.POST if request.method == "POST" else None,
        initial={"seen_version": update.version},
    )
    if form.is_valid() and _send_back(
        form, partial(checking.return_update_for_revision, update=update), request
    ):
        messages.success(request, f"{item.reference} is sent back, and its officer is told.")
        return redirect(_check_path(cycle, checked))
    context = {
        **_revision_page(request, form, cycle, checked, update),
        "update": update,
        "reference": item.reference,
        "filed": filed_words(update, item),
        "title": item.description if isinstance(item, Action) else item.definition,
        "officer": permissions.officer_of(item),
    }
    return render(request, "reporting/return_for_revision.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def return_beside(
    request: CouncilRequest, year: str, code: str, plan: str, key: str
) -> HttpResponse:
    """Send back what is asked of a plan beside its returns, with what is to be revised."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    checked = _plan_or_404(cycle, plan)
    found, told = checked_in(cycle, checked, key, today=request.today)
    kept, item = told.kept, found.line
    authors = {kept.submitted_by_id, kept.saved_by_id}
    permissions.check_can_return_of(request.officeholder, checked, authors=authors)
    form = RevisionForm(
        request.POST if request.method == "POST" else None, initial={"seen_version": kept.version}
    )
    deed = partial(checking.return_beside_for_revision, kept=kept, item=item, cycle=cycle)
    if form.is_valid() and _send_back(form, deed, request):
        messages.success(request, f"{item.reference} is sent back, and whoever writes it is told.")
        return redirect(_check_path(cycle, checked))
    context = {
        **_revision_page(request, form, cycle, checked, kept),
        "reference": item.name,
        "title": item.title,
        "rating": item.rating,
        "said": told.said if kept.is_submitted else (),
        "filed": found.filed_words,
    }
    return render(request, "reporting/return_for_revision.html", context)


def _check_path(cycle: ReportingCycle, plan: Plan) -> str:
    where = [cycle.council.name, *cycle.slug.split("/"), plan.code]
    return reverse("reporting:plan_check", args=where)


def _revision_page(
    request: CouncilRequest, form: RevisionForm, cycle: ReportingCycle, plan: Plan, kept: Drafted
) -> dict[str, Any]:
    if form.is_behind(kept.version):
        form.sees(kept.version)
    return {
        "cycle": cycle,
        "plan": plan,
        "form": form,
        "kept": kept,
        "back": _check_path(cycle, plan),
        "why_not_now": checking.why_not_now(cycle, request.today),
    }


def _send_back(form: RevisionForm, deed: Callable[..., None], request: CouncilRequest) -> bool:
    """Send something back, or put into the form why that cannot be; the note stays in it."""
    try:
        deed(
            note=form.cleaned_data["note"],
            seen_version=form.version_seen,
            by=request.officeholder,
            at=request.at,
        )
    except IncompleteReturnError as error:
        form.add_error("note", str(error))
        return False
    except ReturnRefusedError as error:
        form.add_error(None, str(error))
        return False
    return True
