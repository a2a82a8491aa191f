"""Plays the demonstration council from the start of its year to the day that it stands on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from django.db import transaction

from goldenthread.demo.checks import check_deeds, send_back
from goldenthread.demo.corrections import put_slip_right
from goldenthread.demo.council import Cast, found_council, plan_the_year, set_up_bodies
from goldenthread.demo.deeds import Deed
from goldenthread.demo.drafts import write_drafts
from goldenthread.demo.history import add_indicators
from goldenthread.demo.papers import (
    deeds_for_other_forums,
    issue_papers,
    issue_to_scrutiny_again,
    keep_from_the_public,
)
from goldenthread.demo.people import NAME
from goldenthread.demo.plan_files import Files, read_files
from goldenthread.demo.plan_parts import add_parts, part_deeds
from goldenthread.demo.plans import add_actions, add_plans
from goldenthread.demo.returns import deeds_of
from goldenthread.demo.revisions import revise_promises
from goldenthread.demo.standing_in import add_joint_holders, name_summer_deputy
from goldenthread.demo.steps import lock_on_its_day, step_deeds
from goldenthread.organisation.models import Body, Council
from goldenthread.reporting.models import ReportingCycle

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told what is being played, and how much of it is done out of how much."""

COMPLETE, UNDER_WAY = ("6W1", "Q1", "6W2"), "Q2"


class AlreadyPlayedError(Exception):
    """The demonstration council is there already."""


class NotAloneError(Exception):
    """The database holds a real council, which nobody may share with people of a known password."""

    @classmethod
    def beside(cls, names: list[str]) -> NotAloneError:
        """Say which councils it holds."""
        return cls(
            f"This database holds {', '.join(names)}. The demonstration's people have a "
            "password that everybody knows, so it needs a database of its own: set DATABASE_URL."
        )


@transaction.atomic
def play(*, progress: Progress) -> Council:
    """Play the council through the system's own operations, in the order of time.

    It is one transaction, so that the council is there whole or not at all.

    :raises AlreadyPlayedError: if it is there
    :raises NotAloneError: if the database holds another council
    """
    _check_can_play()
    files = read_files()
    cast, bodies = _set_up(files, progress)
    cycles = plan_the_year(cast)
    add_joint_holders(cast)
    to_others: list[Deed] = []
    for code in COMPLETE:
        if code == "Q1":
            name_summer_deputy(cast)
        _play_cycle(files, cast, cycles[code], to_others, progress)
        to_others = []
        issue_papers(cast, cycles[code], bodies["DMT"])
        lock_on_its_day(cycles[code])
        if code == "Q1":
            keep_from_the_public(cast, cycles[code])
            to_others = list(deeds_for_other_forums(cast, cycles[code]))
    put_slip_right(files, cast, cycles["Q1"])
    issue_to_scrutiny_again(cast, cycles["Q1"], bodies["SCRUTINY"])
    _play_cycle(files, cast, cycles[UNDER_WAY], [], progress)
    send_back(cast, cycles[UNDER_WAY])
    write_drafts(files, cast, cycles[UNDER_WAY])
    revise_promises(cast)
    return cast.council


def _check_can_play() -> None:
    names = set(Council.objects.values_list("name", flat=True))
    if NAME in names:
        raise AlreadyPlayedError("The demonstration council has been played already.")
    if names:
        raise NotAloneError.beside(sorted(names))


def _set_up(files: Files, progress: Progress) -> tuple[Cast, dict[str, Body]]:
    what, steps = "Setting up the council", 4
    progress(what, 0, steps)
    cast = found_council(files)
    bodies = set_up_bodies(files, cast)
    progress(what, 1, steps)
    plans = add_plans(files, cast, bodies)
    progress(what, 2, steps)
    add_actions(files, cast, plans)
    progress(what, 3, steps)
    add_indicators(files, cast, plans)
    add_parts(files, cast, plans)
    progress(what, 4, steps)
    return cast, bodies


def _play_cycle(
    files: Files, cast: Cast, cycle: ReportingCycle, meanwhile: list[Deed], progress: Progress
) -> None:
    deeds = sorted(
        [
            *meanwhile,
            *deeds_of(files, cast, cycle),
            *check_deeds(cast, cycle),
            *part_deeds(files, cast, cycle),
            *step_deeds(cycle),
        ],
        key=lambda deed: deed.at,
    )
    for done, deed in enumerate(deeds, start=1):
        deed.perform()
        progress(cycle.title, done, len(deeds))
