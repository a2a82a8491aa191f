"""A page on which somebody writes of many items at once, a row each, and each is filed by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.design.govuk_forms import SummaryError, summarise_errors
from goldenthread.design.versioned_form import WrittenForm
from goldenthread.domain.closing import Closing
from goldenthread.domain.obligations import ReturnState
from goldenthread.organisation.http import CouncilRequest
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.doors import closed_words
from goldenthread.reporting.http import file_with, key_sent, say_how_many
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.reporting.returns import ReturnRefusedError

K = TypeVar("K", bound=Drafted)
K_co = TypeVar("K_co", bound=Drafted, covariant=True)


class Line(Protocol[K_co]):
    """What is asked of an item, with what is kept of it."""

    @property
    def item(self) -> Hashable: ...
    @property
    def reference(self) -> str: ...
    @property
    def state(self) -> ReturnState: ...
    @property
    def kept(self) -> K_co | None: ...


L = TypeVar("L", bound=Line[Any])
F = TypeVar("F", bound=WrittenForm)


class Table(Protocol[L, K, F]):
    """What is written row by row: whose lines they are, and what becomes of what is sent."""

    noun: str
    template: str

    def own(self, by: Officeholder, cycle: ReportingCycle, today: date) -> Sequence[L]:
        """List the lines of what a person holds."""

    def left(self, by: Officeholder, cycle: ReportingCycle, today: date) -> Sequence[L]:
        """List what has not come in the plans that a person answers for."""

    def taken(
        self, by: Officeholder, lines: Sequence[L], cycle: ReportingCycle, today: date
    ) -> Collection[Hashable]:
        """Pick the items of lines that are taken from a person on a day."""

    def form(self, line: L, sent: Mapping[str, str] | None) -> F:
        """Make the form of a line, over what was sent or over what is kept."""

    def deed(self, request: CouncilRequest, row: Row[L, K, F]) -> Callable[[], K]:
        """Say what keeps or submits a row."""

    def call_back(self, request: CouncilRequest, cycle: ReportingCycle, key: int) -> str:
        """Make a draft again of what a key names, and name its item.

        :raises Http404: if the key names nothing
        :raises ReturnRefusedError: if it cannot be called back
        """


_CLOSED = (Closing.CLOSED_TO_OFFICERS, Closing.LOCKED)


@dataclass(kw_only=True)
class Row(Generic[L, K, F]):
    """A line with its form, whether it is taken, and what came of filing it."""

    line: L
    form: F
    takes: bool
    filed: K | None = None

    @property
    def errors(self) -> list[SummaryError]:
        if not self.form.is_bound:
            return []
        return [
            SummaryError(f"{self.line.reference}: {error.words}", error.target)
            for error in summarise_errors(self.form)
        ]

    @property
    def held(self) -> K | None:
        """What is kept of it now."""
        return self.filed or self.line.kept

    @property
    def theirs(self) -> K | None:
        """What somebody else saved while this was written."""
        kept: K | None = self.line.kept
        return kept if kept and self.form.is_behind(kept.version) else None

    @property
    def is_in(self) -> bool:
        return self.held is not None and self.held.is_submitted and not self.errors

    @property
    def is_open(self) -> bool:
        """Whether it shows its boxes: it is taken, or words were typed that must not be lost."""
        return self.takes or self.form.is_bound

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked: an action that is not due to start owes nothing."""
        return self.is_open or self.line.state is not ReturnState.NOT_DUE_TO_START


def serve_table(
    request: CouncilRequest, cycle: ReportingCycle, table: Table[L, K, F]
) -> HttpResponse:
    """Show a table and take what is written in it; whatever is right goes in, the rest stays."""
    if "call_back" in request.POST:
        return _call_back(request, cycle, table)
    rows = _rows(request, cycle, table)
    if request.method == "POST":
        _file(request, table, rows)
        filed = sum(row.filed is not None for row in rows)
        is_whole = not any(row.errors for row in rows)
        if filed or is_whole:
            say_how_many(request, filed, table.noun)
        if is_whole:
            return redirect(request.path)
    return _page(request, cycle, table, rows)


def _rows(
    request: CouncilRequest, cycle: ReportingCycle, table: Table[L, K, F]
) -> list[Row[L, K, F]]:
    """Make rows of what is a person's own, and of what is left to them once officers are late."""
    by, today = request.officeholder, request.today
    sent = request.POST if request.method == "POST" else None
    own = table.own(by, cycle, today)
    left = table.left(by, cycle, today) if cycle.closing_on(today) in _CLOSED else []
    taken = table.taken(by, [*own, *left], cycle, today)
    mine = {line.item for line in own}
    lines = [*own, *(line for line in left if line.item in taken and line.item not in mine)]
    return [
        Row(line=line, form=_form(table, line, sent), takes=line.item in taken) for line in lines
    ]


def _form(table: Table[L, K, F], line: L, sent: Mapping[str, str] | None) -> F:
    """Read a row that was sent with something new in it; any other shows what is kept."""
    form = table.form(line, sent)
    if sent is None or not form.was_sent:
        return table.form(line, None)
    is_to_submit = line.kept is not None and "draft" not in sent and not line.kept.is_unrevised
    is_new = not form.is_untouched or is_to_submit
    return form if is_new else table.form(line, None)


def _file(request: CouncilRequest, table: Table[L, K, F], rows: Iterable[Row[L, K, F]]) -> None:
    for row in rows:
        if row.form.is_bound and row.form.is_valid():
            row.filed = file_with(row.form, table.deed(request, row))


def _call_back(
    request: CouncilRequest, cycle: ReportingCycle, table: Table[L, K, F]
) -> HttpResponse:
    try:
        name = table.call_back(request, cycle, key_sent(request.POST["call_back"]))
    except ReturnRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{name} is a draft again.")
    return redirect(request.path)


def _page(
    request: CouncilRequest,
    cycle: ReportingCycle,
    table: Table[L, K, F],
    rows: Sequence[Row[L, K, F]],
) -> HttpResponse:
    for row in rows:
        if row.form.is_bound and (known := row.filed or row.theirs):
            row.form.sees(known.version)
    to_do = [row for row in rows if row.is_asked and not row.is_in]
    context = {
        "cycle": cycle,
        "rows": [row for row in to_do if row.is_open],
        "closed": [row.line for row in to_do if not row.is_open],
        "done": [row for row in rows if row.is_in],
        "can_call_back": cycle.closing_on(request.today) is Closing.OPEN,
        "errors": [error for row in to_do for error in row.errors],
        "closed_words": closed_words(cycle, request.today),
    }
    return render(request, table.template, context)
