from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.versioned_form import WrittenForm
from goldenthread.domain.rating import Rating
from goldenthread.risks.models import RiskActionUpdate
from goldenthread.risks.operations import RiskReturn
from goldenthread.risks.queries import RiskLine

MOST_WORDS = 20_000


class RiskUpdateForm(WrittenForm):
    """A return on one risk action, among others on the same page."""

    asked = ("rating", "commentary", "being_done")

    rating = forms.TypedChoiceField(
        label="Red, amber or green?",
        required=False,
        choices=[(rating.value, rating.label) for rating in reversed(Rating)],
        coerce=Rating,
        empty_value=None,
        widget=ChoiceRadios(inline=True),
    )
    commentary = forms.CharField(
        label="How is it going?",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )
    being_done = forms.CharField(
        label="If red or amber: what is being done?",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, line: RiskLine) -> None:
        super().__init__(data, initial=_initial(line.update), prefix=f"risk-{line.action.pk}")
        for name in self.asked:
            label = self.fields[name].label
            self.fields[name].label = f"{line.reference}: {str(label)[:1].lower()}{str(label)[1:]}"
        if line.before and line.before.is_submitted:
            when = line.before.cycle_id and line.before.submitted_at
            said = f"{when:%d %B %Y}".lstrip("0") if when else ""
            for name in ("commentary", "being_done"):
                self.show_last_time(name, getattr(line.before, name), said)

    def answers(self) -> RiskReturn:
        said = self.cleaned_data
        return RiskReturn(
            rating=said.get("rating"),
            commentary=said.get("commentary", ""),
            being_done=said.get("being_done", ""),
            seen_version=self.version_seen,
        )


def _initial(update: RiskActionUpdate | None) -> dict[str, Any]:
    if update is None:
        return {}
    return {
        "rating": update.rating.value if update.rating else "",
        "commentary": update.commentary,
        "being_done": update.being_done,
        "seen_version": update.version,
    }
