from __future__ import annotations

from datetime import date

import pytest

from goldenthread.domain.promises import (
    GivenFollowUp,
    GivenStep,
    StepOutcome,
    problems_with_follow_ups,
    problems_with_steps,
)

TODAY, PAST, TO_COME = date(2009, 7, 28), date(2009, 7, 1), date(2009, 9, 14)
WHOLE = GivenStep(what="Open the hall", who="Play Officer", due_on=TO_COME)


@pytest.mark.parametrize(
    "steps",
    [
        [WHOLE],
        [GivenStep(), WHOLE, GivenStep(what=" ")],
        [GivenStep(what="Ask", who="Us", due_on=TODAY)],
        [GivenStep(what="Ask", who="Us", due_on=PAST, note="Begun in June.")],
    ],
)
def test_steps_with_a_deed_an_owner_and_a_day_are_whole(steps: list[GivenStep]) -> None:
    assert problems_with_steps(steps, today=TODAY) == {}


@pytest.mark.parametrize("steps", [[], [GivenStep(), GivenStep()]])
def test_no_step_is_too_few(steps: list[GivenStep]) -> None:
    problems = problems_with_steps(steps, today=TODAY)

    assert problems == {"step_1_what": "Give at least one step: what, who does it and by when"}


def test_what_is_missing_is_said_by_row() -> None:
    steps = [WHOLE, GivenStep(), GivenStep(due_on=PAST), GivenStep(what="Ask")]

    assert problems_with_steps(steps, today=TODAY) == {
        "step_3_what": "Step 3: say what will be done",
        "step_3_who": "Step 3: say who will do it",
        "step_3_note": "Step 3: 1 July 2009 is past. Say why, or give a day to come",
        "step_4_who": "Step 4: say who will do it",
        "step_4_due_on": "Step 4: say by when, such as 30 November 2009",
    }


def said(
    outcome: StepOutcome | None,
    new_due_on: date | None = None,
    words: str = "",
    *,
    is_due: bool = True,
) -> GivenFollowUp:
    return GivenFollowUp(
        step_id=7,
        what="Open the hall",
        is_due=is_due,
        outcome=outcome,
        new_due_on=new_due_on,
        words=words,
    )


@pytest.mark.parametrize(
    "told",
    [
        said(StepOutcome.DONE),
        said(StepOutcome.NOT_DONE, TO_COME, "The roof leaks."),
        said(StepOutcome.DROPPED, words="The hall was sold."),
        said(None, is_due=False),
    ],
)
def test_a_step_can_be_done_moved_dropped_or_not_due(told: GivenFollowUp) -> None:
    assert problems_with_follow_ups([told], today=TODAY) == {}


@pytest.mark.parametrize(
    ("told", "problems"),
    [
        (said(None), {"promise_7_outcome": "Say whether this was done: Open the hall"}),
        (
            said(StepOutcome.NOT_DONE, PAST),
            {
                "promise_7_new_due_on": "Give a new day to come: Open the hall",
                "promise_7_words": "Say what happened: Open the hall",
            },
        ),
        (
            said(StepOutcome.NOT_DONE, words="It rained."),
            {"promise_7_new_due_on": "Give a new day to come: Open the hall"},
        ),
        (
            said(StepOutcome.DROPPED),
            {"promise_7_words": "Say why this was dropped: Open the hall"},
        ),
    ],
)
def test_what_is_missing_of_a_follow_up_is_named(
    told: GivenFollowUp, problems: dict[str, str]
) -> None:
    assert problems_with_follow_ups([told], today=TODAY) == problems


def test_a_long_step_is_named_in_short() -> None:
    told = GivenFollowUp(step_id=1, what="word " * 40, is_due=True)

    [words] = problems_with_follow_ups([told], today=TODAY).values()

    assert len(words) < 100
    assert words.endswith("...")


def test_only_what_is_not_done_is_still_waited_for() -> None:
    assert [outcome.label for outcome in StepOutcome if not outcome.is_end] == ["Not done yet"]
    assert [outcome.label for outcome in StepOutcome if outcome.is_end] == ["Done", "Dropped"]
