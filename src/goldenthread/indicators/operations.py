from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from goldenthread.accounts.models import User
from goldenthread.audit import operations as audit
from goldenthread.audit.models import Verb
from goldenthread.domain.kinds import IndicatorKind
from goldenthread.domain.periods import FinancialYear, Period
from goldenthread.domain.rating import TargetFigures
from goldenthread.indicators.facts import target_in_words
from goldenthread.indicators.models import (
    Designation,
    Indicator,
    Measurement,
    Target,
    TargetRevision,
)
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.organisation.permissions import check_can_revise
from goldenthread.persistence.versions import add_versions, save_version


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigure:
    """A figure for a period as somebody gives it: a value, or why there is none."""

    period: Period
    value: Decimal | None
    unavailable_reason: str = ""
    is_provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why something promised is revised and on whose word, by somebody who saw so many revisions of it."""

    reason: str
    authority: str
    seen: int = 0


class RevisionRefusedError(Exception):
    """A revision cannot be entered; `problems` says why, by the field that asks for it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@transaction.atomic
def add_indicator(
    indicator: Indicator, *, kinds: Collection[IndicatorKind], by: User | None, at: datetime
) -> Indicator:
    """Add an indicator with the sets it belongs to (clause P-4)."""
    save_version(indicator, by=by, at=at)
    Designation.objects.bulk_create(Designation(indicator=indicator, kind=kind) for kind in kinds)
    audit.record(
        council=indicator.council.name, verb=Verb.INDICATOR_ADDED, target=indicator, by=by, at=at
    )
    return indicator


@transaction.atomic
def set_target(
    *,
    indicator: Indicator,
    year: FinancialYear,
    figures: TargetFigures,
    by: User | None,
    at: datetime,
) -> Target:
    """Set what an indicator is to reach in a year."""
    target = Target(
        indicator=indicator,
        year=year.starts_in,
        basis=figures.basis,
        value=figures.value,
        lower=figures.lower,
        upper=figures.upper,
        green_value=figures.green_value,
        amber_value=figures.amber_value,
        amber_within=figures.amber_within,
        absolute_tolerance=figures.absolute_tolerance,
    )
    save_version(target, by=by, at=at)
    audit.record(
        council=indicator.council.name,
        verb=Verb.TARGET_SET,
        target=target,
        by=by,
        at=at,
        changes={"value": [None, figures.value]},
    )
    return target


@transaction.atomic
def revise_target(
    *,
    target: Target,
    figures: TargetFigures,
    grounds: Grounds,
    county_agreement: str = "",
    by: Officeholder,
    at: datetime,
) -> TargetRevision:
    """Revise a year's target, and keep for good what it was (clauses G-2, G-5).

    Returns that are in keep the rating that the target of their day suggested.

    :raises PermissionDenied: if the person is not the council's performance manager
    :raises RevisionRefusedError: if something is missing, nothing changes or somebody revised it since
    """
    indicator = target.indicator
    check_can_revise(by, indicator.council_id)
    held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    problems = problems_with_grounds(grounds, held.revisions.count())
    if figures == held.figures:
        problems["value"] = "Enter a target that differs from the one in force"
    if needs_county(indicator) and not county_agreement:
        problems["county_agreement"] = (
            "Say when and how the County agreed to revise this LAA target"
        )
    if problems:
        raise RevisionRefusedError(problems)
    was, became = (target_in_words(indicator, each) for each in (held.figures, figures))
    for name, value in asdict(figures).items():
        setattr(held, name, value)
    save_version(held, by=by.user, at=at)
    revision = TargetRevision.objects.create(
        target=held,
        number=grounds.seen + 1,
        was=was,
        became=became,
        reason=grounds.reason,
        authority=grounds.authority,
        county_agreement=county_agreement,
        revised_at=at,
        revised_by=by.user,
    )
    audit.record(
        council=by.council.name,
        verb=Verb.TARGET_REVISED,
        target=revision,
        by=by.user,
        at=at,
        changes={"target": [was, became], "authority": ["", grounds.authority]},
    )
    return revision


def problems_with_grounds(grounds: Grounds, revisions: int) -> dict[str, str]:
    """Say what is missing of the grounds for a revision, or that somebody revised the same meanwhile."""
    problems = {}
    if not grounds.reason:
        problems["reason"] = "Say why it is revised"
    if not grounds.authority:
        problems["authority"] = "Say who decided it and when, such as Cabinet, 2 September 2009"
    if grounds.seen != revisions:
        problems["meanwhile"] = (
            "Somebody revised this while you were writing. What stands now is shown below. "
            "Submit again to revise that."
        )
    return problems


def needs_county(indicator: Indicator) -> bool:
    """Test whether the County must agree to a revision: it is an LAA target (clause G-2)."""
    return indicator.designations.filter(kind=IndicatorKind.LAA).exists()


@transaction.atomic
def record_history(
    *, indicator: Indicator, figures: Iterable[GivenFigure], by: User | None, at: datetime
) -> None:
    """Take in an indicator's figures of earlier years, none of which is here yet."""
    measurements = [_measurement(indicator, figure, at) for figure in figures]
    add_versions(measurements, by=by, at=at)
    audit.record(
        council=indicator.council.name,
        verb=Verb.MEASUREMENT_RECORDED,
        target=indicator,
        by=by,
        at=at,
        changes={"figures": [0, len(measurements)]},
    )


def record_figures(
    *, indicator: Indicator, figures: Iterable[GivenFigure], by: User, at: datetime
) -> dict[str, list[Any]]:
    """Record the figures that came with a return, and say what changed, by period.

    A figure given again as it was changes nothing. The caller holds the transaction and writes the
    audit entry, since the figures are part of a return.
    """
    figures = list(figures)
    days = [figure.period.starts_on for figure in figures]
    rows = Measurement.objects.select_for_update().filter(indicator=indicator, starts_on__in=days)
    known = {(held.starts_on, held.ends_on): held for held in rows}
    changes: dict[str, list[Any]] = {}
    new = []
    for figure in figures:
        held = known.get((figure.period.starts_on, figure.period.ends_on))
        given = _measurement(indicator, figure, at)
        if held is not None and _says_the_same(held, given):
            continue
        changes[figure.period.label] = [held and _told(held), _told(given)]
        if held is None:
            new.append(given)
        else:
            given.pk = held.pk
            save_version(given, by=by, at=at)
    add_versions(new, by=by, at=at)
    return changes


def _measurement(indicator: Indicator, figure: GivenFigure, at: datetime) -> Measurement:
    return Measurement(
        indicator=indicator,
        starts_on=figure.period.starts_on,
        ends_on=figure.period.ends_on,
        value=figure.value,
        unavailable_reason=figure.unavailable_reason,
        is_provisional=figure.is_provisional,
        recorded_at=at,
    )


def _says_the_same(held: Measurement, given: Measurement) -> bool:
    return (held.value, held.unavailable_reason, held.is_provisional) == (
        given.value,
        given.unavailable_reason,
        given.is_provisional,
    )


def _told(measurement: Measurement) -> str:
    if measurement.value is None:
        return measurement.unavailable_reason
    provisional = " (provisional)" if measurement.is_provisional else ""
    return f"{measurement.value.normalize():f}{provisional}"
