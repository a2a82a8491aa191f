"""Each forum's papers hold what it must, and nothing it must not (clauses C-1 to C-3, E-4, X-2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.domain.kinds import BodyKind, CycleKind
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Body
from goldenthread.organisation.operations import adopt_framework
from goldenthread.organisation.queries import framework_of
from goldenthread.packs.compose.material import NotReceivedError
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.operations.issuing import issue_pack
from goldenthread.packs.queries import public_packs, receiving_bodies
from goldenthread.reporting.models import ReportingCycle
from tests.factories import SHIPPED_FRAMEWORK, BodyFactory, ReportingCycleFactory
from tests.packs.quarter import PLAN, explain, say
from tests.packs.tree_reading import forms, titles, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

LATER = datetime(2010, 5, 20, 10, tzinfo=UTC)
CABINET = '\n[[forums]]\ncode = "CABINET"\nlabel = "The Cabinet"\nmeets_in_public = true\n'


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    council = found_small_council()
    explain(say(council, council.grant, Rating.AMBER))
    explain(say(council, council.club, Rating.RED))
    explain(say(council, council.attendance, Rating.RED))
    return council


def adopt(
    council: SmallCouncil, receipt: str, version: str = "2", *, meets_in_public: bool = True
) -> None:
    """Put in force a framework that sends the Cabinet the quarterly report."""
    before, after = SHIPPED_FRAMEWORK.split("[reports.quarterly]")
    after = after.replace("receives = [", f"receives = [\n    {receipt},", 1)
    before = before.replace('version = "2009-10"', f'version = "{version}"')
    cabinet = CABINET if meets_in_public else CABINET.replace("true", "false")
    text = f"{before}[reports.quarterly]{after}{cabinet}"
    adopt_framework(council=council.council, text=text, by=None, at=PAPERS_OUT)
    council.council.refresh_from_db()


def annual(council: SmallCouncil) -> ReportingCycle:
    return ReportingCycleFactory(
        council=council.council,
        code="Annual",
        kind=CycleKind.ANNUAL,
        quarter=4,
        observes_to=date(2010, 3, 31),
        opens_on=date(2010, 4, 9),
        due_on=date(2010, 4, 23),
    )


def test_each_report_goes_to_its_forums_in_the_frameworks_order(ashby: SmallCouncil) -> None:
    BodyFactory(council=ashby.council, code="Council", kind=BodyKind.COUNCIL, title="Full Council")

    assert [body.code for body in receiving_bodies(ashby.six_weekly)] == ["DMT"]
    quarterly = ["DMT", "Scrutiny", "PDC-CYPF", "LSP-Executive"]
    assert [body.code for body in receiving_bodies(ashby.quarter)] == quarterly
    received = [body.code for body in receiving_bodies(annual(ashby))]
    assert received == ["DMT", "Scrutiny", "Council"]


def test_a_committee_has_red_exception_reports_before_all_else_and_then_amber_ones(
    ashby: SmallCouncil,
) -> None:
    document = compose(ashby.quarter, ashby.committee, at=PAPERS_OUT)

    assert titles(document)[:4] == [
        "Are we on track?",
        "Red exception reports",
        "Amber exception reports",
        PLAN,
    ]
    assert forms(document) == [
        "Exception report 1: CYPF 1.1",
        "Exception report 2: CYPF9",
        "Exception report 3: CYPF 1.2",
    ]


def test_scrutiny_has_them_beside_their_plan(ashby: SmallCouncil) -> None:
    found = titles(compose(ashby.quarter, ashby.scrutiny, at=PAPERS_OUT))

    assert found[1:6] == [
        PLAN,
        f"{PLAN}: actions and indicators",
        f"Exception reports: {PLAN}",
        f"{PLAN}: financial overview",
        "Environment",
    ]


def test_six_weekly_papers_have_no_exception_report(ashby: SmallCouncil) -> None:
    say(ashby, ashby.swans, None)

    document = compose(ashby.six_weekly, ashby.dmt, at=PAPERS_OUT)

    assert forms(document) == []
    assert "xception report" not in words_in(document)


def test_the_annual_report_tells_the_last_quarters_returns(ashby: SmallCouncil) -> None:
    last = ReportingCycleFactory(
        council=ashby.council,
        code="Q4",
        quarter=4,
        observes_from=date(2010, 1, 1),
        observes_to=date(2010, 3, 31),
        opens_on=date(2010, 4, 9),
        due_on=date(2010, 4, 23),
    )
    say(ashby, ashby.visits, Rating.GREEN, cycle=last, commentary="A record year.")

    document = compose(annual(ashby), ashby.scrutiny, at=LATER)

    assert "A record year." in words_in(document)
    assert forms(document) == []
    assert document.title == "Annual report, 2009/10"


def test_a_forum_of_the_councils_own_is_set_up_with_its_framework(ashby: SmallCouncil) -> None:
    adopt(ashby, '{ body = "CABINET", scope = "all_plans" }')

    cabinet = Body.objects.get(council=ashby.council, code="CABINET")
    assert (cabinet.title, cabinet.kind, cabinet.known_as) == ("The Cabinet", None, "CABINET")
    assert receiving_bodies(ashby.quarter)[0] == cabinet
    document = compose(ashby.quarter, cabinet, at=PAPERS_OUT)
    assert document.forum == "The Cabinet"
    assert {PLAN, "Environment", f"Exception reports: {PLAN}"} <= set(titles(document))


def test_a_framework_adopted_again_sets_it_up_no_second_time(ashby: SmallCouncil) -> None:
    for version in ("2", "3"):
        adopt(ashby, '{ body = "CABINET", scope = "all_plans" }', version)

    assert Body.objects.filter(code="CABINET").count() == 1


def test_it_says_whether_it_meets_in_public(ashby: SmallCouncil) -> None:
    adopt(ashby, '{ body = "CABINET", scope = "all_plans" }')

    framework = framework_of(ashby.council)
    public = [name for name in ("CABINET", "SCRUTINY", "DMT") if framework.meets_in_public(name)]
    assert public == ["CABINET", "SCRUTINY"]


def test_a_forum_receives_the_parts_it_names_in_their_order(ashby: SmallCouncil) -> None:
    adopt(
        ashby,
        '{ body = "CABINET", scope = "all_plans", parts = ["exception_reports", "indicators"] }',
    )
    cabinet = Body.objects.get(code="CABINET")

    document = compose(ashby.quarter, cabinet, at=PAPERS_OUT)

    assert titles(document)[1:4] == [PLAN, f"Exception reports: {PLAN}", f"{PLAN}: indicators"]
    assert forms(document) == ["Exception report 1: CYPF9"]
    said = words_in(document)
    assert not [words for words in ("homework club", "Overview", "CYPF 1.1") if words in said]


def test_one_that_no_report_names_receives_none(ashby: SmallCouncil) -> None:
    adopt(ashby, '{ body = "COUNCIL", scope = "all_plans" }')
    cabinet = Body.objects.get(code="CABINET")

    with pytest.raises(NotReceivedError, match="The Cabinet does not receive the quarterly"):
        compose(ashby.quarter, cabinet, at=PAPERS_OUT)


def test_papers_of_a_private_meeting_stay_so_when_later_ones_are_public(
    ashby: SmallCouncil,
) -> None:
    receipt = '{ body = "CABINET", scope = "all_plans" }'
    adopt(ashby, receipt, "2", meets_in_public=False)
    cabinet = Body.objects.get(code="CABINET")
    private = issue_pack(cycle=ashby.quarter, body=cabinet, by=ashby.manager, at=PAPERS_OUT)
    adopt(ashby, receipt, "3")

    assert not public_packs(ashby.council).exists()
    again = issue_pack(
        cycle=ashby.quarter,
        body=cabinet,
        by=ashby.manager,
        at=PAPERS_OUT + timedelta(days=1),
        reason="It meets in public now",
    )
    assert private != again
    assert list(public_packs(ashby.council)) == [again]
