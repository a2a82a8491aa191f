"""Everything that the page of one action or one indicator shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from goldenthread.design import charts
from goldenthread.domain.definitions import Definition, questions_about
from goldenthread.domain.obligations import is_not_due_to_start
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.queries.reports import answers_in_words, reports_about
from goldenthread.exception_reports.queries.steps import Promise, promises_of
from goldenthread.indicators.models import Indicator, TargetRevision
from goldenthread.indicators.queries import target_revisions
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Action, DueRevision, Plan
from goldenthread.plans.queries import due_revisions
from goldenthread.reporting.assessments import CycleFigures, cycle_figures
from goldenthread.reporting.facts import target_words
from goldenthread.reporting.filers import filed_words
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.queries.corrections import with_corrections
from goldenthread.reporting.queries.cycles import current_cycle
from goldenthread.reporting.queries.lines import actions_in, placings_in
from goldenthread.reporting.trends import Trend, trend_of

U = TypeVar("U", ActionUpdate, IndicatorUpdate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A submitted return with the rating before it, who filed it, and its exception report's questions and answers."""

    update: ActionUpdate | IndicatorUpdate
    was: Rating | None
    filed: str
    explained: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPage:
    """An action with all that was ever returned on it, latest first."""

    action: Action
    cycle: ReportingCycle | None
    history: tuple[Told, ...]
    promises: tuple[Promise, ...]
    is_not_due_to_start: bool
    revisions: tuple[DueRevision, ...] = ()

    @property
    def has_open_promises(self) -> bool:
        return any(promise.is_open for promise in self.promises)

    @property
    def rating(self) -> Rating | None:
        return self.history[0].update.rating if self.history else None

    @property
    def was(self) -> Rating | None:
        return self.history[0].was if self.history else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorPage:
    """An indicator with its figures, its trend, and all that was ever returned on it, latest first."""

    plan: Plan
    cycle: ReportingCycle
    figures: CycleFigures
    history: tuple[Told, ...]
    promises: tuple[Promise, ...]
    revisions: tuple[TargetRevision, ...] = ()

    @property
    def has_open_promises(self) -> bool:
        return any(promise.is_open for promise in self.promises)

    @property
    def rating(self) -> Rating | None:
        return self.history[0].update.rating if self.history else None

    @property
    def was(self) -> Rating | None:
        return self.history[0].was if self.history else None

    @property
    def trend(self) -> Trend:
        return trend_of(self.figures)

    @property
    def target(self) -> str:
        return target_words(self.figures.indicator, self.figures.year.starts_in)

    @property
    def chart(self) -> str:
        """Draw the trend, with the limits of its natural variation and what lies beyond them."""
        trend = self.trend
        return charts.trend_chart(
            [(period.axis_label, value) for period, value in trend.points],
            target=trend.target,
            limits=self._limits,
            unit=self.figures.indicator.unit.label,
            title=trend.sentence,
            alt=f"{self.figures.indicator.definition}: {trend.sentence}",
            signals=trend.signals,
        )

    @property
    def _limits(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """The limits as a line can be named by them: no finer than the indicator's own figures."""
        limits = self.trend.limits
        if limits is None:
            return None
        places = Decimal(1).scaleb(-self.figures.indicator.decimals)
        lower, centre, upper = (
            limit.quantize(places) for limit in (limits.lower, limits.centre, limits.upper)
        )
        return lower, centre, upper

    @property
    def questions(self) -> list[str]:
        """What the indicator's definition makes one ask."""
        indicator = self.figures.indicator
        asked = questions_about(
            Definition(
                polarity=indicator.polarity,
                unit=indicator.unit,
                decimals=indicator.decimals,
                target=self.figures.target,
                previous_outturn=indicator.previous_outturn,
                figures=[value for _, value in self.trend.known],
            )
        )
        return [question.words for question in asked]


def action_page(council: Council, action_id: int, *, today: date) -> ActionPage:
    """Find an action of a council with its history.

    :raises Http404: if the council has no such action
    """
    plans = Plan.objects.filter(council=council)
    action = get_object_or_404(actions_in(plans), pk=action_id)
    updates = ActionUpdate.objects.filter(action=action)
    cycle = current_cycle(council, today)
    return ActionPage(
        action=action,
        cycle=cycle,
        history=_told(council, action, _submitted(updates)),
        promises=tuple(promises_of(action)),
        is_not_due_to_start=cycle is not None
        and is_not_due_to_start(action.starts_on, cycle.window),
        revisions=tuple(due_revisions([action.pk])),
    )


def indicator_page(council: Council, reference: str, *, today: date) -> IndicatorPage:
    """Find an indicator of a council with its figures and history.

    :raises Http404: if no plan of the council has such an indicator, or no cycle has opened yet
    """
    plans = Plan.objects.filter(council=council).select_related("lead_officer")
    placing = placings_in(plans).filter(indicator__reference=reference).first()
    cycle = current_cycle(council, today)
    if placing is None or cycle is None:
        raise Http404(f"No plan of this council has an indicator {reference} that reports yet.")
    updates = IndicatorUpdate.objects.filter(indicator=placing.indicator)
    return IndicatorPage(
        plan=placing.plan,
        cycle=cycle,
        figures=cycle_figures(cycle, placing.indicator),
        history=_told(council, placing.indicator, _submitted(updates)),
        promises=tuple(promises_of(placing.indicator)),
        revisions=tuple(target_revisions([placing.indicator_id], year=cycle.year)),
    )


def _submitted(updates: QuerySet[U]) -> QuerySet[U]:
    """Leave of an item's returns those that are in, latest first, with who filed and corrected them."""
    return (
        updates.filter(submitted_at__isnull=False)
        .select_related("cycle__council", "submitted_by", "submitted_for")
        .prefetch_related(with_corrections())
        .order_by("-cycle__due_on")
    )


def _told(
    council: Council,
    item: Action | Indicator,
    updates: Iterable[ActionUpdate] | Iterable[IndicatorUpdate],
) -> tuple[Told, ...]:
    latest_first: list[ActionUpdate | IndicatorUpdate | None] = [*updates, None]
    questions = framework_of(council).exception_reports.questions
    reports = reports_about([update for update in latest_first if update])
    return tuple(
        Told(
            update=update,
            was=before.rating if before else None,
            filed=filed_words(update, item),
            explained=tuple(answers_in_words(reports[update.pk], questions))
            if update.pk in reports
            else (),
        )
        for update, before in pairwise(latest_first)
        if update
    )
