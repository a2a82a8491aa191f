from __future__ import annotations

from datetime import timedelta

import pytest

from goldenthread.config.working import STEPS
from goldenthread.reporting.models import UploadedWorkbook
from goldenthread.workbooks.operations.dropping import drop_old_workbooks
from tests.factories import IN_Q1, UploadedWorkbookFactory

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def test_what_is_older_than_30_days_goes_in_every_council() -> None:
    for _ in range(2):
        UploadedWorkbookFactory(uploaded_at=IN_Q1 - MONTH - timedelta(seconds=1))

    drop_old_workbooks(IN_Q1)

    assert not UploadedWorkbook.objects.exists()


def test_what_is_no_older_is_refused_to_go() -> None:
    kept = UploadedWorkbookFactory(uploaded_at=IN_Q1 - MONTH)

    drop_old_workbooks(IN_Q1)

    assert UploadedWorkbook.objects.get() == kept


def test_the_worker_does_it() -> None:
    assert drop_old_workbooks in STEPS
