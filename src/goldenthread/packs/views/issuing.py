from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Body
from goldenthread.packs import permissions, queries
from goldenthread.packs.compose.material import Material, NotReceivedError, gather
from goldenthread.packs.compose.pack import as_preview, compose_from
from goldenthread.packs.compose.short_form import PaperForm
from goldenthread.packs.forms import IssueForm
from goldenthread.packs.gaps import Gaps, gaps_in
from goldenthread.packs.models import Pack
from goldenthread.packs.operations import issuing
from goldenthread.packs.publication import publication_of
from goldenthread.packs.views.papers import on_page
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle


@require_http_methods(["GET", "POST"])
@council_page
def pack_preview(request: CouncilRequest, year: str, code: str, body: str) -> HttpResponse:
    """Show the performance manager a pack as it would be issued now, with what is missing; issue it."""
    permissions.check_can_issue(request.officeholder)
    cycle = cycle_or_404(request.council, year=year, code=code)
    receiver = get_object_or_404(Body, council=request.council, code__iexact=body)
    issued = queries.latest_issued(cycle, receiver)
    if issued:
        return redirect("packs:pack_detail", request.council.name, issued.pk)
    return _preview(request, _material(request, cycle, receiver), before=None)


@require_http_methods(["GET", "POST"])
@council_page
def pack_again(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show what would differ if papers were issued again now; issue them again, with a reason."""
    permissions.check_can_issue(request.officeholder)
    before = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    latest = queries.latest_issued(before.cycle, before.body)
    if latest and latest.pk != before.pk:
        return redirect("packs:pack_again", request.council.name, latest.pk)
    return _preview(request, _material(request, before.cycle, before.body), before=before)


def _material(request: CouncilRequest, cycle: ReportingCycle, body: Body) -> Material:
    try:
        issuing.check_can_be_issued(cycle, body, day=request.today)
        return gather(cycle, body, at=request.at, today=request.today)
    except (issuing.CannotIssueError, NotReceivedError) as error:
        raise Http404(str(error)) from error


def _preview(request: CouncilRequest, material: Material, *, before: Pack | None) -> HttpResponse:
    gaps = gaps_in(material)
    publication = publication_of(material.cycle, material.body).of_issue(
        request.today, is_again=before is not None
    )
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        gaps=gaps.count,
        unsigned=len(gaps.unsigned),
        parts=gaps.parts,
        is_again=before is not None,
        is_late=publication.asks_for_urgency(request.today),
    )
    wait = _why_wait(material.cycle, gaps, request.today)
    if form.is_valid() and not wait:
        return _issue(request, material, form)
    paper_form = PaperForm.SHORT if request.GET.get("form") == "short" else PaperForm.FULL
    context = {
        "form": form,
        "is_short": paper_form is PaperForm.SHORT,
        "cycle": material.cycle,
        "body": material.body,
        "material": material,
        "gaps": gaps,
        "wait": wait,
        "before": before,
        "publication": publication,
        "exempt": queries.exemptions_of(material.cycle),
        "lateness": publication.lateness(request.today),
        "paper": on_page(as_preview(compose_from(material, form=paper_form))),
    }
    return render(request, "packs/pack_preview.html", context)


def _why_wait(cycle: ReportingCycle, gaps: Gaps, today: date) -> str:
    """Say why papers should not go out yet; nothing where they may."""
    try:
        issuing.check_gaps(cycle, gaps, day=today)
    except issuing.CannotIssueError as error:
        return str(error)
    return ""


def _issue(request: CouncilRequest, material: Material, form: IssueForm) -> HttpResponse:
    cycle, body = material.cycle, material.body
    try:
        pack = issuing.issue_pack(
            cycle=cycle,
            body=body,
            by=request.officeholder,
            at=request.at,
            reason=form.cleaned_data.get("reason", ""),
            urgency=form.urgency,
        )
    except (issuing.AlreadyIssuedError, issuing.CannotIssueError):
        # Somebody else was quicker; the preview leads on to what they issued, or says why not.
        return redirect(request.path)
    messages.success(
        request,
        f"The papers of {cycle.title} are issued to {body.title}. Their files are being made.",
    )
    return redirect("packs:pack_detail", request.council.name, pack.pk)
