"""What difference actions and indicators made, as their officers say (clauses C-3, R-6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating
from goldenthread.evaluations.models import Evaluation
from goldenthread.evaluations.operations import (
    EvaluationSaid,
    call_back_evaluation,
    draft_evaluation,
    submit_evaluation,
)
from goldenthread.evaluations.queries import (
    EvaluationLine,
    cycle_to_evaluate,
    evaluation_lines,
    evaluations_by_plan,
    left_to_leads,
    missing_in,
    my_evaluation_lines,
)
from goldenthread.plans.models import Plan
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.permissions import Item
from goldenthread.reporting.returns import (
    AlreadySubmittedError,
    ChangedMeanwhileError,
    CycleClosedError,
    IncompleteReturnError,
    NotSubmittedError,
)
from tests.factories import (
    ActionUpdateFactory,
    AnnualCycleFactory,
    EvaluationFactory,
    IndicatorUpdateFactory,
    LettingInFactory,
    PlanIndicatorFactory,
    PostFactory,
    officeholder,
)
from tests.pages.small_council import SmallCouncil, found_small_council

OPEN = datetime(2010, 4, 14, 10, tzinfo=UTC)
AFTER = datetime(2010, 4, 24, 10, tzinfo=UTC)
FILE = pytest.mark.parametrize("file", [draft_evaluation, submit_evaluation])
File = Callable[..., Evaluation]
SAID = EvaluationSaid(delivered=" The club opened. ", difference=" Forty pupils use it. ")


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    return found_small_council()


@pytest.fixture
def annual(ashby: SmallCouncil) -> ReportingCycle:
    found: ReportingCycle = AnnualCycleFactory(council=ashby.council)
    return found


def file_it(
    ashby: SmallCouncil,
    item: Item | None = None,
    *,
    cycle: ReportingCycle,
    file: File = submit_evaluation,
    said: EvaluationSaid = SAID,
    at: datetime = OPEN,
) -> Evaluation:
    by = ashby.officeholder(ashby.posts.action_officer)
    return file(cycle=cycle, item=item or ashby.club, said=said, by=by, at=at)


def line_of(cycle: ReportingCycle, plan: Plan, item: Item, at: datetime = OPEN) -> EvaluationLine:
    lines = evaluation_lines(cycle, [plan], today=at.date())
    return next(line for line in lines if line.item == item)


def test_an_officer_says_what_was_delivered_and_what_difference_it_made(
    ashby: SmallCouncil, annual: ReportingCycle
) -> None:
    evaluation = file_it(ashby, cycle=annual)

    assert (evaluation.delivered, evaluation.difference) == (
        "The club opened.",
        "Forty pupils use it.",
    )
    assert evaluation.submitted_for == ashby.posts.action_officer
    line = line_of(annual, ashby.cypf, ashby.club)
    assert (line.state, line.submitted) == (ReturnState.IN, evaluation)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.target_id) == (Verb.EVALUATION_SUBMITTED, evaluation.pk)
    assert str(evaluation) == "2009-10/annual: evaluation of CYPF 1.1"


def test_an_indicator_is_evaluated_by_its_officer(
    ashby: SmallCouncil, annual: ReportingCycle
) -> None:
    by = ashby.officeholder(ashby.posts.indicator_officer)

    evaluation = submit_evaluation(cycle=annual, item=ashby.visits, said=SAID, by=by, at=OPEN)

    assert evaluation.item == ashby.visits
    assert line_of(annual, ashby.cypf, ashby.visits).submitted == evaluation


@pytest.mark.parametrize(
    ("said", "problems"),
    [
        (EvaluationSaid(), {"delivered", "difference"}),
        (EvaluationSaid(delivered="It opened.", difference=" "), {"difference"}),
        (EvaluationSaid(difference="Forty come."), {"delivered"}),
    ],
)
def test_what_is_missing_is_said_and_a_draft_may_lack_it(
    ashby: SmallCouncil, annual: ReportingCycle, said: EvaluationSaid, problems: set[str]
) -> None:
    with pytest.raises(IncompleteReturnError) as caught:
        file_it(ashby, cycle=annual, said=said)
    assert set(caught.value.problems) == problems
    draft = file_it(ashby, cycle=annual, said=said, file=draft_evaluation)
    assert not draft.is_submitted
    assert line_of(annual, ashby.cypf, ashby.club).state is ReturnState.DRAFTED


@FILE
def test_nobody_else_evaluates_it(ashby: SmallCouncil, annual: ReportingCycle, file: File) -> None:
    for post in (ashby.posts.clerk, ashby.posts.lead_officer, ashby.posts.manager):
        with pytest.raises(PermissionDenied, match="Only Play Officer can evaluate"):
            file(cycle=annual, item=ashby.club, said=SAID, by=ashby.officeholder(post), at=OPEN)
    with pytest.raises(PermissionDenied, match="no post in the council"):
        file(cycle=annual, item=ashby.club, said=SAID, by=officeholder(PostFactory()), at=OPEN)


@FILE
def test_only_a_cycle_whose_report_asks_takes_them(ashby: SmallCouncil, file: File) -> None:
    with pytest.raises(CycleClosedError, match="takes no evaluations"):
        file_it(ashby, cycle=ashby.quarter, file=file, at=datetime(2009, 7, 14, 10, tzinfo=UTC))
    assert evaluation_lines(ashby.quarter, [ashby.cypf], today=OPEN.date()) == []
    by = ashby.officeholder(ashby.posts.action_officer)
    assert my_evaluation_lines(by, ashby.quarter, today=OPEN.date()) == []


@FILE
def test_after_the_deadline_it_is_closed_but_to_the_leads_and_whoever_is_let_in(
    ashby: SmallCouncil, annual: ReportingCycle, file: File
) -> None:
    with pytest.raises(CycleClosedError, match="takes returns from 9 April 2010"):
        file_it(ashby, cycle=annual, file=file, at=datetime(2010, 4, 8, 10, tzinfo=UTC))
    with pytest.raises(CycleClosedError, match="took returns until 23 April 2010"):
        file_it(ashby, cycle=annual, file=file, at=AFTER)
    officer = ashby.holder_of(ashby.posts.action_officer)
    LettingInFactory(cycle=annual, person=officer, until=date(2010, 4, 30))
    assert file_it(ashby, cycle=annual, file=file, at=AFTER).version == 1

    for post in (ashby.posts.lead_officer, ashby.posts.manager):
        lead = ashby.officeholder(post)
        assert ashby.grant in [
            line.item for line in left_to_leads(lead, annual, today=AFTER.date())
        ]
    lead = ashby.officeholder(ashby.posts.lead_officer)
    filed = submit_evaluation(cycle=annual, item=ashby.grant, said=SAID, by=lead, at=AFTER)
    assert filed.submitted_for == ashby.posts.lead_officer


@FILE
def test_nobody_writes_over_what_they_have_not_seen_or_what_is_in(
    ashby: SmallCouncil, annual: ReportingCycle, file: File
) -> None:
    file_it(ashby, cycle=annual, file=draft_evaluation)
    with pytest.raises(ChangedMeanwhileError, match="Aled Rees saved this evaluation"):
        file_it(ashby, cycle=annual, file=file)
    file_it(ashby, ashby.grant, cycle=annual)
    with pytest.raises(AlreadySubmittedError, match="This evaluation has been submitted"):
        file_it(ashby, ashby.grant, cycle=annual, file=file)


def test_it_is_called_back_until_the_deadline(ashby: SmallCouncil, annual: ReportingCycle) -> None:
    evaluation = file_it(ashby, cycle=annual)
    lead = ashby.officeholder(ashby.posts.lead_officer)
    with pytest.raises(CycleClosedError, match="took returns until"):
        call_back_evaluation(evaluation=evaluation, by=lead, at=AFTER)
    by = ashby.officeholder(ashby.posts.action_officer)

    draft = call_back_evaluation(evaluation=evaluation, by=by, at=OPEN)

    assert not draft.is_submitted
    with pytest.raises(NotSubmittedError):
        call_back_evaluation(evaluation=evaluation, by=by, at=OPEN)


def test_the_years_ratings_outturn_and_last_years_words_stand_beside_an_item(
    ashby: SmallCouncil, annual: ReportingCycle
) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)
    IndicatorUpdateFactory(
        cycle=ashby.quarter,
        indicator=ashby.visits,
        submitted=True,
        rating=Rating.GREEN,
        estimated_outturn=Decimal(55_000),
    )
    IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.attendance, submitted=True)
    earlier = AnnualCycleFactory(
        council=ashby.council,
        year=2008,
        observes_from=date(2008, 4, 1),
        observes_to=date(2009, 3, 31),
        opens_on=date(2009, 4, 9),
        due_on=date(2009, 4, 23),
    )
    said = EvaluationFactory(cycle=earlier, action=ashby.club, submitted=True)
    EvaluationFactory(cycle=earlier, action=ashby.grant)

    club = line_of(annual, ashby.cypf, ashby.club)
    assert club.quarters == (("Quarter 1", Rating.RED),)
    assert (club.promised, club.outturn) == ("By the end of September", "")
    assert club.said_before == said
    assert line_of(annual, ashby.cypf, ashby.grant).said_before is None
    visits = line_of(annual, ashby.cypf, ashby.visits)
    assert (visits.promised, visits.outturn) == ("Target 54,000", "Outturn 55,000")
    silent = line_of(annual, ashby.es, ashby.swans)
    assert (silent.quarters, silent.outturn) == ((("Quarter 1", None),), "")


def test_what_is_not_in_is_counted_by_plan_and_an_indicator_of_two_plans_once(
    ashby: SmallCouncil, annual: ReportingCycle
) -> None:
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.visits, number=9)
    file_it(ashby, cycle=annual)
    lines = evaluation_lines(annual, [ashby.cypf, ashby.es], today=OPEN.date())

    cypf, es = evaluations_by_plan(lines)

    assert (cypf.submitted, cypf.asked) == (1, 4)
    assert [line.reference for line in es.missing] == ["ES 1.1", "ES1", "CYPF8"]
    references = [line.reference for line in missing_in(lines)]
    assert len(references) == len(set(references)) == 5


def test_an_officer_has_what_they_hold_while_the_annual_cycle_is_open(
    ashby: SmallCouncil, annual: ReportingCycle
) -> None:
    PlanIndicatorFactory(plan=ashby.es, indicator=ashby.visits, number=9)
    officer = ashby.officeholder(ashby.posts.indicator_officer)

    mine = my_evaluation_lines(officer, annual, today=OPEN.date())

    assert [line.reference for line in mine] == ["CYPF8", "CYPF9", "ES1"]
    clerk = ashby.officeholder(ashby.posts.clerk)
    assert my_evaluation_lines(clerk, annual, today=OPEN.date()) == []
    assert cycle_to_evaluate(ashby.council, OPEN.date()) == annual
    assert cycle_to_evaluate(ashby.council, AFTER.date()) == annual
    assert cycle_to_evaluate(ashby.council, date(2010, 4, 8)) is None


def test_an_evaluation_of_nothing_says_so() -> None:
    with pytest.raises(ValueError, match="of an action or of an indicator"):
        _ = Evaluation().item
