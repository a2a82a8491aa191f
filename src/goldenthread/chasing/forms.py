from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.chasing.queries.letters import Letter
from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.words import join_words

LONGEST_NOTE = 1_000
_MOST_NAMES = 5


class NudgeForm(GovukForm):
    """Takes a note for a nudge, and asks once more before somebody is nudged twice on one day."""

    picked = forms.CharField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(
        label="Is there anything to add?",
        help_text="Everybody below gets it, above what they owe. Leave it empty to send only that.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LONGEST_NOTE,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        picked: Sequence[str],
        nudged_today: Sequence[Letter],
        note: str = "",
    ) -> None:
        super().__init__(data, initial={"picked": " ".join(picked), "note": note})
        if nudged_today:
            self.fields["again"] = forms.BooleanField(
                label=f"Write again to {_names(nudged_today)}",
                help_text="They were nudged about this cycle today already.",
                error_messages={"required": "Tick the box to write to them a second time today"},
            )


def _names(letters: Sequence[Letter]) -> str:
    names = [letter.person.name for letter in letters]
    if len(names) > _MOST_NAMES:
        names = [*names[:_MOST_NAMES], f"{len(names) - _MOST_NAMES} others"]
    return join_words(names)
