"""All papers of a quarter: ten forums, issued and made by two workers as two processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime

from bench.volume import AT, Volume
from goldenthread.documents.formats import Format
from goldenthread.domain.kinds import BodyKind
from goldenthread.organisation import operations as organisation
from goldenthread.organisation.models import Body
from goldenthread.packs.models import Edition, FileToMake
from goldenthread.packs.operations.issuing import Urgency
from goldenthread.packs.operations.issuing_all import issue_all
from goldenthread.plans.models import Plan

# So early that the workers' clock, which has today's time of that day, is past it.
AFTER_THE_DEADLINE = datetime(2009, 8, 6, 0, 5, tzinfo=UTC)
FOUR = (Format.HTML, Format.PDF, Format.DOCX, Format.XLSX)
_URGENCY = Urgency(reason="This is a measurement", agreed_by="the chair")
_PROGRAM = "from goldenthread.config.cli import main; main()"


def found_forums(built: Volume) -> None:
    """Give the council, beside its directors, scrutiny, a committee for each plan and two boards."""
    _body(built, "Scrutiny", BodyKind.SCRUTINY)
    _body(built, "LSP-Executive", BodyKind.LSP_EXECUTIVE_BOARD)
    _body(built, "LSP-Strategic", BodyKind.LSP_STRATEGIC_BOARD)
    for plan in Plan.objects.filter(council=built.council):
        plan.receiving_body = _body(built, f"PDC-{plan.code}", BodyKind.PDC)
        plan.save(update_fields=["receiving_body"])


def _body(built: Volume, code: str, kind: BodyKind) -> Body:
    return organisation.add_body(
        council=built.council,
        code=code,
        title=f"Forum {code}",
        kind=kind,
        members=[built.manager.posts[0]],
        by=None,
        at=AT,
    )


def seconds_to_issue_all(built: Volume) -> tuple[float, int, int]:
    """Issue a quarter's papers and have two workers make four formats; returns seconds, packs and files."""
    started = time.perf_counter()
    outcomes = issue_all(
        cycle=built.quarter_1, by=built.manager, at=AFTER_THE_DEADLINE, urgency=_URGENCY
    )
    FileToMake.objects.exclude(format__in=FOUR, edition=Edition.WHOLE).delete()
    count = FileToMake.objects.count()
    workers = [_worker() for _ in range(2)]
    if any(worker.wait() for worker in workers) or FileToMake.objects.exists():
        raise RuntimeError("The workers left files behind")
    return time.perf_counter() - started, sum(bool(o.pack) for o in outcomes), count


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _PROGRAM, "work", "--once"],
        env={**os.environ, "GOLDENTHREAD_DEMONSTRATION_DAY": str(AFTER_THE_DEADLINE.date())},
        stdout=subprocess.DEVNULL,
    )
