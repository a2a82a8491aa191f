from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.accounts.permits import is_permitted
from goldenthread.documents.formats import Format
from goldenthread.documents.renderers import html
from goldenthread.documents.tree import from_json
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.organisation.models import Body
from goldenthread.packs import operations, permissions, queries
from goldenthread.packs.compose.material import NotReceivedError, gather
from goldenthread.packs.compose.pack import as_preview, compose_from
from goldenthread.packs.forms import IssueForm
from goldenthread.packs.gaps import Gaps, gaps_in
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import cycles_of


@require_safe
@council_page
def pack_list(request: CouncilRequest) -> HttpResponse:
    """List the papers that a person may read."""
    may_issue = is_permitted(permissions.check_can_issue, request.officeholder)
    opened = cycles_of(request.council).filter(opens_on__lte=request.today)
    context = {
        "packs": queries.packs_for(request.officeholder),
        "drafts": queries.not_issued(opened) if may_issue else [],
    }
    return render(request, "packs/pack_list.html", context)


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
    try:
        operations.check_can_be_issued(cycle, receiver, day=request.today)
        material = gather(cycle, receiver, at=request.at, today=request.today)
    except (operations.CannotIssueError, NotReceivedError) as error:
        raise Http404(str(error)) from error
    gaps = gaps_in(material)
    form = IssueForm(
        request.POST if request.method == "POST" else None,
        gaps=gaps.count,
        unsigned=len(gaps.unsigned),
        parts=gaps.parts,
    )
    wait = _why_wait(cycle, gaps, request.today)
    if form.is_valid() and not wait:
        return _issue(request, cycle, receiver)
    context = {
        "form": form,
        "cycle": cycle,
        "body": receiver,
        "material": material,
        "gaps": gaps,
        "wait": wait,
        "paper": _on_page(html.render_body(as_preview(compose_from(material)))),
    }
    return render(request, "packs/pack_preview.html", context)


def _why_wait(cycle: ReportingCycle, gaps: Gaps, today: date) -> str:
    """Say why papers should not go out yet; nothing where they may."""
    try:
        operations.check_gaps(cycle, gaps, day=today)
    except operations.CannotIssueError as error:
        return str(error)
    return ""


def _issue(request: CouncilRequest, cycle: ReportingCycle, body: Body) -> HttpResponse:
    try:
        pack = operations.issue_pack(cycle=cycle, body=body, by=request.officeholder, at=request.at)
    except (operations.AlreadyIssuedError, operations.CannotIssueError):
        # Somebody else was quicker; the preview leads on to what they issued, or says why not.
        return redirect(request.path)
    messages.success(request, f"The papers of {cycle.title} are issued to {body.title}.")
    return redirect("packs:pack_detail", request.council.name, pack.pk)


@require_safe
@council_page
def pack_detail(request: CouncilRequest, pk: int) -> HttpResponse:
    """Show an issued pack as it was issued, with its files."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    document = from_json(bytes(pack.tree))
    context = {
        "pack": pack,
        "files": queries.files_of(pack),
        "paper": _on_page(html.render_body(document)),
    }
    return render(request, "packs/pack_detail.html", context)


@require_safe
@council_page
def pack_download(request: CouncilRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out one file of an issued pack, byte for byte as it was frozen."""
    pack = get_object_or_404(queries.packs_for(request.officeholder), pk=pk)
    if kind not in list(Format):
        raise Http404("There is no such kind of file.")
    file = get_object_or_404(pack.files, format=kind)
    name = f"{pack.cycle.council.name}-{pack.cycle.slug.replace('/', '-')}-{pack.body.code}"
    response = HttpResponse(bytes(file.content), content_type=file.format.media_type)
    # A file holds its own styles, which the site's pages may not, and no script.
    response["Content-Disposition"] = f'attachment; filename="{name}.{file.format.value}"'
    return response


def _on_page(paper: str) -> str:
    """Let a page hold a paper: the renderer has escaped all that anybody typed."""
    return mark_safe(paper)  # noqa: S308 - see above, and tests/packs
