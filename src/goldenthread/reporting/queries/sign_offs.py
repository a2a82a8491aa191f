"""Who signed plans off in a cycle, and whether what they signed still stands (clauses P-2, X-1).

The number of queries is the same however many plans and items there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from goldenthread.design.words import join_words, long_date
from goldenthread.domain.kinds import Frequency, ItemKind, LeadRole
from goldenthread.domain.obligations import figures_asked
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.domain.sign_off import (
    Signature,
    SignOffState,
    Standing,
    ToSign,
    seal_of,
    standing_of,
)
from goldenthread.indicators.queries import HeldFigure, as_at, figure_versions, held_figures
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    ReportingCycle,
    SignOff,
)
from goldenthread.reporting.queries.authors import Correctors, correctors_in
from goldenthread.reporting.queries.beside import to_sign_beside
from goldenthread.reporting.queries.board import item_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSignOff:
    """How far a plan is signed off in a cycle, and by whom."""

    plan: Plan
    standing: Standing
    latest: Mapping[LeadRole, SignOff]
    given: tuple[SignOff, ...]

    def has_signed_otherwise(self, person: int, role: LeadRole) -> bool:
        """Test whether a person signed the plan in another role, which shuts them out of this one."""
        return any(
            signed.signed_by_id == person and signed.role is not role for signed in self.given
        )

    def among(self, items: Iterable[tuple[ItemKind, int]]) -> PlanSignOff:
        """Look at some actions and indicators alone, for a forum that receives no others."""
        keys = {item_key(*item) for item in items}
        return replace(self, standing=self.standing.among(keys))

    @property
    def state(self) -> SignOffState:
        return self.standing.state

    @property
    def is_signed(self) -> bool:
        return self.state is SignOffState.SIGNED

    @property
    def changed(self) -> list[str]:
        """The references of what changed since a lead signed it."""
        return [item.reference for item in self.standing.changed]

    @property
    def new(self) -> list[str]:
        """The references of what came in since a lead signed."""
        return [item.reference for item in self.standing.new]

    @property
    def sentences(self) -> list[str]:
        """Say who signed and who did not, and what has changed since: nobody need guess."""
        return [*self._signed(), *self._unsigned(), *self._since()]

    @property
    def why_not(self) -> str:
        """Say in one sentence what the sign-off lacks; nothing where it lacks nothing."""
        return " ".join([*self._unsigned(), *self._since()])

    def _signed(self) -> Iterator[str]:
        for role, signed in self.latest.items():
            yield (
                f"Signed off by its {role.label}, {signer(signed)}, "
                f"on {long_date(timezone.localdate(signed.signed_at))}."
            )

    def _unsigned(self) -> Iterator[str]:
        roles = [f"its {role.label}" for role in self.standing.unsigned_roles]
        if roles:
            yield f"Not signed off by {join_words(roles, 'or')}."

    def _since(self) -> Iterator[str]:
        if self.changed:
            yield f"Changed since signed: {', '.join(self.changed)}."
        if self.new:
            yield f"In since it was signed: {', '.join(self.new)}."
        if uncovered := [item.reference for item in self.standing.uncovered]:
            yield f"Filed by those who signed, and signed by nobody else: {', '.join(uncovered)}."


def signer(signed: SignOff) -> str:
    """Name who signed, with the post, and that they stood in for somebody."""
    stands_in = "deputy for the " if signed.signed_as is Capacity.DEPUTY else ""
    return f"{signed.signed_by.name} ({stands_in}{signed.signed_for})"


def sign_off_standings(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    *,
    whole: Collection[int] = (),
) -> dict[int, PlanSignOff]:
    """Say how far each of some plans is signed off in a cycle, by the plan's key.

    Returns are looked at only where somebody has signed, and in the plans whose keys are in `whole`.
    """
    given: dict[int, list[SignOff]] = defaultdict(list)
    for signed in signatures_in(cycle, plans):
        given[signed.plan_id].append(signed)
    looked_at = {*given, *whole}
    looked_into = [plan for plan in plans if plan.pk in looked_at]
    returns, beside = returns_to_sign(cycle, looked_into), to_sign_beside(cycle, looked_into)
    return {
        plan.pk: _plan_sign_off(
            plan, [*returns.get(plan.pk, ()), *beside.get(plan.pk, ())], given[plan.pk]
        )
        for plan in plans
    }


def signatures_in(cycle: ReportingCycle, plans: Iterable[Plan]) -> list[SignOff]:
    """List the signatures under some plans in a cycle, in the order in which they were given."""
    found = SignOff.objects.filter(cycle=cycle, plan__in=plans)
    return list(found.select_related("signed_by", "signed_for").order_by("signed_at", "pk"))


def _plan_sign_off(plan: Plan, items: Sequence[ToSign], given: Sequence[SignOff]) -> PlanSignOff:
    standing = standing_of(
        items,
        [
            Signature(role=signed.role, by=signed.signed_by_id, seals=signed.seals)
            for signed in given
        ],
    )
    by_role = {signed.role: signed for signed in given}
    return PlanSignOff(
        plan=plan,
        standing=standing,
        latest={each.role: by_role[each.role] for each in standing.roles if each.has_signed},
        given=tuple(given),
    )


def returns_to_sign(cycle: ReportingCycle, plans: Sequence[Plan]) -> dict[int, list[ToSign]]:
    """List the returns of some plans in a cycle as their leads sign for them, by the plan's key."""
    if not plans:
        return {}
    correctors = correctors_in(cycle)
    found: dict[int, list[ToSign]] = defaultdict(list)
    for plan_id, item in (
        *_actions(cycle, plans, correctors),
        *_indicators(cycle, plans, correctors),
    ):
        found[plan_id].append(item)
    return found


class _Filed(NamedTuple):
    """Who had a hand in a return, and when it was saved last."""

    pk: int
    submitted_by: int | None
    saved_by: int
    saved_at: datetime


_WHO = ("pk", "submitted_by_id", "saved_by_id", "saved_at")


def _authors(filed: _Filed, correctors: Iterable[int]) -> frozenset[int]:
    return frozenset({filed.submitted_by or filed.saved_by, filed.saved_by, *correctors})


def _actions(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    correctors: Correctors,
) -> Iterator[tuple[int, ToSign]]:
    codes = {plan.pk: plan.code for plan in plans}
    rows = (
        ActionUpdate.objects.filter(cycle=cycle, action__challenge__plan__in=plans)
        .order_by("action__challenge__number", "action__number")
        .values_list(
            "action_id",
            "action__challenge__plan_id",
            "action__challenge__number",
            "action__number",
            "rating",
            "commentary",
            *_WHO,
        )
    )
    for item_id, plan_id, challenge, number, rating, commentary, *who in rows:
        filed = _Filed(*who)
        yield (
            plan_id,
            ToSign(
                key=item_key(ItemKind.ACTION, item_id),
                reference=f"{codes[plan_id]} {challenge}.{number}",
                seal=seal_of([_rating(rating), commentary]) if filed.submitted_by else None,
                authors=_authors(filed, correctors.get((ItemKind.ACTION, filed.pk), ())),
            ),
        )


def _rating(rating: Rating | None) -> str | None:
    return rating.value if rating else None


class _Measured(NamedTuple):
    """As much of an indicator as its figures are found by."""

    pk: int
    frequency: Frequency


class _Told(NamedTuple):
    """What an indicator's return says beside its figures."""

    rating: Rating | None
    commentary: str
    estimate: Decimal | None
    no_estimate_reason: str
    judgement_reason: str

    @property
    def words(self) -> list[object]:
        estimate = None if self.estimate is None else f"{self.estimate.normalize():f}"
        return [
            _rating(self.rating),
            self.commentary,
            estimate,
            self.no_estimate_reason,
            self.judgement_reason,
        ]


def _indicators(
    cycle: ReportingCycle,
    plans: Sequence[Plan],
    correctors: Correctors,
) -> Iterator[tuple[int, ToSign]]:
    rows = list(
        IndicatorUpdate.objects.filter(cycle=cycle, indicator__placings__plan__in=plans)
        .order_by("indicator__placings__number")
        .values_list(
            "indicator__placings__plan_id",
            "indicator__reference",
            "indicator_id",
            "indicator__frequency",
            "rating",
            "commentary",
            "estimated_outturn",
            "no_estimate_reason",
            "judgement_reason",
            *_WHO,
        )
    )
    measured = {_Measured(row[2], row[3]): _Filed(*row[9:]).saved_at for row in rows}
    figures = _figures_returned(cycle, measured)
    for plan_id, reference, item_id, _frequency, *rest in rows:
        told, filed = _Told(*rest[:5]), _Filed(*rest[5:])
        words = [*told.words, figures.get(item_id, [])]
        yield (
            plan_id,
            ToSign(
                key=item_key(ItemKind.INDICATOR, item_id),
                reference=reference,
                seal=seal_of(words) if filed.submitted_by else None,
                authors=_authors(filed, correctors.get((ItemKind.INDICATOR, filed.pk), ())),
            ),
        )


def _figures_returned(
    cycle: ReportingCycle, saved: Mapping[_Measured, datetime]
) -> dict[int, list[object]]:
    """Find the figures that each return stood on when it was saved, as plain words for its seal.

    A later cycle may make a provisional figure firm; that changes nothing of what was signed.
    """
    since = cycle.financial_year.starts_on
    asked = {
        frequency: [
            figure.period.starts_on
            for figure in figures_asked(
                year=cycle.financial_year, frequency=frequency, window=cycle.window
            )
        ]
        for frequency in Frequency
    }
    held = held_figures(saved, since=lambda frequency: since)
    later = [
        each
        for each, at in saved.items()
        if any(figure.recorded_at > at for figure in held.get(each.pk, {}).values())
    ]
    versions = figure_versions(later, since=since) if later else {}
    found: dict[int, list[object]] = {}
    for each, at in saved.items():
        stood = {day: [figure] for day, figure in held.get(each.pk, {}).items()}
        every = stood | versions.get(each.pk, {})
        figures = ((day, as_at(every.get(day, ()), at)) for day in asked[each.frequency])
        found[each.pk] = [_in_words(day, figure) for day, figure in figures if figure]
    return found


def _in_words(day: date, figure: HeldFigure) -> list[object]:
    value = None if figure.value is None else f"{figure.value.normalize():f}"
    return [day.isoformat(), value, figure.unavailable_reason, figure.is_provisional]
