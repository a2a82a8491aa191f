from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.domain.kinds import LeadRole


class RevisionForm(VersionedForm):
    """What a lead asks of an officer whose return they send back."""

    note = forms.CharField(
        label="What is to be revised?",
        help_text="Its officer reads this first, by mail and above their return.",
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Shorten this to 5,000 characters or fewer"},
    )


class SignOffForm(GovukForm):
    """In which role a lead signs; asked only of somebody who could sign in either."""

    role = forms.TypedChoiceField(
        label="In which role do you sign?",
        coerce=LeadRole,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the role in which you sign"},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, roles: Sequence[LeadRole]) -> None:
        super().__init__(data)
        role = self.fields["role"]
        role.choices = [(each.value, each.label) for each in roles]  # type: ignore[attr-defined]
        if len(roles) == 1:
            role.widget = forms.HiddenInput()
            role.initial = roles[0].value
