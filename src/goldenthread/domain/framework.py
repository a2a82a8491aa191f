"""A council's performance management framework, as one document that says everything it may set."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field, ValidationError

from goldenthread.domain.exceptions import ExceptionRule
from goldenthread.domain.framework_contradictions import (
    problems_of_exception_reports,
    problems_of_forums,
    problems_of_overview,
    problems_of_rating,
    problems_of_reminders,
    problems_of_reports,
    problems_of_statements,
)
from goldenthread.domain.framework_problems import problems_of_shape, toml_problem
from goldenthread.domain.framework_tables import (
    OVERVIEW,
    AskedOf,
    ExceptionReports,
    Finance,
    Forum,
    Overview,
    Part,
    RatingScheme,
    Reminders,
    Reports,
    StatementRule,
    Table,
    TimetableRules,
    Words,
)
from goldenthread.domain.kinds import CycleKind
from goldenthread.domain.timetable_clashes import PUBLIC


class FrameworkError(ValueError):
    """A document that is no framework; each problem names a place, what it says and what is right."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Framework(Table):
    """A council's whole framework, in one version; an issued pack names the version it was made under."""

    name: Words
    version: Words
    financial_year_starts_month: Annotated[int, Field(ge=1, le=12)]
    forums: tuple[Forum, ...] = ()
    reports: Reports
    exception_reports: ExceptionReports
    overview: Overview
    rating: RatingScheme
    timetable: TimetableRules
    reminders: Reminders = Reminders()
    finance: Finance = Finance()
    statements: tuple[StatementRule, ...] = ()

    def meets_in_public(self, body: str) -> bool:
        """Test whether a forum, by its kind or code, meets in public, so that its papers are open."""
        own = any(forum.code == body and forum.meets_in_public for forum in self.forums)
        return own or body in PUBLIC

    def statements_in(self, kind: CycleKind) -> tuple[StatementRule, ...]:
        """List what is asked about each plan as a whole in a report: its overview, then the council's own."""
        asked = tuple(rule for rule in self.statements if kind in rule.reports)
        has_overview = Part.OVERVIEW in self.reports.of(kind).parts
        return (self._overview, *asked) if has_overview else asked

    @property
    def _overview(self) -> StatementRule:
        return StatementRule(
            key=OVERVIEW,
            title="Overview",
            asked_of=AskedOf.LEADS,
            reports=tuple(k for k in CycleKind if Part.OVERVIEW in self.reports.of(k).parts),
            questions=self.overview.questions,
        )

    @property
    def exception_rule(self) -> ExceptionRule:
        """Which cycles, items and ratings ask for an exception report (clause E-1)."""
        return ExceptionRule(
            cycle_kinds=tuple(k for k in CycleKind if self.reports.of(k).exception_reports),
            item_kinds=self.exception_reports.items,
            ratings=self.exception_reports.ratings,
        )


def parse_framework(text: str) -> Framework:
    """Read a framework from its TOML text.

    :raises FrameworkError: with every problem found, in plain English. Places are dotted paths,
        those in a list counted from 1. Contradictions are looked for once every value is right.
    """
    # Notepad puts a byte order mark before the first line.
    data = _read_toml(text.removeprefix("\ufeff"))
    try:
        # Through JSON, because that way a list stays a list and a word a word: nothing is converted.
        framework = Framework.model_validate_json(json.dumps(data, default=_date), strict=True)
    except ValidationError as error:
        raise FrameworkError(*problems_of_shape(error, data, Framework)) from None
    if problems := list(_contradictions(framework)):
        raise FrameworkError(*problems)
    return framework


def _read_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise FrameworkError(toml_problem(error, text)) from None
    except RecursionError:
        raise FrameworkError("The document has too many brackets inside brackets") from None


def _date(_: object) -> list[list[str]]:
    """Stand in for a date, which no key takes, with what no key takes either."""
    return [[]]


def _contradictions(framework: Framework) -> Iterator[str]:
    yield from problems_of_forums(framework.forums, framework.reports)
    yield from problems_of_reports(framework.reports, framework.timetable)
    yield from problems_of_exception_reports(framework.exception_reports)
    yield from problems_of_overview(framework.overview)
    yield from problems_of_statements(framework.statements)
    yield from problems_of_rating(framework.rating)
    yield from problems_of_reminders(framework.reminders)
