"""Steps moved by hand: told once to each person whom it concerns, with by whom and why.

Another deadline, and a later opening, concern who owes returns; another lock, who answers for plans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.operations import Deed
from goldenthread.chasing.batches import do_in_batches, lock_councils
from goldenthread.chasing.moved_messages import lock_message, moved_message, put_off_message
from goldenthread.chasing.queries.moves import TOLD, Move, is_news, moves_of, untold
from goldenthread.chasing.queries.people import Holder
from goldenthread.chasing.queries.scenes import Scene, scenes_of
from goldenthread.chasing.queries.told import closed_to, owing_by_deadline, to_open_to
from goldenthread.chasing.reminders import is_too_early
from goldenthread.domain.cycle_steps import CycleStep
from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.reminders import worth_sending_to
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import (
    Letter,
    Message,
    Posting,
    end_of,
    let_lapse,
    post_notices,
)
from goldenthread.organisation.queries import with_frameworks

_KINDS = {
    CycleStep.OPEN: NoticeKind.OPENING_MOVED,
    CycleStep.CLOSE: NoticeKind.DEADLINE_MOVED,
    CycleStep.LOCK: NoticeKind.LOCK_MOVED,
}
# What a message that nobody has taken yet says of a day is no longer so.
_OUT_OF_DATE = (NoticeKind.REMINDER, NoticeKind.CYCLE_OPENED, *_KINDS.values())


def tell_moved_deadlines(at: datetime) -> None:
    """Tell, in every council, whom it concerns that a step was moved; a step of the worker.

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
    """Tell whom it concerns in some councils of each move that is news, and write down that it was told.

    Messages that wait and tell of the day before lapse.
    """
    locked, today = lock_councils(councils), timezone.localdate(at)
    with_frameworks(locked.values())
    steps = untold(at).filter(cycle__council__in=locked)
    moves = moves_of(steps.select_related("cycle", "taken_by"))
    for move in moves:
        move.cycle.council = locked[move.cycle.council_id]
    news = [move for move in moves if is_news(move, today)]
    scenes = scenes_of([move.cycle for move in news], today)
    postings = [_posting(move, scenes[move.cycle.pk]) for move in news]
    let_lapse(
        {(posting.council, letter.to_id) for posting in postings for letter in posting.letters},
        _OUT_OF_DATE,
        at=at,
    )
    written = dict(zip(news, post_notices(postings, at=at), strict=True))
    deeds: dict[str, list[Deed]] = defaultdict(list)
    for move in moves:
        names = sorted(letter.name for letter in written.get(move, ()))
        deeds[move.cycle.council.name] += [
            Deed(verb=TOLD[step.step], target=step, changes={"told": [None, names]})
            for step in move.steps
        ]
    audit.record_in_councils(deeds, by=None, at=at)


def _posting(move: Move, scene: Scene) -> Posting:
    cycle, kind = scene.cycle, _KINDS[move.step]
    due = [cycle.due_on] if move.step is CycleStep.CLOSE else []
    letters = [
        Letter(
            key=f"{kind.value}/{cycle.slug}/{scene.today}/{move.last.pk}/{to.person_id}",
            to_id=to.person_id,
            name=to.name,
            address=to.address,
            message=message,
            lapses_at=end_of(worth_sending_to(due, today=scene.today)),
        )
        for to, message in _messages(move, scene)
    ]
    return Posting(council=cycle.council.name, kind=kind, letters=letters)


def _messages(move: Move, scene: Scene) -> Iterator[tuple[Holder, Message]]:
    today = scene.today
    match move.step:
        case CycleStep.OPEN:
            for owing in to_open_to(scene):
                yield owing.person, put_off_message(move=move, owing=owing, today=today)
        case CycleStep.CLOSE:
            for owing in owing_by_deadline(scene):
                yield owing.person, moved_message(move=move, owing=owing, today=today)
        case _:
            for closed in closed_to(scene, list(LeadRole)):
                # Whoever did it knows.
                if closed.person.person_id != move.last.taken_by_id:
                    name = closed.person.name
                    yield closed.person, lock_message(move=move, name=name, today=today)
