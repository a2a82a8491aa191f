"""Deadlines moved by hand: told once to each officer who still owes a return, with by whom and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.audit.operations import Deed
from goldenthread.chasing.batches import do_in_batches, lock_councils
from goldenthread.chasing.queries.moves import Move, is_news, moves_of, untold
from goldenthread.chasing.queries.scenes import Scene, scenes_of
from goldenthread.chasing.queries.told import opened_to
from goldenthread.chasing.reminders import is_too_early
from goldenthread.chasing.step_messages import moved_message
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import Letter, Posting, post_notices
from goldenthread.organisation.queries import with_frameworks


def tell_moved_deadlines(at: datetime) -> None:
    """Tell, in every council, who owes returns that their deadline moved; a step of the worker.

    Before the hour at which reminders begin nobody is told. A council that cannot be told keeps no
    other from it, and is tried again.

    :raises ExceptionGroup: once all others are done, if some could not be told
    """
    if is_too_early(at):
        return
    found = set(untold(at).values_list("cycle__council", flat=True))
    do_in_batches(
        found,
        partial(tell_moves_in, at=at),
        complaint="Some councils could not be told of moved deadlines",
    )


@transaction.atomic
def tell_moves_in(councils: Sequence[int], *, at: datetime) -> None:
    """Tell who owes returns in some councils of each move that is news, and write down that it was told."""
    locked, today = lock_councils(councils), timezone.localdate(at)
    with_frameworks(locked.values())
    steps = untold(at).filter(cycle__council__in=locked)
    moves = moves_of(steps.select_related("cycle", "taken_by"))
    for move in moves:
        move.cycle.council = locked[move.cycle.council_id]
    news = [move for move in moves if is_news(move, today)]
    scenes = scenes_of([move.cycle for move in news], today)
    postings = [_posting(move, scenes[move.cycle.pk]) for move in news]
    written = dict(zip(news, post_notices(postings, at=at), strict=True))
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for move in moves:
        names = sorted(letter.name for letter in written.get(move, ()))
        deeds[move.cycle.council.name] += [
            Deed(verb=Verb.DEADLINE_TOLD, target=step, changes={"told": [None, names]})
            for step in move.steps
        ]
    audit.record_in_councils(deeds, by=None, at=at)


def _posting(move: Move, scene: Scene) -> Posting:
    """Write to who owes returns in the cycle."""
    letters = [
        Letter(
            key=f"deadline_moved/{scene.cycle.slug}/{scene.today}/{move.last.pk}/{owing.person.person_id}",
            to_id=owing.person.person_id,
            name=owing.person.name,
            address=owing.person.address,
            message=moved_message(move=move, owing=owing, today=scene.today),
        )
        for owing in opened_to(scene)
    ]
    return Posting(
        council=scene.cycle.council.name, kind=NoticeKind.DEADLINE_MOVED, letters=letters
    )
