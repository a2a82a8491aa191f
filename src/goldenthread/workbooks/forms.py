from __future__ import annotations

from django import forms

from goldenthread.design.govuk_forms import GovukForm
from goldenthread.office_files.limits import MOST_BYTES

ENDINGS = ".xlsx"


class WorkbookForm(GovukForm):
    """Takes the file of a filled workbook; what is in it is for the operation to judge."""

    workbook = forms.FileField(
        label="Upload your workbook",
        help_text="An Excel workbook (.xlsx) of at most 5 MB. You see what will change before anything does.",
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        error_messages={
            "required": "Choose the workbook that you filled",
            "empty": "This file is empty. Choose the workbook that you filled",
        },
    )

    @property
    def content(self) -> bytes:
        read: bytes = self.cleaned_data["workbook"].read(MOST_BYTES + 1)
        return read

    @property
    def file_name(self) -> str:
        return str(self.cleaned_data["workbook"].name)
