from __future__ import annotations

import pytest

from goldenthread.domain.exception_states import (
    FOR_RESOURCES,
    TRANSITIONS,
    EndorsingRole,
    ReportDeed,
    ReportState,
    state_after,
)

D, S, R, E = ReportState.DRAFT, ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ENDORSED


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        ("submit", S),
        ("save submit return save submit endorse", E),
        ("submit endorse return", R),
        ("submit endorse call_back", D),
        ("submit call_back submit", S),
    ],
)
def test_a_report_goes_its_way(deeds: str, state: ReportState) -> None:
    at: ReportState | None = D
    for deed in deeds.split():
        assert at is not None
        at = state_after(at, ReportDeed(deed))
    assert at is state


@pytest.mark.parametrize(
    ("state", "deed"),
    [
        (D, ReportDeed.ENDORSE),
        (D, ReportDeed.RETURN),
        (R, ReportDeed.ENDORSE),
        (S, ReportDeed.SAVE),
        (E, ReportDeed.SAVE),
        (E, ReportDeed.ENDORSE),
    ],
)
def test_there_is_no_other_way(state: ReportState, deed: ReportDeed) -> None:
    assert state_after(state, deed) is None


def test_no_endorsement_outlives_a_change() -> None:
    assert {deed for (state, deed) in TRANSITIONS if state is E} == {
        ReportDeed.CALL_BACK,
        ReportDeed.RETURN,
    }
    assert E not in {after for (state, _), after in TRANSITIONS.items() if state is E}


def test_states_deeds_and_roles_have_names_for_people() -> None:
    assert [state.label for state in ReportState] == ["Draft", "Submitted", "To revise", "Endorsed"]
    assert [deed.label for deed in ReportDeed] == [
        "Save",
        "Submit",
        "Call back",
        "Return for revision",
        "Endorse",
    ]
    assert [role.label for role in EndorsingRole] == ["Lead Member of DMT", "DMT", "Cabinet"]
    assert EndorsingRole.LEAD_MEMBER not in FOR_RESOURCES
