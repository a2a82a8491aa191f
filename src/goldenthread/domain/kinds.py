"""The words that the framework sorts things by: cycles, items, bodies, steps."""

from __future__ import annotations

from enum import StrEnum


class CycleKind(StrEnum):
    """How full a report is, and how often it comes (clauses C-1 to C-3)."""

    SIX_WEEKLY = "six_weekly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"

    @property
    def label(self) -> str:
        return {"six_weekly": "Six-weekly"}.get(self.value, self.value.title())


class ItemKind(StrEnum):
    """What an officer may have to return on."""

    ACTION = "action"
    INDICATOR = "indicator"
    RISK_ACTION = "risk_action"


class LeadRole(StrEnum):
    """Who answers for a plan: its Lead Officer, and the Lead Member of DMT who owns it (clause P-2)."""

    LEAD_OFFICER = "lead_officer"
    LEAD_MEMBER = "lead_member"

    @property
    def label(self) -> str:
        return {"lead_officer": "Lead Officer", "lead_member": "Lead Member of DMT"}[self.value]


class BodyKind(StrEnum):
    """A sort of forum. A council has one of each, but a policy development committee for each plan."""

    DMT = "DMT"
    SCRUTINY = "SCRUTINY"
    PDC = "PDC"
    LSP_EXECUTIVE_BOARD = "LSP_EXECUTIVE_BOARD"
    LSP_STRATEGIC_BOARD = "LSP_STRATEGIC_BOARD"
    THEMATIC_PARTNERSHIPS = "THEMATIC_PARTNERSHIPS"
    COUNCIL = "COUNCIL"

    @property
    def label(self) -> str:
        return _BODY_LABELS[self]


_BODY_LABELS = {
    BodyKind.DMT: "Directors' management team",
    BodyKind.SCRUTINY: "Scrutiny Committee",
    BodyKind.PDC: "Policy Development Committees",
    BodyKind.LSP_EXECUTIVE_BOARD: "Local Strategic Partnership Executive Board",
    BodyKind.LSP_STRATEGIC_BOARD: "Local Strategic Partnership Strategic Board",
    BodyKind.THEMATIC_PARTNERSHIPS: "Thematic partnerships",
    BodyKind.COUNCIL: "Full Council",
}


class Step(StrEnum):
    """What happens on a date of the timetable (clause T-1)."""

    UPDATE_DEADLINE = "update_deadline"
    LAA_DATA_FROM_COUNTY = "laa_data_from_county"
    PARTNERSHIPS_REVIEW = "partnerships_review"
    PAPERS_OUT = "papers_out"
    FORUM_RECEIVES = "forum_receives"
    EXCEPTIONS_DISCUSSED = "exceptions_discussed"
    DIRECTORS_MEET_CHIEF_EXECUTIVE = "directors_meet_chief_executive"

    @property
    def label(self) -> str:
        return _STEP_LABELS[self]


_STEP_LABELS = {
    Step.UPDATE_DEADLINE: "Returns due",
    Step.LAA_DATA_FROM_COUNTY: "LAA data due from the County",
    Step.PARTNERSHIPS_REVIEW: "Thematic partnerships review their progress",
    Step.PAPERS_OUT: "Papers sent out",
    Step.FORUM_RECEIVES: "Report received",
    Step.EXCEPTIONS_DISCUSSED: "Exceptions discussed",
    Step.DIRECTORS_MEET_CHIEF_EXECUTIVE: "Directors meet the Chief Executive",
}


class Precision(StrEnum):
    """How exactly a date of the timetable is known."""

    DAY = "day"
    WEEK = "week"
    RANGE = "range"
    TO_BE_CONFIRMED = "tbc"


class Frequency(StrEnum):
    """How often an indicator has a figure (clause P-4)."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"

    @property
    def periods_in_year(self) -> int:
        return {"monthly": 12, "quarterly": 4, "annual": 1}[self.value]


class IndicatorKind(StrEnum):
    """Where an indicator comes from; one indicator can be several (clause P-4)."""

    NATIONAL = "national"
    LAA = "laa"
    SCS = "scs"
    LOCAL = "local"

    @property
    def label(self) -> str:
        return {
            "national": "National indicator",
            "laa": "District LAA target",
            "scs": "SCS target",
            "local": "Local indicator",
        }[self.value]


class Unit(StrEnum):
    """What an indicator is measured in."""

    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    KILOGRAMS = "kilograms"
    POUNDS = "pounds"
    RATE = "rate"

    @property
    def label(self) -> str:
        return {
            "number": "Number",
            "percent": "%",
            "days": "Days",
            "kilograms": "kg",
            "pounds": "£",
            "rate": "Rate",
        }[self.value]
