from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.design.words import join_words, plural
from goldenthread.domain.exceptions import owes_exception_report
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting import doors
from goldenthread.reporting.my_updates import my_updates
from goldenthread.reporting.views.rows import Row, file_rows, grouped, rows_of
from goldenthread.reporting.views.strays import Stray, strays_of

NAMED_AT_MOST = 6


@require_http_methods(["GET", "POST"])
@council_page
def my_updates_table(request: CouncilRequest) -> HttpResponse:
    """Take all that somebody owes in one table; whatever is right goes in, whatever is not stays."""
    rows = rows_of(request, my_updates(request.officeholder, today=request.today))
    strays = strays_of(request, rows)
    if request.method == "POST":
        as_draft = "draft" in request.POST
        file_rows(request, rows, as_draft=as_draft)
        is_whole = not strays and not any(row.errors for row in rows if row.form.is_bound)
        _say(request, rows, as_draft=as_draft, is_whole=is_whole)
        if is_whole and any(row.filed for row in rows):
            return _after(request, rows, as_draft=as_draft)
    return _table_page(request, rows, strays)


def _table_page(
    request: CouncilRequest, rows: Sequence[Row], strays: Sequence[Stray]
) -> HttpResponse:
    shown = [row for row in rows if not (row.filed and row.filed.is_submitted)]
    open_to_me = [row for row in shown if row.takes]
    shut = {row.item.cycle.pk: row.item.cycle for row in shown if not row.item.takes}
    context: dict[str, Any] = {
        "groups": grouped(open_to_me),
        "rows": open_to_me,
        "closed": [row.item for row in shown if not row.takes],
        "strays": strays,
        "errors": [
            *(error for row in open_to_me if row.form.is_bound for error in row.errors),
            *(stray.error for stray in strays),
        ],
        "closed_words": {
            pk: doors.closed_words(cycle, request.today) for pk, cycle in shut.items()
        },
    }
    for row in open_to_me:
        if known := row.filed or row.theirs:
            row.form.sees(known.version)
    return render(request, "reporting/my_updates_table.html", context)


def _say(request: CouncilRequest, rows: Sequence[Row], *, as_draft: bool, is_whole: bool) -> None:
    """Say how many went in, and which rows were left alone because nothing was written in them."""
    filed = [row for row in rows if row.filed]
    empty = [row for row in rows if row.takes and not row.form.is_bound]
    if filed:
        # Where something is to be mended, the summary of errors is what takes the focus.
        say = messages.success if is_whole else messages.info
        say(request, f"{plural(len(filed), 'return')} {_done(filed, as_draft=as_draft)}.")
    if as_draft and is_whole and not filed:
        messages.info(request, "Nothing new was written since the drafts were last kept.")
    elif empty:
        left = "Left alone, since nothing new was written there"
        messages.info(request, f"{left}: {_named(empty)}.")


def _done(filed: Sequence[Row], *, as_draft: bool) -> str:
    if len(filed) == 1:
        return "is kept as a draft" if as_draft else "is in"
    return "are kept as drafts" if as_draft else "are in"


def _named(rows: Sequence[Row]) -> str:
    names = [row.item.reference for row in rows[:NAMED_AT_MOST]]
    more = len(rows) - len(names)
    return join_words([*names, f"{more} more"] if more else names)


def _after(request: CouncilRequest, rows: Sequence[Row], *, as_draft: bool) -> HttpResponse:
    """Go on to what comes next: exception reports if any is owed, or what is left to do."""
    if as_draft:
        return redirect("reporting:my_updates_table", request.council.name)
    owing = [row for row in rows if _owes_exception_report(row)]
    if owing:
        reports = "an exception report" if len(owing) == 1 else "exception reports"
        messages.info(request, f"Red or amber asks for {reports}: {_named(owing)}.")
        return redirect("home:home", request.council.name)
    return redirect("reporting:my_updates", request.council.name)


def _owes_exception_report(row: Row) -> bool:
    return row.filed is not None and owes_exception_report(
        cycle_kind=row.item.cycle.kind,
        item_kind=row.item.item_kind,
        rating=row.filed.rating,
        rule=row.framework.exception_rule,
    )
