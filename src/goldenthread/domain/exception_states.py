"""Where an exception report can stand, and who can move it on."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ReportState(StrEnum):
    """Where an exception report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ENDORSED = "endorsed"

    @property
    def label(self) -> str:
        return {"returned": "To revise"}.get(self.value, self.value.capitalize())


class ReportDeed(StrEnum):
    """What can be done with an exception report."""

    SAVE = "save"
    SUBMIT = "submit"
    CALL_BACK = "call_back"
    RETURN = "return"
    ENDORSE = "endorse"

    @property
    def label(self) -> str:
        return {"return": "Return for revision"}.get(
            self.value, self.value.replace("_", " ").capitalize()
        )


class EndorsingRole(StrEnum):
    """As what somebody endorses: the report as its Lead Member, or the resources it asks for."""

    LEAD_MEMBER = "lead_member"
    DMT = "dmt"
    CABINET = "cabinet"

    @property
    def label(self) -> str:
        return {"lead_member": "Lead Member of DMT", "dmt": "DMT", "cabinet": "Cabinet"}[self.value]


FOR_RESOURCES = (EndorsingRole.DMT, EndorsingRole.CABINET)

TRANSITIONS: Mapping[tuple[ReportState, ReportDeed], ReportState] = {
    (ReportState.DRAFT, ReportDeed.SAVE): ReportState.DRAFT,
    (ReportState.DRAFT, ReportDeed.SUBMIT): ReportState.SUBMITTED,
    (ReportState.SUBMITTED, ReportDeed.CALL_BACK): ReportState.DRAFT,
    (ReportState.SUBMITTED, ReportDeed.RETURN): ReportState.RETURNED,
    (ReportState.SUBMITTED, ReportDeed.ENDORSE): ReportState.ENDORSED,
    (ReportState.RETURNED, ReportDeed.SAVE): ReportState.RETURNED,
    (ReportState.RETURNED, ReportDeed.SUBMIT): ReportState.SUBMITTED,
    (ReportState.ENDORSED, ReportDeed.CALL_BACK): ReportState.DRAFT,
    (ReportState.ENDORSED, ReportDeed.RETURN): ReportState.RETURNED,
}
"""Every move there is. Whatever changes an endorsed report takes its endorsement away."""


def state_after(state: ReportState, deed: ReportDeed) -> ReportState | None:
    """Say where a deed leads an exception report; None if it cannot be done there."""
    return TRANSITIONS.get((state, deed))
