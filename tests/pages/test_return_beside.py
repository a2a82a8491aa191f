"""A lead sends back what is asked beside the returns, with a reason, and whoever wrote it hears."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from goldenthread.notices.models import Notice, NoticeKind
from goldenthread.organisation.models import Duty
from goldenthread.reporting.models.drafted import Drafted
from goldenthread.risks.models import RiskActionUpdate
from tests.factories import (
    AnnualCycleFactory,
    BudgetLineFactory,
    EvaluationFactory,
    FinanceStatementFactory,
    PlanStatementFactory,
    PostFactory,
    PostHoldingFactory,
    RiskActionFactory,
    RiskActionUpdateFactory,
    RiskFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import links_on, problems_on, typed_in, words_on
from tests.pages.small_council import AFTER_Q1, SmallCouncil

NOTE = "Say how many came."


def sending(page: Any) -> dict[str, str]:
    return {"note": NOTE, "seen_version": typed_in(page, "seen_version")}


class Written:
    """Something that an officer submitted, and where a lead sends it back."""

    def __init__(self, council: SmallCouncil, kind: str) -> None:
        self.council, self.kind = council, kind
        self.cycle, self.after, self.day = council.quarter, AFTER_Q1, "22 July"
        self.officer = council.posts.action_officer
        getattr(self, f"_{kind}")()
        self.where = reverse(
            "reporting:return_beside",
            args=["ashby", *self.cycle.slug.split("/"), "CYPF", self.key],
        )
        self.check = reverse(
            "reporting:plan_check", args=["ashby", *self.cycle.slug.split("/"), "CYPF"]
        )

    def _who(self) -> dict[str, Any]:
        by = self.council.holder_of(self.officer)
        return {"cycle": self.cycle, "submitted": True, "saved_by": by, "submitted_by": by}

    def _risk(self) -> None:
        action = RiskActionFactory(
            risk=RiskFactory(plan=self.council.cypf, number=1),
            number=1,
            risk_owner=self.officer,
        )
        self.kept: Drafted = RiskActionUpdateFactory(risk_action=action, **self._who())
        self.key, self.name = f"risk_return-{action.pk}", "CYPF R1.1"
        self.form = reverse("risks:my_risks", args=["ashby", "2009-10", "Q1"])

    def _evaluation(self) -> None:
        self.cycle = AnnualCycleFactory(council=self.council.council)
        self.after, self.day = datetime(2010, 4, 24, 10, tzinfo=UTC), "24 April"
        self.kept = EvaluationFactory(action=self.council.club, **self._who())
        self.key = f"evaluation-action-{self.council.club.pk}"
        self.name = "CYPF 1.1"
        self.form = reverse("evaluations:my_evaluations", args=["ashby", "2009-10", "annual"])

    def _overview(self) -> None:
        self.officer = self.council.posts.director
        self.kept = PlanStatementFactory(plan=self.council.cypf, **self._who())
        self.key = f"plan_overview-{self.council.cypf.pk}-overview"
        self.name = "CYPF overview"
        self.form = reverse(
            "statements:statement_edit", args=["ashby", "2009-10", "Q1", "CYPF", "overview"]
        )

    def _finances(self) -> None:
        self.officer = PostFactory(council=self.council.council, duty=Duty.FINANCE)
        PostHoldingFactory(post=self.officer, holder=UserFactory(name="Fay Bell"))
        BudgetLineFactory(plan=self.council.cypf, year=2009)
        self.kept = FinanceStatementFactory(plan=self.council.cypf, **self._who())
        self.key = f"financial_overview-{self.council.cypf.pk}"
        self.name = "CYPF financial overview"
        self.form = reverse("statements:finance_edit", args=["ashby", "2009-10", "Q1", "CYPF"])


@pytest.mark.parametrize("kind", ["risk", "evaluation", "overview", "finances"])
def test_it_is_sent_back_and_its_writer_hears(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock, kind: str
) -> None:
    written = Written(ashby, kind)
    leo, theirs = sign_in(ashby.posts.lead_officer), sign_in(written.officer)
    set_clock(written.after)
    assert written.where in links_on(leo.get(written.check)).values()
    assert "For you to sign" in words_on(leo.get(written.check))

    page = leo.get(written.where)
    assert "Enter what is to be revised" in str(problems_on(leo.post(written.where, {})))
    response = leo.post(written.where, sending(page), follow=True)

    assert f"{written.name} is sent back" in words_on(response)
    assert f"Leo Park, {written.day}: {NOTE}" in words_on(response)
    writer = ashby.holder_of(written.officer)
    notice = Notice.objects.get(kind=NoticeKind.RETURNED, recipient_id=writer.pk)
    assert written.name in notice.subject
    assert written.form in notice.text
    home = theirs.get("/ashby/")
    assert f"Leo Park sent it back on {written.day} {written.after.year}" in words_on(home)
    form = theirs.get(written.form)
    assert NOTE in words_on(form)
    assert "Submit" in words_on(form)
    assert "This return is open" in words_on(leo.get(written.where))
    again = leo.post(written.where, sending(page))
    assert "is not submitted" in words_on(again)


def test_a_revised_risk_return_is_taken_after_the_deadline_and_only_once_it_is_revised(
    ashby: SmallCouncil, sign_in: SignIn, set_clock: SetClock
) -> None:
    written = Written(ashby, "risk")
    leo, owner = sign_in(ashby.posts.lead_officer), sign_in(ashby.posts.action_officer)
    set_clock(AFTER_Q1)
    leo.post(written.where, sending(leo.get(written.where)))
    page, name = owner.get(written.form), f"risk-{RiskActionUpdate.objects.get().risk_action_id}"
    boxes = [f"{name}-{box}" for box in ("commentary", "being_done", "seen_version")]
    sent = {box: typed_in(page, box) for box in boxes} | {f"{name}-rating": "green"}

    untouched = owner.post(written.form, sent, follow=True)
    assert "Nothing new was written" in words_on(untouched)
    revised = owner.post(written.form, {**sent, boxes[0]: "Forty came."}, follow=True)

    assert "1 return submitted." in words_on(revised)
    assert RiskActionUpdate.objects.get().commentary == "Forty came."
    assert f"Leo Park asked on 22 July: {NOTE} Revised on 22 July." in words_on(
        leo.get(written.check)
    )


def test_nobody_else_sends_it_back_and_nobody_their_own(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    written = Written(ashby, "overview")

    for post in ("action_officer", "clerk", "manager", "portfolio_lead"):
        response = sign_in(getattr(ashby.posts, post)).get(written.where)
        assert "Only those who lead the plan" in words_on(response, 403)
    own = sign_in(written.officer)
    assert "another lead has to check it" in words_on(own.get(written.where), 403)
    assert "Yours: another lead signs it" in words_on(own.get(written.check))


def test_an_unknown_one_is_not_found(ashby: SmallCouncil, sign_in: SignIn) -> None:
    written = Written(ashby, "risk")
    leo = sign_in(ashby.posts.lead_officer)

    for key in ("risk_return-0", "nothing", f"plan_overview-{ashby.cypf.pk}-overview"):
        assert leo.get(written.where.replace(written.key, key)).status_code == 404
