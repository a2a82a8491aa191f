"""Statements that a council adds to its framework without code."""

from __future__ import annotations

from importlib import resources

import pytest

from goldenthread.domain.framework import FrameworkError, parse_framework
from goldenthread.domain.framework_tables import AskedOf
from goldenthread.domain.kinds import CycleKind

SHIPPED = (resources.files("goldenthread.organisation") / "framework.toml").read_text("utf-8")
PARTNERS = """
[[statements]]
key = "partners"
title = "What partners say"
asked_of = "performance_manager"
reports = ["quarterly", "annual"]
questions = [{ key = "said", question = "What did they make of it?" }]
"""


def test_a_quarter_asks_for_the_overview_of_the_leads() -> None:
    [rule] = parse_framework(SHIPPED).statements_in(CycleKind.QUARTERLY)

    assert (rule.key, rule.title, rule.asked_of) == ("overview", "Overview", AskedOf.LEADS)
    assert rule.reports == (CycleKind.QUARTERLY,)
    assert len(rule.questions) == 4


@pytest.mark.parametrize("kind", [CycleKind.SIX_WEEKLY, CycleKind.ANNUAL])
def test_other_reports_ask_for_none(kind: CycleKind) -> None:
    assert parse_framework(SHIPPED).statements_in(kind) == ()


def test_a_statement_of_the_councils_own_comes_after_the_overview() -> None:
    framework = parse_framework(SHIPPED + PARTNERS)

    assert [r.key for r in framework.statements_in(CycleKind.QUARTERLY)] == ["overview", "partners"]
    assert [r.key for r in framework.statements_in(CycleKind.ANNUAL)] == ["partners"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            PARTNERS.replace('"partners"', '"overview"'),
            'statements[1].key is "overview": that is a part of its own, so give it another name',
        ),
        (
            PARTNERS.replace('["quarterly", "annual"]', "[]"),
            "statements[1].reports is empty: name the reports in which it is asked",
        ),
        (
            PARTNERS.replace('"annual"', '"quarterly"'),
            'statements[1].reports[2] is "quarterly", as statements[1].reports[1] is: it must be '
            "there only once",
        ),
        (
            PARTNERS[: PARTNERS.index("questions")] + "questions = []",
            "statements[1].questions is empty: it must have at least one question",
        ),
        (
            PARTNERS + PARTNERS,
            'statements[2].key is "partners", as statements[1] is: it must be there only once',
        ),
    ],
)
def test_a_statement_that_cannot_stand_is_refused(text: str, problem: str) -> None:
    with pytest.raises(FrameworkError) as caught:
        parse_framework(SHIPPED + text)
    assert caught.value.problems == (problem,)
