from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from goldenthread.demo.plan_files import (
    Files,
    IndicatorEntry,
    PlanEntry,
    read_files,
    read_published_timetable,
)
from goldenthread.demo.posts import titles
from goldenthread.domain.returns import FigureAnswer


@pytest.fixture(scope="module")
def files() -> Files:
    return read_files()


def indicator(files: Files, reference: str) -> IndicatorEntry:
    found = (each for plan in files.plans for each in plan.indicators)
    return next(each for each in found if each.reference == reference)


def test_the_plans_stand_in_the_order_of_the_priorities(files: Files) -> None:
    assert [plan.code for plan in files.plans] == ["CYPF", "HCHOP", "AESE", "SSCC", "ES", "CI"]


def test_a_figure_stays_as_it_is_written(files: Files) -> None:
    assert indicator(files, "AESE10").previous_outturn == Decimal("46.4")


def test_history_runs_through_two_years_in_order(files: Files) -> None:
    history = indicator(files, "CYPF7").history
    assert len(history) == 24
    assert [history[0].period.label, history[-1].period.label] == ["April 2007", "March 2009"]
    assert sum(figure.value or 0 for figure in history[12:]) == 54606


def test_history_may_end_before_its_year_does(files: Files) -> None:
    history = indicator(files, "AESE12").history
    assert [figure.period.label for figure in history] == [
        "Quarter 1 2008/09",
        "Quarter 2 2008/09",
        "Quarter 3 2008/09",
    ]


def test_a_period_has_a_figure_a_reason_or_nothing_yet(files: Files) -> None:
    entry = indicator(files, "CYPF5")
    assert entry.answer(4) == FigureAnswer(value=Decimal("7.3"))
    assert entry.answer(5).unavailable_reason.startswith("Connexions moved its records")
    assert entry.answer(5).value is None
    assert not entry.answer(7).is_given


def test_everybody_who_answers_for_an_action_holds_it(files: Files) -> None:
    for plan in files.plans:
        for challenge in plan.challenges:
            for action in challenge.actions:
                assert action.answerable in action.who


def test_there_is_a_name_for_every_post(files: Files) -> None:
    posts = titles(files)
    assert len(set(posts)) == len(posts) <= len(set(files.names)) == len(files.names)


def test_the_published_timetable_has_63_entries() -> None:
    assert len(read_published_timetable()) == 63


def test_a_key_that_nobody_knows_is_refused(files: Files) -> None:
    said = files.plans[0].model_dump() | {"colour": "red"}
    with pytest.raises(ValidationError, match="colour"):
        PlanEntry.model_validate(said)


def test_a_cycle_that_there_is_not_is_refused(files: Files) -> None:
    said = indicator(files, "CYPF7").model_dump()
    said["returns"]["Q7"] = said["returns"]["Q1"]
    with pytest.raises(ValidationError, match="Q7"):
        IndicatorEntry.model_validate(said)


def test_a_plan_without_its_leads_is_refused(files: Files) -> None:
    with pytest.raises(ValidationError, match="one row of leads"):
        Files.model_validate(files.model_dump() | {"leads": files.leads[1:]})
