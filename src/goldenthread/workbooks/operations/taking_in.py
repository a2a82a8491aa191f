"""Taking in a workbook of returns: it is uploaded and tried out, and only then confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.design.words import long_date
from goldenthread.domain.kinds import ItemKind
from goldenthread.office_files.opening import open_workbook
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting import permissions
from goldenthread.reporting.models import OfficersReturn, ReportingCycle, UploadedWorkbook
from goldenthread.reporting.operations.filing import corrects
from goldenthread.reporting.operations.sittings import Sitting, sit_down
from goldenthread.reporting.queries.filings import ActionFiling
from goldenthread.reporting.queries.own_filings import Filing, OwnFilings, own_filings
from goldenthread.reporting.returns import (
    IncompleteReturnError,
    ReturnRefusedError,
    UnconfirmedDoubtsError,
)
from goldenthread.workbooks.operations.rows import (
    RowReturn,
    draft_row,
    held_by,
    submit_row,
)
from goldenthread.workbooks.sheets.differences import differences
from goldenthread.workbooks.sheets.items import expected_of
from goldenthread.workbooks.sheets.layout import SHEETS
from goldenthread.workbooks.sheets.preview import (
    Outcome,
    PreviewRow,
    Question,
    TakenRow,
    Verdict,
    problems_to_json,
    results_to_json,
    rows_from_json,
    rows_to_json,
)
from goldenthread.workbooks.sheets.reading import CellProblem, ReadRow, read_workbook

LONGEST_NAME = 200
NOT_TICKED = "You did not tick what was asked about it."
ON_ITS_PAGE = "This return is in. Put it right on its own page, which asks for the reason."
ItemKey = tuple[ItemKind, int]


class TakenInAlreadyError(Exception):
    """The workbook was taken in before."""


class _TriedOut(Exception):  # noqa: N818 - nothing went wrong
    """Everything was tried, and nothing of it is to stay."""


def upload_workbook(
    *, cycle: ReportingCycle, content: bytes, file_name: str, by: Officeholder, at: datetime
) -> UploadedWorkbook:
    """Read a workbook that an officer filled, and keep what it would change; nothing is changed yet.

    :raises PermissionDenied: if the cycle is another council's
    :raises UnreadableWorkbookError: if the file is no workbook that we can read; in words
    """
    permissions.check_can_file_in(by, cycle)
    sheets = open_workbook(content, tuple(SHEETS.values()))
    own = own_filings(cycle, by)
    read = read_workbook(sheets, expected_of(cycle, own))
    rows = _try_out(cycle, own, read.rows, by, at)
    with transaction.atomic():
        workbook = UploadedWorkbook.objects.create(
            cycle=cycle,
            file_name=file_name[-LONGEST_NAME:] or "workbook",
            sha256=hashlib.sha256(content).hexdigest(),
            problems=problems_to_json(read.problems),
            rows=rows_to_json(rows),
            uploaded_at=at,
            uploaded_by=by.user,
        )
        audit.record(
            council=by.council.name,
            verb=Verb.WORKBOOK_UPLOADED,
            target=workbook,
            by=by.user,
            at=at,
            changes={"sha256": [None, workbook.sha256], "rows": [0, len(rows)]},
        )
    return workbook


def _try_out(
    cycle: ReportingCycle,
    own: OwnFilings,
    rows: Iterable[ReadRow],
    by: Officeholder,
    at: datetime,
) -> tuple[PreviewRow, ...]:
    """File each row as if it were confirmed, and take all back: so the preview tells no other rules."""
    filings = _by_item(own)
    tried: list[PreviewRow] = []
    with suppress(_TriedOut), _sitting(cycle, own, by, at) as sitting:
        tried.extend(_preview(sitting, row, filings[row.item_kind, row.item_id]) for row in rows)
        raise _TriedOut
    return tuple(tried)


def _sitting(
    cycle: ReportingCycle, own: OwnFilings, by: Officeholder, at: datetime
) -> AbstractContextManager[Sitting]:
    return sit_down(
        cycle=cycle,
        actions=[filing.action for filing in own.actions],
        indicators=[filing.figures.indicator for filing in own.indicators],
        by=by,
        at=at,
    )


def _by_item(own: OwnFilings) -> dict[ItemKey, Filing]:
    return {_key_of(filing): filing for filing in own.every}


def _key_of(filing: Filing) -> ItemKey:
    is_action = isinstance(filing, ActionFiling)
    return (ItemKind.ACTION if is_action else ItemKind.INDICATOR), filing.item.pk


def _preview(sitting: Sitting, row: ReadRow, filing: Filing) -> PreviewRow:
    """Say what a row would do."""
    shown = PreviewRow(
        where=row.where,
        item_kind=row.item_kind,
        item_id=row.item_id,
        reference=row.reference,
        title=row.title,
        answers=row.answers,
        verdict=Verdict.REFUSE,
        problems=row.problems,
    )
    held = held_by(filing)
    if row.problems:
        return shown
    if row.answers.is_blank:
        note = "" if held.is_blank else "Nothing is written here. What you have kept stays."
        return replace(shown, verdict=Verdict.LEAVE, note=note)
    if filing.update and filing.update.is_submitted and row.answers == held:
        return replace(shown, verdict=Verdict.LEAVE, note="It is in already, as it stands here.")
    shown = replace(shown, differences=differences(filing, held, row.answers))
    return _tried(sitting, row, filing, shown)


def _is_correction(sitting: Sitting, filing: Filing) -> bool:
    """Test whether a row would put right what is in, which its own page takes, with the reason."""
    is_in = corrects(filing.update, sitting.cycle, sitting.at)
    return is_in and sitting.door.takes(filing.item)


def _tried(sitting: Sitting, row: ReadRow, filing: Filing, shown: PreviewRow) -> PreviewRow:
    if _is_correction(sitting, filing):
        return replace(shown, note=ON_ITS_PAGE, is_correction=True)
    version = filing.update.version if filing.update else 0
    shown = replace(
        shown,
        seen_version=version,
        questions=tuple(_who_saved_since(row, filing.update, sitting.by)),
    )
    said = RowReturn(filing=filing, answers=row.answers, seen_version=version)
    try:
        doubts = tuple(_doubts_on_the_way(sitting, said, row))
    except IncompleteReturnError as error:
        lacks = tuple(_problems(error.problems, row))
        return _tried_as_draft(sitting, said, replace(shown, problems=lacks))
    except (ReturnRefusedError, PermissionDenied) as error:
        return replace(shown, note=str(error), questions=())
    return replace(shown, verdict=Verdict.SUBMIT, questions=(*shown.questions, *doubts))


def _tried_as_draft(sitting: Sitting, said: RowReturn, shown: PreviewRow) -> PreviewRow:
    if not shown.differences:
        note = "Your draft is as it stands here."
        return replace(shown, verdict=Verdict.LEAVE, note=note, questions=())
    try:
        draft_row(sitting, said)
    except (ReturnRefusedError, PermissionDenied) as error:
        return replace(shown, note=str(error), problems=(), questions=())
    return replace(shown, verdict=Verdict.DRAFT)


def _doubts_on_the_way(sitting: Sitting, said: RowReturn, row: ReadRow) -> Iterator[Question]:
    """Submit a row, and list the doubts that have to be ticked for it."""
    try:
        submit_row(sitting, said)
    except UnconfirmedDoubtsError as error:
        ticked = frozenset(doubt.key for doubt in error.to_tick)
        submit_row(sitting, replace(said, confirmed=ticked))
        for doubt in error.to_tick:
            yield Question(key=doubt.key, where=_where(doubt.field, row), words=doubt.words)


def _who_saved_since(
    row: ReadRow, update: OfficersReturn | None, by: Officeholder
) -> Iterator[Question]:
    """Ask whether to write over what somebody else saved after the workbook was made.

    What the officer saved themself they know; they see what it was and will be all the same.
    """
    if update is None or update.version == row.version or update.saved_by_id == by.user.pk:
        return
    saved = timezone.localtime(update.saved_at)
    yield Question(
        key=f"replace-{update.version}",
        where=row.where,
        words=f"{update.saved_by.name} saved this return on {long_date(saved.date())} at {saved:%H:%M}, "
        "after this workbook was made. Tick to replace theirs with yours.",
        holds_back=True,
    )


def _problems(problems: Mapping[str, str], row: ReadRow) -> Iterator[CellProblem]:
    for field, words in problems.items():
        yield CellProblem(where=_where(field, row), words=words)


def _where(field: str, row: ReadRow) -> str:
    """Find the cell of an operation's field: figure_2009_04_01 is that of April 2009."""
    day = field.removeprefix("figure_").replace("_", "-")
    return row.cells.get(field) or row.cells.get(day) or row.where


@transaction.atomic
def take_in_workbook(
    *,
    workbook: UploadedWorkbook,
    ticked: Collection[str] = (),
    only_drafts: bool = False,
    by: Officeholder,
    at: datetime,
) -> UploadedWorkbook:
    """File the rows of a workbook as its preview showed them, each by itself.

    A row whose question is not ticked is kept as a draft, or left where it would write over somebody
    else's words. A row that is refused, because somebody saved meanwhile or the cycle has closed,
    never loses the others.

    :raises PermissionDenied: if somebody else uploaded it
    :raises TakenInAlreadyError: if it was taken in before
    """
    held = UploadedWorkbook.objects.select_for_update(of=("self",)).get(pk=workbook.pk)
    if held.uploaded_by_id != by.user.pk:
        raise PermissionDenied("Only whoever uploaded a workbook can take it in.")
    if held.is_taken_in:
        raise TakenInAlreadyError("This workbook was taken in already.")
    own = own_filings(workbook.cycle, by)
    filings = _by_item(own)
    with _sitting(workbook.cycle, own, by, at) as sitting:
        results = tuple(
            _take_in(sitting, row, filings.get((row.item_kind, row.item_id)), ticked, only_drafts)
            for row in rows_from_json(held.rows)
        )
    held.results, held.taken_in_at = results_to_json(results), at
    held.save(update_fields=["results", "taken_in_at"])
    audit.record(
        council=by.council.name,
        verb=Verb.WORKBOOK_TAKEN_IN,
        target=held,
        by=by.user,
        at=at,
        changes={
            outcome.value: [0, sum(result.outcome is outcome for result in results)]
            for outcome in Outcome
        },
    )
    return held


def _take_in(
    sitting: Sitting,
    row: PreviewRow,
    filing: Filing | None,
    ticked: Collection[str],
    only_drafts: bool,
) -> TakenRow:
    taken = TakenRow(
        where=row.where,
        item_kind=row.item_kind,
        item_id=row.item_id,
        reference=row.reference,
        title=row.title,
        outcome=Outcome.LEFT,
        problems=row.problems,
        note=row.note,
    )
    verdict = row.verdict_with(ticked)
    if verdict is Verdict.REFUSE:
        return replace(taken, outcome=Outcome.REFUSED)
    if verdict is Verdict.LEAVE:
        return taken if row.verdict is verdict else replace(taken, note=NOT_TICKED)
    if filing is None:
        return replace(taken, outcome=Outcome.REFUSED, note="This is no longer yours to file.")
    said = RowReturn(
        filing=filing,
        answers=row.answers,
        seen_version=row.seen_version,
        confirmed=row.confirmed(ticked),
    )
    if verdict is not row.verdict:
        taken = replace(taken, note=NOT_TICKED)
    try:
        return _filed(sitting, said, taken, submits=verdict is Verdict.SUBMIT and not only_drafts)
    except (ReturnRefusedError, PermissionDenied) as error:
        return replace(taken, outcome=Outcome.REFUSED, problems=(), note=str(error))


def _filed(sitting: Sitting, said: RowReturn, taken: TakenRow, *, submits: bool) -> TakenRow:
    """Submit a row, or keep it as a draft if it is not to be submitted or turns out not to be whole."""
    note = taken.note
    if submits:
        try:
            submit_row(sitting, said)
        except (IncompleteReturnError, UnconfirmedDoubtsError) as error:
            note = str(error)
        else:
            return replace(taken, outcome=Outcome.SUBMITTED)
    draft_row(sitting, said)
    return replace(taken, outcome=Outcome.DRAFTED, note=note)
