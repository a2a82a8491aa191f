from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.design.words import join_words, long_date, plural
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.packs import permissions
from goldenthread.packs.compose.material import gather
from goldenthread.packs.forms import IssueForm
from goldenthread.packs.gaps import Gaps, gaps_in
from goldenthread.packs.operations.issuing import CannotIssueError, check_gaps
from goldenthread.packs.operations.issuing_all import Outcome, issue_all
from goldenthread.packs.progress import CyclePapers, papers_of
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle


@require_http_methods(["GET", "POST"])
@council_page
def cycle_papers(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Show how far the papers of a cycle are, forum by forum; issue all that are not issued yet."""
    permissions.check_can_issue(request.officeholder)
    cycle = cycle_or_404(request.council, year=year, code=code)
    papers = papers_of(cycle, today=request.today)
    if not papers.lines or request.today < cycle.opens_on:
        raise Http404("There are no papers of this cycle yet.")
    if request.headers.get("HX-Request") and request.method == "GET":
        # Asked every other second while files are made, so nothing is looked for in vain.
        return render(request, "packs/_cycle_papers.html", {"cycle": cycle, "papers": papers})
    found = _gaps(request, cycle, papers) if papers.drafts else []
    wait = _why_wait(cycle, found, request.today)
    form = _form(request, found, papers) if found and not wait else None
    if form and form.is_valid():
        outcomes = issue_all(
            cycle=cycle, by=request.officeholder, at=request.at, urgency=form.urgency
        )
        _tell(request, outcomes)
        return redirect(request.path)
    context = {"cycle": cycle, "papers": papers, "form": form, "wait": wait}
    return render(request, "packs/cycle_papers.html", context)


def _why_wait(cycle: ReportingCycle, found: list[Gaps], today: date) -> str:
    """Say from when papers can go out together, where some lack what can still come."""
    try:
        for gaps in found:
            check_gaps(cycle, gaps, day=today)
    except CannotIssueError:
        missing = max(len(gaps.returns) for gaps in found)
        day = long_date(cycle.due_on + timedelta(days=1))
        return (
            f"{plural(missing, 'return').capitalize()} can still come. All papers can be issued here "
            f"from {day}, or as soon as everything is in or the cycle is locked; those of a forum "
            "that lack nothing, at any time from its preview."
        )
    return ""


def _form(request: CouncilRequest, found: list[Gaps], papers: CyclePapers) -> IssueForm:
    """Ask of all papers that are left to issue what the preview asks of each."""
    return IssueForm(
        request.POST if request.method == "POST" else None,
        gaps=max(gaps.count for gaps in found),
        unsigned=max(len(gaps.unsigned) for gaps in found),
        parts=max(gaps.parts for gaps in found),
        is_late=any(line.asks_for_urgency for line in papers.drafts),
    )


def _gaps(request: CouncilRequest, cycle: ReportingCycle, papers: CyclePapers) -> list[Gaps]:
    """Find what the papers lack that are left to issue.

    The first forum that a framework names receives every plan, so that what its papers lack is all
    that any would; once it has its papers, each of the others is looked at.
    """
    first = papers.lines[0]
    lines = [first] if first in papers.drafts else papers.drafts
    at, today = request.at, request.today
    return [gaps_in(gather(cycle, line.body, at=at, today=today)) for line in lines]


def _tell(request: CouncilRequest, outcomes: list[Outcome]) -> None:
    issued = [outcome.body.title for outcome in outcomes if outcome.pack]
    if issued:
        messages.success(request, f"Issued to {join_words(issued)}. Their files are being made.")
    # What keeps several back is often the same, and said once.
    for words in dict.fromkeys(outcome.why_not for outcome in outcomes if outcome.why_not):
        bodies = [outcome.body.title for outcome in outcomes if outcome.why_not == words]
        messages.error(request, f"Not issued to {join_words(bodies)}. {words}")
