"""The demonstration's files: its plans, their leads, the year's timetable, people's names."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from decimal import Decimal
from importlib import resources
from itertools import zip_longest
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from goldenthread.domain.kinds import Frequency, IndicatorKind, Unit
from goldenthread.domain.outturn import Accumulation, Projection
from goldenthread.domain.periods import FinancialYear, periods_of
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.domain.timetable import TimetableEntry
from goldenthread.domain.timetable_csv import read_timetable
from goldenthread.indicators.operations import GivenFigure

DATA = resources.files("goldenthread.demo") / "data"
YEAR = FinancialYear(2009)
CycleCode = Annotated[str, Field(pattern="^(6W|Q)[12]$")]


class Entry(BaseModel):
    """Anything that stands in a file; a key that nobody knows is a fault."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ActionSaid(Entry):
    """What an action's officer says in one cycle, and the doubts that they tick, by key."""

    rating: Rating
    says: str
    confirms: frozenset[str] = frozenset()


class IndicatorSaid(Entry):
    """What an indicator's officer says in one cycle; only a monitored one has no rating.

    `confirms` names the doubts that the officer ticks, by key: what looks odd and is meant.
    """

    rating: Rating | None = None
    says: str
    estimated_outturn: Decimal | None = None
    no_estimate_reason: str = ""
    judgement_reason: str = ""
    confirms: frozenset[str] = frozenset()


class StepEntry(Entry):
    """A step that an exception report promises."""

    what: str
    who: str
    due_on: date


class Explained(Entry):
    """The answers of an exception report (clause E-2), or the County's own in their place.

    `county_pdf` are the lines of the file that the County sent.
    """

    why: str = ""
    done: str = ""
    steps: tuple[StepEntry, ...] = ()
    limits: str = ""
    needs_resources: bool | None = None
    resources: str = ""
    resources_effect: str = ""
    must_be_endorsed: bool | None = None
    is_exceptional: bool | None = None
    exceptional: str = ""
    county_words: str = ""
    county_pdf: tuple[str, ...] = ()


class ActionEntry(Entry):
    """An action with what was said of it, by the cycle's code."""

    how: str
    when: str
    starts_on: date | None = None
    due_on: date | None = None
    who: tuple[str, ...]
    answerable: str
    returns: dict[CycleCode, ActionSaid] = {}
    exceptions: dict[CycleCode, Explained] = {}


class ChallengeEntry(Entry):
    """A challenge with its actions in the order they are printed."""

    number: int
    title: str
    actions: tuple[ActionEntry, ...]


class Unavailable(Entry):
    """Why a period of 2009/10, counted from 1, has no figure."""

    period: int
    reason: str


class IndicatorEntry(Entry):
    """An indicator with its figures and what was said of it, by the cycle's code."""

    reference: str
    other_reference: str
    kinds: tuple[IndicatorKind, ...]
    polarity: Polarity
    unit: Unit
    decimals: int
    frequency: Frequency
    accumulation: Accumulation
    projection: Projection = Projection.STRAIGHT_LINE
    definition: str
    rule: str
    source: str
    collected_by_county: bool
    officer: str
    baseline: str
    previous_outturn: Decimal | None = None
    target: Decimal | None = None
    target_lower: Decimal | None = None
    target_upper: Decimal | None = None
    absolute_tolerance: Decimal | None = None
    y2007_08: tuple[Decimal, ...]
    y2008_09: tuple[Decimal, ...]
    y2009_10: tuple[Decimal, ...]
    unavailable: tuple[Unavailable, ...] = ()
    returns: dict[CycleCode, IndicatorSaid]
    exceptions: dict[CycleCode, Explained] = {}

    @property
    def history(self) -> list[GivenFigure]:
        """The figures of the two years before, earliest first; a year may be short at its end."""
        years = ((YEAR.previous.previous, self.y2007_08), (YEAR.previous, self.y2008_09))
        return [
            GivenFigure(period=period, value=value)
            for year, values in years
            for period, value in zip(periods_of(year, self.frequency), values, strict=False)
        ]

    def answer(self, period: int) -> FigureAnswer:
        """Give what the officer enters for a period of 2009/10, counted from 1.

        It is neither a figure nor a reason where the file goes no further.
        """
        reasons = {each.period: each.reason for each in self.unavailable}
        if period in reasons:
            return FigureAnswer(unavailable_reason=reasons[period])
        return FigureAnswer(value=dict(enumerate(self.y2009_10, start=1)).get(period))


class PlanEntry(Entry):
    """A plan's file."""

    code: str
    portfolio_lead: str
    challenges: tuple[ChallengeEntry, ...]
    indicators: tuple[IndicatorEntry, ...]

    @property
    def posts(self) -> list[str]:
        """The posts that it names, in its own order, some more than once."""
        actions = [action for challenge in self.challenges for action in challenge.actions]
        named = [post for action in actions for post in (*action.who, action.answerable)]
        return [self.portfolio_lead, *named, *(each.officer for each in self.indicators)]


class PlanLead(Entry):
    """A plan's row in the framework's list of plans and their leads."""

    code: str
    plan: str
    council_priority: str
    lead_dmt_member: str
    lead_officer: str


class BudgetEntry(Entry):
    """A line of a plan's budget, with what is spent of it and forecast at the end of June."""

    heading: str
    amount: Decimal
    spent: Decimal
    forecast: Decimal
    why: str = ""


class RiskEntry(Entry):
    """A risk with what answers it, and what its owner says in the first quarter, if anything."""

    risk: str
    action: str
    when: str
    owner: str
    rating: Rating | None = None
    says: str = ""
    doing: str = ""


class PlanParts(Entry):
    """What a plan holds beside its actions and indicators; the overview's answers by their questions."""

    code: str
    overview: dict[str, str] = {}
    budget: tuple[BudgetEntry, ...]
    finance_words: str = ""
    risks: tuple[RiskEntry, ...]


class Draft(Entry):
    """A return that was begun and not submitted."""

    reference: str
    rating: Rating | None = None
    figure: Decimal | None = None
    says: str


class Files(Entry):
    """All that the demonstration is played from; the plans in the order of the priorities."""

    leads: tuple[PlanLead, ...]
    plans: tuple[PlanEntry, ...]
    parts: tuple[PlanParts, ...]
    drafts: tuple[Draft, ...]
    names: tuple[str, ...]

    @model_validator(mode="after")
    def _plans_have_leads(self) -> Self:
        for lead, plan in zip_longest(self.leads, self.plans):
            if lead is None or plan is None or lead.code != plan.code:
                raise ValueError("each plan needs one file and one row of leads, in the same order")
        return self


def read_files() -> Files:
    """Read the demonstration's files.

    :raises pydantic.ValidationError: if one is not as it must be
    """
    leads = [PlanLead.model_validate(row) for row in _rows("plans-2009-10.csv")]
    plans = [_toml(f"plans/{lead.code.lower()}.toml") for lead in leads]
    return Files.model_validate(
        {"leads": leads, "plans": plans}
        | _toml("plan_parts.toml")
        | _toml("drafts.toml")
        | _toml("people.toml")
    )


def read_published_timetable() -> list[TimetableEntry]:
    """Read the timetable of 2009/10 as it was published (clause T-2)."""
    return read_timetable(_text("timetable-2009-10.csv").splitlines())


def _text(name: str) -> str:
    return DATA.joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_text(name).splitlines()))


def _toml(name: str) -> dict[str, object]:
    # A figure such as 46.4 must stay what is written: as a float it is not quite that.
    return tomllib.loads(_text(name), parse_float=Decimal)
