from __future__ import annotations

from importlib import resources

import pytest

from goldenthread.domain.exceptions import ExceptionRule
from goldenthread.domain.framework import Framework, FrameworkError, parse_framework
from goldenthread.domain.framework_tables import (
    AnswerKind,
    ExceptionQuestionKey,
    Part,
    Reminders,
    ReportRule,
    Scope,
)
from goldenthread.domain.kinds import BodyKind, CycleKind, ItemKind, Step
from goldenthread.domain.rating import Rating
from goldenthread.domain.rating_presets import CHASE

SHIPPED = (resources.files("goldenthread.organisation") / "framework.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def framework() -> Framework:
    return parse_framework(SHIPPED)


def scope_of(report: ReportRule, body: str) -> Scope:
    receipt = report.receipt_for(body)
    assert receipt is not None
    return receipt.scope


class TestShippedFramework:
    def test_six_weekly_report_goes_to_dmt_only_without_exceptions_risks_or_finance(
        self, framework: Framework
    ) -> None:
        """Clause C-1."""
        report = framework.reports.of(CycleKind.SIX_WEEKLY)
        assert [receipt.body for receipt in report.receives] == [BodyKind.DMT]
        assert set(report.parts) == {Part.ACTIONS, Part.INDICATORS}
        assert ItemKind.RISK_ACTION not in report.asks_for

    def test_quarterly_report_reaches_each_forum_in_its_scope(self, framework: Framework) -> None:
        """Clause C-2."""
        report = framework.reports.of(CycleKind.QUARTERLY)
        assert scope_of(report, BodyKind.DMT) is Scope.ALL_PLANS
        assert scope_of(report, BodyKind.SCRUTINY) is Scope.ALL_PLANS
        assert scope_of(report, BodyKind.PDC) is Scope.OWN_PLAN
        assert scope_of(report, BodyKind.LSP_EXECUTIVE_BOARD) is Scope.LAA_AND_SCS
        assert report.receipt_for(BodyKind.COUNCIL) is None
        added = {Part.EXCEPTION_REPORTS, Part.RISKS, Part.FINANCE, Part.OVERVIEW}
        assert added <= set(report.parts)

    def test_annual_report_goes_to_council_with_evaluations(self, framework: Framework) -> None:
        """Clause C-3."""
        report = framework.reports.of(CycleKind.ANNUAL)
        forums = [receipt.body for receipt in report.receives]
        assert forums == [BodyKind.DMT, BodyKind.SCRUTINY, BodyKind.COUNCIL]
        assert Part.EVALUATIONS in report.parts

    def test_red_and_amber_actions_and_indicators_need_an_exception_report(
        self, framework: Framework
    ) -> None:
        """Clause E-1."""
        assert framework.exception_rule == ExceptionRule()

    def test_exception_report_asks_what_the_framework_asks(self, framework: Framework) -> None:
        """Clause E-2."""
        questions = framework.exception_reports.questions
        assert [question.key for question in questions] == list(ExceptionQuestionKey)
        yes_no = [q.key.value for q in questions if q.kind is AnswerKind.YES_NO_TEXT]
        assert yes_no == ["resources", "exceptional"]

    def test_overview_asks_the_four_questions_given(self, framework: Framework) -> None:
        """Clause O-1, oddity 10."""
        assert len(framework.overview.questions) == 4

    def test_rating_is_worded_and_ruled_as_in_2009_10(self, framework: Framework) -> None:
        """Clause R-4, oddity 9."""
        assert framework.rating.rule == CHASE
        assert "not begun" in framework.rating.words_for(Rating.RED)
        assert len({framework.rating.words_for(rating) for rating in Rating}) == 3
        assert framework.rating.counts_not_due_to_start is False

    def test_reminders_are_as_shipped_where_a_document_says_nothing_of_them(
        self, framework: Framework
    ) -> None:
        start = SHIPPED.index("[reminders]")
        without = SHIPPED[:start] + SHIPPED[SHIPPED.index("[[overview") :]
        assert parse_framework(without).reminders == framework.reminders == Reminders()

    def test_reminders_may_be_none(self) -> None:
        quiet = SHIPPED.replace("lead_member_days_after = [4]", "lead_member_days_after = []")
        assert len(parse_framework(quiet).reminders.steps) == len(Reminders().steps) - 1

    def test_document_can_be_read_with_windows_line_ends_and_byte_order_mark(self) -> None:
        assert parse_framework("\ufeff" + SHIPPED.replace("\n", "\r\n")).version == "2009-10"

    def test_council_may_reword_and_reorder_its_questions_and_add_to_the_overview(self) -> None:
        more = SHIPPED + '\n[[overview.questions]]\nkey = "praise"\nquestion = "Who did well?"\n'
        assert parse_framework(more).overview.questions[-1].key == "praise"

    def test_parts_have_names_for_headings(self) -> None:
        assert [Part.RISKS.label, Part.EXCEPTION_REPORTS.label] == [
            "Risk register",
            "Exception reports",
        ]


def test_shipped_steps_are_those_of_the_published_timetable(framework: Framework) -> None:
    steps = [rule.step for rule in framework.timetable.rules[CycleKind.QUARTERLY]]
    assert steps == list(Step)


def test_later_version_cannot_leave_its_version_out() -> None:
    with pytest.raises(FrameworkError, match="version is missing: it must be text in quotes"):
        parse_framework(SHIPPED.replace('version = "2009-10"\n', ""))
