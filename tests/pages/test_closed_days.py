from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.timetables.models import ClosedPeriod
from tests.factories import ClosedPeriodFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import links_on, words_on
from tests.pages.small_council import SmallCouncil

WHERE = "/ashby/timetable/closed-days/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.manager)


@pytest.fixture
def christmas(ashby: SmallCouncil) -> ClosedPeriod:
    return ClosedPeriodFactory(
        council=ashby.council, starts_on=date(2009, 12, 29), ends_on=date(2009, 12, 31)
    )


@pytest.fixture
def election(ashby: SmallCouncil) -> ClosedPeriod:
    return ClosedPeriodFactory(
        council=ashby.council,
        starts_on=date(2010, 3, 30),
        ends_on=date(2010, 5, 6),
        is_pre_election=True,
    )


@pytest.mark.usefixtures("election")
def test_what_is_ticked_is_taken_out_and_the_trail_keeps_why(
    manager: Any, christmas: ClosedPeriod
) -> None:
    assert links_on(manager.get("/ashby/timetable/"))["Closed days"] == WHERE
    shown = words_on(manager.get(WHERE))
    assert "29 to 31 December 2009 30 March to 6 May 2010 (pre-election period)" in shown

    answers = {"periods": [christmas.pk], "because": "We open at Christmas."}
    response = manager.post(WHERE, answers, follow=True)

    assert "Taken out: 29 to 31 December 2009." in words_on(response)
    assert [each.is_pre_election for each in ClosedPeriod.objects.all()] == [True]
    entry = AuditEntry.objects.get(verb=Verb.CLOSED_DAYS_TAKEN_OUT)
    assert entry.changes == {
        "because": [None, "We open at Christmas."],
        "closed days": ["29 to 31 December 2009", None],
    }


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"periods": []}, "Tick what is taken out"),
        ({"periods": ["0"]}, "taken out meanwhile: look again"),
        ({"because": ""}, "Say why they are taken out"),
    ],
)
def test_what_is_missing_is_said(
    manager: Any, christmas: ClosedPeriod, answers: dict[str, Any], problem: str
) -> None:
    response = manager.post(WHERE, {"periods": [christmas.pk], "because": "x"} | answers)

    assert problem in words_on(response)
    assert ClosedPeriod.objects.exists()


def test_where_none_is_kept_it_says_where_they_are_typed(manager: Any) -> None:
    assert "are typed when a year is proposed" in words_on(manager.get(WHERE))


def test_only_the_performance_manager_takes_them_out(ashby: SmallCouncil, sign_in: SignIn) -> None:
    assert sign_in(ashby.posts.director).get(WHERE).status_code == 403
