from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from goldenthread.domain.kinds import LeadRole
from goldenthread.domain.posts import Capacity
from goldenthread.domain.rating import Rating
from goldenthread.indicators.models import Measurement
from goldenthread.persistence.versions import save_version
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, SignOff
from tests.design.markup import words_of
from tests.factories import (
    ActionUpdateFactory,
    IndicatorUpdateFactory,
    PostHoldingFactory,
    ReportingCycleFactory,
    UserFactory,
)
from tests.pages.conftest import SetClock, SignIn
from tests.pages.reading import (
    all_by_class,
    by_class,
    links_on,
    main_of,
    problems_on,
    rows_on,
    title_of,
    words_on,
)
from tests.pages.small_council import (
    AFTER_Q1,
    APRIL,
    IN_Q1,
    IN_SIX_WEEKLY_1,
    JUNE,
    MAY,
    SmallCouncil,
    ask_no_evaluations,
    write_overviews,
)

WHERE = "/ashby/cycles/2009-10/Q1/plans/CYPF/check/"


@pytest.fixture
def leo(ashby: SmallCouncil, sign_in: SignIn) -> Any:
    return sign_in(ashby.posts.lead_officer)


def returned(ashby: SmallCouncil, **given: Any) -> ActionUpdate:
    """The homework club's return in the first quarter, by whoever holds its post."""
    return ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        submitted=True,
        **{
            "saved_by": ashby.holder_of(ashby.posts.action_officer),
            "submitted_for": ashby.posts.action_officer,
            "submitted_as": Capacity.ANSWERABLE,
            **given,
        },
    )


def returned_before(ashby: SmallCouncil, **given: Any) -> ActionUpdate:
    return ActionUpdateFactory(cycle=ashby.six_weekly, action=ashby.club, submitted=True, **given)


def measured(ashby: SmallCouncil, month: int, value: int, at: datetime) -> None:
    starts_on = [APRIL, MAY, JUNE][month]
    held = Measurement.objects.filter(indicator=ashby.visits, starts_on=starts_on).first()
    figure = Measurement(
        pk=held.pk if held else None,
        indicator=ashby.visits,
        starts_on=starts_on,
        ends_on=starts_on.replace(day=30 if month != 1 else 31),
        value=Decimal(value),
        recorded_at=at,
    )
    save_version(figure, by=None, at=at)


def visited(ashby: SmallCouncil, **given: Any) -> IndicatorUpdate:
    return IndicatorUpdateFactory(
        **{"cycle": ashby.quarter, "indicator": ashby.visits, "submitted": True, **given}
    )


def item_on(response: Any, key: str) -> str:
    [item] = [e for e in main_of(response).iter("article") if e.get("id") == key]
    return words_of(item)


def test_a_return_stands_beside_what_was_said_before(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, rating=Rating.GREEN, commentary="The club opens in June with a team.")
    returned(ashby, rating=Rating.RED, commentary="The club opens in July with a team.")

    response = leo.get(WHERE)
    said = item_on(response, f"action-{ashby.club.pk}")

    assert "Compared with Six-weekly update 1, 2009/10." in words_on(response)
    assert "CYPF 1.1 Open a homework club" in said
    assert "was Green" in said
    assert "The club opens in [deleted: June] [inserted: July] with a team." in said
    assert "Aled Rees (Play Officer), 14 July 2009" in said


def test_a_change_of_words_is_marked_by_more_than_colour(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, commentary="The club opens in June with a team.")
    returned(ashby, commentary="The club opens in July with a team.")

    changes = by_class(main_of(leo.get(WHERE)), "gt-word-changes")

    assert ["June" in words_of(each) for each in changes.iter("del")] == [True]
    assert ["July" in words_of(each) for each in changes.iter("ins")] == [True]


def test_words_written_anew_stand_whole_above_the_old_ones(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, commentary="A manager was found.")
    returned(ashby, commentary="Forty children visit each week since the opening.")

    said = item_on(leo.get(WHERE), f"action-{ashby.club.pk}")

    assert "Forty children visit each week since the opening. What was said the time before" in said
    assert "A manager was found." in said


def test_figures_are_told_as_new_or_revised_and_the_estimate_as_moved(
    ashby: SmallCouncil, leo: Any
) -> None:
    measured(ashby, 0, 4000, IN_SIX_WEEKLY_1)
    measured(ashby, 1, 4200, IN_SIX_WEEKLY_1)
    visited(ashby, cycle=ashby.six_weekly, estimated_outturn=Decimal(52_000))
    measured(ashby, 1, 4500, IN_Q1)
    measured(ashby, 2, 5000, IN_Q1)
    visited(ashby, estimated_outturn=Decimal(48_000))

    said = item_on(leo.get(WHERE), f"indicator-{ashby.visits.pk}")

    assert "May 2009 4,500 was 4,200, up 300" in said
    assert "June 2009 5,000 new" in said
    assert "Estimated outturn 48,000 was 52,000, down 4,000" in said
    assert "April" not in said


def test_an_estimate_that_is_withdrawn_is_told_with_its_reason(
    ashby: SmallCouncil, leo: Any
) -> None:
    visited(ashby, cycle=ashby.six_weekly, estimated_outturn=Decimal(52_000))
    visited(ashby, estimated_outturn=None, no_estimate_reason="The museum may close.")

    said = item_on(leo.get(WHERE), f"indicator-{ashby.visits.pk}")

    assert "Estimated outturn none: The museum may close. was 52,000" in said


def test_what_is_new_and_what_is_the_same_are_said(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, commentary="The club opened in June.")
    returned(ashby)
    visited(ashby)

    response = leo.get(WHERE)

    same, new = (
        item_on(response, f"action-{ashby.club.pk}"),
        item_on(response, f"indicator-{ashby.visits.pk}"),
    )
    assert "Nothing has changed: the same rating, figures and words" in same
    assert "New: nothing was returned the time before." in new


def test_the_same_words_under_another_rating_are_pointed_out(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, rating=Rating.GREEN)
    returned(ashby, rating=Rating.AMBER)

    said = item_on(leo.get(WHERE), f"action-{ashby.club.pk}")

    assert "The same words as the time before." in said


def test_what_is_not_in_is_listed_with_who_owes_it(ashby: SmallCouncil, leo: Any) -> None:
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant)
    visited(ashby)

    response = leo.get(WHERE)

    assert "4 returns not in" in words_on(response)
    assert [row.split()[-1] for row in rows_on(response)] == ["Owed", "Draft", "Owed", "Owed"]
    assert "Play Officer" in rows_on(response)[0]


def test_late_returns_are_said_to_be_late(
    ashby: SmallCouncil, leo: Any, set_clock: SetClock
) -> None:
    set_clock(AFTER_Q1)

    rows = rows_on(leo.get(WHERE))
    assert [row.split()[-1] for row in rows] == ["Late", "Late", "Late", "Late", "Owed"]


def test_a_deputy_is_named_as_one(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby, submitted_as=Capacity.DEPUTY)

    assert "Aled Rees (deputy for the Play Officer)" in words_on(leo.get(WHERE))


def test_the_officers_ticks_and_judgement_are_shown(ashby: SmallCouncil, leo: Any) -> None:
    visited(
        ashby,
        suggested_rating=Rating.RED,
        suggestion_reason="48,000 is 11.1% below the target of 54,000",
        judgement_reason="A new wing opens in May.",
        confirmed_doubts=["June's figure is twice May's."],
    )

    said = item_on(leo.get(WHERE), f"indicator-{ashby.visits.pk}")

    assert "The figures suggested Red: 48,000 is 11.1% below the target of 54,000." in said
    assert "The officer's reason for another rating: A new wing opens in May." in said
    assert (
        "The officer confirmed, now or in an earlier cycle: June's figure is twice May's." in said
    )


def test_what_was_asked_stays_beside_the_revised_return(ashby: SmallCouncil, leo: Any) -> None:
    returned(
        ashby,
        returned_at=datetime(2009, 7, 13, 10, tzinfo=UTC),
        returned_by=ashby.holder_of(ashby.posts.lead_officer),
        revision_note="Say how many came.",
    )

    said = item_on(leo.get(WHERE), f"action-{ashby.club.pk}")

    assert "Leo Park asked on 13 July: Say how many came. Revised on 14 July." in said


def test_what_was_sent_back_is_among_what_is_not_in(ashby: SmallCouncil, leo: Any) -> None:
    ActionUpdateFactory(
        cycle=ashby.quarter,
        action=ashby.club,
        returned_at=IN_Q1,
        returned_by=ashby.holder_of(ashby.posts.director),
        revision_note="Say how many came.",
    )

    assert "Sent back Dora Hill, 14 July: Say how many came." in rows_on(leo.get(WHERE))[0]


def test_the_worst_stands_first_or_the_plans_own_order(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby, rating=Rating.GREEN)
    ActionUpdateFactory(
        cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.AMBER
    )
    visited(ashby, rating=Rating.RED)

    def headings(order: str) -> list[str]:
        main = main_of(leo.get(f"{WHERE}?order={order}"))
        found = [words_of(e) for e in main.iter("h2") if "govuk-heading-l" in e.get("class", "")]
        return found[:-1]

    assert headings("worst_first") == ["Red (1)", "Amber (1)", "Green (1)"]
    assert headings("by_challenge") == [
        "Challenge 1: Give young people places to go (2)",
        "Performance indicators (1)",
    ]


@pytest.mark.parametrize(
    ("show", "count", "missing"),
    [
        ("all", 2, True),
        ("changed", 1, False),
        ("missing", 0, True),
        ("off_track", 1, False),
        ("to_sign", 2, False),
        ("nonsense", 2, True),
    ],
)
def test_an_address_shows_a_part(
    ashby: SmallCouncil, leo: Any, show: str, count: int, *, missing: bool
) -> None:
    returned_before(ashby)
    returned(ashby)
    visited(ashby, rating=Rating.AMBER)

    response = leo.get(f"{WHERE}?show={show}&order=nonsense")

    assert len(list(main_of(response).iter("article"))) == count
    assert bool(rows_on(response)) is missing


@pytest.mark.parametrize("show", ["changed", "off_track", "to_sign"])
def test_a_part_says_in_its_title_which_it_is(leo: Any, show: str) -> None:
    words = show.replace("_", " ")

    assert title_of(leo.get(f"{WHERE}?show={show}")) == (
        f"Check Children and Young People: {words}, Quarter 1, 2009/10 - Goldenthread"
    )


@pytest.mark.parametrize(
    ("show", "says"),
    [
        ("changed", "Nothing has changed"),
        ("off_track", "Nothing is off track"),
        ("to_sign", "Nothing is left to sign"),
    ],
)
def test_an_empty_part_says_why(leo: Any, show: str, says: str) -> None:
    assert says in words_on(leo.get(f"{WHERE}?show={show}"))


def test_a_plan_without_items_says_what_comes(ashby: SmallCouncil, leo: Any) -> None:
    for placing in ashby.cypf.placings.all():
        placing.delete()
    ashby.club.holders.all().delete()
    ashby.grant.holders.all().delete()
    ashby.club.delete()
    ashby.grant.delete()

    response = leo.get(WHERE)

    assert [row.split()[:2] for row in rows_on(response)] == [["CYPF", "overview"]]
    write_overviews(ashby)
    assert "Everything is in" in words_on(leo.get(f"{WHERE}?show=missing"))


def test_a_lead_signs_what_they_read(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby)
    page = leo.get(WHERE)
    assert "You sign for 1 return as its Lead Officer: CYPF 1.1." in words_on(page)
    assert (
        "4 returns not in and not signed for: CYPF 1.2, CYPF8, CYPF9, CYPF overview."
        in words_on(page)
    )

    response = leo.post(WHERE, fields_of(page), follow=True)

    assert "You signed Children and Young People off as its Lead Officer." in words_on(response)
    assert "You have signed all that is in." in words_on(response)
    assert "Signed off by its Lead Officer, Leo Park (Head of Leisure), on 14 July 2009." in (
        words_on(response)
    )
    signed = SignOff.objects.get()
    assert (signed.role, signed.plan) == (LeadRole.LEAD_OFFICER, ashby.cypf)


def fields_of(page: Any) -> dict[str, str]:
    form = by_class(main_of(page), "gt-sign-off-form").find(".//form")
    assert form is not None
    return {
        field.get("name", ""): field.get("value", "")
        for field in form.iter("input")
        if field.get("name") != "csrfmiddlewaretoken"
    }


def test_words_that_came_in_meanwhile_are_not_signed(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby)
    fields = fields_of(leo.get(WHERE))
    visited(ashby)

    response = leo.post(WHERE, fields)

    assert "changed while you were reading" in problems_on(response)[""]
    assert "You sign for 2 returns" in words_on(response)
    assert not SignOff.objects.exists()
    leo.post(WHERE, fields_of(response))
    assert len(SignOff.objects.get().seals) == 2


def test_what_changed_since_it_was_signed_shows(
    ashby: SmallCouncil, leo: Any, sign_in: SignIn
) -> None:
    update = returned(ashby)
    for client in (leo, sign_in(ashby.posts.director)):
        client.post(WHERE, fields_of(client.get(WHERE)))
    assert "Signed off" in words_on(leo.get(WHERE))
    update.rating = Rating.RED
    update.save()

    response = leo.get(WHERE)

    assert "Changed since signed: CYPF 1.1." in words_on(response)
    assert "For you to sign" in item_on(response, f"action-{ashby.club.pk}")


def test_a_leads_own_return_is_left_to_the_other(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby, saved_by=ashby.holder_of(ashby.posts.lead_officer))
    visited(ashby)

    response = leo.get(WHERE)

    assert "You cannot sign for what you filed or corrected yourself: CYPF 1.1." in words_on(
        response
    )
    said = item_on(response, f"action-{ashby.club.pk}")
    assert "Yours: another lead signs it" in said
    assert "Return for revision" not in said


def test_who_filed_all_that_is_in_is_told_that_there_is_nothing_to_sign(
    ashby: SmallCouncil, leo: Any
) -> None:
    returned(ashby, saved_by=ashby.holder_of(ashby.posts.lead_officer))

    assert "Nothing is in that you could sign for." in words_on(leo.get(WHERE))
    problems = problems_on(leo.post(WHERE, {"role": "lead_officer", "seen": ""}))
    assert "changed while you were reading" in problems[""]


def test_who_holds_both_posts_chooses_one_and_has_no_second(
    ashby: SmallCouncil, sign_in: SignIn
) -> None:
    returned(ashby)
    ashby.cypf.lead_member = ashby.posts.lead_officer
    ashby.cypf.save()
    both = sign_in(ashby.posts.lead_officer)
    page = both.get(WHERE)

    fields = fields_of(page)
    del fields["role"]
    assert "Select the role in which you sign" in words_on(both.post(WHERE, fields))
    both.post(WHERE, {**fields, "role": "lead_member"})

    assert SignOff.objects.get().role is LeadRole.LEAD_MEMBER
    again = both.post(WHERE, {**fields, "role": "lead_officer"})
    assert SignOff.objects.count() == 1
    assert again.status_code == 200


def test_a_deputy_of_a_lead_checks_and_signs_too(ashby: SmallCouncil, client: Any) -> None:
    returned(ashby)
    deputy = UserFactory(name="Jo Field")
    PostHoldingFactory(
        post=ashby.posts.lead_officer,
        holder=deputy,
        capacity=Capacity.DEPUTY,
        ends_on=datetime(2009, 7, 31, tzinfo=UTC).date(),
    )
    client.force_login(deputy)

    response = client.post(WHERE, fields_of(client.get(WHERE)), follow=True)

    assert "Jo Field (deputy for the Head of Leisure)" in words_on(response)


def test_the_performance_manager_looks_on(ashby: SmallCouncil, sign_in: SignIn) -> None:
    returned(ashby)

    response = sign_in(ashby.posts.manager).get(WHERE)

    assert "CYPF 1.1" in words_on(response)
    assert all_by_class(main_of(response), "gt-sign-off-form") == []
    assert not any(words.startswith("Return for revision") for words in links_on(response))


def test_the_performance_manager_cannot_sign(ashby: SmallCouncil, sign_in: SignIn) -> None:
    returned(ashby)

    sign_in(ashby.posts.manager).post(WHERE, {"role": "lead_officer", "seen": ""})

    assert not SignOff.objects.exists()


def test_a_locked_cycle_is_read_and_not_signed(ashby: SmallCouncil, leo: Any) -> None:
    returned(ashby)
    ashby.quarter.locked_at, ashby.quarter.locked_by = IN_Q1, UserFactory()
    ashby.quarter.save()

    response = leo.get(WHERE)

    assert "Quarter 1, 2009/10 is locked" in words_on(response)
    assert not any(words.startswith("Return for revision") for words in links_on(response))


def test_hostile_words_stand_there_as_words(ashby: SmallCouncil, leo: Any) -> None:
    returned_before(ashby, commentary="The club opens in June with <b>a team</b>.")
    returned(ashby, commentary="The club opens in <script>alert(1)</script> with <b>a team</b>.")

    main = main_of(leo.get(WHERE))

    assert "<script>alert(1)</script>" in "".join(main.itertext())
    assert main.find(".//script") is None


@pytest.mark.parametrize("post", ["action_officer", "clerk", "portfolio_lead"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused_in_words(
    ashby: SmallCouncil, sign_in: SignIn, post: str, method: str
) -> None:
    response = getattr(sign_in(getattr(ashby.posts, post)), method)(WHERE)

    assert "Head of Leisure and Corporate Director check the returns" in words_on(response, 403)


def test_an_annual_report_and_an_unknown_plan_have_no_check(ashby: SmallCouncil, leo: Any) -> None:
    ask_no_evaluations(ashby)
    ReportingCycleFactory(council=ashby.council, code="annual", kind="annual", quarter=4)

    assert leo.get("/ashby/cycles/2009-10/annual/plans/CYPF/check/").status_code == 404
    assert leo.get("/ashby/cycles/2009-10/Q1/plans/NONE/check/").status_code == 404
