"""What the leads of a plan look at: its exception reports, who endorses them, and last quarter's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goldenthread.domain.exception_states import EndorsingRole
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.off_track import Run
from goldenthread.exception_reports.facts import endorsing_post
from goldenthread.exception_reports.models import Endorsement, ExceptionReport
from goldenthread.exception_reports.queries.reports import (
    ExceptionLine,
    exception_lines,
    quarter_before,
    whole_reports,
)
from goldenthread.exception_reports.queries.runs import runs_in
from goldenthread.organisation.models import Council, Post
from goldenthread.organisation.queries import holdings_on
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.board import BoardItem, board_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorser:
    """A post that endorses in a role, with the names of those who hold it."""

    role: EndorsingRole
    post: Post | None
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """Who it is, for a page: "Corporate Director (Dora Hill)"."""
        if self.post is None:
            return "No Cabinet Portfolio Lead is named for this plan"
        return f"{self.post.title} ({', '.join(self.names) or 'vacant'})"


def endorsers_of(plan: Plan, *, day: date) -> list[Endorser]:
    """Name who endorses a plan's exception reports and the resources that they ask for, on a day."""
    posts = {role: endorsing_post(plan, role) for role in EndorsingRole}
    names: dict[int, list[str]] = {}
    wanted = [post.pk for post in posts.values() if post]
    for holding in holdings_on(day).filter(post__in=wanted).order_by("holder__name"):
        names.setdefault(holding.post_id, []).append(holding.holder.name)
    return [
        Endorser(role=role, post=post, names=tuple(names.get(post.pk, ())) if post else ())
        for role, post in posts.items()
    ]


def post_titles(council: Council) -> list[str]:
    """List the posts that can be named as the owner of a step."""
    return list(
        Post.objects.filter(council=council).order_by("title").values_list("title", flat=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """An exception of a plan as its leads look at it, with its row and the quarter before."""

    exception: ExceptionLine[BoardItem]
    run: Run | None
    before: ExceptionReport | None

    @property
    def report(self) -> ExceptionReport | None:
        return self.exception.report

    @property
    def endorsement(self) -> Endorsement | None:
        report = self.exception.report
        return report.endorsed_as(EndorsingRole.LEAD_MEMBER) if report else None


def looks_at(plan: Plan, cycle: ReportingCycle, *, today: date) -> list[Look]:
    """List a plan's exceptions in a cycle, reds first, each with the last report on the same item.

    The number of queries does not grow with them.
    """
    exceptions = exception_lines(cycle, board_of(cycle, [plan], today=today), whole=True)
    keys = [exception.key for exception in exceptions]
    runs, before = runs_in(cycle, keys), _reports_before(cycle, keys)
    return [
        Look(exception=each, run=runs.get(each.key), before=before.get(each.key))
        for each in exceptions
    ]


def _reports_before(
    cycle: ReportingCycle, keys: list[tuple[ItemKind, int]]
) -> dict[tuple[ItemKind, int], ExceptionReport]:
    """Find the last submitted report of each item before a cycle, by item."""
    earlier = quarter_before(cycle)
    if earlier is None or not keys:
        return {}
    found: dict[tuple[ItemKind, int], ExceptionReport] = {}
    for kind in (ItemKind.ACTION, ItemKind.INDICATOR):
        ids = [item_id for each, item_id in keys if each is kind]
        update = f"{kind.value}_update"
        reports = (
            whole_reports()
            .select_related(update)
            .filter(
                submitted_at__isnull=False,
                **{f"{update}__cycle": earlier, f"{update}__{kind.value}__in": ids},
            )
        )
        for report in reports:
            about = getattr(report, update)
            found[kind, getattr(about, f"{kind.value}_id")] = report
    return found
