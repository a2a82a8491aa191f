"""The framework's own examples stand in the demonstration exactly as it gives them."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from goldenthread.demo.moments import STANDS_ON, moment
from goldenthread.demo.plan_files import DATA
from goldenthread.domain.periods import FinancialYear
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Indicator, Measurement
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import officeholder
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, ReportingCycle
from goldenthread.reporting.operations.indicator_updates import (
    IndicatorReturn,
    submit_indicator_update,
)
from goldenthread.reporting.returns import IncompleteReturnError

pytestmark = pytest.mark.django_db
COLUMNS = {"apr_2009": "2009-04-01", "may_2009": "2009-05-01", "jun_2009": "2009-06-01"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text().splitlines()))


def decimal(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


@pytest.mark.parametrize("row", rows("indicators-example.csv"), ids=lambda row: row["reference"])
def test_an_example_indicator_is_as_given(played_council: Council, row: dict[str, str]) -> None:
    found = Indicator.objects.get(council=played_council, reference=row["reference"])
    kinds = [designation.kind.value for designation in found.designations.all()]
    assert {
        "reference": found.reference,
        "other_reference": found.other_reference,
        "kind": ";".join(kinds),
        "polarity": found.polarity.value,
        "measurement": found.unit.value,
        "frequency": found.frequency.value,
        "definition": found.definition,
        "baseline_2008_09": found.baseline,
    }.items() <= row.items()
    assert found.previous_outturn == decimal(row["previous_outturn"])
    assert found.targets.get(year=2009).value == decimal(row["target_2009_10"])
    assert found.plans.get().code == row["plan"]


@pytest.mark.parametrize("row", rows("indicators-example.csv"), ids=lambda row: row["reference"])
def test_its_figures_are_as_given(played_council: Council, row: dict[str, str]) -> None:
    found = Indicator.objects.get(council=played_council, reference=row["reference"])
    starts = {column: day for column, day in COLUMNS.items() if row[column]} or {
        "q1": str(FinancialYear(2009).starts_on)
    }
    for column, day in starts.items():
        assert found.measurements.get(starts_on=day).value == decimal(row[column])
    update = IndicatorUpdate.objects.get(indicator=found, cycle__code="Q1")
    assert update.estimated_outturn == decimal(row["estimated_outturn"])
    assert update.estimated_outturn is not None or update.no_estimate_reason


@pytest.mark.parametrize("reference", ["CYPF7", "CYPF8"])
def test_june_was_given_early_and_then_made_good(played_council: Council, reference: str) -> None:
    june = Measurement.objects.get(indicator__reference=reference, starts_on="2009-06-01")
    versions = june.history.order_by("history_date")
    assert [version.is_provisional for version in versions] == [True, False]
    words = IndicatorUpdate.objects.get(indicator=june.indicator, cycle__code="6W1").commentary
    assert words == "Usage rates are set to achieve the annual target."


def test_no_other_indicator_gave_june_early(played_council: Council) -> None:
    early = Measurement.history.filter(is_provisional=True)
    assert {version.indicator.reference for version in early} == {"CYPF7", "CYPF8"}


@pytest.mark.parametrize("row", rows("actions-example.csv"), ids=lambda row: row["action"][:20])
def test_an_example_action_is_as_given(played_council: Council, row: dict[str, str]) -> None:
    found = Action.objects.get(description=row["action"])
    assert found.challenge.plan.code == row["plan"]
    assert found.challenge.number == int(row["challenge_number"])
    assert found.challenge.title == row["challenge"]
    assert found.due_words == row["when"]
    posts = [holder.post.title for holder in found.holders.order_by("number")]
    assert "; ".join(posts) == row["who"]


def test_the_strategy_that_has_not_commenced_is_red(played_council: Council) -> None:
    update = ActionUpdate.objects.get(
        cycle__code="6W1", action__description__startswith="Evidence-based strategy"
    )
    assert update.rating == "red"
    assert update.commentary.startswith("Development of the strategy has not commenced")


@pytest.mark.parametrize("reference", ["AESE10", "AESE12"])
def test_a_red_example_refers_to_its_exception_report(
    played_council: Council, reference: str
) -> None:
    update = IndicatorUpdate.objects.get(cycle__code="Q1", indicator__reference=reference)
    assert update.commentary == "Please see exception report"
    assert update.exception_report.is_submitted


def test_aese12_gives_the_reason_for_having_no_estimate(played_council: Council) -> None:
    updates = IndicatorUpdate.objects.filter(indicator__reference="AESE12")
    assert updates.count() == 3
    assert not updates.filter(no_estimate_reason="").exists()


def test_aese12_is_refused_without_an_estimate_or_a_reason(played_council: Council) -> None:
    indicator = Indicator.objects.get(council=played_council, reference="AESE12")
    holder = indicator.indicator_officer.holdings.get().holder
    by = officeholder(user=holder, council="chase", day=STANDS_ON)
    assert by is not None
    with pytest.raises(IncompleteReturnError, match="estimated outturn"):
        submit_indicator_update(
            cycle=ReportingCycle.objects.get(council=played_council, code="Q2"),
            indicator=indicator,
            answers=IndicatorReturn(rating=Rating.RED, commentary="No news."),
            by=by,
            at=moment(STANDS_ON, 9),
        )
