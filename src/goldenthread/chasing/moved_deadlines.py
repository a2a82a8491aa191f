"""Deadlines moved by hand: told once to each officer who still owes a return, with by whom and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.audit.operations import Deed
from goldenthread.chasing.queries.moves import Move, is_news, moves_of, untold
from goldenthread.chasing.queries.told import opened_to
from goldenthread.chasing.reminders import is_too_early
from goldenthread.chasing.step_messages import moved_message
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Letter, post_notices
from goldenthread.organisation.models import Council


def tell_moved_deadlines(at: datetime) -> None:
    """Tell, in every council, who owes returns that their deadline moved; a step of the worker.

    Before the hour at which reminders begin nobody is told. A council that cannot be told keeps no
    other from it, and is tried again.

    :raises ExceptionGroup: once all others are done, if some could not be told
    """
    if is_too_early(at):
        return
    failures: list[Exception] = []
    for council in dict.fromkeys(untold(at).values_list("cycle__council", flat=True)):
        try:
            tell_moves_in(council, at=at)
        except Exception as error:
            failures.append(error)
    if failures:
        raise ExceptionGroup("Some councils could not be told of moved deadlines", failures)


@transaction.atomic
def tell_moves_in(council_id: int, *, at: datetime) -> None:
    """Tell who owes returns in a council of each move that is news, and write down that it was told."""
    # Whoever comes second waits here, and then finds that the first has done it.
    council = Council.objects.select_for_update(no_key=True).get(pk=council_id)
    steps = untold(at).filter(cycle__council=council)
    deeds: list[Deed] = []
    for move in moves_of(steps.select_related("cycle__council", "taken_by")):
        names = _tell(move, at)
        deeds += [
            Deed(verb=Verb.DEADLINE_TOLD, target=step, changes={"told": [None, names]})
            for step in move.steps
        ]
    if deeds:
        audit.record_all(deeds, council=council.name, by=None, at=at)


def _tell(move: Move, at: datetime) -> list[str]:
    """Write to who owes returns in the cycle, if the move is news, and name them."""
    cycle, today = move.cycle, timezone.localdate(at)
    if not is_news(move, today):
        return []
    letters = [
        Letter(
            key=f"deadline_moved/{cycle.slug}/{today}/{move.last.pk}/{owing.person.person_id}",
            to_id=owing.person.person_id,
            name=owing.person.name,
            address=owing.person.address,
            message=moved_message(move=move, owing=owing, today=today),
        )
        for owing in opened_to(cycle, today)
    ]
    written = post_notices(
        council=cycle.council.name, kind=NoticeKind.DEADLINE_MOVED, letters=letters, at=at
    )
    return sorted(letter.name for letter in written)
