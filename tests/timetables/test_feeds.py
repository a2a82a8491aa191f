"""A feed as calendar programs read it, across summer time and moves, for as long as it may be seen."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from icalendar import Calendar, Event

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.cycle_steps import ByHand
from goldenthread.domain.kinds import BodyKind, Precision, Step
from goldenthread.domain.when_words import read_when
from goldenthread.organisation.models import PostHolding
from goldenthread.reporting.models import Milestone
from goldenthread.reporting.operations.cycle_steps import take_step_by_hand
from goldenthread.timetables.feeds import Channel, calendar_of, occasions_in
from goldenthread.timetables.models import CalendarFeed
from goldenthread.timetables.operations.feeds import make_feed, stop_feed
from goldenthread.timetables.operations.moving import Moved, move_milestones
from goldenthread.timetables.queries.feeds import find_feed, followable
from goldenthread.timetables.queries.occasions import Occasion
from tests.factories import CalendarFeedFactory, MilestoneFactory
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council

TODAY = date(2009, 7, 14)


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


def channel() -> Channel:
    return Channel(
        title="My dates, Ashby",
        council="ashby",
        made_at=IN_Q1,
        address_of=lambda path: f"https://ashby.example{path}",
    )


def written(*occasions: Occasion) -> bytes:
    return calendar_of(occasions, channel())


def occasion(
    starts_on: date, ends_on: date | None = None, *, what: str = "DMT receives the report"
) -> Occasion:
    return Occasion(
        key="milestone-7",
        starts_on=starts_on,
        ends_on=ends_on or starts_on,
        when="then",
        what=what,
        about="Quarter 4, 2009/10",
        why="you sit on it",
        href="/ashby/cycles/2009-10/Q4/",
    )


def events_in(content: bytes) -> list[Event]:
    return [each for each in Calendar.from_ical(content).walk("VEVENT") if isinstance(each, Event)]


def feed_of(token: str) -> CalendarFeed:
    found = find_feed(token)
    assert found is not None
    return found


def events_of(feed: CalendarFeed, today: date = TODAY) -> dict[str, Event]:
    found = events_in(calendar_of(occasions_in(feed, today), channel()))
    return {str(event["summary"]): event for event in found}


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2010, 3, 27), date(2010, 3, 27)),
        (date(2010, 3, 28), date(2010, 3, 28)),
        (date(2009, 10, 25), date(2009, 10, 25)),
        (date(2010, 3, 22), date(2010, 3, 28)),
        (date(2009, 10, 19), date(2009, 10, 25)),
        (date(2009, 12, 16), date(2010, 1, 12)),
    ],
)
def test_days_are_whole_days_also_when_the_clocks_change(starts_on: date, ends_on: date) -> None:
    [event] = events_in(written(occasion(starts_on, ends_on)))

    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        starts_on,
        ends_on + timedelta(days=1),
    )
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert b"TZID" not in written(occasion(starts_on, ends_on))


def test_what_somebody_typed_is_never_a_line_of_the_calendar() -> None:
    typed = "Panels; plan, and\r\nEND:VEVENT\r\nX-EVIL:1 \\ done"

    [event] = events_in(written(occasion(TODAY, what=typed)))

    assert "X-EVIL" not in event
    assert str(event["summary"]).startswith("Panels; plan, and\n")


def test_the_same_dates_are_the_same_bytes_and_say_when_to_look_again() -> None:
    content = written(occasion(TODAY))

    assert content == written(occasion(TODAY))
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in content
    assert b"X-PUBLISHED-TTL:PT4H" in content
    assert events_in(written()) == []


def test_a_director_has_what_dmt_does_and_no_more(ashby: SmallCouncil) -> None:
    MilestoneFactory(cycle=ashby.quarter, step=Step.FORUM_RECEIVES, forum=BodyKind.SCRUTINY)
    MilestoneFactory(cycle=ashby.quarter, precision=Precision.TO_BE_CONFIRMED, starts_on=None)
    token = make_feed(body=None, by=ashby.officeholder(ashby.posts.director), at=IN_Q1)

    assert list(events_of(feed_of(token))) == [
        "Papers sent out to DMT (Six-weekly update 1, 2009/10)",
        "DMT receives the report (Six-weekly update 1, 2009/10)",
        "Papers sent out to DMT (Quarter 1, 2009/10)",
        "DMT receives the report (Quarter 1, 2009/10)",
    ]


def test_a_date_that_moves_keeps_its_name_and_says_that_it_moved(ashby: SmallCouncil) -> None:
    feed = feed_of(make_feed(body=None, by=ashby.manager, at=IN_Q1))
    before = events_of(feed)["DMT receives the report (Quarter 1, 2009/10)"]
    _move(ashby, "12 August 2009", IN_Q1)
    _move(ashby, "13 August 2009", IN_Q1 + timedelta(hours=1))

    after = events_of(feed)["DMT receives the report (Quarter 1, 2009/10)"]

    assert after["uid"] == before["uid"]
    assert after.decoded("dtstart") == date(2009, 8, 13)
    assert after.decoded("sequence") > before.decoded("sequence")
    assert after.decoded("last-modified") == IN_Q1 + timedelta(hours=1)
    assert "First planned for 11 August 2009." in str(after["description"])


def test_a_deadline_that_moves_with_a_step_taken_by_hand_says_that_it_moved(
    ashby: SmallCouncil,
) -> None:
    deadline = MilestoneFactory(
        cycle=ashby.quarter, step=Step.UPDATE_DEADLINE, forum=None, starts_on=ashby.quarter.due_on
    )
    what = f"{deadline.what} ({ashby.quarter.title})"
    feed = feed_of(make_feed(body=None, by=ashby.manager, at=IN_Q1))
    before = events_of(feed)[what]

    take_step_by_hand(
        cycle=ashby.quarter,
        way=ByHand.TAKE_UNTIL,
        on=ashby.quarter.due_on + timedelta(days=3),
        because="The server was down.",
        by=ashby.manager,
        at=IN_Q1 + timedelta(hours=1),
    )

    after = events_of(feed)[what]
    assert after.decoded("dtstart") == before.decoded("dtstart") + timedelta(days=3)
    assert after.decoded("sequence") > before.decoded("sequence")
    assert after.decoded("last-modified") == IN_Q1 + timedelta(hours=1)


def _move(ashby: SmallCouncil, when: str, at: datetime) -> None:
    milestone = Milestone.objects.get(cycle=ashby.quarter, step=Step.FORUM_RECEIVES)
    move_milestones(
        cycle=ashby.quarter,
        moves=[Moved(milestone=milestone, when=read_when(when))],
        because="The room is taken",
        by=ashby.manager,
        at=at,
    )


def test_a_body_has_a_feed_for_those_who_sit_on_it_and_the_manager(ashby: SmallCouncil) -> None:
    for by in (ashby.officeholder(ashby.posts.director), ashby.manager):
        feed = feed_of(make_feed(body=ashby.dmt, by=by, at=IN_Q1))
        assert len(events_of(feed)) == 4
    with pytest.raises(PermissionDenied, match="for those who sit on it"):
        make_feed(body=ashby.dmt, by=ashby.officeholder(ashby.posts.clerk), at=IN_Q1)
    with pytest.raises(PermissionDenied, match="no post in the council"):
        make_feed(body=found_small_council("bexley").dmt, by=ashby.manager, at=IN_Q1)


def test_a_feed_gives_nothing_that_its_holder_may_not_see_any_more(ashby: SmallCouncil) -> None:
    director = ashby.officeholder(ashby.posts.director)
    feeds = [feed_of(make_feed(body=body, by=director, at=IN_Q1)) for body in (None, ashby.dmt)]
    assert all(events_of(feed) for feed in feeds)

    held = PostHolding.objects.get(post=ashby.posts.director)
    held.ends_on = TODAY
    held.save()
    last_day, after = TODAY, TODAY + timedelta(days=1)

    assert [len(events_of(feed, last_day)) for feed in feeds] == [4, 4]
    assert [len(events_of(feed, after)) for feed in feeds] == [0, 0]


def test_who_has_left_a_body_but_not_the_council_has_its_dates_no_more(
    ashby: SmallCouncil,
) -> None:
    feed = feed_of(make_feed(body=ashby.dmt, by=ashby.officeholder(ashby.posts.director), at=IN_Q1))
    ashby.dmt.memberships.all().delete()

    assert events_of(feed) == {}


def test_who_may_not_sign_in_any_more_has_no_dates(ashby: SmallCouncil) -> None:
    feed = feed_of(make_feed(body=None, by=ashby.manager, at=IN_Q1))
    feed.holder.is_active = False

    assert events_of(feed) == {}


def test_a_new_address_ends_the_old_one(ashby: SmallCouncil) -> None:
    old = make_feed(body=None, by=ashby.manager, at=IN_Q1)
    new = make_feed(body=None, by=ashby.manager, at=IN_Q1)

    assert find_feed(old) is None
    assert find_feed(new) is not None
    stop_feed(body=None, by=ashby.manager, at=IN_Q1)
    assert find_feed(new) is None
    assert find_feed("") is None
    verbs = [Verb.CALENDAR_FEED_MADE, Verb.CALENDAR_FEED_STOPPED]
    assert AuditEntry.objects.filter(verb__in=verbs).count() == 4


def test_the_secret_itself_is_kept_nowhere(ashby: SmallCouncil) -> None:
    token = make_feed(body=None, by=ashby.manager, at=IN_Q1)

    kept = [str(CalendarFeed.objects.values().get()), *map(str, AuditEntry.objects.values())]
    assert not any(token in each for each in kept)


def test_an_own_feed_is_told_from_those_of_bodies_and_of_others(ashby: SmallCouncil) -> None:
    director = ashby.officeholder(ashby.posts.director)
    make_feed(body=ashby.dmt, by=director, at=IN_Q1)
    CalendarFeedFactory(council=ashby.council, body=ashby.scrutiny)

    assert [(each.title, each.feed is not None) for each in followable(director)] == [
        ("My own dates", False),
        ("Directors' Management Team", True),
    ]
    assert len(followable(ashby.manager)) == 5


def test_a_real_calendar_program_reads_it_right_across_the_change_of_clocks(
    ashby: SmallCouncil, tmp_path: Path
) -> None:
    calcurse = shutil.which("calcurse")
    if calcurse is None:
        pytest.skip("The feed is read by calcurse, which is not installed.")
    days = {"03/28/2010": date(2010, 3, 28), "10/25/2009": date(2009, 10, 25)}
    for day in days.values():
        MilestoneFactory(cycle=ashby.quarter, step=Step.EXCEPTIONS_DISCUSSED, starts_on=day)
    MilestoneFactory(
        cycle=ashby.quarter,
        step=Step.LAA_DATA_FROM_COUNTY,
        precision=Precision.WEEK,
        starts_on=date(2010, 3, 22),
        ends_on=date(2010, 3, 28),
    )
    feed = feed_of(make_feed(body=None, by=ashby.manager, at=IN_Q1))
    file = tmp_path / "feed.ics"
    file.write_bytes(calendar_of(occasions_in(feed, TODAY), channel()))

    def run(*words: str) -> str:
        home = ("-D", str(tmp_path / "kept"), "-C", str(tmp_path / "kept"))
        done = subprocess.run(
            [calcurse, *home, *words], capture_output=True, text=True, check=True, timeout=60
        )
        return done.stdout

    assert " 0 skipped" in run("-i", str(file))
    for asked in days:
        assert run("-Q", "--from", asked, "--days", "1").count("DMT discusses the exceptions") == 1
    assert "DMT discusses" not in run("-Q", "--from", "03/27/2010", "--days", "1")
    assert "DMT discusses" not in run("-Q", "--from", "03/29/2010", "--days", "1")
    assert "LAA data" in run("-Q", "--from", "03/28/2010", "--days", "1")
    assert "LAA data" not in run("-Q", "--from", "03/29/2010", "--days", "1")


def test_a_date_that_is_long_past_is_left_behind(ashby: SmallCouncil) -> None:
    feed = feed_of(make_feed(body=None, by=ashby.manager, at=datetime(2009, 7, 1, tzinfo=UTC)))

    assert events_of(feed, date(2011, 7, 14)) == {}
