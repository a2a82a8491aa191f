"""A small council's returns of the first quarter, and its paper."""

from __future__ import annotations

from goldenthread.documents.tree import Document
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator
from goldenthread.packs.compose.pack import compose
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate
from tests.factories import ActionUpdateFactory, ExceptionReportFactory, IndicatorUpdateFactory
from tests.pages.small_council import PAPERS_OUT, SmallCouncil

PLAN = "Children and Young People"


def paper(council: SmallCouncil) -> Document:
    """Compose the directors' paper as it goes out."""
    return compose(council.quarter, council.dmt, at=PAPERS_OUT)


def say(
    council: SmallCouncil, item: Action | Indicator, rating: Rating | None, **said: object
) -> ActionUpdate | IndicatorUpdate:
    """Return an item in the quarter."""
    if isinstance(item, Action):
        return ActionUpdateFactory(
            **{
                "cycle": council.quarter,
                "action": item,
                "submitted": True,
                "rating": rating,
                **said,
            }
        )
    return IndicatorUpdateFactory(
        **{"cycle": council.quarter, "indicator": item, "submitted": True, "rating": rating, **said}
    )


def explain(update: ActionUpdate | IndicatorUpdate, **said: object) -> None:
    """Submit the exception report of a return."""
    if isinstance(update, ActionUpdate):
        ExceptionReportFactory(action_update=update, submitted=True, **said)
    else:
        ExceptionReportFactory(action_update=None, indicator_update=update, submitted=True, **said)
