"""Two people who save one return for the first time in the same moment: nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from goldenthread.domain.rating import Rating
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, draft_action_update
from goldenthread.reporting.returns import ChangedMeanwhileError
from tests.factories import (
    IN_Q1,
    ActionFactory,
    CouncilFactory,
    FrameworkVersionFactory,
    ReportingCycleFactory,
    UserFactory,
    officeholder,
)

ROUNDS = 8


def _save(
    barrier: Barrier, cycle: ReportingCycle, action: Action, by: Officeholder, words: str
) -> str:
    answers = ActionReturn(rating=Rating.AMBER, commentary=words, seen_version=0)
    try:
        barrier.wait()
        draft_action_update(cycle=cycle, action=action, answers=answers, by=by, at=IN_Q1)
    except ChangedMeanwhileError:
        return "told"
    finally:
        connection.close()
    return words


def test_the_second_is_told_and_the_first_is_kept(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    council = CouncilFactory()
    FrameworkVersionFactory(council=council)
    cycle = ReportingCycleFactory(council=council)
    for _ in range(ROUNDS):
        action = ActionFactory(council=council)
        by = officeholder(action.action_officer, user=UserFactory())
        barrier = Barrier(2)

        with ThreadPoolExecutor(2) as threads:
            savings = [
                threads.submit(_save, barrier, cycle, action, by, words)
                for words in ("Yours.", "Mine.")
            ]
            ends = {saving.result() for saving in savings}

        kept = ActionUpdate.objects.get(action=action)
        assert ends == {"told", kept.commentary}
