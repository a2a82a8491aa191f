"""What the database itself refuses, whoever asks: each constraint does what its name says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models

from goldenthread.domain.cycle_steps import ByHand, CycleStep
from goldenthread.domain.kinds import CycleKind, Precision
from goldenthread.domain.posts import Capacity
from goldenthread.domain.promises import StepOutcome
from goldenthread.domain.rating import Rating
from goldenthread.packs.models import Edition
from tests.factories import (
    IN_Q1,
    Q1_DUE_ON,
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    AuditEntryFactory,
    BodyFactory,
    BodyMembershipFactory,
    BudgetLineFactory,
    CalendarFeedFactory,
    ChallengeFactory,
    ClosedPeriodFactory,
    CorporatePlanFactory,
    CorrectionFactory,
    DesignationFactory,
    DueRevisionFactory,
    EvaluationFactory,
    ExceptionReportFactory,
    ExemptionFactory,
    FileToMakeFactory,
    FinanceFigureFactory,
    FinanceStatementFactory,
    FrameworkVersionFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    MeasurementFactory,
    MilestoneFactory,
    NoticeFactory,
    PackEditionFactory,
    PackFactory,
    PackFileFactory,
    PlanFactory,
    PlanIndicatorFactory,
    PlannedStepFactory,
    PlanStatementFactory,
    PostFactory,
    PostHoldingFactory,
    PriorityFactory,
    ReportingCycleFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    StepFollowUpFactory,
    StepTakenFactory,
    TargetFactory,
    TargetRevisionFactory,
    UploadedWorkbookFactory,
    UserFactory,
    WordTemplateFactory,
)

Deed = Callable[[], object]


def twice(record: type, **alike: object) -> Deed:
    """Make two records that are alike in the given values, and where told in their owner."""

    def deed() -> None:
        first = record(**{name: value for name, value in alike.items() if value is not None})
        again = {name: getattr(first, name) for name in alike}
        record(**again)

    return deed


def feed_twice() -> None:
    body = BodyFactory()
    first = CalendarFeedFactory(council=body.council, body=body)
    CalendarFeedFactory(council=body.council, body=body, holder=first.holder)


def evaluated_twice() -> None:
    first = EvaluationFactory(action=None, indicator=IndicatorFactory())
    EvaluationFactory(cycle=first.cycle, action=None, indicator=first.indicator)


def evaluation_of_both() -> object:
    return EvaluationFactory(indicator=IndicatorFactory())


APRIL, MAY = date(2009, 4, 1), date(2009, 5, 1)

UNIQUE: dict[str, Deed] = {
    "one_person_answers_for_a_post": twice(PostHoldingFactory, post=None),
    "one_word_template_on_at_a_time": twice(WordTemplateFactory, council=None),
    "one_notice_about_one_thing": twice(NoticeFactory, council="chase", key="due"),
    "audit_entry_number_unique_in_council": twice(AuditEntryFactory, council="chase", number=1),
    "framework_version_unique_in_council": twice(
        FrameworkVersionFactory, council=None, version="2009-10"
    ),
    "post_title_unique_in_council": twice(PostFactory, council=None, title="Leader"),
    "one_feed_of_a_persons_own_dates": twice(CalendarFeedFactory, council=None, holder=None),
    "one_feed_of_a_body_a_person": feed_twice,
    "closed_period_kept_once": twice(
        ClosedPeriodFactory, council=None, starts_on=None, ends_on=None
    ),
    "body_code_unique_in_council": twice(BodyFactory, council=None, code="DMT"),
    "post_sits_once_on_a_body": twice(BodyMembershipFactory, body=None, post=None),
    "priority_number_unique_in_corporate_plan": twice(
        PriorityFactory, corporate_plan=None, number=1
    ),
    "budget_line_number_unique_in_year": twice(BudgetLineFactory, plan=None, year=2009, number=1),
    "risk_number_unique_in_plan": twice(RiskFactory, plan=None, number=1),
    "risk_action_number_unique_in_risk": twice(RiskActionFactory, risk=None, number=1),
    "one_evaluation_per_action_and_cycle": twice(EvaluationFactory, cycle=None, action=None),
    "one_evaluation_per_indicator_and_cycle": evaluated_twice,
    "one_update_per_risk_action_and_cycle": twice(
        RiskActionUpdateFactory, cycle=None, risk_action=None
    ),
    "one_finance_statement_per_plan_and_cycle": twice(
        FinanceStatementFactory, cycle=None, plan=None
    ),
    "one_figure_per_budget_line_and_statement": twice(
        FinanceFigureFactory, statement=None, line=None
    ),
    "one_statement_of_a_kind_per_plan_and_cycle": twice(
        PlanStatementFactory, cycle=None, plan=None, key="overview"
    ),
    "plan_code_unique_in_council": twice(PlanFactory, council=None, code="CYPF"),
    "challenge_number_unique_in_plan": twice(ChallengeFactory, plan=None, number=1),
    "action_number_unique_in_challenge": twice(ActionFactory, challenge=None, number=1),
    "post_holds_an_action_once": twice(ActionOfficerFactory, action=None, post=None),
    "indicator_stands_once_in_a_plan": twice(PlanIndicatorFactory, plan=None, indicator=None),
    "indicator_reference_unique_in_council": twice(
        IndicatorFactory, council=None, reference="CYPF7"
    ),
    "indicator_is_of_a_kind_once": twice(DesignationFactory, indicator=None, kind=None),
    "one_target_per_indicator_and_year": twice(TargetFactory, indicator=None, year=2009),
    "target_revision_number_unique_in_target": twice(TargetRevisionFactory, target=None, number=1),
    "due_revision_number_unique_in_action": twice(DueRevisionFactory, action=None, number=1),
    "one_measurement_per_indicator_and_period": twice(MeasurementFactory, indicator=None),
    "step_comes_once_on_its_day": twice(StepTakenFactory, cycle=None, falls_on=MAY),
    "close_at_once_comes_once": twice(
        StepTakenFactory, cycle=None, step=CycleStep.CLOSE, closed_at=IN_Q1
    ),
    "cycle_code_unique_in_year": twice(ReportingCycleFactory, council=None, year=None, code=None),
    "milestone_number_unique_in_cycle": twice(MilestoneFactory, cycle=None, number=1),
    "step_number_unique_in_report": twice(PlannedStepFactory, report=None, number=1),
    "one_update_per_action_and_cycle": twice(ActionUpdateFactory, cycle=None, action=None),
    "one_update_per_indicator_and_cycle": twice(IndicatorUpdateFactory, cycle=None, indicator=None),
    "pack_number_unique_for_a_body_and_cycle": twice(
        PackFactory, cycle=None, body=None, framework=None, number=1
    ),
    "one_tree_per_edition": twice(PackEditionFactory, pack=None, edition=None),
    "one_file_per_edition_and_format": twice(PackFileFactory, pack=None, edition=None, format=None),
    "a_file_is_to_be_made_once": twice(FileToMakeFactory, pack=None, edition=None, format=None),
    "a_part_is_exempt_on_one_ground": twice(ExemptionFactory, cycle=None, anchor="action-1"),
}


def with_(record: type, **values: object) -> Deed:
    return lambda: record(**values)


def about_two_returns() -> object:
    action_update = ActionUpdateFactory()
    indicator_update = IndicatorUpdateFactory(cycle=action_update.cycle)
    return ExceptionReportFactory(action_update=action_update, indicator_update=indicator_update)


def owned_twice() -> object:
    return PlannedStepFactory(owner=PostFactory(), owner_words="The school")


CHECKED: dict[str, list[Deed]] = {
    "word_template_holds_something": [with_(WordTemplateFactory, size=0)],
    "deputy_stands_in_until_a_day": [with_(PostHoldingFactory, capacity=Capacity.DEPUTY)],
    "moved_milestone_says_why": [with_(MilestoneFactory, first_planned="5 August 2009")],
    "cycle_is_locked_after_its_deadline": [with_(ReportingCycleFactory, locks_on=Q1_DUE_ON)],
    "step_by_hand_says_who_and_why": [
        with_(StepTakenFactory, because="It was time."),
        with_(StepTakenFactory, way=ByHand.LOCK_NOW),
        with_(StepTakenFactory, falls_on=None),
    ],
    "cycle_is_locked_by_somebody": [with_(ReportingCycleFactory, locked_at=IN_Q1)],
    "returned_action_update_says_why": [with_(ActionUpdateFactory, returned_at=IN_Q1)],
    "returned_indicator_update_says_why": [with_(IndicatorUpdateFactory, revision_note="Why?")],
    "returned_risk_action_update_says_why": [with_(RiskActionUpdateFactory, returned_at=IN_Q1)],
    "returned_evaluation_says_why": [with_(EvaluationFactory, returned_at=IN_Q1)],
    "returned_statement_says_why": [with_(PlanStatementFactory, revision_note="Why?")],
    "returned_finance_statement_says_why": [with_(FinanceStatementFactory, returned_at=IN_Q1)],
    "letting_in_has_a_reason": [with_(LettingInFactory, reason="")],
    "correction_has_a_reason": [with_(CorrectionFactory, reason="")],
    "target_revision_has_reason_and_authority": [
        with_(TargetRevisionFactory, reason=""),
        with_(TargetRevisionFactory, authority=""),
    ],
    "due_revision_has_reason_and_authority": [
        with_(DueRevisionFactory, reason=""),
        with_(DueRevisionFactory, authority=""),
    ],
    "correction_is_of_one_return": [with_(CorrectionFactory, action_update=None)],
    "notice_is_not_both_sent_and_refused": [with_(NoticeFactory, sent_at=IN_Q1, refused_at=IN_Q1)],
    "notice_is_claimed_until_a_moment": [with_(NoticeFactory, claimed_by="worker")],
    "file_is_claimed_until_a_moment": [with_(FileToMakeFactory, claimed_by="worker")],
    "pack_issued_again_says_why": [
        with_(PackFactory, number=2),
        with_(PackFactory, reason="A figure was wrong"),
    ],
    "pack_that_is_urgent_says_who_agreed": [with_(PackFactory, urgency_reason="The bid closes")],
    "whole_papers_are_the_pack_itself": [with_(PackEditionFactory, edition=Edition.WHOLE)],
    "exemption_relies_on_a_paragraph_of_the_schedule": [
        with_(ExemptionFactory, paragraph=0),
        with_(ExemptionFactory, paragraph=8),
    ],
    "exemption_is_lifted_by_somebody": [with_(ExemptionFactory, lifted_at=IN_Q1)],
    "exemption_says_why": [with_(ExemptionFactory, reason="")],
    "uploaded_workbook_has_a_file_name": [with_(UploadedWorkbookFactory, file_name="")],
    "workbook_is_taken_in_after_its_upload": [
        with_(UploadedWorkbookFactory, taken_in_at=IN_Q1 - timedelta(seconds=1))
    ],
    "holding_ends_after_it_starts": [with_(PostHoldingFactory, starts_on=MAY, ends_on=APRIL)],
    "closed_period_ends_after_it_starts": [
        with_(ClosedPeriodFactory, starts_on=MAY, ends_on=APRIL)
    ],
    "corporate_plan_ends_after_it_starts": [
        with_(CorporatePlanFactory, starts_on=MAY, ends_on=APRIL),
        with_(CorporatePlanFactory, starts_on=MAY, ends_on=MAY),
    ],
    "action_is_due_after_it_starts": [with_(ActionFactory, starts_on=MAY, due_on=APRIL)],
    "measured_period_ends_after_it_starts": [
        with_(MeasurementFactory, starts_on=MAY, ends_on=APRIL)
    ],
    "measurement_is_a_figure_or_a_reason": [
        with_(MeasurementFactory, value=None),
        with_(MeasurementFactory, value=Decimal(1), unavailable_reason="The County is late."),
    ],
    "target_range_has_two_ends_in_order": [
        with_(TargetFactory, lower=Decimal(2), upper=Decimal(1)),
        with_(TargetFactory, lower=Decimal(1)),
        with_(TargetFactory, upper=Decimal(1)),
    ],
    "target_tolerance_is_not_negative": [
        with_(TargetFactory, amber_within=Decimal("-0.1")),
        with_(TargetFactory, absolute_tolerance=Decimal(-1)),
    ],
    "cycle_observes_some_days": [
        with_(ReportingCycleFactory, observes_from=date(2009, 7, 1), observes_to=APRIL)
    ],
    "cycle_is_due_after_it_opens": [with_(ReportingCycleFactory, due_on=date(2009, 7, 6))],
    "cycle_opens_after_its_period_starts": [
        with_(ReportingCycleFactory, kind=CycleKind.SIX_WEEKLY, opens_on=APRIL)
    ],
    "whole_period_ends_before_cycle_opens": [
        with_(ReportingCycleFactory, opens_on=date(2009, 6, 30)),
        with_(ReportingCycleFactory, kind=CycleKind.ANNUAL, opens_on=date(2009, 6, 30)),
    ],
    "milestone_dates_suit_its_precision": [
        with_(MilestoneFactory, precision=Precision.DAY, starts_on=APRIL, ends_on=MAY),
        with_(MilestoneFactory, precision=Precision.DAY, starts_on=None, ends_on=None),
        with_(MilestoneFactory, precision=Precision.DAY, starts_on=APRIL, ends_on=None),
        with_(MilestoneFactory, precision=Precision.WEEK, starts_on=APRIL, ends_on=APRIL),
        with_(MilestoneFactory, precision=Precision.WEEK, starts_on=None, ends_on=None),
        with_(MilestoneFactory, precision=Precision.RANGE, starts_on=MAY, ends_on=APRIL),
        with_(MilestoneFactory, precision=Precision.RANGE, starts_on=MAY, ends_on=None),
        with_(MilestoneFactory, precision=Precision.TO_BE_CONFIRMED),
    ],
    "submitted_action_update_is_whole": [
        with_(ActionUpdateFactory, submitted=True, rating=None),
        with_(ActionUpdateFactory, submitted=True, commentary=""),
        with_(ActionUpdateFactory, submitted=True, submitted_by=None),
        lambda: ActionUpdateFactory(submitted_by=UserFactory()),
    ],
    "submitted_indicator_update_is_whole": [
        with_(IndicatorUpdateFactory, submitted=True, estimated_outturn=None),
        with_(IndicatorUpdateFactory, submitted=True, commentary=""),
        with_(IndicatorUpdateFactory, submitted=True, submitted_by=None),
        with_(IndicatorUpdateFactory, submitted_at=IN_Q1),
    ],
    "judgement_against_the_figures_has_a_reason": [
        with_(
            IndicatorUpdateFactory,
            submitted=True,
            rating=Rating.GREEN,
            suggested_rating=Rating.RED,
        )
    ],
    "exception_report_is_about_one_return": [
        with_(ExceptionReportFactory, action_update=None),
        about_two_returns,
    ],
    "submitted_exception_report_is_whole": [
        with_(ExceptionReportFactory, submitted=True, why=""),
        with_(ExceptionReportFactory, submitted=True, needs_resources=True),
        with_(ExceptionReportFactory, submitted=True, is_exceptional=True),
        with_(ExceptionReportFactory, submitted=True, needs_resources=None),
        with_(ExceptionReportFactory, submitted=True, is_exceptional=None),
        with_(ExceptionReportFactory, submitted=True, submitted_by=None),
    ],
    "returned_exception_report_says_why": [with_(ExceptionReportFactory, returned_at=IN_Q1)],
    "evaluation_is_of_one_item": [
        with_(EvaluationFactory, action=None),
        evaluation_of_both,
    ],
    "submitted_evaluation_is_whole": [
        with_(EvaluationFactory, submitted=True, delivered=""),
        with_(EvaluationFactory, submitted=True, difference=""),
        with_(EvaluationFactory, submitted=True, submitted_for=None),
        with_(EvaluationFactory, submitted_at=IN_Q1),
    ],
    "submitted_risk_action_update_is_whole": [
        with_(RiskActionUpdateFactory, submitted=True, rating=None),
        with_(RiskActionUpdateFactory, submitted=True, commentary=""),
        with_(RiskActionUpdateFactory, submitted=True, rating=Rating.RED),
        with_(RiskActionUpdateFactory, submitted=True, submitted_by=None),
        with_(RiskActionUpdateFactory, submitted_at=IN_Q1),
    ],
    "budget_line_says_what_it_is_for": [with_(BudgetLineFactory, heading="")],
    "submitted_finance_statement_says_who_made_it": [
        with_(FinanceStatementFactory, submitted=True, submitted_for=None),
        with_(FinanceStatementFactory, submitted_at=IN_Q1),
    ],
    "submitted_statement_says_who_made_it": [
        with_(PlanStatementFactory, submitted=True, submitted_for=None),
        with_(PlanStatementFactory, submitted=True, submitted_by=None),
        with_(PlanStatementFactory, submitted_at=IN_Q1),
    ],
    "planned_step_has_one_owner": [owned_twice],
    "step_not_done_gets_a_new_day": [
        with_(StepFollowUpFactory, outcome=StepOutcome.NOT_DONE, words="It rained.")
    ],
    "step_not_done_says_what_happened": [
        with_(StepFollowUpFactory, outcome=StepOutcome.DROPPED),
        with_(StepFollowUpFactory, outcome=StepOutcome.NOT_DONE, new_due_on=MAY),
    ],
}


def _breaches() -> list[tuple[str, Deed]]:
    return [(name, deed) for name, deeds in CHECKED.items() for deed in deeds]


@pytest.mark.parametrize(("name", "deed"), _breaches())
def test_a_check_refuses_what_its_name_says(db: None, name: str, deed: Deed) -> None:
    with pytest.raises(IntegrityError, match=name):
        deed()


@pytest.mark.parametrize(("name", "deed"), UNIQUE.items())
def test_nothing_stands_twice(db: None, name: str, deed: Deed) -> None:
    with pytest.raises(IntegrityError, match=_as_told(name)):
        deed()


def _as_told(name: str) -> str:
    """SQLite tells a unique constraint by its columns, PostgreSQL by its name."""
    if connection.vendor == "postgresql":
        return name
    constraint, table = next(
        (constraint, model._meta.db_table)
        for model, constraint in _constraints()
        if constraint.name == name
    )
    assert isinstance(constraint, models.UniqueConstraint)
    return table + "." + str(constraint.fields[0])


def _constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    for config in apps.get_app_configs():
        if config.name.startswith("goldenthread."):
            for model in config.get_models():
                yield from ((model, constraint) for constraint in model._meta.constraints)


def test_no_constraint_goes_untried() -> None:
    assert {constraint.name for _, constraint in _constraints()} == {*UNIQUE, *CHECKED}


@pytest.mark.parametrize(
    "record",
    [
        with_(TargetFactory, value=None, lower=Decimal(1), upper=Decimal(1)),
        with_(MeasurementFactory, value=None, unavailable_reason="The County is late."),
        with_(ActionFactory, starts_on=MAY, due_on=MAY),
        with_(PostHoldingFactory, starts_on=MAY, ends_on=MAY),
        with_(MilestoneFactory, precision=Precision.TO_BE_CONFIRMED, starts_on=None, ends_on=None),
        with_(MilestoneFactory, precision=Precision.RANGE, starts_on=APRIL, ends_on=MAY),
        with_(
            IndicatorUpdateFactory,
            submitted=True,
            suggested_rating=Rating.RED,
            judgement_reason="April was counted twice.",
        ),
        with_(IndicatorUpdateFactory, submitted=True, rating=None),
        with_(
            ExceptionReportFactory,
            submitted=True,
            needs_resources=True,
            resources="A caretaker for the evening.",
        ),
        with_(ExceptionReportFactory, submitted=True, why="", county_words="See the County."),
        with_(PlannedStepFactory, what="", owner_words="", due_on=None),
    ],
)
def test_what_is_only_just_right_stands(db: None, record: Deed) -> None:
    assert record()
