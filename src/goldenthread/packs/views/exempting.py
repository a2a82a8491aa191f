from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Body
from goldenthread.packs import permissions, queries
from goldenthread.packs.compose.exempting import ExemptiblePart, exemptible_parts
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.forms import ExemptForm
from goldenthread.packs.operations import exempting, issuing
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle


@require_http_methods(["GET", "POST"])
@council_page
def pack_exempt(request: CouncilRequest, year: str, code: str, body: str) -> HttpResponse:
    """Show what of a forum's papers the public does not read; mark another part as exempt."""
    permissions.check_can_issue(request.officeholder)
    cycle = cycle_or_404(request.council, year=year, code=code)
    receiver = get_object_or_404(Body, council=request.council, code__iexact=body)
    parts = _parts(request, cycle, receiver)
    form = ExemptForm(request.POST if request.method == "POST" else None, parts=parts)
    if form.is_valid():
        title = next(part.title for part in parts if part.anchor == form.cleaned_data["part"])
        try:
            exempting.mark_exempt(
                cycle=cycle,
                anchor=form.cleaned_data["part"],
                title=title,
                paragraph=form.paragraph,
                reason=form.cleaned_data["reason"],
                by=request.officeholder,
                at=request.at,
            )
        except exempting.AlreadyExemptError as error:
            form.add_error("part", str(error))
        else:
            messages.success(request, f"{title} is left out of the public's papers.")
            return redirect(request.path)
    context = {
        "form": form,
        "cycle": cycle,
        "body": receiver,
        "exemptions": queries.exemptions_of(cycle),
        "issued": queries.latest_issued(cycle, receiver),
    }
    return render(request, "packs/pack_exempt.html", context)


def _parts(request: CouncilRequest, cycle: ReportingCycle, body: Body) -> list[ExemptiblePart]:
    try:
        issuing.check_can_be_issued(cycle, body, day=request.today)
        return exemptible_parts(compose(cycle, body, at=request.at))
    except (issuing.CannotIssueError, NotReceivedError) as error:
        raise Http404(str(error)) from error


@require_POST
@council_page
def exemption_lift(
    request: CouncilRequest, year: str, code: str, body: str, pk: int
) -> HttpResponse:
    """Let the public read again what was marked as exempt, in papers that are yet to be issued."""
    permissions.check_can_issue(request.officeholder)
    cycle = cycle_or_404(request.council, year=year, code=code)
    exemption = get_object_or_404(queries.exemptions_of(cycle), pk=pk)
    exempting.lift_exemption(exemption=exemption, by=request.officeholder, at=request.at)
    messages.success(request, f"{exemption.title} is no longer exempt.")
    return redirect("packs:pack_exempt", request.council.name, year, code, body)
