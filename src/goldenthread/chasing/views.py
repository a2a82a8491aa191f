from __future__ import annotations

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from goldenthread.chasing import permissions
from goldenthread.chasing.http import read_filters
from goldenthread.chasing.queries.board import ChaseBoard, ItemRow, PostRow
from goldenthread.chasing.queries.board import chase_board as board_of
from goldenthread.chasing.queries.filters import Filters, Layout, Standing
from goldenthread.chasing.queries.obligations import ObligationKind
from goldenthread.chasing.rendering import CSV_TYPE, XLSX_TYPE, board_csv, board_xlsx
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
        "kinds": list(ObligationKind),
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
