"""Uploaded workbooks go when nobody needs them any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from goldenthread.reporting.models import UploadedWorkbook

KEPT_FOR = timedelta(days=30)


def drop_old_workbooks(at: datetime) -> None:
    """Delete, in every council, what was uploaded more than 30 days ago; a step of the worker.

    What a workbook changed stays, and so does what the audit trail says of it.
    """
    UploadedWorkbook.objects.filter(uploaded_at__lt=at - KEPT_FOR).delete()
