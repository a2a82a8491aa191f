from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.words import join_words, plural


class IssueForm(GovukForm):
    """Asks once more before papers that lack something, or that nobody signed, are frozen."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, gaps: int, unsigned: int, parts: int = 0
    ) -> None:
        super().__init__(data)
        if gaps or unsigned or parts:
            self.fields["issues_with_gaps"] = forms.BooleanField(
                label=f"Issue {join_words(list(_lacking(gaps, unsigned, parts)))}",
                error_messages={
                    "required": "Tick the box if the papers are to go out without what is missing"
                },
            )


def _lacking(gaps: int, unsigned: int, parts: int) -> Iterator[str]:
    if gaps:
        missing = plural(gaps, "return or exception report", "returns and exception reports")
        yield f"without the {missing} that have not come"
    if parts:
        yield f"without {plural(parts, 'other part')} that {'has' if parts == 1 else 'have'} not come"
    if unsigned:
        yield f"with {plural(unsigned, 'plan')} not signed off"
