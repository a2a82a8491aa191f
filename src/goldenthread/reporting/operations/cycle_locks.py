"""Holding a cycle still while something is filed or signed in it."""

from __future__ import annotations

from goldenthread.reporting.models import ReportingCycle


def hold_cycle(cycle_id: int) -> ReportingCycle:
    """Read a cycle as it stands, for nobody to lock, move or open it until the transaction ends.

    It is taken before anything in the cycle is locked, always in this order. Filing in one cycle goes
    one by one for that moment, as it does anyway at the audit trail's end.
    """
    # Others may point new rows at the cycle meanwhile: they take a lock of its key alone.
    rows = ReportingCycle.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("council").get(pk=cycle_id)
