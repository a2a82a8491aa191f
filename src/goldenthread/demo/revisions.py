"""What was promised in April and revised in the autumn, for the next papers to show both."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from goldenthread.demo.council import Cast
from goldenthread.demo.moments import LATEST, moment
from goldenthread.indicators.models import Target
from goldenthread.indicators.operations import Grounds, revise_target
from goldenthread.plans.models import Action
from goldenthread.plans.operations import revise_due

_LEARNERS = "AESE13"
_CENTRE = "Open an adult learning centre in the former Beacon Street library"
_MORE_LEARNERS = Grounds(
    reason="The short courses began in September, and enrolments are up by 14%.",
    authority="Portfolio Lead and Lead Member of DMT, 8 October 2009, Scrutiny consulted",
)
_LATER = Grounds(
    reason="The rear wall is damp. The scheme is cut to the front half of the building.",
    authority="Portfolio Lead and Lead Member of DMT, 1 October 2009, Scrutiny consulted",
)


def revise_promises(cast: Cast) -> None:
    """Have the performance manager enter a raised target and a later date."""
    target = Target.objects.select_related("indicator").get(
        indicator__council=cast.council, indicator__reference=_LEARNERS
    )
    revise_target(
        target=target,
        figures=replace(target.figures, value=Decimal(640)),
        grounds=_MORE_LEARNERS,
        by=cast.manager,
        at=moment(LATEST, 17, 40),
    )
    revise_due(
        action=Action.objects.select_related("challenge__plan").get(
            challenge__plan__council=cast.council, description=_CENTRE
        ),
        due_words="By the end of February 2010",
        due_on=date(2010, 2, 28),
        grounds=_LATER,
        by=cast.manager,
        at=moment(LATEST, 17, 50),
    )
