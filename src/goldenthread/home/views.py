from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.accounts.http import AuthenticatedHttpRequest
from goldenthread.accounts.permits import is_permitted
from goldenthread.chasing.permissions import may_chase
from goldenthread.chasing.queries.standings import standings, totals_of
from goldenthread.evaluations.queries import evaluation_lines, evaluations_by_plan
from goldenthread.exception_reports.operations.steps import check_can_follow_up
from goldenthread.exception_reports.queries.reports import exception_lines
from goldenthread.home import queries
from goldenthread.home.forms import DueRevisionForm, RevisionForm, TargetRevisionForm
from goldenthread.home.items import action_page, indicator_page
from goldenthread.indicators.facts import target_in_words
from goldenthread.indicators.models import Revision, Target
from goldenthread.indicators.operations import (
    RevisionRefusedError,
    needs_county,
    revise_target,
)
from goldenthread.indicators.queries import target_revisions
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Council
from goldenthread.organisation.permissions import check_can_revise
from goldenthread.organisation.queries import councils_of, year_called
from goldenthread.packs import permissions as pack_permissions
from goldenthread.packs import queries as packs
from goldenthread.plans.facts import due_in_words
from goldenthread.plans.models import CorporatePlan, Plan
from goldenthread.plans.operations import revise_due
from goldenthread.plans.queries import due_revisions
from goldenthread.reporting import permissions
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import asked_beside
from goldenthread.reporting.queries.closing import closed_on, stands_in_words
from goldenthread.reporting.queries.cycles import (
    RETURNED_ON,
    current_cycle,
    cycles_of,
    find_cycle,
)
from goldenthread.reporting.queries.lines import actions_in, lines_of, plans_in
from goldenthread.reporting.queries.sign_offs import sign_off_standings
from goldenthread.reporting.queries.tallies import tally_ratings, tally_returns
from goldenthread.risks.queries import missing_in, risk_lines
from goldenthread.statements.permissions import may_set_budget
from goldenthread.statements.queries.finance import FinanceLine, finances_of
from goldenthread.statements.queries.statements import StatementLine, statements_asked


@require_safe
@login_required
def start(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Lead a person to their council, or let them choose where they have several."""
    councils = councils_of(user=request.user, day=request.today)
    if len(councils) == 1:
        return redirect("home:home", councils[0].name)
    return render(request, "home/start.html", {"councils": councils})


@require_safe
@council_page
def home(request: CouncilRequest) -> HttpResponse:
    """Show a person what they owe and what they answer for."""
    desk = queries.desk_of(request.officeholder, today=request.today)
    stands = stands_in_words(desk.cycle, request.today) if desk.cycle else ""
    return render(request, "home/home.html", {"desk": desk, "stands": stands})


@require_safe
@council_page
def plan_list(request: CouncilRequest) -> HttpResponse:
    """Show the golden thread from the corporate plan down to its plans, each counted."""
    cycle = _cycle_shown(request)
    plans = standings(cycle, list(plans_in(cycle)), today=request.today) if cycle else []
    context = {
        "corporate_plan": CorporatePlan.objects.filter(council=request.council).last(),
        "cycle": cycle,
        "plans": plans,
    }
    return render(request, "home/plan_list.html", context)


@require_safe
@council_page
def plan_detail(request: CouncilRequest, code: str) -> HttpResponse:
    """Show a plan's challenges, actions and indicators as they stand in a cycle."""
    cycle = _cycle_shown(request)
    if cycle is None:
        raise Http404("No reporting cycle has opened yet.")
    plan = get_object_or_404(plans_in(cycle), code__iexact=code)
    [lines] = lines_of(cycle, [plan], today=request.today)
    exceptions = exception_lines(cycle, lines.lines)
    opened = cycles_of(request.council).filter(opens_on__lte=request.today, kind__in=RETURNED_ON)
    context = {
        "plan": plan,
        "cycle": cycle,
        "cycles": opened,
        "lines": lines,
        "sign_off": sign_off_standings(cycle, [plan])[plan.pk],
        "may_check": is_permitted(permissions.check_can_check, request.officeholder, plan),
        "returns": tally_returns([*lines.lines, *asked_beside(cycle, [plan], today=request.today)]),
        "statements": _said_of(cycle, [plan], request.today),
        "risks": risk_lines(cycle, [plan], today=request.today),
        "may_set_budget": may_set_budget(request.officeholder, plan),
        "exceptions_owed": sum(exception.is_owed for exception in exceptions),
        "action_ratings": tally_ratings(lines.actions),
        "indicator_ratings": tally_ratings(lines.indicators),
    }
    return render(request, "home/plan_detail.html", context)


def _said_of(
    cycle: ReportingCycle, plans: Sequence[Plan], today: date
) -> list[StatementLine | FinanceLine]:
    """List what a cycle asks about plans as a whole, with where each stands."""
    finances = finances_of(cycle, plans, today=today)
    return [
        *statements_asked(cycle, plans, today=today),
        *(line for line in finances if line.budget),
    ]


def _cycle_shown(request: CouncilRequest) -> ReportingCycle | None:
    """Take the cycle that the address asks for, or the one that matters today."""
    asked = request.GET.get("cycle", "")
    year, _, code = asked.partition("/")
    found = find_cycle(request.council, year=year, code=code) if asked else None
    return found or current_cycle(request.council, request.today)


@require_safe
@council_page
def action_detail(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show an action: what was promised, where it is, what was said."""
    page = action_page(request.council, pk, today=request.today)
    may_file = permissions.holds(request.officeholder, page.action)
    context = {
        "page": page,
        "may_file": may_file,
        "may_open_returns": may_file or permissions.answers_for(request.officeholder, page.action),
        "may_follow_up": is_permitted(check_can_follow_up, request.officeholder, page.action),
        "may_revise": is_permitted(check_can_revise, request.officeholder, request.council.pk),
    }
    return render(request, "home/action_detail.html", context)


@require_safe
@council_page
def indicator_detail(request: CouncilRequest, reference: str) -> HttpResponse:
    """Show an indicator: its target, its trend, its figures and what was said."""
    page = indicator_page(request.council, reference, today=request.today)
    may_file = permissions.holds(request.officeholder, page.figures.indicator)
    context = {
        "page": page,
        "indicator": page.figures.indicator,
        "may_file": may_file,
        "may_open_returns": may_file
        or permissions.answers_for(request.officeholder, page.figures.indicator),
        "may_follow_up": is_permitted(
            check_can_follow_up, request.officeholder, page.figures.indicator
        ),
        "may_revise": page.figures.target is not None
        and is_permitted(check_can_revise, request.officeholder, request.council.pk),
        "chart": mark_safe(page.chart),  # noqa: S308 - design.charts escapes what it draws
    }
    return render(request, "home/indicator_detail.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def target_revise(request: CouncilRequest, reference: str, year: str) -> HttpResponse:
    """Take a revised target of an indicator from the performance manager (clauses G-2, G-5)."""
    target = _target_or_404(request.council, reference, year)
    indicator = target.indicator
    check_can_revise(request.officeholder, indicator.council_id)
    revisions = list(target_revisions([indicator.pk], year=target.year))
    form = TargetRevisionForm(
        request.POST if request.method == "POST" else None,
        indicator=indicator,
        figures=target.figures,
        revisions=len(revisions),
        asks_county=needs_county(indicator),
    )
    if form.is_valid() and _revised(
        form,
        partial(
            revise_target,
            target=target,
            figures=form.given,
            grounds=form.grounds,
            county_agreement=form.county_agreement,
            by=request.officeholder,
            at=request.at,
        ),
    ):
        messages.success(request, f"The target of {indicator.reference} is revised.")
        return redirect("home:indicator_detail", request.council.name, indicator.reference)
    _show_what_stands(form, len(revisions))
    context = {
        "form": form,
        "indicator": indicator,
        "now": target_in_words(indicator, target.figures),
        "year": year_called(request.council, year),
        "revisions": revisions,
    }
    return render(request, "home/target_revise.html", context)


@require_http_methods(["GET", "POST"])
@council_page
def due_revise(request: CouncilRequest, pk: int) -> HttpResponse:
    """Take a revised date of an action from the performance manager (clause G-5)."""
    plans = Plan.objects.filter(council=request.council)
    action = get_object_or_404(actions_in(plans), pk=pk)
    check_can_revise(request.officeholder, request.council.pk)
    revisions = list(due_revisions([action.pk]))
    form = DueRevisionForm(
        request.POST if request.method == "POST" else None,
        action=action,
        revisions=len(revisions),
    )
    if form.is_valid() and _revised(
        form,
        partial(
            revise_due,
            action=action,
            due_words=form.cleaned_data["due_words"],
            due_on=form.cleaned_data["due_on"],
            grounds=form.grounds,
            by=request.officeholder,
            at=request.at,
        ),
    ):
        messages.success(request, f"The date of {action.reference} is revised.")
        return redirect("home:action_detail", request.council.name, action.pk)
    _show_what_stands(form, len(revisions))
    context = {
        "form": form,
        "action": action,
        "now": due_in_words(action.due_words, action.due_on),
        "revisions": revisions,
    }
    return render(request, "home/due_revise.html", context)


def _target_or_404(council: Council, reference: str, year: str) -> Target:
    try:
        financial_year = year_called(council, year)
    except ValueError as error:
        raise Http404("There is no such year.") from error
    targets = Target.objects.select_related("indicator").filter(indicator__council=council)
    return get_object_or_404(targets, indicator__reference=reference, year=financial_year.starts_in)


def _revised(form: RevisionForm, operation: Callable[[], Revision]) -> bool:
    """Enter a revision, or put the reasons against it into the form."""
    try:
        operation()
    except RevisionRefusedError as error:
        for field, words in error.problems.items():
            form.add_error(field if field in form.fields else None, words)
        return False
    return True


def _show_what_stands(form: RevisionForm, revisions: int) -> None:
    """Over a revision that somebody else entered meanwhile, let the form go on from that one."""
    if form.is_behind(revisions):
        form.sees(revisions)


@require_safe
@council_page
def cycle_detail(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Show a cycle: its dates, how many are in, and what owes an exception report."""
    cycle = cycle_or_404(request.council, year=year, code=code)
    plans = standings(cycle, list(plans_in(cycle)), today=request.today)
    exceptions = [exception for plan in plans for exception in plan.exceptions]
    evaluations = evaluation_lines(cycle, [each.plan for each in plans], today=request.today)
    context = {
        "cycle": cycle,
        "milestones": cycle.milestones.order_by("number"),
        "plans": plans,
        "totals": totals_of(plans),
        "may_chase": any(may_chase(request.officeholder, each.plan) for each in plans),
        "closed": closed_on(cycle, request.today),
        "may_close": is_permitted(permissions.check_can_close, request.officeholder, cycle),
        "exceptions": exceptions,
        "statements": _said_of(cycle, [each.plan for each in plans], request.today),
        "risks_missing": missing_in(
            risk_lines(cycle, [each.plan for each in plans], today=request.today)
        ),
        "evaluations": evaluations_by_plan(evaluations),
        "packs": packs.packs_for(request.officeholder).filter(cycle=cycle),
        "drafts": packs.not_issued([cycle])
        if cycle.opens_on <= request.today
        and is_permitted(pack_permissions.check_can_issue, request.officeholder)
        else [],
    }
    return render(request, "home/cycle_detail.html", context)
