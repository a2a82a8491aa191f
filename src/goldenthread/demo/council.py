"""The demonstration council itself: its framework, posts, people, bodies and timetable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources

from goldenthread.accounts.models import User
from goldenthread.demo.moments import moment, office_hours
from goldenthread.demo.people import NAME, DemonstrationPeople
from goldenthread.demo.plan_files import YEAR, Files, read_published_timetable
from goldenthread.demo.posts import DUTIES, PERFORMANCE_MANAGER, forums, titles
from goldenthread.organisation import holdings, operations, queries
from goldenthread.organisation.models import Body, Council, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle
from goldenthread.timetables.operations.closing_days import keep_closed
from goldenthread.timetables.operations.planning import plan_year

TITLE = "Chase District Council"
DESCRIPTION = (
    "An invented council. Its plans, their leads, its timetable and a few example items are the "
    "framework's own of 2009/10. All other values are illustrative: the people, the rest of the "
    "actions and indicators, the figures and what is said of them."
)
_IN_POST_FROM = date(2009, 4, 1)
_FOUNDED_ON, _BODIES_ON, _TIMETABLED_ON = date(2009, 4, 6), date(2009, 4, 7), date(2009, 5, 15)
_CLOSED = [date(2009, 12, day) for day in (29, 30, 31)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The council with its posts and whoever holds them, by the post's title."""

    council: Council
    posts: dict[str, Post]
    holders: dict[str, Officeholder]

    @property
    def manager(self) -> Officeholder:
        return self.holders[PERFORMANCE_MANAGER]


def found_council(files: Files) -> Cast:
    """Set up the council with its framework, its posts and the people in them.

    Until the performance manager is in post, the system itself does it.
    """
    at = office_hours(_FOUNDED_ON)
    council = _add_council(at)
    people = DemonstrationPeople(files.names)
    posts: dict[str, Post] = {}
    persons: dict[str, User] = {}
    for title in titles(files):
        by = persons.get(PERFORMANCE_MANAGER)
        persons[title] = people.next_person()
        posts[title] = _fill_post(council, title, persons[title], by, at)
    return Cast(council=council, posts=posts, holders=_officeholders(council, persons))


def _add_council(at: Iterator[datetime]) -> Council:
    council = operations.add_council(
        name=NAME, title=TITLE, description=DESCRIPTION, by=None, at=next(at)
    )
    framework = resources.files("goldenthread.organisation") / "framework.toml"
    operations.adopt_framework(
        council=council, text=framework.read_text(encoding="utf-8"), by=None, at=next(at)
    )
    return council


def _fill_post(
    council: Council, title: str, holder: User, by: User | None, at: Iterator[datetime]
) -> Post:
    duty = DUTIES.get(title)
    post = operations.add_post(council=council, title=title, duty=duty, by=by, at=next(at))
    holdings.take_up_post(post=post, holder=holder, starts_on=_IN_POST_FROM, by=by, at=next(at))
    return post


def _officeholders(council: Council, persons: dict[str, User]) -> dict[str, Officeholder]:
    found = {
        title: queries.officeholder(user=person, council=council.name, day=_FOUNDED_ON)
        for title, person in persons.items()
    }
    return {title: holder for title, holder in found.items() if holder is not None}


def set_up_bodies(files: Files, cast: Cast) -> dict[str, Body]:
    """Set up the forums with their members; gives them by their codes."""
    at = office_hours(_BODIES_ON)
    return {
        forum.code: operations.add_body(
            council=cast.council,
            code=forum.code,
            title=forum.title,
            kind=forum.kind,
            members=[cast.posts[member] for member in forum.members],
            by=cast.manager.user,
            at=next(at),
        )
        for forum in forums(files)
    }


def plan_the_year(cast: Cast) -> dict[str, ReportingCycle]:
    """Plan the year by the published timetable, with the offices closed after Christmas.

    Gives the cycles by their codes.
    """
    keep_closed(
        council=cast.council,
        days=_CLOSED,
        pre_election=None,
        by=cast.manager,
        at=moment(_TIMETABLED_ON, 10),
    )
    cycles = plan_year(
        council=cast.council,
        year=YEAR,
        entries=read_published_timetable(),
        by=cast.manager.user,
        at=moment(_TIMETABLED_ON, 10),
    )
    return {cycle.code: cycle for cycle in cycles}
