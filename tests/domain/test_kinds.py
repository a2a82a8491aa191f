from __future__ import annotations

import pytest

from goldenthread.domain.kinds import (
    BodyKind,
    CycleKind,
    Frequency,
    IndicatorKind,
    Step,
    Unit,
)


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        pytest.param(CycleKind.SIX_WEEKLY, "Six-weekly", id="six-weekly"),
        pytest.param(CycleKind.QUARTERLY, "Quarterly", id="quarterly"),
        pytest.param(CycleKind.ANNUAL, "Annual", id="annual"),
    ],
)
def test_cycle_kind_is_said_as_the_timetable_says_it(kind: CycleKind, label: str) -> None:
    assert kind.label == label


def test_every_body_has_a_name_of_its_own() -> None:
    labels = [body.label for body in BodyKind]
    assert len(set(labels)) == len(labels)
    assert BodyKind.DMT.label == "Directors' management team"


def test_every_step_of_the_timetable_has_a_name_of_its_own() -> None:
    """Clause T-1."""
    labels = [step.label for step in Step]
    assert len(set(labels)) == len(labels)


def test_every_kind_of_indicator_has_a_name_of_its_own() -> None:
    """Clause P-4."""
    labels = [kind.label for kind in IndicatorKind]
    assert len(set(labels)) == len(labels)
    assert IndicatorKind.LAA.label == "District LAA target"


def test_every_unit_has_a_heading_of_its_own() -> None:
    labels = [unit.label for unit in Unit]
    assert len(set(labels)) == len(labels)
    assert (Unit.PERCENT.label, Unit.POUNDS.label) == ("%", "£")


def test_year_has_twelve_months_four_quarters_or_itself() -> None:
    assert [frequency.periods_in_year for frequency in Frequency] == [12, 4, 1]


def test_unknown_kind_of_cycle_is_refused() -> None:
    with pytest.raises(ValueError, match="weekly"):
        CycleKind("weekly")
