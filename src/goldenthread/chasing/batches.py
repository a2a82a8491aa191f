"""Deeds of the worker in many councils: some at once, so that what they read is read once for them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from goldenthread.organisation.models import Council

AT_ONCE = 50
"""In how many councils a deed is done in one transaction."""


def do_in_batches(
    councils: Iterable[int], deed: Callable[[Sequence[int]], object], *, complaint: str
) -> None:
    """Do a deed in councils by their keys, some at once; the deed is one transaction.

    Where it fails in some it is done in each of them alone, so that none keeps another from it.

    :raises ExceptionGroup: once all others are done, if it failed in some
    """
    keys = sorted(councils)
    failures: list[Exception] = []
    for start in range(0, len(keys), AT_ONCE):
        batch = keys[start : start + AT_ONCE]
        try:
            deed(batch)
        except Exception as error:
            failures += [error] if len(batch) == 1 else _one_by_one(batch, deed)
    if failures:
        raise ExceptionGroup(complaint, failures)


def _one_by_one(batch: Sequence[int], deed: Callable[[Sequence[int]], object]) -> list[Exception]:
    failures: list[Exception] = []
    for council in batch:
        try:
            deed([council])
        except Exception as error:
            failures.append(error)
    return failures


def lock_councils(councils: Sequence[int]) -> dict[int, Council]:
    """Lock councils by their keys, always in one order: whoever comes second waits here.

    Then they find that the first has done it.
    """
    rows = Council.objects.select_for_update(no_key=True).filter(pk__in=councils)
    return {council.pk: council for council in rows.order_by("pk")}
