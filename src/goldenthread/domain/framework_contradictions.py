"""What a framework document may not say although each of its values is right by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from goldenthread.domain.framework_tables import (
    ExceptionQuestionKey,
    ExceptionReports,
    Forum,
    Overview,
    Part,
    Question,
    RatingScheme,
    Receipt,
    Reminders,
    ReportRule,
    Reports,
    Scope,
    StatementRule,
    TimetableRules,
)
from goldenthread.domain.kinds import BodyKind, CycleKind, ItemKind, Step
from goldenthread.domain.milestones import MilestoneRule, problems_of_rules
from goldenthread.domain.rating import Measure
from goldenthread.domain.reminders import FARTHEST

_PART_OF = {
    ItemKind.ACTION: Part.ACTIONS,
    ItemKind.INDICATOR: Part.INDICATORS,
    ItemKind.RISK_ACTION: Part.RISKS,
}


_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def problems_of_forums(forums: Sequence[Forum], reports: Reports) -> Iterator[str]:
    """Say where a forum of the council's own, or one that a report names, cannot stand."""
    yield from _repeated("forums", [forum.code for forum in forums], "code")
    for position, forum in enumerate(forums, start=1):
        if not _CODE.fullmatch(forum.code):
            yield (
                f'forums[{position}].code is "{forum.code}": it must be letters, digits, - and _ '
                "only, at most 40"
            )
        if forum.code.upper() in list(BodyKind):
            yield (
                f'forums[{position}].code is "{forum.code}": the framework knows that forum '
                "already, so leave it out here or choose another code"
            )
    known = [*BodyKind, *(forum.code for forum in forums)]
    for kind in CycleKind:
        for position, receipt in enumerate(reports.of(kind).receives, start=1):
            place = f"reports.{kind}.receives[{position}]"
            yield from _of_receipt(place, receipt, reports.of(kind), known)


def _of_receipt(
    place: str, receipt: Receipt, report: ReportRule, known: Sequence[str]
) -> Iterator[str]:
    if receipt.body not in known:
        nearest = get_close_matches(receipt.body, known, n=1)
        hint = f"; did you mean {nearest[0]}?" if nearest else ""
        yield (
            f'{place}.body is "{receipt.body}": it must be one of {", ".join(BodyKind)}, or the '
            f"code of a forum in forums{hint}"
        )
    yield from _repeated(f"{place}.parts", receipt.parts)
    for position, part in enumerate(receipt.parts, start=1):
        if part not in report.parts:
            yield (
                f'{place}.parts[{position}] is "{part}": it must be one of the report\'s parts, '
                f"{', '.join(report.parts)}"
            )
    if receipt.parts and not report.parts_for(receipt):
        yield (
            f'{place}.parts lacks "{Part.INDICATORS}": with the scope {Scope.LAA_AND_SCS} '
            f"{receipt.body} would receive nothing else"
        )


def problems_of_reports(reports: Reports, timetable: TimetableRules) -> Iterator[str]:
    """Say where a report, its forums and its timetable do not fit together."""
    for kind in CycleKind:
        report, rules = reports.of(kind), timetable.rules[kind]
        yield from _of_report(f"reports.{kind}", report)
        yield from _of_steps(f"timetable.{kind}", rules)
        yield from _of_receipts(kind, report, rules)
    yield from _of_waits(reports, timetable)


def _of_waits(reports: Reports, timetable: TimetableRules) -> Iterator[str]:
    path = "timetable.most_days_after_quarter"
    waits = timetable.most_days_after_quarter
    yield from _repeated(path, [wait.body for wait in waits], "body")
    receive = [receipt.body for kind in CycleKind for receipt in reports.of(kind).receives]
    for position, wait in enumerate(waits, start=1):
        if wait.body not in receive:
            yield (
                f'{path}[{position}].body is "{wait.body}", which receives no report: it must be '
                f"one of {', '.join(dict.fromkeys(receive))}"
            )


def _of_report(path: str, report: ReportRule) -> Iterator[str]:
    yield from _repeated(f"{path}.parts", report.parts)
    yield from _repeated(f"{path}.asks_for", report.asks_for)
    yield from _repeated(f"{path}.receives", [receipt.body for receipt in report.receives], "body")
    for item, part in _PART_OF.items():
        if part in report.parts and item not in report.asks_for:
            yield f'{path}.asks_for lacks "{item}": {path}.parts has "{part}", made of those returns'
    shown = Part.EXCEPTION_REPORTS in report.parts
    if shown is not report.exception_reports:
        needed = "must" if report.exception_reports else "must not"
        switch = "true" if report.exception_reports else "false"
        yield (
            f"{path}.exception_reports is {switch}: "
            f'{path}.parts {needed} have "{Part.EXCEPTION_REPORTS}"'
        )


def _of_receipts(
    kind: CycleKind, report: ReportRule, rules: Sequence[MilestoneRule]
) -> Iterator[str]:
    if not report.receives:
        return
    forums = [receipt.body for receipt in report.receives]
    if not report.parts:
        yield (
            f"reports.{kind}.parts is empty: {', '.join(forums)} would receive a report with "
            "nothing in it, so name its parts"
        )
    if all(rule.step is not Step.PAPERS_OUT for rule in rules):
        yield (
            f"timetable.{kind} has no step papers_out: {', '.join(forums)} would receive a report "
            "without papers, so say when they go out"
        )
    yield from _of_strangers(kind, forums, rules)


def _of_strangers(
    kind: CycleKind, forums: Sequence[str], rules: Sequence[MilestoneRule]
) -> Iterator[str]:
    for position, rule in enumerate(rules, start=1):
        if rule.step in (Step.PAPERS_OUT, Step.FORUM_RECEIVES) and rule.forum not in forums:
            yield (
                f'timetable.{kind}[{position}].forum is "{rule.forum or ""}": it must be one of '
                f"those in reports.{kind}.receives, {', '.join(forums)}"
            )


def _of_steps(path: str, rules: Sequence[MilestoneRule]) -> Iterator[str]:
    for position, words in problems_of_rules(rules):
        yield f"{path} {words}" if position is None else f"{path}[{position + 1}] {words}"
    steps = [f"{rule.step} for {rule.forum}" if rule.forum else rule.step.value for rule in rules]
    yield from _repeated(path, steps)


def problems_of_exception_reports(asked: ExceptionReports) -> Iterator[str]:
    """Say where the exception reports' rule or its six questions cannot stand (clauses E-1, E-2)."""
    path = "exception_reports"
    yield from _repeated(f"{path}.items", asked.items)
    yield from _repeated(f"{path}.ratings", asked.ratings)
    for position, rating in enumerate(asked.ratings, start=1):
        if not rating.is_off_track:
            yield f'{path}.ratings[{position}] is "{rating}": it must be red or amber'
    yield from _of_questions(f"{path}.questions", asked.questions)
    keys = [question.key for question in asked.questions]
    for key in ExceptionQuestionKey:
        if key not in keys:
            yield f'{path}.questions lacks the key "{key}": it must ask each of the six questions'


def _of_questions(path: str, questions: Sequence[Question]) -> Iterator[str]:
    if not questions:
        yield f"{path} is empty: it must have at least one question"
    yield from _repeated(path, [question.key for question in questions], "key")


def problems_of_overview(overview: Overview) -> Iterator[str]:
    """Say where the overview's questions cannot stand (clause O-1)."""
    return _of_questions("overview.questions", overview.questions)


def problems_of_statements(statements: Sequence[StatementRule]) -> Iterator[str]:
    """Say where a statement that the council adds cannot stand: its name, its reports, its questions."""
    yield from _repeated("statements", [rule.key for rule in statements], "key")
    for position, rule in enumerate(statements, start=1):
        path = f"statements[{position}]"
        if rule.key in list(Part):
            yield f'{path}.key is "{rule.key}": that is a part of its own, so give it another name'
        if not rule.reports:
            yield f"{path}.reports is empty: name the reports in which it is asked"
        yield from _repeated(f"{path}.reports", rule.reports)
        yield from _of_questions(f"{path}.questions", rule.questions)


def problems_of_rating(rating: RatingScheme) -> Iterator[str]:
    """Say where the rating rule contradicts itself."""
    green, amber = rating.rule.green_within, rating.rule.amber_within
    if rating.rule.measure is Measure.RELATIVE:
        for name, share in (("green_within", green), ("amber_within", amber)):
            if share is not None and abs(share) > 1:
                yield (
                    f"rating.rule.{name} is {share}: it must be a share of the target, such as "
                    "0.05 for 5%"
                )
    if amber is not None and amber < green:
        yield (
            f"rating.rule.amber_within is {amber}: it must be at least green_within, "
            f"which is {green}"
        )


def problems_of_reminders(reminders: Reminders) -> Iterator[str]:
    """Say where the days of reminders cannot stand."""
    for name, days in reminders:
        least = 0 if name.endswith("_before") else 1
        for position, each in enumerate(days, start=1):
            if not least <= each <= FARTHEST:
                yield (
                    f"reminders.{name}[{position}] is {each}: it must be from {least} to "
                    f"{FARTHEST} days"
                )
        yield from _repeated(f"reminders.{name}", [str(each) for each in days])


def _repeated(path: str, values: Iterable[str], key: str = "") -> Iterator[str]:
    seen: dict[str, int] = {}
    for position, value in enumerate(values, start=1):
        place = f"{path}[{position}]{f'.{key}' if key else ''}"
        if value in seen:
            first = f"{path}[{seen[value]}]"
            yield f'{place} is "{value}", as {first} is: it must be there only once'
        seen.setdefault(value, position)
