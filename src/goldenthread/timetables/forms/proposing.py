from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.domain.framework import Framework
from goldenthread.domain.kinds import BodyKind, CycleKind
from goldenthread.domain.meeting_dates import last_day_of_meetings
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.timetable import day_in_words, forum_in_words, range_in_words
from goldenthread.domain.timetable_proposal import Meeting, Meetings
from goldenthread.domain.when_words import When, WhenError, read_when, read_when_between

MOST_TYPED = 100_000
MOST_DAYS_CLOSED = 100
LAST_QUARTER = 4


def _days_of(words: str) -> Iterator[date]:
    """Read days a line each, or with semicolons between; a range or a week gives all of its days.

    :raises WhenError: if a line is no date
    """
    for said in words.replace(";", "\n").splitlines():
        if said.strip():
            when = read_when(said)
            yield from _each_day(when)


def _each_day(when: When) -> Iterator[date]:
    if when.starts_on is None or when.ends_on is None:
        raise WhenError("A closed day must be known: write it like 29 December 2009")
    if (when.ends_on - when.starts_on).days >= MOST_DAYS_CLOSED:
        raise WhenError(
            f"A council is closed for less than {MOST_DAYS_CLOSED} days at a time: "
            f"{range_in_words(when.starts_on, when.ends_on)} is longer"
        )
    for ordinal in range(when.starts_on.toordinal(), when.ends_on.toordinal() + 1):
        yield date.fromordinal(ordinal)


class YearForm(GovukForm):
    """Which year, when the council is closed, and when elections keep it still."""

    year = forms.CharField(
        label="Which financial year?",
        help_text="Such as 2010/11.",
        max_length=20,
        widget=forms.TextInput(attrs={"width": "10"}),
        error_messages={"required": "Enter the financial year, such as 2010/11"},
    )
    closed_days = forms.CharField(
        label="On which days is the council closed, beside bank holidays?",
        help_text="A date or a range on each line, such as 29 to 31 December 2010. Bank holidays are known.",
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pre_election = forms.CharField(
        label="When is the pre-election period, if there is one?",
        help_text="Such as 28 March to 5 May 2011.",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"width": "20"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **given: Any) -> None:
        self.first_month = given.pop("first_month")
        super().__init__(data, **given)

    def clean_year(self) -> FinancialYear:
        try:
            return FinancialYear.parse(
                self.cleaned_data["year"].strip(), first_month=self.first_month
            )
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean_closed_days(self) -> frozenset[date]:
        try:
            return frozenset(_days_of(self.cleaned_data["closed_days"]))
        except WhenError as error:
            raise ValidationError(str(error)) from error

    def clean_pre_election(self) -> tuple[date, date] | None:
        words = self.cleaned_data["pre_election"]
        if not words.strip():
            return None
        try:
            when = read_when(words)
        except WhenError as error:
            raise ValidationError(str(error)) from error
        if when.starts_on is None or when.ends_on is None:
            raise ValidationError("Enter when the period starts and ends, or leave this empty")
        return when.starts_on, when.ends_on


class MeetingDatesForm(YearForm):
    """The meeting dates of the forums, pasted or in a file."""

    dates = forms.CharField(
        label="When do the forums meet?",
        help_text="Paste the dates: a forum's name, then its dates, such as DMT: 15 June 2010; "
        "10 August 2010. Or leave this empty and type them on the next page.",
        required=False,
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    file = forms.FileField(
        label="Or upload a calendar or a spreadsheet",
        help_text="A calendar (.ics): events that name a forum are taken, also those that recur. Or a "
        "spreadsheet (.xlsx, .ods or .csv): a column of dates beside one of forums, a column for "
        "each forum, or forums down the side and months across. A date without a year is of this one.",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".ics,.xlsx,.ods,.csv"}),
    )


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one quarter that a forum receives."""

    quarter: int
    kind: CycleKind
    forum: BodyKind

    @property
    def name(self) -> str:
        return f"q{self.quarter}_{self.kind}_{self.forum.lower()}"

    @property
    def words(self) -> str:
        if self.kind is CycleKind.ANNUAL:
            return f"Annual report, {forum_in_words(self.forum)}"
        kind = "six-weekly" if self.kind is CycleKind.SIX_WEEKLY else "report"
        return f"Quarter {self.quarter} {kind}, {forum_in_words(self.forum)}"


def reports_of(framework: Framework) -> list[Report]:
    """List the reports of a year and the forums that receive them; the annual one comes last."""
    return [
        Report(number, kind, forum)
        for number in range(1, LAST_QUARTER + 1)
        for kind in CycleKind
        for forum in framework.reports.of(kind).forums
        if kind is not CycleKind.ANNUAL or number == LAST_QUARTER
    ]


class MeetingsForm(YearForm):
    """The meeting at which each forum receives each report, a box each, as it was found or typed."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        reports: Sequence[Report],
        meetings: Meetings | None = None,
        **given: Any,
    ) -> None:
        super().__init__(data, **given)
        self.reports = reports
        for name in ("year", "closed_days", "pre_election"):
            self.fields[name].widget = forms.HiddenInput()
        for report in reports:
            key = (report.quarter, report.kind, report.forum)
            self.fields[report.name] = forms.CharField(
                label=report.words,
                required=False,
                max_length=80,
                initial=_said(meetings[key]) if meetings and key in meetings else "",
                widget=forms.TextInput(attrs={"width": "20"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for report in self.reports:
            try:
                cleaned[report.name] = _typed(cleaned.get(report.name, ""), cleaned.get("year"))
            except WhenError as error:
                self.add_error(report.name, str(error))
            else:
                self._check_in_year(report, cleaned)
        return cleaned

    def _check_in_year(self, report: Report, cleaned: Mapping[str, Any]) -> None:
        year, when = cleaned.get("year"), cleaned[report.name]
        if year is None or when is None or when.starts_on is None:
            return
        if not year.starts_on <= when.starts_on <= last_day_of_meetings(year):
            said = f"{report.words}: {day_in_words(when.starts_on)} is out of the year {year.label}"
            self.add_error(report.name, f"{said} and the half year after it. Look at its year")

    @property
    def meetings(self) -> Meetings:
        """The meetings as typed; a report whose box is empty is left out."""
        given = ((report, self.cleaned_data[report.name]) for report in self.reports)
        return {
            (report.quarter, report.kind, report.forum): _meeting(when)
            for report, when in given
            if when is not None
        }

    @property
    def quarters(self) -> list[tuple[str, list[BoundField]]]:
        """The boxes, quarter by quarter."""
        return [
            (
                f"Quarter {number}",
                [self[report.name] for report in self.reports if report.quarter == number],
            )
            for number in range(1, LAST_QUARTER + 1)
        ]


def _typed(words: str, year: FinancialYear | None) -> When | None:
    if not words.strip():
        return None
    if year is None:
        return read_when(words)
    return read_when_between(words, year.starts_on, last_day_of_meetings(year))


def _meeting(when: When) -> Meeting:
    if when.starts_on is None or when.ends_on is None:
        return None
    return when.starts_on if when.starts_on == when.ends_on else (when.starts_on, when.ends_on)


def _said(meeting: Meeting) -> str:
    if meeting is None:
        return "TBC"
    return range_in_words(*meeting) if isinstance(meeting, tuple) else day_in_words(meeting)
