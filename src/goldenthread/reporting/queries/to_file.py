"""Where somebody still has something to file, and whether they hold anything at all."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import ActionOfficer
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    LettingIn,
    ReportingCycle,
)
from goldenthread.reporting.queries.cycles import cycles_of


def cycles_to_file_in(holder: Officeholder, today: date) -> QuerySet[ReportingCycle]:
    """List the cycles that are open, in which something was sent back to a person, or let them in."""
    sent_back = {"cycle": OuterRef("pk"), "returned_at__isnull": False, "submitted_at": None}
    posts = holder.post_ids
    actions = ActionUpdate.objects.filter(action__holders__post__in=posts, **sent_back)
    indicators = IndicatorUpdate.objects.filter(indicator__indicator_officer__in=posts, **sent_back)
    let_in = LettingIn.objects.filter(cycle=OuterRef("pk"), person=holder.user, until__gte=today)
    is_open = Q(opens_on__lte=today, due_on__gte=today)
    return cycles_of(holder.council).filter(
        is_open | Q(Exists(actions)) | Q(Exists(indicators)) | Q(Exists(let_in))
    )


def holds_items(holder: Officeholder) -> bool:
    """Test whether a person holds any action or indicator."""
    actions = ActionOfficer.objects.filter(post=OuterRef("pk"))
    indicators = Indicator.objects.filter(indicator_officer=OuterRef("pk"))
    return Post.objects.filter(
        Q(Exists(actions)) | Q(Exists(indicators)), pk__in=holder.post_ids
    ).exists()
