"""A form over something that somebody else may save while it is being filled in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from goldenthread.design.govuk_forms import GovukForm


class VersionedForm(GovukForm):
    """Carries the version that was on show when the person began to write."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)

    @property
    def version_seen(self) -> int:
        return int(self.cleaned_data.get("seen_version") or 0)

    def is_behind(self, version: int) -> bool:
        """Test whether what is kept has moved on since this form was shown."""
        return self.is_bound and self.version_seen != version

    def sees(self, version: int) -> None:
        """Let the next sending of this form write over the version that it now shows."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen_version")] = str(version)
        self.data = data


class WrittenForm(VersionedForm):
    """One row of a table in which many things are written at once."""

    asked: ClassVar[tuple[str, ...]]
    """The boxes in which something is written."""

    @property
    def was_sent(self) -> bool:
        """Whether the row was among what was sent."""
        return any(self.add_prefix(name) in self.data for name in self.asked)

    @property
    def is_untouched(self) -> bool:
        """Whether it says only what was kept already."""
        return not (set(self.changed_data) & set(self.asked))
