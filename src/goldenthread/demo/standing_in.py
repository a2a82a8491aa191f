"""Who is in the demonstration's posts beside their holders: two jointly, a deputy over the summer."""

from __future__ import annotations

from datetime import date

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import moment, office_hours
from goldenthread.domain.posts import Stay
from goldenthread.organisation import queries
from goldenthread.organisation.holdings import add_joint_holder, name_deputy
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle

JOINT = {
    "Housing Options Manager": "Strategic Housing Officer",
    "Waste and Recycling Manager": "Streetscene Enforcement Manager",
}
"""Whose holder holds a post jointly, by that post's title."""
AWAY, DEPUTY = "Leisure Services Manager", "Sports Development Officer"
SUMMER = Stay(date(2009, 7, 6), date(2009, 8, 28))
_JOINED_ON, _JOINT_FROM = date(2009, 5, 18), date(2009, 6, 1)
_NAMED_ON = date(2009, 6, 29)


def add_joint_holders(cast: Cast) -> None:
    """Have two posts held jointly from June, as the performance manager settles in May."""
    at = office_hours(_JOINED_ON)
    for title, joint in JOINT.items():
        add_joint_holder(
            post=cast.posts[title],
            person=cast.holders[joint].user,
            starts_on=_JOINT_FROM,
            by=cast.manager,
            at=next(at),
        )


def name_summer_deputy(cast: Cast) -> None:
    """Have somebody who goes away in July and August name who stands in."""
    name_deputy(
        post=cast.posts[AWAY],
        person=cast.holders[DEPUTY].user,
        stay=SUMMER,
        by=cast.holders[AWAY],
        at=moment(_NAMED_ON, 9, 40),
    )


def filer_for(cast: Cast, cycle: ReportingCycle, title: str) -> Officeholder:
    """Find who files a post's returns of a cycle: its holder, or while they are away their deputy."""
    if title != AWAY or not SUMMER.includes(cycle.opens_on):
        return cast.holders[title]
    person = cast.holders[DEPUTY].user
    deputy = queries.officeholder(user=person, council=cast.council.name, day=cycle.opens_on)
    return deputy or cast.holders[title]
