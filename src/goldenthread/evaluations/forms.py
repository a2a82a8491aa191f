from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from goldenthread.design.versioned_form import WrittenForm
from goldenthread.evaluations.models import Evaluation
from goldenthread.evaluations.operations import EvaluationSaid
from goldenthread.evaluations.queries import EvaluationLine

MOST_WORDS = 20_000
_TOO_LONG = {"max_length": "Shorten this to 20,000 characters or fewer"}


class EvaluationForm(WrittenForm):
    """The evaluation of one item, among others in the same table."""

    asked = ("delivered", "difference")

    delivered = forms.CharField(
        label="What was delivered?",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=_TOO_LONG,
    )
    difference = forms.CharField(
        label="What difference did it make?",
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages=_TOO_LONG,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, line: EvaluationLine) -> None:
        super().__init__(data, initial=_initial(line.evaluation), prefix=f"evaluation-{line.name}")

    def said(self) -> EvaluationSaid:
        return EvaluationSaid(
            delivered=self.cleaned_data.get("delivered", ""),
            difference=self.cleaned_data.get("difference", ""),
            seen_version=self.version_seen,
        )


def _initial(evaluation: Evaluation | None) -> dict[str, Any]:
    if evaluation is None:
        return {}
    return {
        "delivered": evaluation.delivered,
        "difference": evaluation.difference,
        "seen_version": evaluation.version,
    }
