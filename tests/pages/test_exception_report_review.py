from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from goldenthread.domain.exception_states import EndorsingRole, ReportState
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import Endorsement, ExceptionReport
from goldenthread.notices.models import Notice
from tests.factories import ActionUpdateFactory, ExceptionReportFactory
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import main_of, problem_beside, problems_on, typed_in, words_on
from tests.pages.small_council import AFTER_PAPERS, SmallCouncil


@pytest.fixture
def report(ashby: SmallCouncil) -> ExceptionReport:
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.club, submitted=True, rating=Rating.RED
    )
    made: ExceptionReport = ExceptionReportFactory(
        action_update=red,
        submitted=True,
        needs_resources=True,
        resources="£2,000 for a hall.",
        resources_effect="The club opens.",
        must_be_endorsed=True,
    )
    return made


@pytest.fixture
def where(report: ExceptionReport) -> str:
    args = ["ashby", "2009-10", "Q1", "action", report.about.pk]
    return reverse("exception_reports:exception_report_review", args=args)


def buttons(response: Any) -> list[str]:
    return [
        button.get("value", "") for button in main_of(response).iter("button") if button.get("name")
    ]


def test_a_lead_member_reads_the_report_and_can_decide(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    response = sign_in(ashby.posts.director).get(where)

    said = words_on(response)
    assert "The caretaker left." in said
    assert "1. Take on another caretaker (The school, by 3 August 2009)" in said
    assert "Cabinet: not endorsed yet; Portfolio Lead for Leisure (Cllr Cora Wood)" in said
    assert "This is the first exception report on this item." in said
    assert buttons(response) == ["lead_member", "dmt", "yes"]


def test_a_lead_officer_can_only_send_it_back(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    assert buttons(sign_in(ashby.posts.lead_officer).get(where)) == ["yes"]
    assert buttons(sign_in(ashby.posts.portfolio_lead).get(where)) == ["cabinet"]
    assert buttons(sign_in(ashby.posts.manager).get(where)) == []


def test_the_lead_member_endorses_and_the_page_says_so(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport
) -> None:
    client = sign_in(ashby.posts.director)

    response = client.post(where, {"endorse": "lead_member", "seen_version": report.version})

    assert response.status_code == 302
    assert Endorsement.objects.get().role is EndorsingRole.LEAD_MEMBER
    assert "Endorsed for the Lead Member of DMT by Dora Hill" in words_on(client.get(where))


def test_words_that_changed_meanwhile_are_not_endorsed_unread(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    sign_in(ashby.posts.director).post(where, {"endorse": "lead_member", "seen_version": "0"})

    assert not Endorsement.objects.exists()


def test_a_report_is_sent_back_with_a_note_that_its_officer_gets(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport
) -> None:
    sign_in(ashby.posts.lead_officer).post(
        where,
        {"return": "yes", "note": "Name the new hall.", "seen_version": report.version},
    )

    report.refresh_from_db()
    assert report.state is ReportState.RETURNED
    notice = Notice.objects.get(recipient_name="Aled Rees")
    assert "Name the new hall." in notice.text
    assert "Name the new hall." in notice.html
    assert where.removesuffix("review/") in notice.text
    edit = where.removesuffix("review/")
    assert "Leo Park asks you to revise it Name the new hall." in words_on(
        sign_in(ashby.posts.action_officer).get(edit)
    )


def test_a_report_is_not_sent_back_without_a_word(
    ashby: SmallCouncil, sign_in: SignIn, where: str
) -> None:
    response = sign_in(ashby.posts.lead_officer).post(where, {"return": "yes", "note": " "})

    assert problem_beside(response, "note") == "Say what to revise: the officer reads it first"
    assert not Notice.objects.exists()


@pytest.mark.parametrize("role", ["lead_member", "mayor", ""])
def test_nobody_endorses_in_a_role_that_is_not_theirs(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport, role: str
) -> None:
    response = sign_in(ashby.posts.lead_officer).post(
        where, {"endorse": role, "seen_version": report.version}
    )

    assert response.status_code == 403
    assert not Endorsement.objects.exists()


def test_without_a_report_there_is_nothing_to_look_at(ashby: SmallCouncil, sign_in: SignIn) -> None:
    red = ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.RED
    )
    args = ["ashby", "2009-10", "Q1", "action", red.pk]
    where = reverse("exception_reports:exception_report_review", args=args)

    assert sign_in(ashby.posts.director).get(where).status_code == 404


def test_a_report_whose_return_turned_green_is_shown_and_not_decided(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport
) -> None:
    report.about.rating = Rating.GREEN
    report.about.save()

    response = sign_in(ashby.posts.director).get(where)

    assert "The caretaker left." in words_on(response)
    assert buttons(response) == []


def test_an_officer_is_refused(ashby: SmallCouncil, sign_in: SignIn, where: str) -> None:
    assert "Only those who answer for this plan" in words_on(
        sign_in(ashby.posts.action_officer).get(where), 403
    )


def test_a_note_on_words_that_changed_meanwhile_is_shown_again(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport
) -> None:
    response = sign_in(ashby.posts.lead_officer).post(
        where, {"return": "yes", "note": "Name the hall.", "seen_version": "0"}
    )

    assert problems_on(response)[""].startswith("The report changed while you were reading it.")
    assert typed_in(response, "note") == "Name the hall."


def test_a_decision_that_is_none_endorses_nothing(
    ashby: SmallCouncil, sign_in: SignIn, where: str, report: ExceptionReport
) -> None:
    response = sign_in(ashby.posts.director).post(where, {"seen_version": report.version})

    assert "Choose whether to endorse this report or to send it back." in words_on(response)
    assert not Endorsement.objects.exists()


def test_once_the_papers_are_out_it_is_not_sent_back(
    ashby: SmallCouncil, sign_in: SignIn, where: str, set_clock: SetClock
) -> None:
    set_clock(AFTER_PAPERS)

    assert buttons(sign_in(ashby.posts.lead_officer).get(where)) == []
