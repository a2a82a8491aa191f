"""What the demonstration's officers return in a cycle, each on a day on which it takes returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from goldenthread.demo.council import Cast
from goldenthread.demo.county_pdf import pdf_of
from goldenthread.demo.deeds import Deed
from goldenthread.demo.moments import STANDS_ON, spread
from goldenthread.demo.plan_files import ActionEntry, Explained, Files, IndicatorEntry, StepEntry
from goldenthread.demo.promises import follow_up, told_of
from goldenthread.demo.reviews import review_deeds
from goldenthread.demo.standing_in import filer_for
from goldenthread.domain.promises import GivenStep
from goldenthread.domain.returns import FigureAnswer
from goldenthread.domain.working_days import ONE_DAY
from goldenthread.exception_reports.county_files import CheckedFile, checked_file
from goldenthread.exception_reports.doors import explains_until
from goldenthread.exception_reports.operations.reports import (
    ExceptionAnswers,
    submit_exception_report,
)
from goldenthread.exception_reports.queries.steps import open_promises
from goldenthread.indicators.models import Indicator
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.assessments import CycleFigures, cycle_figures
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.action_updates import ActionReturn, submit_action_update
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    submit_indicator_update,
)
from goldenthread.reporting.queries.lines import actions_in, placings_in, plans_in

# The framework's own example has June's figure in the update that is due on 8 June.
GIVEN_EARLY = {("6W1", "CYPF7"), ("6W1", "CYPF8")}
# Digits change places when one types; the file has what is put right later.
SLIPS = {("Q1", "CYPF6", date(2009, 4, 1)): Decimal(1084)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An action or an indicator whose officer returns in a cycle, with where to find the return."""

    cycle: ReportingCycle
    reference: str
    by: Officeholder
    explains_by: date
    find_update: Callable[[], ActionUpdate | IndicatorUpdate]

    @property
    def returned_at(self) -> datetime:
        last = min(self.cycle.due_on, self.explains_by - ONE_DAY)
        return spread(self._key, first=self.cycle.opens_on, last=last)

    @property
    def explained_at(self) -> datetime:
        """When its exception report is filed, if it needs one: on a later day than the return."""
        first = timezone.localdate(self.returned_at) + ONE_DAY
        return spread(f"{self._key} explained", first=first, last=self.explains_by)

    @property
    def _key(self) -> str:
        return f"{self.cycle.slug} {self.reference}"


def deeds_of(files: Files, cast: Cast, cycle: ReportingCycle) -> list[Deed]:
    """List a cycle's returns and exception reports in the order of time.

    They are worked out from the figures as they stand before the first of them.
    """
    deeds = [*_action_deeds(files, cast, cycle), *_indicator_deeds(files, cast, cycle)]
    return sorted(deeds, key=lambda deed: deed.at)


def _last_day_to_explain(cycle: ReportingCycle) -> date:
    """Find the day before the papers go out, or before the day that the demonstration stands on."""
    return min(explains_until(cycle), STANDS_ON) - ONE_DAY


def _action_deeds(files: Files, cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    entries = {
        f"{plan.code} {challenge.number}.{number}": entry
        for plan in files.plans
        for challenge in plan.challenges
        for number, entry in enumerate(challenge.actions, start=1)
    }
    explains_by = _last_day_to_explain(cycle)
    for action in actions_in(plans_in(cycle)):
        item = _Item(
            cycle=cycle,
            reference=action.reference,
            by=filer_for(cast, cycle, action.action_officer.title),
            explains_by=explains_by,
            find_update=partial(ActionUpdate.objects.get, cycle=cycle, action=action),
        )
        yield from _deeds_about_action(cast, item, action, entries[action.reference])


def _deeds_about_action(
    cast: Cast, item: _Item, action: Action, entry: ActionEntry
) -> Iterator[Deed]:
    said = entry.returns.get(item.cycle.code)
    if said is None:
        return
    submit = partial(
        submit_action_update,
        cycle=item.cycle,
        action=action,
        answers=ActionReturn(rating=said.rating, commentary=said.says, confirmed=said.confirms),
        by=item.by,
        at=item.returned_at,
    )
    yield Deed(at=item.returned_at, perform=submit)
    yield from _follow_up(item, action, entry.exceptions)
    yield from _explanation(cast, item, entry.exceptions.get(item.cycle.code))


def _indicator_deeds(files: Files, cast: Cast, cycle: ReportingCycle) -> Iterator[Deed]:
    entries = {entry.reference: entry for plan in files.plans for entry in plan.indicators}
    explains_by = _last_day_to_explain(cycle)
    for placing in placings_in(plans_in(cycle)):
        indicator = placing.indicator
        item = _Item(
            cycle=cycle,
            reference=indicator.reference,
            by=filer_for(cast, cycle, indicator.indicator_officer.title),
            explains_by=explains_by,
            find_update=partial(IndicatorUpdate.objects.get, cycle=cycle, indicator=indicator),
        )
        yield from _deeds_about_indicator(cast, item, indicator, entries[indicator.reference])


def _deeds_about_indicator(
    cast: Cast, item: _Item, indicator: Indicator, entry: IndicatorEntry
) -> Iterator[Deed]:
    if item.cycle.code not in entry.returns:
        return
    submit = partial(
        submit_indicator_update,
        cycle=item.cycle,
        indicator=indicator,
        answers=answers_of(item.cycle, cycle_figures(item.cycle, indicator), entry),
        by=item.by,
        at=item.returned_at,
    )
    yield Deed(at=item.returned_at, perform=submit)
    yield from _follow_up(item, indicator, entry.exceptions)
    yield from _explanation(cast, item, entry.exceptions.get(item.cycle.code))


def answers_of(
    cycle: ReportingCycle,
    figures: CycleFigures,
    entry: IndicatorEntry,
    *,
    with_slips: bool = True,
) -> IndicatorReturn:
    """Give what an indicator's officer enters in a cycle: as they typed it, or as it should have been."""
    said = entry.returns[cycle.code]
    return IndicatorReturn(
        rating=said.rating,
        commentary=said.says,
        estimated_outturn=said.estimated_outturn,
        no_estimate_reason=said.no_estimate_reason,
        judgement_reason=said.judgement_reason,
        confirmed=said.confirms,
        figures=_figures_given(cycle, figures, entry)
        | (_slips(cycle, entry) if with_slips else {}),
    )


def _slips(cycle: ReportingCycle, entry: IndicatorEntry) -> dict[date, FigureAnswer]:
    return {
        starts_on: FigureAnswer(value=value)
        for (code, reference, starts_on), value in SLIPS.items()
        if (code, reference) == (cycle.code, entry.reference)
    }


def _figures_given(
    cycle: ReportingCycle, figures: CycleFigures, entry: IndicatorEntry
) -> dict[date, FigureAnswer]:
    is_early = (cycle.code, entry.reference) in GIVEN_EARLY
    return {
        wanted.period.starts_on: entry.answer(wanted.period.number)
        for wanted in figures.wanted
        if wanted.is_due or is_early
    }


def _follow_up(
    item: _Item, about: Action | Indicator, explained: Mapping[str, Explained]
) -> Iterator[Deed]:
    """Follow up, beside the return, what an earlier report promised and no new one takes up."""
    if explained and item.cycle.code not in explained:
        at = item.returned_at + timedelta(minutes=5)
        yield Deed(at=at, perform=partial(follow_up, about, item.by, at))


def _explanation(cast: Cast, item: _Item, told: Explained | None) -> Iterator[Deed]:
    if told is None:
        return
    yield Deed(at=item.explained_at, perform=partial(_explain, item, told))
    yield from review_deeds(cast, item.cycle, item.reference, item.find_update, item.explained_at)


def _explain(item: _Item, told: Explained) -> None:
    # There is no such return before the deed of that moment has been done.
    update = item.find_update()
    day = timezone.localdate(item.explained_at)
    promised = open_promises(update.item, before=update)
    answers = ExceptionAnswers(
        **told.model_dump(exclude={"steps", "county_pdf"}),
        county_file=_county_file(told),
        steps=tuple(_step(step, day) for step in told.steps),
        told=told_of(promised, day),
    )
    submit_exception_report(update=update, answers=answers, by=item.by, at=item.explained_at)


def _county_file(told: Explained) -> CheckedFile | None:
    if not told.county_pdf:
        return None
    return checked_file("Staffordshire exception report NI 39.pdf", pdf_of(told.county_pdf))


def _step(entry: StepEntry, day: date) -> GivenStep:
    note = "Begun before this report was written." if entry.due_on < day else ""
    return GivenStep(what=entry.what, who=entry.who, due_on=entry.due_on, note=note)
