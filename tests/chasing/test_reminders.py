from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.chasing.reminders import digests_due, remind_council, remind_due
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.reporting.models import ReportingCycle
from tests.factories import (
    ActionUpdateFactory,
    CouncilFactory,
    IndicatorUpdateFactory,
    PostHoldingFactory,
    UserFactory,
)
from tests.pages.small_council import SmallCouncil, found_small_council

DUE_ON = date(2009, 7, 21)
OFFICERS = ["Aled Rees", "Ines Ford", "Jo Field"]


def at(day: int, hour: int = 9) -> datetime:
    """A moment so many days after the deadline."""
    return datetime(2009, 7, 21, hour, tzinfo=UTC) + timedelta(days=day)


def reminded() -> list[str]:
    return sorted(Notice.objects.values_list("recipient_name", flat=True))


def run(first: int, last: int) -> None:
    """Let the worker live from one day to another, taking its steps twice a day."""
    for day in range(first, last + 1):
        remind_due(at(day, 8))
        remind_due(at(day, 16))


def test_officers_hear_before_on_and_after_the_deadline_and_then_the_leads(
    ashby: SmallCouncil,
) -> None:
    """Clause R-6."""
    heard = {}
    for day in range(-12, 8):
        Notice.objects.all().delete()
        run(day, day)
        if reminded():
            heard[day] = reminded()

    assert heard == {
        -10: OFFICERS,
        -3: OFFICERS,
        0: OFFICERS,
        1: OFFICERS,
        2: ["Leo Park", "Petra Moss"],
        4: ["Dora Hill"],
    }


def test_one_digest_tells_all_that_somebody_owes(ashby: SmallCouncil) -> None:
    ReportingCycle.objects.filter(pk=ashby.six_weekly.pk).update(due_on=date(2009, 7, 16))
    ActionUpdateFactory(
        cycle=ashby.six_weekly, action=ashby.club, submitted=True, rating=Rating.AMBER
    )
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.grant,
        returned_at=at(-5),
        returned_by=ashby.manager.user,
        revision_note="Say which club.",
    )

    remind_due(at(-3))

    [aled] = Notice.objects.filter(recipient_name="Aled Rees")
    assert aled.kind is NoticeKind.REMINDER
    assert aled.key == f"reminder/{aled.recipient_id}/2009-07-18"
    assert aled.subject == "1 return to revise, of 3 returns you owe"
    for words in (
        "Six-weekly update 1, 2009/10\n\n- CYPF 1.2 Pay grants to sports clubs\n"
        "  Due 16 July 2009 (2 days late).",
        "Quarter 1, 2009/10\n\n- CYPF 1.1 Open a homework club\n"
        "  Due 21 July 2009 (in 3 days). Last time Amber.\n"
        f"  http://127.0.0.1:8000/ashby/cycles/2009-10/Q1/actions/{ashby.club.pk}/update/",
        "To revise. Due 21 July 2009 (in 3 days).\n  Sent back: Say which club.",
        "ask the performance manager to let you in",
    ):
        assert words in aled.text
    assert "Say which club." in aled.html


def test_a_lead_hears_who_is_late_and_what_they_owe_themselves(ashby: SmallCouncil) -> None:
    ashby.attendance.indicator_officer = ashby.posts.lead_officer
    ashby.attendance.save()
    remind_due(at(1))

    remind_due(at(2))

    notice = Notice.objects.filter(recipient_name="Leo Park").latest("written_at")
    assert notice.subject == "1 return late"
    assert "This is what you owe." in notice.text
    assert "Children and Young People, Quarter 1, 2009/10\n" in notice.text
    assert "/ashby/cycles/2009-10/Q1/chase/?by=item&plan=CYPF" in notice.text
    assert "Play Officer (Aled Rees); Youth Worker (Jo Field)" in notice.text
    assert "ES1" not in notice.text
    assert Notice.objects.get(recipient_name="Petra Moss").subject == "1 return not in: Environment"


def test_who_leads_a_plan_in_both_roles_hears_of_it_once(ashby: SmallCouncil) -> None:
    ashby.es.lead_member = ashby.es.lead_officer
    ashby.es.save()

    remind_due(at(6))

    text = Notice.objects.get(recipient_name="Petra Moss").text
    assert text.count("Environment, Quarter 1") == 1


def test_a_worker_dead_for_a_week_catches_up_with_one_message_each(ashby: SmallCouncil) -> None:
    run(-12, -10)
    assert reminded() == OFFICERS
    Notice.objects.all().delete()

    run(-2, 0)

    days = Notice.objects.order_by("written_at").values_list("recipient_name", "written_at")
    assert [(name, moment.date()) for name, moment in days if name == "Jo Field"] == [
        ("Jo Field", date(2009, 7, 19)),
        ("Jo Field", date(2009, 7, 21)),
    ]
    assert reminded() == sorted(OFFICERS * 2)


def test_dead_through_the_deadline_everybody_hears_once_and_nobody_is_lost(
    ashby: SmallCouncil,
) -> None:
    run(-12, -4)
    Notice.objects.all().delete()

    run(4, 8)

    assert reminded() == sorted([*OFFICERS, "Leo Park", "Petra Moss", "Dora Hill"])


def test_what_lapsed_is_not_sent(ashby: SmallCouncil) -> None:
    remind_due(at(40))

    assert reminded() == []


def test_nobody_hears_before_seven_in_the_morning(ashby: SmallCouncil) -> None:
    remind_due(at(-10, 5))
    assert reminded() == []

    remind_due(at(-10, 6))
    assert reminded() == OFFICERS


def test_who_owes_nothing_hears_nothing(ashby: SmallCouncil) -> None:
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    for indicator in (ashby.visits, ashby.attendance, ashby.swans):
        IndicatorUpdateFactory(cycle=ashby.quarter, indicator=indicator, submitted=True)

    run(-10, 6)

    assert reminded() == []
    assert AuditEntry.objects.filter(verb=Verb.OFFICERS_REMINDED).count() == 6


def test_an_exception_report_that_is_owed_is_told(ashby: SmallCouncil) -> None:
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.RED
    )

    remind_due(at(1))

    text = Notice.objects.get(recipient_name="Aled Rees").text
    assert "Exception report for CYPF 1.2" in text
    assert f"/ashby/cycles/2009-10/Q1/exception-reports/action/{red.pk}/" in text


def test_deputies_and_joint_holders_hear_and_those_who_left_do_not(ashby: SmallCouncil) -> None:
    for name, capacity, ends_on, is_active in [
        ("Dee Dodd", Capacity.DEPUTY, date(2009, 7, 31), True),
        ("Joy Dunn", Capacity.JOINT, None, True),
        ("Past Pat", Capacity.DEPUTY, date(2009, 7, 1), True),
        ("Gone Gus", Capacity.JOINT, None, False),
    ]:
        PostHoldingFactory(
            post=ashby.posts.action_officer,
            holder=UserFactory(name=name, is_active=is_active),
            capacity=capacity,
            ends_on=ends_on,
        )
    nameless = ashby.holder_of(ashby.posts.joint_officer)
    nameless.email = ""
    nameless.save()

    remind_due(at(-3))

    assert reminded() == ["Aled Rees", "Dee Dodd", "Ines Ford", "Joy Dunn"]


def test_a_locked_cycle_reminds_nobody(ashby: SmallCouncil) -> None:
    ReportingCycle.objects.update(locked_at=at(-4), locked_by=ashby.manager.user)

    remind_due(at(1))

    assert reminded() == []


def test_the_councils_own_days_count(ashby: SmallCouncil) -> None:
    kept = ashby.council.frameworks.get()
    text = kept.text.replace("officers_days_before = [10, 3, 0]", "officers_days_before = [5]")
    kept.text = text.replace('version = "2009-10"', 'version = "2"')
    kept.save()

    run(-10, 0)

    assert {notice.written_at.date() for notice in Notice.objects.all()} == {date(2009, 7, 16)}


def test_each_council_is_reminded_and_one_that_cannot_be_keeps_no_other_from_it(
    ashby: SmallCouncil,
) -> None:
    CouncilFactory(name="new", title="New Council")
    ashby.council.frameworks.update(text="no framework at all")
    found_small_council("zennor")

    with pytest.raises(ExceptionGroup, match="could not be reminded"):
        remind_due(at(-3))

    assert set(Notice.objects.values_list("council", flat=True)) == {"zennor"}


def test_what_would_be_sent_can_be_seen_without_sending(ashby: SmallCouncil) -> None:
    digests = digests_due(ashby.council, at=at(-3))

    assert sorted(digest.person.name for digest in digests) == OFFICERS
    assert digests_due(ashby.council, at=at(-60)) == []
    assert Notice.objects.count() == 0


def test_the_trail_says_who_was_reminded(ashby: SmallCouncil) -> None:
    assert remind_council(ashby.council, at=at(-3)) == 3

    entry = AuditEntry.objects.get(verb=Verb.OFFICERS_REMINDED)
    assert (entry.actor_name, entry.target_name) == ("Goldenthread", "Ashby Borough Council")
    assert sorted(entry.changes["people"][1]) == OFFICERS
