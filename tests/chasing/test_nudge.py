from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.accounts.models import User
from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.chasing import operations
from goldenthread.chasing.operations import NobodyToNudgeError, NudgedTodayError, nudge
from goldenthread.chasing.queries.letters import Letters, letters_about
from goldenthread.notices.models import Notice, NoticeKind
from tests.factories import ActionUpdateFactory, NoticeFactory
from tests.pages.small_council import IN_Q1, SmallCouncil


def picked(ashby: SmallCouncil) -> list[str]:
    return [f"action-{ashby.club.pk}", f"indicator-{ashby.visits.pk}"]


def test_it_writes_one_message_a_person_and_one_entry_in_the_trail(ashby: SmallCouncil) -> None:
    nudge(cycle=ashby.quarter, picked=picked(ashby), note="By Friday.", by=ashby.manager, at=IN_Q1)

    notices = Notice.objects.order_by("recipient_name")
    assert [(one.recipient_name, one.kind, one.council) for one in notices] == [
        ("Aled Rees", NoticeKind.NUDGE, "ashby"),
        ("Ines Ford", NoticeKind.NUDGE, "ashby"),
        ("Jo Field", NoticeKind.NUDGE, "ashby"),
    ]
    entry = AuditEntry.objects.get(verb=Verb.OFFICERS_NUDGED)
    assert (entry.actor_name, entry.target_id) == (ashby.manager.user.email, ashby.quarter.pk)
    assert entry.changes == {
        "people": [None, ["Aled Rees", "Ines Ford", "Jo Field"]],
        "about": [None, sorted(picked(ashby))],
        "note": [None, "By Friday."],
    }


def test_an_exception_report_leads_to_its_form(ashby: SmallCouncil) -> None:
    red = ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, submitted=True, rating="red")

    nudge(
        cycle=ashby.quarter,
        picked=[f"exception_report-action-{ashby.grant.pk}"],
        by=ashby.manager,
        at=IN_Q1,
    )

    notice = Notice.objects.get()
    assert notice.subject == "1 exception report due on 6 August 2009 (in 23 days)"
    assert "- Exception report for CYPF 1.2 Pay grants to sports clubs" in notice.text
    assert f"/ashby/cycles/2009-10/Q1/exception-reports/action/{red.pk}/" in notice.text
    assert "Rated Red" in notice.text


def test_what_was_sent_back_says_why(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.grant,
        returned_at=IN_Q1,
        returned_by=ashby.manager.user,
        revision_note="Say <which> club.",
    )

    nudge(cycle=ashby.quarter, picked=[f"action-{ashby.grant.pk}"], by=ashby.manager, at=IN_Q1)

    notice = Notice.objects.get()
    assert notice.subject == "1 return to revise, of 1 return you owe"
    assert "Sent back: Say <which> club." in notice.text
    assert "Say &lt;which&gt; club." in notice.html


def test_a_second_nudge_on_one_day_is_refused_unless_again(ashby: SmallCouncil) -> None:
    write = partial(nudge, cycle=ashby.quarter, picked=picked(ashby), by=ashby.manager)
    write(at=IN_Q1)

    with pytest.raises(NudgedTodayError, match="Aled Rees, Ines Ford and Jo Field"):
        write(at=IN_Q1)
    assert Notice.objects.count() == 3
    assert AuditEntry.objects.filter(verb=Verb.OFFICERS_NUDGED).count() == 1

    write(again=True, at=IN_Q1)
    write(at=datetime(2009, 7, 15, 9, tzinfo=UTC))
    assert Notice.objects.count() == 9


def test_whoever_nudges_a_moment_later_writes_nothing(ashby: SmallCouncil) -> None:
    """Somebody else's message is there, but was not when the board was read."""
    jo = ashby.holder_of(ashby.posts.joint_officer)
    NoticeFactory(
        council="ashby", key=f"nudge/2009-10/Q1/{jo.pk}/1", kind=NoticeKind.RETURNED, recipient_id=1
    )

    with pytest.raises(NudgedTodayError, match="Jo Field"):
        nudge(cycle=ashby.quarter, picked=picked(ashby), by=ashby.manager, at=IN_Q1)
    assert Notice.objects.filter(kind=NoticeKind.NUDGE).count() == 0


def leave_meanwhile(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let some people leave just after the board was read."""

    def read(*args: Any) -> Letters:
        found = letters_about(*args)
        User.objects.filter(name__in=names).update(is_active=False)
        return found

    monkeypatch.setattr(operations, "letters_about", read)


def test_somebody_who_leaves_meanwhile_is_left_out_and_named(
    ashby: SmallCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_meanwhile(monkeypatch, "Aled Rees")

    done = nudge(cycle=ashby.quarter, picked=picked(ashby), by=ashby.manager, at=IN_Q1)

    assert [letter.person.name for letter in done.written] == ["Ines Ford", "Jo Field"]
    assert [letter.person.name for letter in done.left] == ["Aled Rees"]
    assert set(Notice.objects.values_list("recipient_name", flat=True)) == {"Ines Ford", "Jo Field"}
    entry = AuditEntry.objects.get(verb=Verb.OFFICERS_NUDGED)
    assert entry.changes["people"] == [None, ["Ines Ford", "Jo Field"]]


def test_when_all_leave_meanwhile_it_is_refused(
    ashby: SmallCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_meanwhile(monkeypatch, "Aled Rees", "Ines Ford", "Jo Field")

    with pytest.raises(NobodyToNudgeError):
        nudge(cycle=ashby.quarter, picked=picked(ashby), by=ashby.manager, at=IN_Q1)


def test_what_is_in_and_what_nobody_holds_is_refused(ashby: SmallCouncil) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True)
    ashby.posts.indicator_officer.holdings.all().delete()

    with pytest.raises(NobodyToNudgeError):
        nudge(cycle=ashby.quarter, picked=picked(ashby), by=ashby.manager, at=IN_Q1)


def test_an_officer_may_not_nudge(ashby: SmallCouncil) -> None:
    officer = ashby.officeholder(ashby.posts.action_officer)

    with pytest.raises(PermissionDenied, match="plan's leads"):
        nudge(cycle=ashby.quarter, picked=picked(ashby), by=officer, at=IN_Q1)
    assert Notice.objects.count() == 0
