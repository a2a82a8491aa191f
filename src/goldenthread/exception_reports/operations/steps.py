"""Keeping the steps of a report, and what is said later of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.promises import (
    GivenFollowUp,
    GivenStep,
    StepOutcome,
    problems_with_follow_ups,
    step_field,
)
from goldenthread.exception_reports.models import ExceptionReport, PlannedStep, StepFollowUp
from goldenthread.exception_reports.queries.reports import step_in_words
from goldenthread.exception_reports.queries.steps import Promise, promises_of
from goldenthread.organisation.models import Council, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.persistence.versions import save_version
from goldenthread.reporting import permissions
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.returns import IncompleteReturnError


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an officer says of a step that was promised before."""

    outcome: StepOutcome | None = None
    new_due_on: date | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self.outcome is None and self.new_due_on is None and not self.words.strip()

    @property
    def kept(self) -> dict[str, Any]:
        """What a draft keeps of it."""
        return {
            "outcome": self.outcome.value if self.outcome else None,
            "new_due_on": self.new_due_on.isoformat() if self.new_due_on else None,
            "words": self.words.strip(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the form, counted from 1, with what it says and the step that it is already."""

    number: int
    words: dict[str, Any]
    step: PlannedStep | None

    @property
    def rewords(self) -> bool:
        return self.step is not None and not _says(self.step, self.words)


def save_steps(
    report: ExceptionReport,
    given: Sequence[GivenStep],
    *,
    is_countys: bool,
    by: Officeholder,
    at: datetime,
) -> None:
    """Make a report's steps those that were given; each keeps its versions, also when it goes.

    A row is the step that it names, wherever it stands, or else one with its very words. A step
    that was followed up stays as it was promised; beside the County's report it need not be given.

    :raises IncompleteReturnError: if one that was followed up is changed or left out, by field
    """
    # Whoever follows a step up meanwhile waits at it.
    held = list(report.steps.select_for_update(of=("self",)).select_related("owner"))
    rows = _rows(given, held, by.council)
    told = set(StepFollowUp.objects.filter(step__in=held).values_list("step_id", flat=True))
    if not is_countys:
        _check_told_stay(rows, [step for step in held if step.pk in told])
    wanted = {row.step.pk: row.words for row in rows if row.step}
    for step in held:
        if step.pk not in wanted and step.pk not in told:
            _drop_step(step, by, at)
    kept = [step for step in held if step.pk in wanted or step.pk in told]
    for number, step in enumerate(kept, start=1):
        words = {} if step.pk in told else wanted[step.pk]
        _save_step(step, words | {"number": number}, by, at)
    fresh = [row.words for row in rows if row.step is None]
    for number, words in enumerate(fresh, start=len(kept) + 1):
        _save_step(PlannedStep(report=report), words | {"number": number}, by, at)


def _rows(given: Sequence[GivenStep], held: list[PlannedStep], council: Council) -> list[_Row]:
    """Pair each row that is not empty with the step that it names, or one that says the same."""
    left = {step.pk: step for step in held}
    filled = [(number, each) for number, each in enumerate(given, start=1) if not each.is_empty]
    named = {number: left.pop(each.step_id, None) for number, each in filled if each.step_id}
    rows = []
    for number, each in filled:
        words = _words(each, council)
        same = (step for step in left.values() if _says(step, words))
        step = named.get(number) or next(same, None)
        if step:
            left.pop(step.pk, None)
        rows.append(_Row(number=number, words=words, step=step))
    return rows


def _check_told_stay(rows: list[_Row], told: list[PlannedStep]) -> None:
    problems = {
        step_field(row.number, "what"): f"{_STAYS} Write it as it was: {step_in_words(row.step)}"
        for row in rows
        if row.step in told and row.rewords
    }
    given = [row.step for row in rows]
    if missing := [step_in_words(step) for step in told if step not in given]:
        problems[""] = f"{_STAYS} Give it again as it was: {'; '.join(missing)}"
    if problems:
        raise IncompleteReturnError(problems)


_STAYS = "It was said already what became of this step, so it stays as it was promised."


def _words(given: GivenStep, council: Council) -> dict[str, Any]:
    owner = _post_called(given.who, council)
    return {
        "what": given.what.strip(),
        "owner": owner,
        "owner_words": "" if owner else given.who.strip(),
        "due_on": given.due_on,
        "note": given.note.strip(),
    }


def _says(step: PlannedStep, words: Mapping[str, Any]) -> bool:
    return all(getattr(step, name) == value for name, value in words.items())


def _save_step(step: PlannedStep, words: Mapping[str, Any], by: Officeholder, at: datetime) -> None:
    if step.pk and _says(step, words):
        return
    for name, value in words.items():
        setattr(step, name, value)
    save_version(step, by=by.user, at=at)


def _drop_step(step: PlannedStep, by: Officeholder, at: datetime) -> None:
    versioned: Any = step
    versioned._history_user, versioned._history_date = by.user, at
    step.delete()


def _post_called(who: str, council: Council) -> Post | None:
    """Find the post that an officer named as the owner of a step; anybody else stays in words."""
    return Post.objects.filter(council=council, title__iexact=who.strip()).first()


@transaction.atomic
def follow_up_steps(
    *, item: Item, told: Mapping[int, Told], by: Officeholder, at: datetime
) -> list[StepFollowUp]:
    """Say what became of the steps promised about an item, whatever its rating is now.

    :raises PermissionDenied: if it is not theirs to say
    :raises IncompleteReturnError: if something is missing, by field
    """
    check_can_follow_up(by, item)
    # Two who say it at once wait at their item.
    type(item)._default_manager.select_for_update().get(pk=item.pk)
    promised = [promise for promise in promises_of(item) if promise.is_open]
    problems = problems_with_told(promised, told, at, all_due=False)
    if all(said.is_empty for said in told.values()):
        problems = {"": "Say of one step at least what became of it"}
    if problems:
        raise IncompleteReturnError(problems)
    return record_told(promised, told, item=item, by=by, at=at)


def check_can_follow_up(by: Officeholder, item: Item) -> None:
    """Let an item's officers and those who answer for its plan say what became of its steps.

    :raises PermissionDenied: if the person is neither
    """
    if permissions.holds(by, item) or permissions.answers_for(by, item):
        return
    raise PermissionDenied(f"Only {permissions.officer_of(item)} can say how these steps stand.")


def problems_with_told(
    promised: Sequence[Promise], told: Mapping[int, Told], at: datetime, *, all_due: bool = True
) -> dict[str, str]:
    """Say what is missing of what is said about earlier steps; of those due something must be said."""
    today = timezone.localdate(at)
    return problems_with_follow_ups(
        [_given(promise, told, today, all_due=all_due) for promise in promised], today=today
    )


def _given(
    promise: Promise, told: Mapping[int, Told], today: date, *, all_due: bool
) -> GivenFollowUp:
    said = told.get(promise.step.pk, Told())
    return GivenFollowUp(
        step_id=promise.step.pk,
        what=promise.step.what,
        is_due=promise.due_on < today if all_due else not said.is_empty,
        outcome=said.outcome,
        new_due_on=said.new_due_on,
        words=said.words,
    )


def record_told(
    promised: Sequence[Promise],
    told: Mapping[int, Told],
    *,
    item: Item,
    by: Officeholder,
    at: datetime,
) -> list[StepFollowUp]:
    """Write down what was said of steps, where it is news."""
    post = permissions.acting_post(by, item)
    if post is None:  # pragma: no cover - whoever may speak for an item does so in a post
        raise PermissionDenied("You hold no post in which to say this.")
    return [
        _record(promise, said, outcome, by=by, post=post, at=at)
        for promise in promised
        if (said := told.get(promise.step.pk)) and (outcome := said.outcome)
        if not _is_known(promise, said)
    ]


def _record(
    promise: Promise,
    said: Told,
    outcome: StepOutcome,
    *,
    by: Officeholder,
    post: Post,
    at: datetime,
) -> StepFollowUp:
    follow_up = StepFollowUp.objects.create(
        step=promise.step,
        outcome=outcome,
        new_due_on=_new_day(said),
        words=said.words.strip(),
        told_at=at,
        told_by=by.user,
        told_for=post,
        told_as=by.capacity_in(post),
    )
    audit.record(
        council=by.council.name,
        verb=Verb.PLANNED_STEP_FOLLOWED_UP,
        target=follow_up,
        by=by.user,
        at=at,
        changes={"outcome": [promise.told and promise.told.outcome, outcome]},
    )
    return follow_up


def _is_known(promise: Promise, said: Told) -> bool:
    latest = promise.told
    return latest is not None and (latest.outcome, latest.words, latest.new_due_on) == (
        said.outcome,
        said.words.strip(),
        _new_day(said),
    )


def _new_day(said: Told) -> date | None:
    return said.new_due_on if said.outcome is StepOutcome.NOT_DONE else None
