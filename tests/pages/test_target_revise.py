from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from goldenthread.indicators.models import TargetRevision
from tests.factories import TargetFactory, TargetRevisionFactory
from tests.pages.conftest import SignIn
from tests.pages.reading import facts_on, links_on, problems_on, typed_in, words_on
from tests.pages.small_council import SmallCouncil

INDICATOR = "/ashby/indicators/CYPF8/"
WHERE = f"{INDICATOR}target/2009-10/"
LAA = "/ashby/indicators/CYPF9/target/2009-10/"
WHOLE = {
    "value": "51,000",
    "reason": "The museum shuts for repairs.",
    "authority": "Cabinet, 8 July 2009, minute 45",
    "seen_version": "0",
}


@pytest.fixture
def client(ashby: SmallCouncil, sign_in: SignIn) -> Client:
    found: Client = sign_in(ashby.posts.manager)
    return found


def test_the_page_then_shows_the_new_target_beside_the_old(
    ashby: SmallCouncil, client: Client
) -> None:
    assert links_on(client.get(INDICATOR))["Revise the target"] == WHERE
    assert typed_in(client.get(WHERE), "value") == "54,000"

    response = client.post(WHERE, WHOLE, follow=True)

    assert "The target of CYPF8 is revised." in words_on(response)
    assert facts_on(response)["Target 2009/10"] == (
        "51,000 Revised from 54,000 on 14 July 2009. Authority: Cabinet, 8 July 2009, minute 45"
    )
    said = words_on(response)
    assert "Revised targets" in said
    assert "The museum shuts for repairs. Entered by Petra Moss" in said


def test_a_second_revision_keeps_the_first(client: Client) -> None:
    client.post(WHERE, WHOLE)

    response = client.post(WHERE, WHOLE | {"value": "52000", "seen_version": "1"}, follow=True)

    said = facts_on(response)["Target 2009/10"]
    assert said.startswith("52,000 Revised from 51,000")
    assert "Revised from 54,000" in said


def test_what_is_missing_is_said_beside_its_field(client: Client) -> None:
    response = client.post(WHERE, {"value": "lots"})

    assert set(problems_on(response)) == {"id_value", "id_reason", "id_authority"}
    response = client.post(WHERE, WHOLE | {"value": "54,000"})
    assert problems_on(response) == {
        "id_value": "Enter a target that differs from the one in force"
    }
    assert not TargetRevision.objects.exists()


def test_an_laa_target_asks_for_the_countys_agreement(client: Client) -> None:
    response = client.post(LAA, WHOLE | {"value": "6.0"})
    assert problems_on(response) == {
        "id_county_agreement": "Say when and how the County agreed to revise this LAA target"
    }

    response = client.post(
        LAA, WHOLE | {"value": "6.0", "county_agreement": "Letter of 9 July 2009"}, follow=True
    )

    assert "The County agreed: Letter of 9 July 2009" in words_on(response)


def test_whoever_saw_an_older_target_is_told_and_goes_on_from_the_newer(
    ashby: SmallCouncil, client: Client
) -> None:
    TargetRevisionFactory(target=ashby.visits.targets.get(), number=1, was="60,000")

    response = client.post(WHERE, WHOLE)

    assert "Somebody revised this while you were writing." in words_on(response)
    assert "revised from 60,000 on 10 July 2009" in words_on(response)
    assert typed_in(response, "seen_version") == "1"
    client.post(WHERE, WHOLE | {"seen_version": "1"})
    assert TargetRevision.objects.count() == 2


def test_a_range_is_revised_at_both_ends(ashby: SmallCouncil, client: Client) -> None:
    ashby.swans.targets.all().delete()
    TargetFactory(indicator=ashby.swans, value=None, lower=Decimal(10), upper=Decimal(20))
    where = "/ashby/indicators/ES1/target/2009-10/"
    ends = {**WHOLE, "lower": "30", "upper": "24"}
    assert problems_on(client.post(where, ends)) == {
        "id_upper": "The upper end must be the lower end or more"
    }

    client.post(where, ends | {"lower": "12"})

    revision = TargetRevision.objects.get()
    assert (revision.was, revision.became) == ("10 to 20", "12 to 24")


@pytest.mark.parametrize("post", ["clerk", "indicator_officer", "lead_officer"])
def test_others_are_refused_and_led_nowhere(
    ashby: SmallCouncil, sign_in: SignIn, post: str
) -> None:
    other = sign_in(getattr(ashby.posts, post))

    assert other.get(WHERE).status_code == 403
    assert other.post(WHERE, WHOLE).status_code == 403
    assert "Revise the target" not in links_on(other.get(INDICATOR))
    assert not TargetRevision.objects.exists()


def test_a_target_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(WHERE.replace("2009-10", "2019-20")).status_code == 404
    assert client.get(WHERE.replace("2009-10", "soon")).status_code == 404
    assert client.get(WHERE.replace("CYPF8", "XYZ")).status_code == 404
    assert "Revise the target" not in links_on(client.get("/ashby/indicators/ES1/"))
