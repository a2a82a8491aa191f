from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldenthread.domain.posts import Capacity
from goldenthread.organisation.models import Council, Post
from goldenthread.plans.models import Action
from goldenthread.reporting.filers import filed_by_another, filed_words
from goldenthread.reporting.models import ActionUpdate
from tests.factories import (
    ActionFactory,
    ActionOfficerFactory,
    ActionUpdateFactory,
    IndicatorFactory,
    IndicatorUpdateFactory,
    PostFactory,
    UserFactory,
)


@pytest.fixture
def action(council: Council) -> Action:
    post = PostFactory(council=council, title="Leisure Services Manager")
    return ActionFactory(council=council, action_officer=post)


def filed(action: Action, post: Post | None, capacity: Capacity | None) -> ActionUpdate:
    return ActionUpdateFactory(
        action=action,
        submitted=True,
        submitted_by=UserFactory(name="Jo Field"),
        submitted_for=post,
        submitted_as=capacity,
    )


@pytest.mark.parametrize(
    ("capacity", "who"),
    [
        (Capacity.ANSWERABLE, "Jo Field"),
        (Capacity.JOINT, "Jo Field, joint holder,"),
        (Capacity.DEPUTY, "Jo Field, deputy,"),
    ],
)
def test_whoever_filed_is_named_beside_the_post(
    action: Action, capacity: Capacity, who: str
) -> None:
    update = filed(action, action.action_officer, capacity)

    said = filed_words(update, action)

    assert said == f"Leisure Services Manager: filed by {who} on 14 July 2009"


def test_of_several_posts_that_hold_an_action_the_one_it_was_filed_for_is_named(
    action: Action,
) -> None:
    other = ActionOfficerFactory(action=action, post__title="Youth Worker").post

    said = filed_words(filed(action, other, Capacity.ANSWERABLE), action)

    assert said == "Youth Worker: filed by Jo Field on 14 July 2009"


@pytest.mark.parametrize(
    ("capacity", "role"),
    [(Capacity.ANSWERABLE, "Head of Leisure"), (Capacity.DEPUTY, "deputy of Head of Leisure")],
)
def test_a_lead_who_filed_is_named_beside_the_items_own_post(
    action: Action, capacity: Capacity, role: str
) -> None:
    lead = PostFactory(council=action.challenge.plan.council, title="Head of Leisure")
    update = filed(action, lead, capacity)

    assert filed_words(update, action) == (
        f"Leisure Services Manager: filed by Jo Field, {role}, on 14 July 2009"
    )
    assert filed_by_another(update, action) == f"Filed by Jo Field, {role}."


def test_a_return_of_before_posts_were_written_down_names_its_officer(council: Council) -> None:
    post = PostFactory(council=council, title="Museums Manager")
    indicator = IndicatorFactory(council=council, indicator_officer=post)
    update = IndicatorUpdateFactory(
        indicator=indicator, submitted=True, submitted_by=UserFactory(name="Ines Ford")
    )

    assert filed_words(update, indicator) == "Museums Manager: filed by Ines Ford on 14 July 2009"
    assert filed_by_another(update, indicator) == ""


def test_the_day_is_by_the_clock_on_the_wall(action: Action) -> None:
    update = filed(action, action.action_officer, Capacity.ANSWERABLE)
    update.submitted_at = datetime(2009, 7, 13, 23, 30, tzinfo=UTC)

    assert filed_words(update, action).endswith("on 14 July 2009")


def test_a_paper_says_nothing_of_a_posts_own_holder(action: Action) -> None:
    assert filed_by_another(filed(action, action.action_officer, Capacity.ANSWERABLE), action) == ""


def test_a_paper_names_a_deputy(action: Action) -> None:
    update = filed(action, action.action_officer, Capacity.DEPUTY)

    assert filed_by_another(update, action) == "Filed by Jo Field, deputy."


def test_a_draft_was_filed_by_nobody(action: Action) -> None:
    draft = ActionUpdateFactory(action=action)

    assert (filed_words(draft, action), filed_by_another(draft, action)) == ("", "")
