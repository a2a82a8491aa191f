"""What a row of a workbook would change in a return, in words: was, and will be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.domain.rating import Rating
from goldenthread.indicators.facts import say
from goldenthread.reporting.queries.filings import ActionFiling, IndicatorFiling
from goldenthread.reporting.queries.own_filings import Filing
from goldenthread.workbooks.sheets.answers import RowAnswers


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One answer that changes: what it was, empty if nothing, and what it will be."""

    what: str
    was: str
    now: str


def differences(filing: Filing, was: RowAnswers, now: RowAnswers) -> tuple[Difference, ...]:
    """List the answers in which a row differs from what is held."""
    said = zip(_said(filing, was), _said(filing, now), strict=True)
    return tuple(
        Difference(what=what, was=before, now=after)
        for (what, before), (_, after) in said
        if before != after
    )


def _said(filing: Filing, answers: RowAnswers) -> Iterator[tuple[str, str]]:
    if isinstance(filing, ActionFiling):
        yield "Rating", _rating(answers.rating)
        yield "What has happened", answers.commentary
    else:
        yield from _said_of_indicator(filing, answers)


def _said_of_indicator(filing: IndicatorFiling, answers: RowAnswers) -> Iterator[tuple[str, str]]:
    indicator = filing.figures.indicator
    for asked in filing.figures.wanted:
        value = answers.figures.get(asked.period.starts_on)
        yield f"Figure for {asked.period.label}", say(indicator, value)
    yield "Why a figure is missing", answers.no_figure_reason
    yield "Estimated outturn", say(indicator, answers.estimated_outturn)
    yield "Why no estimate", answers.no_estimate_reason
    yield "Rating", _rating(answers.rating)
    yield "Why rated otherwise", answers.judgement_reason
    yield "What lies behind the figures", answers.commentary


def _rating(rating: Rating | None) -> str:
    return rating.label if rating else ""
