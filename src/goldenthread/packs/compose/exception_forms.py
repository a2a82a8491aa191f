"""Exception reports, one to a page, reds before ambers within each plan (clauses D-4, E-2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from goldenthread.design.words import long_date
from goldenthread.documents.tree import (
    Answer,
    Block,
    BulletList,
    Cell,
    Column,
    ExceptionForm,
    Fact,
    Notice,
    Row,
    Section,
    Table,
)
from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.queries.reports import ExceptionLine, answers_in_words
from goldenthread.exception_reports.queries.steps import Promise
from goldenthread.packs.compose.material import Material, exception_anchor, item_anchor
from goldenthread.plans.models import Plan
from goldenthread.reporting.filers import filed_by_another
from goldenthread.reporting.queries.lines import Line


def exception_forms(material: Material, plan: Plan) -> Section | None:
    """Lay out a plan's exception reports, and name those owed; None where nothing is off track."""
    return _section(
        material,
        material.exceptions_of(plan),
        title=f"Exception reports: {plan.title}",
        anchor=f"exception-reports-{plan.code.lower()}",
    )


def exception_forms_rated(material: Material, rating: Rating) -> Section | None:
    """Lay out every exception report at one rating, for a forum that considers reds before ambers."""
    return _section(
        material,
        [each for each in material.exceptions if each.line.rating is rating],
        title=f"{rating.label} exception reports",
        anchor=f"exception-reports-{rating.value}",
    )


def _section(
    material: Material, exceptions: Sequence[ExceptionLine[Line]], *, title: str, anchor: str
) -> Section | None:
    if not exceptions:
        return None
    owed = [_owed_words(exception) for exception in exceptions if exception.is_owed]
    blocks: list[Block] = []
    if owed:
        blocks = [Notice("Exception reports that have not come:"), BulletList(tuple(owed))]
    blocks += [
        _form(material, exception, exception.report)
        for exception in exceptions
        if exception.report and not exception.is_owed
    ]
    return Section(title=title, anchor=anchor, blocks=tuple(blocks))


def _facts(material: Material, line: Line, report: ExceptionReport) -> tuple[Fact, ...]:
    run = material.runs.get((line.item_kind, line.item_id))
    return (
        Fact("Plan", line.plan.title),
        Fact("Lead Member of DMT", line.plan.lead_member.title),
        Fact("Officer responsible", _officer_words(line, report)),
        Fact(line.item_kind.value.capitalize(), line.title),
        *([Fact("How long", run.words)] if run and run.is_repeated else []),
        Fact("Endorsed", _endorsed_words(report)),
    )


def _officer_words(line: Line, report: ExceptionReport) -> str:
    """Name the post that answers for the item, and beside it whoever else filed the report."""
    filed = filed_by_another(report, line.item)
    return f"{line.officer}. {filed}" if filed else line.officer


def _endorsed_words(report: ExceptionReport) -> str:
    given = report.endorsed_as(EndorsingRole.LEAD_MEMBER)
    if given is None:
        return "Not yet by the Lead Member of DMT"
    day = timezone.localdate(given.given_at)
    return f"By {given.given_by.name} as {given.given_for.title}, {long_date(day)}"


def _tables(report: ExceptionReport, promised: Sequence[Promise]) -> tuple[Table, ...]:
    """Lay out the steps that are planned now, and what became of those promised before."""
    planned, before = _planned_steps(report), _steps_before(promised)
    return tuple(table for table in (planned, before) if table.rows)


def _planned_steps(report: ExceptionReport) -> Table:
    return Table(
        caption="Planned steps",
        columns=(Column("What", width=8), Column("Who", width=4), Column("By when", width=3)),
        rows=tuple(
            Row((Cell(step.what, note=step.note), Cell(step.owner_name), Cell(_day(step.due_on))))
            for step in report.steps.all()
        ),
    )


def _steps_before(promised: Sequence[Promise]) -> Table:
    return Table(
        caption="What became of the steps promised last quarter",
        columns=(
            Column("Step", width=8),
            Column("Who", width=4),
            Column("Promised by", width=3),
            Column("What became of it", width=7),
        ),
        rows=tuple(
            Row(
                (
                    Cell(promise.step.what),
                    Cell(promise.step.owner_name),
                    Cell(_day(promise.step.due_on)),
                    Cell(_outcome_words(promise)),
                )
            )
            for promise in promised
        ),
    )


def _outcome_words(promise: Promise) -> str:
    if promise.told is None:
        return "Nothing said yet"
    moved = f", now by {_day(promise.due_on)}" if promise.is_open else ""
    words = f". {promise.told.words}" if promise.told.words else ""
    return f"{promise.told.outcome.label}{moved}{words}"


def _day(day: date | None) -> str:
    return long_date(day) if day else ""


def _owed_words(exception: ExceptionLine[Line]) -> str:
    line = exception.line
    rating = f", {line.rating.value}" if line.rating else ""
    return f"{line.reference}{rating}: {line.title} ({line.officer})"


def _form(
    material: Material, exception: ExceptionLine[Line], report: ExceptionReport
) -> ExceptionForm:
    line = exception.line
    questions = material.framework.exception_reports.questions
    return ExceptionForm(
        title=f"Exception report {material.exception_number(line)}: {line.reference}",
        anchor=exception_anchor(line),
        rating=line.rating,
        facts=_facts(material, line, report),
        answers=tuple(
            Answer(*said) for said in answers_in_words(report, questions, with_steps=False)
        ),
        tables=_tables(report, material.promises.get((line.item_kind, line.item_id), ())),
        back_reference=item_anchor(line),
        back_text=f"Back to {line.reference} in its table",
    )
