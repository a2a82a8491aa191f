from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.chasing import operations, permissions
from goldenthread.chasing.compose import nudge_message
from goldenthread.chasing.forms import NudgeForm
from goldenthread.chasing.http import read_filters, read_messages_asked
from goldenthread.chasing.queries.board import ChaseBoard, ItemRow, PostRow
from goldenthread.chasing.queries.board import chase_board as board_of
from goldenthread.chasing.queries.filters import Filters, Kind, Layout, Standing, sorts_of
from goldenthread.chasing.queries.letters import Letter, all_on, letters_about, picked_on
from goldenthread.chasing.rendering import CSV_TYPE, XLSX_TYPE, board_csv, board_xlsx
from goldenthread.design.words import join_words, plural
from goldenthread.notices import queries as notices
from goldenthread.notices.delivery import has_mail_server
from goldenthread.notices.operations import CannotRetryError, Message, retry_notice
from goldenthread.organisation.http import CouncilRequest, council_page
from goldenthread.reporting.http import cycle_or_404
from goldenthread.reporting.models import ReportingCycle

ROWS_ON_A_PAGE = 50
_FILES = {"csv": (board_csv, CSV_TYPE), "xlsx": (board_xlsx, XLSX_TYPE)}


@require_safe
@council_page
def chase_board(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Show who owes what in a cycle to those who chase it, by plan and by post."""
    board = _board(request, year, code)
    asked = read_filters(request.GET, board)
    rows = _rows(board, asked.filters)
    context = {
        "board": board,
        "cycle": board.cycle,
        "filters": asked.filters,
        "problems": asked.problems,
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(asked.filters.page),
        "standings": list(Standing),
        "kinds": list(Kind),
        "sorts": sorts_of(asked.filters.layout),
    }
    return render(request, "chasing/chase_board.html", context)


def _board(request: CouncilRequest, year: str, code: str) -> ChaseBoard:
    cycle = cycle_or_404(request.council, year=year, code=code)
    plans = permissions.chased_plans(request.officeholder, cycle)
    return board_of(cycle, plans, today=request.today)


def _rows(board: ChaseBoard, filters: Filters) -> Sequence[ItemRow | PostRow]:
    by_item = filters.layout is Layout.ITEM
    return board.item_rows(filters) if by_item else board.post_rows(filters)


@require_safe
@council_page
def chase_export(request: CouncilRequest, year: str, code: str, kind: str) -> HttpResponse:
    """Hand out the board as it is filtered, as a file; a filter that is not known leads back to it."""
    if kind not in _FILES:
        raise Http404("The board can be had as csv or xlsx.")
    board = _board(request, year, code)
    asked = read_filters(request.GET, board)
    if asked.problems:
        where = reverse("chasing:chase_board", args=[request.council.name, year, code])
        return redirect(f"{where}?{request.GET.urlencode()}")
    write, media_type = _FILES[kind]
    rows = board.item_rows(asked.filters.by_item)
    response = HttpResponse(write(board.cycle, rows), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(board.cycle)}.{kind}"'
    return response


def _name(cycle: ReportingCycle) -> str:
    return f"{cycle.council.name}-{cycle.slug.replace('/', '-')}-chase-board"


@require_http_methods(["GET", "POST"])
@council_page
def nudge_preview(request: CouncilRequest, year: str, code: str) -> HttpResponse:
    """Show the message that each person will get about what was ticked; then send them all."""
    board = _board(request, year, code)
    picked = _picked(request, board)
    found = letters_about(board, picked)
    form = NudgeForm(
        request.POST if "send" in request.POST else None,
        picked=picked,
        nudged_today=found.nudged_today,
        note=request.POST.get("note", ""),
    )
    if form.is_valid() and (sent := _send(request, board.cycle, picked, form)):
        messages.success(request, _said_of(sent))
        return redirect("chasing:chase_board", request.council.name, year, code)
    note = str(form["note"].value() or "")
    context = {
        "form": form,
        "cycle": board.cycle,
        "found": found,
        "drafts": [_draft(request, board, letter, note) for letter in found.letters],
    }
    return render(request, "chasing/nudge_preview.html", context)


def _picked(request: CouncilRequest, board: ChaseBoard) -> list[str]:
    if request.method == "POST":
        return request.POST.get("picked", "").split()
    filters = read_filters(request.GET, board).filters
    if "all" in request.GET:
        return all_on(board, filters)
    return picked_on(board, filters, request.GET.getlist("pick"))


def _send(
    request: CouncilRequest, cycle: ReportingCycle, picked: list[str], form: NudgeForm
) -> operations.Nudged | None:
    try:
        return operations.nudge(
            cycle=cycle,
            picked=picked,
            note=form.cleaned_data["note"],
            again=form.cleaned_data.get("again", False),
            by=request.officeholder,
            at=request.at,
        )
    except operations.NudgeRefusedError as error:
        form.add_error(None, str(error))
        return None


def _said_of(done: operations.Nudged) -> str:
    written = f"{plural(len(done.written), 'message')} written, to go out at once."
    if not done.left:
        return written
    names = [letter.person.name for letter in done.left]
    deed = "has" if len(names) == 1 else "have"
    return f"{written} {join_words(names)} {deed} left: nothing is written."


def _draft(
    request: CouncilRequest, board: ChaseBoard, letter: Letter, note: str
) -> tuple[Letter, Message]:
    message = nudge_message(
        cycle=board.cycle,
        name=letter.person.name,
        obligations=letter.obligations,
        note=note,
        by=request.officeholder,
        today=request.today,
    )
    return letter, message


@require_safe
@council_page
def message_list(request: CouncilRequest) -> HttpResponse:
    """Show the performance manager what was written to whom, and what the mail server said."""
    permissions.check_can_see_messages(request.officeholder)
    asked = read_messages_asked(request.GET)
    listed = _MESSAGES[asked.shown](request.council.name, request.at).defer("text", "html")
    context = {
        "shown": asked.shown,
        "problems": asked.problems,
        "tally": notices.tally(request.council.name, request.at),
        "page": Paginator(listed, ROWS_ON_A_PAGE).get_page(asked.page),
        "at": request.at,
        "without_server": not has_mail_server(),
    }
    return render(request, "chasing/message_list.html", context)


_MESSAGES = {
    "": notices.every,
    "waiting": notices.waiting,
    "sent": notices.sent,
    "refused": notices.refused,
    "lapsed": notices.lapsed,
}


@require_POST
@council_page
def message_retry(request: CouncilRequest, pk: int) -> HttpResponse:
    """Let a message that the mail server refused be tried again."""
    permissions.check_can_see_messages(request.officeholder)
    notice = get_object_or_404(notices.notices_of(request.council.name), pk=pk)
    try:
        retry_notice(notice=notice, by=request.user, at=request.at)
    except CannotRetryError:
        name = notice.recipient_name
        words = (
            f"Nothing more is sent to {name}: it waits, was sent meanwhile or is out of date, "
            f"or {name} has left."
        )
        messages.warning(request, words)
    else:
        words = f"The message to {notice.recipient_name} will be tried again."
        messages.success(request, words)
    return redirect("chasing:message_list", request.council.name)
