from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.words import plural


class IssueForm(GovukForm):
    """Asks once more before papers that lack something are frozen."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, gaps: int) -> None:
        super().__init__(data)
        if gaps:
            lacking = plural(gaps, "return or exception report", "returns and exception reports")
            self.fields["issues_with_gaps"] = forms.BooleanField(
                label=f"Issue without the {lacking} that have not come",
                error_messages={
                    "required": "Tick the box if the papers are to go out without what is missing"
                },
            )
