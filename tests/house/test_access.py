"""Who may open which page: every address against everybody who might try it."""

# ruff: noqa: F811 - a fixture is imported, and then asked for by its name

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goldenthread.domain.rating import Rating
from goldenthread.timetables.operations.feeds import make_feed
from tests.factories import (
    ActionUpdateFactory,
    AnnualCycleFactory,
    CountyFileFactory,
    ExceptionReportFactory,
    ExemptionFactory,
    IndicatorUpdateFactory,
    NoticeFactory,
    PackFileFactory,
    PlanStatementFactory,
    UploadedWorkbookFactory,
    WordTemplateFactory,
)
from tests.pages.conftest import (  # noqa: F401 - fixtures
    _in_the_first_quarter,
    _static_folder,
    ashby,
    set_clock,
)
from tests.pages.small_council import IN_Q1, SmallCouncil, found_small_council, issued

PEOPLE = (
    "anonymous",
    "stranger",  # the performance manager of another council
    "clerk",  # an officer who owns nothing
    "action_officer",
    "indicator_officer",
    "lead_officer",
    "manager",
    "director",  # sits on DMT, leads both plans
)
TO_SIGN_IN, LED_ON = 302, 302
OPEN_TO_ALL = ("account_login", "calendar_feed")


@dataclass(frozen=True)
class Access:
    """What a page answers to each of the people, in their order, when they look and when they send."""

    get: tuple[int, ...]
    post: tuple[int, ...] = (405,) * len(PEOPLE)


def to_all(status: int, *, anonymous: int = TO_SIGN_IN, stranger: int = 404) -> tuple[int, ...]:
    return (anonymous, stranger, *[status] * (len(PEOPLE) - 2))


def only(*allowed: str, yes: int = 200, no: int = 403) -> tuple[int, ...]:
    others = (yes if person in allowed else no for person in PEOPLE[2:])
    return (TO_SIGN_IN, 404, *others)


READ_BY_ALL = Access(get=to_all(200))
# A form that is sent empty is shown again with what is missing, so whoever may file gets 200.
MATRIX = {
    "account_login": Access(
        get=to_all(LED_ON, anonymous=200, stranger=LED_ON),
        post=to_all(LED_ON, anonymous=200, stranger=LED_ON),
    ),
    "account_logout": Access(
        get=to_all(200, anonymous=LED_ON, stranger=200),
        post=to_all(LED_ON, anonymous=LED_ON, stranger=LED_ON),
    ),
    "start": Access(get=to_all(LED_ON, stranger=LED_ON)),
    "home:home": READ_BY_ALL,
    "home:plan_list": READ_BY_ALL,
    "home:plan_detail": READ_BY_ALL,
    # Whoever owes nothing is led on to the page that says so.
    "workbooks:workbook_download": Access(
        get=only("action_officer", "indicator_officer", no=LED_ON)
    ),
    "workbooks:workbook_upload": Access(get=to_all(200), post=to_all(200)),
    # Only the action officer uploaded this one.
    "workbooks:workbook_preview": Access(
        get=only("action_officer", no=404), post=(302, 404, 404, 302, 404, 404, 404, 404)
    ),
    "home:action_detail": READ_BY_ALL,
    "home:indicator_detail": READ_BY_ALL,
    "home:target_revise": Access(get=only("manager"), post=only("manager")),
    "home:due_revise": Access(get=only("manager"), post=only("manager")),
    "timetables:timetable": READ_BY_ALL,
    "timetables:my_dates": READ_BY_ALL,
    "timetables:timetable_download": READ_BY_ALL,
    "timetables:calendar_list": Access(get=to_all(200), post=to_all(200)),
    # Its address is the secret: a calendar program signs in nowhere.
    "calendar_feed": Access(get=to_all(200, anonymous=200, stranger=200)),
    "home:cycle_detail": READ_BY_ALL,
    "reporting:my_updates": READ_BY_ALL,
    "reporting:my_updates_table": Access(get=to_all(200), post=to_all(200)),
    "reporting:update_draft": Access(
        get=to_all(405, anonymous=405, stranger=405), post=only("action_officer")
    ),
    "organisation:my_posts": READ_BY_ALL,
    "organisation:post_list": READ_BY_ALL,
    "organisation:deputy_name": Access(
        get=only("action_officer", "manager"), post=only("action_officer", "manager")
    ),
    "organisation:post_fill": Access(get=only("manager"), post=only("manager")),
    "organisation:holding_end": Access(get=only("manager"), post=only("manager")),
    "organisation:word_template": Access(get=only("manager"), post=only("manager")),
    "organisation:word_template_download": Access(get=only("manager")),
    "organisation:word_template_take_off": Access(
        get=to_all(405, anonymous=405, stranger=405), post=only("manager", yes=LED_ON)
    ),
    "reporting:cycle_closing": Access(get=only("manager"), post=only("manager")),
    "reporting:action_update_edit": Access(get=only("action_officer"), post=only("action_officer")),
    "reporting:indicator_update_edit": Access(
        get=only("indicator_officer"), post=only("indicator_officer")
    ),
    "timetables:milestone_move": Access(get=only("manager"), post=only("manager")),
    "timetables:milestone_add": Access(get=only("manager"), post=only("manager")),
    "timetables:milestone_remove": Access(get=only("manager"), post=only("manager")),
    "timetables:closed_days": Access(get=only("manager"), post=only("manager")),
    "timetables:timetable_edit": Access(get=only("manager"), post=only("manager")),
    "reporting:plan_check": Access(
        get=only("lead_officer", "manager", "director"),
        post=only("lead_officer", "manager", "director"),
    ),
    "reporting:return_for_revision": Access(
        get=only("lead_officer", "director"), post=only("lead_officer", "director")
    ),
    "reporting:return_beside": Access(
        get=only("lead_officer", "director"), post=only("lead_officer", "director")
    ),
    "timetables:timetable_propose": Access(get=only("manager"), post=only("manager")),
    "timetables:timetable_lay_out": Access(get=only("manager", yes=LED_ON), post=only("manager")),
    "exception_reports:exception_report_edit": Access(
        get=only("action_officer"), post=only("action_officer")
    ),
    "exception_reports:exception_report_list": Access(
        get=only("lead_officer", "manager", "director")
    ),
    "exception_reports:exception_report_review": Access(
        get=only("lead_officer", "manager", "director"),
        post=only("lead_officer", "manager", "director"),
    ),
    "exception_reports:promise_edit": Access(
        get=only("action_officer", "lead_officer", "manager", "director"),
        post=only("action_officer", "lead_officer", "manager", "director"),
    ),
    # One that no submitted report holds; tests/pages has those that all may read.
    "exception_reports:county_file_download": Access(
        get=only("indicator_officer", "lead_officer", "manager", "director")
    ),
    "statements:statement_detail": READ_BY_ALL,
    # The performance manager looks on while the papers are not out.
    "statements:statement_edit": Access(
        get=only("lead_officer", "manager", "director"), post=only("lead_officer", "director")
    ),
    "statements:finance_detail": READ_BY_ALL,
    "evaluations:evaluation_list": READ_BY_ALL,
    # Whoever has nothing to evaluate is told so.
    "evaluations:my_evaluations": Access(get=to_all(200), post=to_all(LED_ON)),
    "risks:risk_register": READ_BY_ALL,
    # Whoever owns no risk is told so.
    "risks:my_risks": Access(get=to_all(200), post=to_all(LED_ON)),
    "statements:finance_edit": Access(get=only("manager"), post=only()),
    # Nobody here is of the Finance Team; tests/pages has one who is.
    "statements:budget_edit": Access(get=only(), post=only()),
    "chasing:chase_board": Access(get=only("lead_officer", "manager", "director")),
    "chasing:chase_export": Access(get=only("lead_officer", "manager", "director")),
    "chasing:message_list": Access(get=only("manager")),
    "chasing:message_retry": Access(get=(405,) * len(PEOPLE), post=only("manager", yes=LED_ON)),
    "chasing:nudge_preview": Access(
        get=only("lead_officer", "manager", "director"),
        post=only("lead_officer", "manager", "director"),
    ),
    "packs:pack_list": READ_BY_ALL,
    "packs:pack_detail": Access(get=only("manager", "director", no=404)),
    "packs:pack_download": Access(get=only("manager", "director", no=404)),
    "packs:edition_download": Access(get=only("manager", "director", no=404)),
    "packs:pack_files": Access(get=only("manager", "director", no=404)),
    "packs:pack_seals": Access(get=only("manager", "director", no=404)),
    # Whoever may not read it does not learn that it is there.
    "packs:pack_retry": Access(
        get=(405,) * len(PEOPLE), post=(302, 404, 404, 404, 404, 404, 302, 403)
    ),
    "packs:pack_again": Access(get=only("manager"), post=only("manager")),
    "packs:pack_compare": READ_BY_ALL,
    "packs:cycle_papers": Access(get=only("manager"), post=only("manager")),
    "packs:public_list": READ_BY_ALL,
    "packs:pack_public": READ_BY_ALL,
    "packs:pack_exempt": Access(get=only("manager"), post=only("manager")),
    "packs:exemption_lift": Access(get=(405,) * len(PEOPLE), post=only("manager", yes=LED_ON)),
    "packs:pack_preview": Access(get=only("manager"), post=only("manager")),
}


@pytest.fixture
def addresses(ashby: SmallCouncil) -> dict[str, str]:
    """Give each page an address at which it shows something."""
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(action_update=red, submitted=True)
    overview = PlanStatementFactory(cycle=ashby.quarter, plan=ashby.cypf, submitted=True)
    absent = IndicatorUpdateFactory(cycle=ashby.quarter, indicator=ashby.attendance, submitted=True)
    pack = issued(ashby, ashby.dmt, ashby.six_weekly)
    PackFileFactory(pack=pack)
    workbook = UploadedWorkbookFactory(
        cycle=ashby.quarter, uploaded_by=ashby.holder_of(ashby.posts.action_officer)
    )
    WordTemplateFactory(council=ashby.council)
    council, cycle = ashby.name, ("2009-10", "Q1")
    annual = ("2009-10", AnnualCycleFactory(council=ashby.council).code)
    at: dict[str, tuple[object, ...]] = {
        "account_login": (),
        "account_logout": (),
        "start": (),
        "home:home": (council,),
        "home:plan_list": (council,),
        "home:plan_detail": (council, "CYPF"),
        "workbooks:workbook_download": (council,),
        "workbooks:workbook_upload": (council,),
        "workbooks:workbook_preview": (council, workbook.pk),
        "home:action_detail": (council, ashby.club.pk),
        "home:indicator_detail": (council, "CYPF8"),
        "home:target_revise": (council, "CYPF8", "2009-10"),
        "home:due_revise": (council, ashby.club.pk),
        "timetables:timetable": (council,),
        "timetables:my_dates": (council,),
        "timetables:timetable_download": (council, "2009-10", "txt"),
        "timetables:calendar_list": (council,),
        "calendar_feed": (make_feed(body=None, by=ashby.manager, at=IN_Q1),),
        "home:cycle_detail": (council, *cycle),
        "reporting:my_updates": (council,),
        "reporting:my_updates_table": (council,),
        "reporting:update_draft": (council, *cycle, "action", ashby.club.pk),
        "organisation:my_posts": (council,),
        "organisation:post_list": (council,),
        "organisation:deputy_name": (council, ashby.posts.action_officer.pk),
        "organisation:post_fill": (council, ashby.posts.action_officer.pk),
        "organisation:holding_end": (council, ashby.posts.clerk.holdings.get().pk),
        "organisation:word_template": (council,),
        "organisation:word_template_download": (council,),
        "organisation:word_template_take_off": (council,),
        "reporting:cycle_closing": (council, *cycle),
        "reporting:action_update_edit": (council, *cycle, ashby.club.pk),
        "reporting:indicator_update_edit": (council, *cycle, "CYPF8"),
        "timetables:timetable_propose": (council,),
        "timetables:timetable_lay_out": (council,),
        "timetables:milestone_add": (council, *cycle),
        "timetables:milestone_remove": (council, *cycle, ashby.quarter.milestones.all()[0].number),
        "timetables:closed_days": (council,),
        "timetables:timetable_edit": (council, "2009-10"),
        "timetables:milestone_move": (council, *cycle, ashby.quarter.milestones.all()[0].number),
        "reporting:plan_check": (council, *cycle, "CYPF"),
        "reporting:return_for_revision": (council, *cycle, "CYPF", "action", red.pk),
        "reporting:return_beside": (
            council,
            *cycle,
            "CYPF",
            f"plan_overview-{overview.plan.pk}-overview",
        ),
        "exception_reports:exception_report_edit": (council, *cycle, "action", red.pk),
        "exception_reports:exception_report_list": (council, *cycle, "CYPF"),
        "exception_reports:exception_report_review": (council, *cycle, "action", red.pk),
        "exception_reports:promise_edit": (council, "action", ashby.grant.pk),
        "exception_reports:county_file_download": (
            council,
            CountyFileFactory(indicator_update=absent).pk,
        ),
        "statements:statement_detail": (council, *cycle, "CYPF", "overview"),
        "statements:statement_edit": (council, *cycle, "CYPF", "overview"),
        "statements:finance_detail": (council, *cycle, "CYPF"),
        "evaluations:evaluation_list": (council, *annual, "CYPF"),
        "evaluations:my_evaluations": (council, *annual),
        "risks:risk_register": (council, *cycle, "CYPF"),
        "risks:my_risks": (council, *cycle),
        "statements:finance_edit": (council, *cycle, "CYPF"),
        "statements:budget_edit": (council, "CYPF", "2009-10"),
        "chasing:chase_board": (council, *cycle),
        "chasing:chase_export": (council, *cycle, "csv"),
        "chasing:nudge_preview": (council, *cycle),
        "chasing:message_list": (council,),
        "chasing:message_retry": (council, NoticeFactory(council=council).pk),
        "packs:pack_list": (council,),
        "packs:pack_detail": (council, pack.pk),
        "packs:pack_download": (council, pack.pk, "txt"),
        "packs:edition_download": (council, pack.pk, "whole", "txt"),
        "packs:pack_files": (council, pack.pk),
        "packs:pack_seals": (council, pack.pk),
        "packs:pack_retry": (council, pack.pk),
        "packs:pack_again": (council, pack.pk),
        "packs:pack_compare": (council,),
        "packs:cycle_papers": (council, *cycle),
        "packs:public_list": (council,),
        "packs:pack_public": (council, issued(ashby, ashby.committee).pk),
        "packs:pack_exempt": (council, *cycle, "DMT"),
        "packs:exemption_lift": (council, *cycle, "DMT", ExemptionFactory(cycle=ashby.quarter).pk),
        "packs:pack_preview": (council, *cycle, "DMT"),
    }
    return {name: reverse(name, args=args) for name, args in at.items()}


@pytest.fixture
def clients(ashby: SmallCouncil) -> dict[str, Any]:
    cache.clear()
    stranger = found_small_council("bexley").posts.manager
    posts = {"stranger": stranger, **{p: getattr(ashby.posts, p) for p in PEOPLE[2:]}}
    clients: dict[str, Any] = {"anonymous": Client()}
    for person, post in posts.items():
        clients[person] = Client()
        clients[person].force_login(post.holdings.get().holder)
    return clients


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "goldenthread.packs.making.render", lambda document, kind, **options: kind.value.encode()
    )


@pytest.mark.parametrize("name", MATRIX)
def test_each_page_opens_to_whom_it_should(
    name: str, addresses: dict[str, str], clients: dict[str, Any]
) -> None:
    found = tuple(clients[person].get(addresses[name]).status_code for person in PEOPLE)

    assert dict(zip(PEOPLE, found, strict=True)) == dict(zip(PEOPLE, MATRIX[name].get, strict=True))


@pytest.mark.parametrize("name", MATRIX)
def test_each_page_takes_from_whom_it_should(
    name: str, addresses: dict[str, str], clients: dict[str, Any]
) -> None:
    found = tuple(clients[person].post(addresses[name]).status_code for person in PEOPLE)

    assert dict(zip(PEOPLE, found, strict=True)) == dict(
        zip(PEOPLE, MATRIX[name].post, strict=True)
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_at_the_door_is_sent_to_sign_in(
    addresses: dict[str, str], clients: dict[str, Any], method: str
) -> None:
    for name in MATRIX:
        response = getattr(clients["anonymous"], method)(addresses[name])
        if response.status_code == TO_SIGN_IN:
            assert response.url.startswith("/sign-in/"), name
        else:
            assert name in OPEN_TO_ALL or response.status_code == 405, name


def test_of_a_council_that_there_is_not_one_learns_no_more(
    addresses: dict[str, str], clients: dict[str, Any]
) -> None:
    for where in addresses.values():
        if not where.startswith("/ashby/"):
            continue
        elsewhere = where.replace("/ashby/", "/nowhere/", 1)
        for person in ("anonymous", "stranger"):
            there, not_there = (clients[person].get(each) for each in (where, elsewhere))
            assert there.status_code == not_there.status_code
            assert _without_tokens(there) == _without_tokens(not_there)


def _without_tokens(response: Any) -> str:
    words: str = response.content.decode()
    return "\n".join(line for line in words.splitlines() if "csrfmiddlewaretoken" not in line)


def test_no_address_is_left_out() -> None:
    assert set(_names(get_resolver().url_patterns)) == set(MATRIX)


def _names(patterns: list[URLPattern | URLResolver], within: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from _names(pattern.url_patterns, space)
        else:
            assert pattern.name, f"{pattern} has no name"
            yield f"{within}{pattern.name}"
