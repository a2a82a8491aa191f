from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.documents.formats import Format
from goldenthread.domain.rating import Rating
from goldenthread.packs import queries
from goldenthread.packs.models import Pack
from tests.factories import ActionUpdateFactory, ExceptionReportFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, main_of, words_on
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council, issued
from tests.reporting.signed import sign_off
from tests.statements.told import tell

WHERE = "/ashby/cycles/2009-10/Q1/papers/DMT/"


@pytest.fixture
def manager(ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock) -> Any:
    set_clock(PAPERS_OUT)
    return sign_in(ashby.posts.manager)


@pytest.fixture
def _quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files be made at once; tests/packs make real ones."""
    monkeypatch.setattr(
        "goldenthread.packs.making.render", lambda document, kind, **_: kind.value.encode()
    )


def test_the_papers_stand_there_as_they_would_be_issued(manager: Any) -> None:
    response = manager.get(WHERE)

    assert words_on(response).startswith(
        "Preview for Directors' Management Team Quarter 1, 2009/10"
    )
    assert "Are we on track?" in words_on(response)


def test_what_is_missing_is_named_with_who_owes_it(ashby: SmallCouncil, manager: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED)

    response = manager.get(WHERE)

    said = words_on(response)
    assert "4 returns, 1 exception report and 2 other parts" in said
    assert "CYPF8: Museums Manager" in said
    assert "Exception report for CYPF 1.1: Play Officer" in said
    # Each leads to its place in the paper below.
    anchor = links_on(response)["Exception report for CYPF 1.1"].removeprefix("#")
    assert f'id="{anchor}"' in response.content.decode()


def test_nothing_missing_is_said_too(ashby: SmallCouncil, manager: Any) -> None:
    for placing in [*ashby.cypf.placings.all(), *ashby.es.placings.all()]:
        placing.delete()
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    sign_off(ashby.quarter, ashby.cypf, ashby.es)
    tell(ashby.quarter, ashby.cypf, ashby.es)

    assert "Everything is in, and every plan is signed off." in words_on(manager.get(WHERE))


def test_a_plan_that_is_not_signed_off_is_named_and_needs_a_tick(
    ashby: SmallCouncil, manager: Any
) -> None:
    for placing in [*ashby.cypf.placings.all(), *ashby.es.placings.all()]:
        placing.delete()
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    sign_off(ashby.quarter, ashby.es)
    tell(ashby.quarter, ashby.cypf, ashby.es)

    response = manager.post(WHERE)

    said = words_on(response)
    assert "Not signed off: 1 plan. Papers issued now will say so." in said
    assert (
        "Children and Young People : Not signed off by its Lead Officer or its Lead Member of DMT."
        in said.replace("People:", "People :")
    )
    assert "Issue with 1 plan not signed off" in said
    assert not Pack.objects.exists()


def test_overviews_that_have_not_come_are_named_and_need_a_tick(
    ashby: SmallCouncil, manager: Any
) -> None:
    for placing in [*ashby.cypf.placings.all(), *ashby.es.placings.all()]:
        placing.delete()
    for action in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.quarter, action=action, submitted=True)
    sign_off(ashby.quarter, ashby.cypf, ashby.es)

    response = manager.post(WHERE)

    said = words_on(response)
    assert "Not in: 2 other parts. Papers issued now will say so." in said
    assert "Overview of Environment: Performance Manager or Corporate Director" in said
    assert "Issue without 2 other parts that have not come" in said
    assert not Pack.objects.exists()


def test_one_exception_report_that_is_in_is_not_missing(ashby: SmallCouncil, manager: Any) -> None:
    update = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    ExceptionReportFactory(action_update=update, submitted=True)

    said = words_on(manager.get(WHERE))

    assert "4 returns" in said
    assert "Exception report for" not in said


def test_papers_with_gaps_are_not_issued_without_a_tick(manager: Any) -> None:
    said = words_on(manager.post(WHERE))

    assert "Tick the box if the papers are to go out without what is missing" in said
    assert not Pack.objects.exists()


def test_a_preview_says_on_its_face_that_nobody_issued_it(manager: Any) -> None:
    assert "Preview, not issued" in words_on(manager.get(WHERE))


def test_looking_issues_nothing(manager: Any) -> None:
    manager.get(WHERE)

    assert not Pack.objects.exists()


@pytest.mark.usefixtures("_quick_files")
def test_the_button_issues_them(ashby: SmallCouncil, manager: Any) -> None:
    response = manager.post(WHERE, {"issues_with_gaps": "on"})

    pack = Pack.objects.get()
    assert (pack.cycle, pack.body, pack.issued_at) == (ashby.quarter, ashby.dmt, PAPERS_OUT)
    assert {file.format for file in pack.files_to_make.all()} == set(Format)
    assert response.url == reverse("packs:pack_detail", args=["ashby", pack.pk])
    assert "The papers of Quarter 1, 2009/10 are issued to Directors'" in words_on(
        manager.get(response.url)
    )


@pytest.mark.usefixtures("_quick_files")
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_issued_is_shown_and_not_issued_again(
    ashby: SmallCouncil, manager: Any, method: str
) -> None:
    pack = issued(ashby, ashby.dmt)

    response = getattr(manager, method)(WHERE)

    assert response.url == reverse("packs:pack_detail", args=["ashby", pack.pk])
    assert Pack.objects.count() == 1


@pytest.mark.usefixtures("_quick_files")
def test_of_two_who_issue_at_once_the_second_is_led_to_what_the_first_issued(
    ashby: SmallCouncil, manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = queries.latest_issued
    seen = iter([None])
    monkeypatch.setattr(queries, "latest_issued", lambda cycle, body: next(seen, look(cycle, body)))
    pack = issued(ashby, ashby.dmt)

    response = manager.post(WHERE, {"issues_with_gaps": "on"}, follow=True)

    [*_, (where, _)] = response.redirect_chain
    assert where == reverse("packs:pack_detail", args=["ashby", pack.pk])
    assert Pack.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("post", ["director", "lead_officer", "clerk"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, sign_in: SignIn, post: str, method: str
) -> None:
    response = getattr(sign_in(getattr(ashby.posts, post)), method)(WHERE)

    assert "Only the performance manager can preview and issue packs." in words_on(response, 403)
    assert not Pack.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "where",
    [
        "/ashby/cycles/2009-10/Q9/papers/DMT/",
        "/ashby/cycles/2009-10/Q1/papers/nobody/",
        "/ashby/cycles/2009-10/6W1/papers/Scrutiny/",
        "/ashby/cycles/2009-10/6W1/papers/PDC-CYPF/",
    ],
)
def test_papers_that_nobody_receives_are_not_found(manager: Any, where: str, method: str) -> None:
    assert getattr(manager, method)(where).status_code == 404
    assert not Pack.objects.exists()


@pytest.mark.parametrize("body", ["LSP-Executive", "Scrutiny", "PDC-CYPF"])
def test_every_forum_that_receives_a_report_has_its_preview(manager: Any, body: str) -> None:
    response = manager.get(f"/ashby/cycles/2009-10/Q1/papers/{body}/")

    assert "Are we on track?" in words_on(response)


def test_a_report_that_the_framework_sends_elsewhere_is_not_found(
    ashby: SmallCouncil, manager: Any
) -> None:
    framework = ashby.council.frameworks.get()
    of_six_weekly = r"(?s)\[reports\.six_weekly].*?\[reports\.quarterly]|\nsix_weekly = .*?\n]"
    framework.text = re.sub(
        of_six_weekly, lambda found: found[0].replace('"DMT"', '"SCRUTINY"'), framework.text
    )
    framework.save()

    assert manager.get("/ashby/cycles/2009-10/6W1/papers/DMT/").status_code == 404


def test_a_body_of_another_council_is_not_found(
    ashby: SmallCouncil, manager: Any, sign_in: SignIn
) -> None:
    bexley = found_small_council("bexley")
    bexley.dmt.code = "BEXLEY"
    bexley.dmt.save()

    assert manager.get("/ashby/cycles/2009-10/Q1/papers/BEXLEY/").status_code == 404
    assert sign_in(bexley.posts.manager).get(WHERE).status_code == 404


def test_what_an_officer_typed_stands_in_the_paper_as_words(
    ashby: SmallCouncil, manager: Any
) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        commentary="<script>alert(1)</script>",
    )

    main = main_of(manager.get(WHERE))

    assert "<script>alert(1)</script>" in "".join(main.itertext())
    assert main.find(".//script") is None


def test_before_the_deadline_papers_with_gaps_are_shown_but_not_issued(
    ashby: SmallCouncil, manager: Any, set_clock: SetClock
) -> None:
    set_clock(datetime.combine(ashby.quarter.due_on, time(12), tzinfo=UTC))

    response = manager.post(WHERE, {"issues_with_gaps": "on"})

    assert (
        "Issue the papers once all are in, after that day, or once the cycle is locked."
        in words_on(response)
    )
    assert not Pack.objects.exists()


def test_the_papers_can_be_read_in_short(manager: Any) -> None:
    response = manager.get(f"{WHERE}?form=short")

    said = words_on(response)
    assert "These are the papers in short. Read them whole" in said
    assert "How to read this paper" not in said
    assert "Read them in short" in words_on(manager.get(WHERE))
