from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from goldenthread.domain.kinds import ItemKind

WHERE = "/ashby/cycles/2009-10/Q1"


@pytest.mark.parametrize("kind", [ItemKind.ACTION, ItemKind.INDICATOR])
@pytest.mark.parametrize(
    "where",
    [
        f"{WHERE}/drafts/{{}}/7/",
        f"{WHERE}/plans/CYPF/check/{{}}/7/return/",
        f"{WHERE}/exception-reports/{{}}/7/",
        "/ashby/promises/{}/7/",
    ],
)
def test_a_kind_of_item_is_read_from_an_address_and_written_into_it(
    where: str, kind: ItemKind
) -> None:
    found = resolve(where.format(kind.value))

    assert found.kwargs["kind"] is kind
    assert reverse(found.view_name, kwargs=found.kwargs) == where.format(kind.value)


@pytest.mark.parametrize("kind", ["risk_action", "poem", "actions"])
def test_a_kind_that_has_no_return_is_refused(kind: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/ashby/promises/{kind}/7/")
    with pytest.raises(NoReverseMatch):
        reverse("exception_reports:promise_edit", args=["ashby", kind, 7])
