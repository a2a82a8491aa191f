"""Exception reports, one to a page, reds before ambers within each plan (clauses D-4, E-2)."""

from __future__ import annotations

from goldenthread.exception_reports.models import ExceptionReport
from goldenthread.exception_reports.queries.reports import ExceptionLine, answers_in_words
from goldenthread.packs.compose.material import Material, exception_anchor, item_anchor
from goldenthread.packs.document import (
    Answer,
    Block,
    BulletList,
    ExceptionForm,
    Fact,
    Notice,
    Section,
)
from goldenthread.plans.models import Plan
from goldenthread.reporting.queries.lines import Line


def exception_forms(material: Material, plan: Plan) -> Section | None:
    """Lay out a plan's exception reports, and name those owed; None where nothing is off track."""
    exceptions = material.exceptions_of(plan)
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
    return Section(
        title=f"Exception reports: {plan.title}",
        anchor=f"exception-reports-{plan.code.lower()}",
        blocks=tuple(blocks),
    )


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
        facts=(
            Fact("Plan", line.plan.title),
            Fact("Lead Member of DMT", line.plan.lead_member.title),
            Fact("Officer responsible", line.officer),
            Fact(line.item_kind.value.capitalize(), line.title),
        ),
        answers=tuple(Answer(*said) for said in answers_in_words(report, questions)),
        back_reference=item_anchor(line),
        back_text=f"Back to {line.reference} in its table",
    )
