from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.design.govuk_widgets import ChoiceRadios
from goldenthread.design.words import join_words, plural
from goldenthread.domain.exempt_paragraphs import ExemptParagraph
from goldenthread.packs.compose.exempting import ExemptiblePart
from goldenthread.packs.operations.issuing import Urgency


class IssueForm(GovukForm):
    """Asks what must be said before papers are frozen: why again, why late, and once more if they lack something."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        gaps: int,
        unsigned: int,
        parts: int = 0,
        is_again: bool = False,
        is_late: bool = False,
    ) -> None:
        super().__init__(data)
        if is_again:
            self.fields["reason"] = _words(
                "Why are these papers issued again?",
                "Say why the papers are issued again",
                "It stands on the cover, beside which issue they replace.",
            )
        if is_late:
            self.fields["urgency_reason"] = _words(
                "Why should the meeting take these papers, although they are late?",
                "Say why the meeting should take the papers as urgent",
                "It stands on the cover, and is kept.",
            )
            self.fields["urgency_agreed_by"] = forms.CharField(
                label="Who agreed to that in the chair?",
                max_length=200,
                error_messages={"required": "Say who agreed in the chair of the meeting"},
            )
        if gaps or unsigned or parts:
            self.fields["issues_with_gaps"] = forms.BooleanField(
                label=f"Issue {join_words(list(_lacking(gaps, unsigned, parts)))}",
                error_messages={
                    "required": "Tick the box if the papers are to go out without what is missing"
                },
            )

    @property
    def urgency(self) -> Urgency | None:
        """Why the papers cannot wait, as it was given; None where nobody was asked."""
        if not self.cleaned_data.get("urgency_reason"):
            return None
        return Urgency(
            reason=self.cleaned_data["urgency_reason"],
            agreed_by=self.cleaned_data["urgency_agreed_by"],
        )


def _words(label: str, required: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required},
    )


def _lacking(gaps: int, unsigned: int, parts: int) -> Iterator[str]:
    if gaps:
        missing = plural(gaps, "return or exception report", "returns and exception reports")
        yield f"without the {missing} that have not come"
    if parts:
        yield f"without {plural(parts, 'other part')} that {'has' if parts == 1 else 'have'} not come"
    if unsigned:
        yield f"with {plural(unsigned, 'plan')} not signed off"


class ExemptForm(GovukForm):
    """Asks what of the papers the public does not read, on which paragraph and why."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parts: Sequence[ExemptiblePart]
    ) -> None:
        super().__init__(data)
        grouped = groupby(parts, key=lambda part: part.section)
        choices = [(section, [(p.anchor, p.title) for p in group]) for section, group in grouped]
        self.fields["part"] = forms.ChoiceField(
            label="What is exempt?",
            help_text="With an action or an indicator goes its exception report.",
            choices=[("", "Choose a part"), *choices],
            error_messages={"required": "Choose what is exempt"},
        )
        self.fields["paragraph"] = forms.ChoiceField(
            label="By virtue of which paragraph of Schedule 12A?",
            widget=ChoiceRadios,
            choices=[(str(each.value), each.label) for each in ExemptParagraph],
            error_messages={"required": "Choose the paragraph that is relied on"},
        )
        self.fields["reason"] = _words(
            "Why does the public interest in keeping it outweigh that in telling it?",
            "Say why it is kept from the public",
            "It is kept in the record, and does not stand in the papers.",
        )

    @property
    def paragraph(self) -> ExemptParagraph:
        return ExemptParagraph(int(self.cleaned_data["paragraph"]))
