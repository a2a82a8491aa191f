from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_moves import Move
from goldenthread.domain.when_words import When, WhenError, read_when


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A date that can be moved in a table: by what key it goes, and of which report it is."""

    key: str
    entry: TimetableEntry
    report: str

    @property
    def said(self) -> str:
        """The date as its box says it, a week in as few letters as people type."""
        return in_a_box(self.entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A date that somebody moves in the table, where to and why."""

    row: DateRow
    when: When
    because: str


class DatesForm(GovukForm):
    """A box for each date of a timetable; one that is changed asks why (clause T-3).

    Each box carries what it said when it was drawn: only what was typed over is a change, whatever
    has become of the date meanwhile. Where `keeps` is set, a change of what somebody else has moved
    meanwhile is refused; elsewhere the dates follow the meetings.
    """

    because = forms.CharField(
        label="Why do these dates move?",
        help_text="The timetable keeps the reason beside each new date.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, rows: Sequence[DateRow], keeps: bool = False
    ) -> None:
        super().__init__(data)
        self.rows, self.keeps = rows, keeps
        self.edits: list[Edit] = []
        for row in rows:
            box = forms.CharField(
                label=f"{row.entry.what}, {row.report}",
                required=False,
                max_length=80,
                initial=row.said,
                widget=forms.TextInput(attrs={"width": "20"}),
            )
            vars(box)["label_size"] = "hidden"
            self.fields[f"when_{row.key}"] = box

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.rows:
            self._read(row)
        return cleaned

    def says_why(self) -> bool:
        """Ask for the reasons of changes that are to be made."""
        if any(not edit.because for edit in self.edits):
            self.add_error("because", "Say why these dates move")
        return not self.errors

    def _read(self, row: DateRow) -> None:
        name, drawn = f"when_{row.key}", self.data.get(f"was_{row.key}", row.said)
        typed = self.data.get(name, drawn)
        if typed.strip() == drawn.strip():
            return
        try:
            when = read_when(typed)
        except WhenError as error:
            self.add_error(name, str(error))
            return
        if (when.starts_on, when.ends_on) == (row.entry.starts_on, row.entry.ends_on):
            return
        if self.keeps and drawn != row.said:
            self.add_error(name, f"Somebody has moved it to {row.entry.when} meanwhile: look again")
            return
        own = self.data.get(f"because_{row.key}", "").strip()[:500]
        because = own or self.cleaned_data.get("because", "").strip()
        self._ask_why(row)
        self.edits.append(Edit(row=row, when=when, because=because))

    def _ask_why(self, row: DateRow) -> None:
        self.fields[f"because_{row.key}"] = forms.CharField(
            label="Why, if for another reason than the others?",
            required=False,
            max_length=500,
            widget=forms.TextInput(),
        )

    @property
    def changes(self) -> str:
        """The changes as one text, by which a second look tells whether they are the same still."""
        return "\n".join(
            f"{edit.row.key}={edit.when.starts_on}/{edit.when.ends_on}" for edit in self.edits
        )

    @property
    def was_seen(self) -> bool:
        """Whether what is to change is what was shown with what follows from it."""
        return "\n".join(self.data.get("seen", "").split()) == self.changes

    @property
    def ticked(self) -> list[str]:
        """Name the dates that are to move along."""
        return self.data.getlist("along") if hasattr(self.data, "getlist") else []

    def offer(self, moves: Sequence[Move]) -> None:
        """Ask which dates move along; all do unless unticked. What is drawn now counts as seen."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        along = [(self.row_of(move.before), move.after) for move in moves]
        if along:
            self.fields["along"] = forms.MultipleChoiceField(
                label="These follow from them. Which of them move along?",
                choices=[(row.key, _before_and_after(row, after)) for row, after in along],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            if not self.was_seen:  # What is offered for the first time is ticked.
                data.setlist("along", [row.key for row, _ in along])
        data["seen"] = self.changes
        self.data = data

    def row_of(self, entry: TimetableEntry) -> DateRow:
        """Find the row of one of the form's entries."""
        return next(row for row in self.rows if row.entry is entry)

    @property
    def moves(self) -> list[Move]:
        """The changes as the timetable's rules know them."""
        return [Move(before=edit.row.entry, after=moved_entry(edit)) for edit in self.edits]

    def entries_after(self, along: Sequence[Move] = ()) -> list[TimetableEntry]:
        """Give the timetable with its changes, and with what would move along."""
        after = {id(move.before): move.after for move in [*along, *self.moves]}
        return [after.get(id(row.entry), row.entry) for row in self.rows]

    def take_along(self, moves: Sequence[Move]) -> None:
        """Put what is ticked to move along into its own boxes, for the reason of what it follows."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for move in moves:
            row, after = self.row_of(move.before), move.after
            if row.key not in self.ticked:
                continue
            because = next(e.because for e in self.edits if _is_of_one_report(e.row, row))
            data[f"when_{row.key}"] = in_a_box(after)
            when = When(precision=after.precision, starts_on=after.starts_on, ends_on=after.ends_on)
            self._ask_why(row)
            self.edits.append(Edit(row=row, when=when, because=because))
        self.data = data

    def follow(self) -> None:
        """Let the boxes that nobody typed over say what their dates are now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        typed = {edit.row.key for edit in self.edits}
        wrong = {name for name in self.errors if name.startswith("when_")}
        for row in self.rows:
            if row.key not in typed and f"when_{row.key}" not in wrong:
                data[f"when_{row.key}"] = row.said
        self.data = data

    @property
    def boxes(self) -> list[tuple[DateRow, BoundField]]:
        """Each date with its box, in the timetable's order."""
        return [(row, self[f"when_{row.key}"]) for row in self.rows]

    @property
    def reports(self) -> list[tuple[str, list[tuple[DateRow, BoundField]]]]:
        """The boxes, report by report."""
        found: dict[str, list[tuple[DateRow, BoundField]]] = {}
        for row, box in self.boxes:
            found.setdefault(row.report, []).append((row, box))
        return list(found.items())

    @property
    def reasons(self) -> list[tuple[Edit, str, BoundField]]:
        """Each change with its date after it, and a box for a reason of its own."""
        return [
            (edit, moved_entry(edit).when, self[f"because_{edit.row.key}"]) for edit in self.edits
        ]


def in_a_box(entry: TimetableEntry) -> str:
    """Say a date with as little room as a box has: w/c 29 June 2009."""
    return entry.when.replace("week commencing", "w/c")


def moved_entry(edit: Edit) -> TimetableEntry:
    """Give an entry as it is after an edit, with the date it first had and why it moved."""
    entry, when = edit.row.entry, edit.when
    return TimetableEntry(
        quarter=entry.quarter,
        report=entry.report,
        step=entry.step,
        forum=entry.forum,
        precision=when.precision,
        starts_on=when.starts_on,
        ends_on=when.ends_on,
        derivation=entry.derivation,
        moved_from=entry.moved_from,
        first_planned=entry.when,
        moved_because=edit.because,
    )


def _is_of_one_report(one: DateRow, other: DateRow) -> bool:
    entries = one.entry, other.entry
    return len({(entry.quarter, entry.report) for entry in entries}) == 1


def _before_and_after(row: DateRow, after: TimetableEntry) -> str:
    return f"{row.entry.what}, {row.report}: from {row.entry.when} to {after.when}"
