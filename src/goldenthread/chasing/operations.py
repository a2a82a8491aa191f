from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.chasing import permissions
from goldenthread.chasing.compose import nudge_message
from goldenthread.chasing.queries.board import chase_board
from goldenthread.chasing.queries.contacts import nudges_of
from goldenthread.chasing.queries.letters import Letter, letters_about
from goldenthread.design.words import join_words
from goldenthread.domain.reminders import worth_sending_to
from goldenthread.notices.models import NoticeKind
from goldenthread.notices.operations import end_of, post_notice
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle


class NudgeRefusedError(Exception):
    """Nobody can be nudged so; the words say why and what to do."""


class NobodyToNudgeError(NudgeRefusedError):
    """What was picked has come in, or nobody who holds it can be written to."""


class NudgedTodayError(NudgeRefusedError):
    """Somebody was nudged about the cycle today already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudged:
    """The letters that a nudge wrote, and those to people who had left by then."""

    written: Sequence[Letter]
    left: Sequence[Letter]


@transaction.atomic
def nudge(
    *,
    cycle: ReportingCycle,
    picked: Collection[str],
    note: str = "",
    again: bool = False,
    by: Officeholder,
    at: datetime,
) -> Nudged:
    """Write to the people who hold what was picked: one message each, about all of it (clause R-6).

    `picked` names obligations as the board does. With `again`, who was nudged today already is
    nudged once more. Who has left since the board was read gets nothing, and keeps nobody else from it.

    :raises PermissionDenied: if the person chases no plan of the cycle
    :raises NobodyToNudgeError: if nothing is left to write about, or nobody to write to
    :raises NudgedTodayError: if somebody was nudged today, and not `again`
    """
    today = timezone.localdate(at)
    board = chase_board(cycle, permissions.chased_plans(by, cycle), today=today)
    found = letters_about(board, picked)
    if not found.letters:
        raise NobodyToNudgeError(
            "Nobody can be written to: what you picked is in, or its posts are empty."
        )
    if found.nudged_today and not again:
        raise _nudged_today(found.nudged_today)
    done, people = _sorted_out(found.letters)
    # In one order, so that two who nudge at once wait for each other and not crosswise.
    for letter in sorted(done.written, key=lambda letter: letter.person.person_id):
        _post(letter, people[letter.person.person_id], cycle, note, by, at)
    audit.record(
        council=cycle.council.name,
        verb=Verb.OFFICERS_NUDGED,
        target=cycle,
        by=by.user,
        at=at,
        changes={
            "people": [None, [letter.person.name for letter in done.written]],
            "about": [None, sorted({o.key for let in done.written for o in let.obligations})],
            "note": [None, note],
        },
    )
    return done


def _sorted_out(letters: Collection[Letter]) -> tuple[Nudged, Mapping[int, User]]:
    """Tell whoever can be written to from who has left since the board was read.

    :raises NobodyToNudgeError: if all have
    """
    people = User.objects.filter(is_active=True).in_bulk(
        [letter.person.person_id for letter in letters]
    )
    written = [letter for letter in letters if letter.person.person_id in people]
    if not written:
        raise NobodyToNudgeError("Nobody can be written to: whoever you picked has left.")
    left = [letter for letter in letters if letter.person.person_id not in people]
    return Nudged(written=written, left=left), people


def _post(
    letter: Letter, to: User, cycle: ReportingCycle, note: str, by: Officeholder, at: datetime
) -> None:
    message = nudge_message(
        cycle=cycle,
        name=letter.person.name,
        obligations=letter.obligations,
        note=note,
        by=by,
        today=timezone.localdate(at),
    )
    # Counted, so that two who nudge at once cannot both write the same person's next one.
    key = f"{nudges_of(cycle)}{to.pk}/{letter.contact.nudges + 1}"
    written = post_notice(
        council=cycle.council.name,
        kind=NoticeKind.NUDGE,
        key=key,
        to=to,
        message=message,
        at=at,
        lapses_at=end_of(
            worth_sending_to(
                [one.due_on for one in letter.obligations], today=timezone.localdate(at)
            )
        ),
    )
    if written is None:
        raise _nudged_today([letter])


def _nudged_today(letters: Collection[Letter]) -> NudgedTodayError:
    names = join_words([letter.person.name for letter in letters])
    return NudgedTodayError(f"Nudged today already: {names}. Tick the box to write again.")
