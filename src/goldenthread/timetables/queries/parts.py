"""What somebody has to do with a council's year."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from goldenthread.domain.kinds import IndicatorKind
from goldenthread.domain.my_dates import Part
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.models import Body, Post
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import ActionOfficer, Plan


def part_of(holder: Officeholder) -> Part:
    """Say what a person has to do with the council's year, in two queries."""
    actions = ActionOfficer.objects.filter(post=OuterRef("pk"))
    indicators = Indicator.objects.filter(indicator_officer=OuterRef("pk"))
    led = Plan.objects.filter(Q(lead_officer=OuterRef("pk")) | Q(lead_member=OuterRef("pk")))
    posts = Post.objects.filter(pk__in=holder.post_ids).annotate(
        returns=Exists(actions) | Exists(indicators),
        returns_laa=Exists(indicators.filter(designations__kind=IndicatorKind.LAA)),
        leads=Exists(led),
    )
    rows = list(posts.values_list("returns", "returns_laa", "leads"))
    forums = Body.objects.filter(memberships__post__in=holder.post_ids)
    return Part(
        returns=any(returns for returns, _, _ in rows),
        returns_laa=any(returns_laa for _, returns_laa, _ in rows),
        leads=any(leads for _, _, leads in rows),
        looks_after_all=holder.is_performance_manager,
        forums=frozenset(kind for kind in forums.values_list("kind", flat=True) if kind),
    )
