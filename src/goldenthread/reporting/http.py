"""What pages that take a return share: finding the cycle, filing, and saying what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from django import forms
from django.contrib import messages
from django.http import Http404
from django.urls import register_converter, reverse
from django.utils.html import format_html, format_html_join

from goldenthread.design.words import plural
from goldenthread.domain.doubts import Doubt
from goldenthread.domain.kinds import ItemKind
from goldenthread.organisation.http import CouncilRequest
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.my_updates import MyItem, my_updates
from goldenthread.reporting.queries.cycles import find_cycle
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    IncompleteReturnError,
    ReturnRefusedError,
    UnconfirmedDoubtsError,
)

T = TypeVar("T")


class ReturnedKindConverter:
    """The kinds of item that have returns, and so exception reports and promises, in an address."""

    regex = f"{ItemKind.ACTION}|{ItemKind.INDICATOR}"

    def to_python(self, value: str) -> ItemKind:
        return ItemKind(value)

    def to_url(self, value: str) -> str:
        return ItemKind(value).value


register_converter(ReturnedKindConverter, "returned")
RETURNED_KIND = "<returned:kind>"
"""The part of an address that names such a kind: whoever takes it from here has its converter."""


class TakesErrors(Protocol):
    """A form into which the reasons against what it asks can be put."""

    fields: dict[str, forms.Field]

    def add_error(self, field: str | None, error: str) -> None: ...


@runtime_checkable
class AsksAboutDoubts(Protocol):
    """A form that can ask for a tick beside what looks odd."""

    def ask_to_confirm(self, doubts: Sequence[Doubt]) -> None: ...


def cycle_or_404(council: Council, *, year: str, code: str) -> ReportingCycle:
    """Find a cycle by its address.

    :raises Http404: if the council has no such cycle
    """
    cycle = find_cycle(council, year=year, code=code)
    if cycle is None:
        raise Http404("There is no such reporting cycle. The list of cycles is under Cycles.")
    return cycle


def key_sent(words: str) -> int:
    """Read the key of something kept from what a page sent; 0, which nothing has, of any other words."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else 0


def file_with(form: TakesErrors, operation: Callable[[], T]) -> T | None:
    """Carry out what a form asks, or put the reasons against it into the form and return None.

    Nothing typed is lost either way. Who was not the last to save sees so, and sends again to win.
    """
    try:
        return operation()
    except (IncompleteReturnError, UnconfirmedDoubtsError) as error:
        _ask(form, error)
        for field, words in error.problems.items():
            form.add_error(field if field in form.fields else None, words)
    except ChangedMeanwhileError as error:
        form.add_error(
            None, f"{error} Theirs is shown below. Submit again to replace it with yours."
        )
    except ReturnRefusedError as error:
        form.add_error(None, str(error))
    return None


def what_is_next(request: CouncilRequest) -> str:
    """Say which return of a person's comes next, with the way to it, and how many are left."""
    mine = my_updates(request.officeholder, today=request.today)
    if not mine.items:
        return ""
    if not mine.to_file:
        return "Nothing else of yours is to be filed."
    item = mine.to_file[0]
    return format_html(
        'Next: <a class="govuk-notification-banner__link" href="{}">{}</a> ({} left).',
        form_address(item),
        item.reference,
        len(mine.to_file),
    )


def form_address(item: MyItem) -> str:
    """Find the page that takes the return of an item."""
    where = [item.cycle.council.name, *item.cycle.slug.split("/")]
    if item.item_kind is ItemKind.ACTION:
        return reverse("reporting:action_update_edit", args=[*where, item.item_id])
    return reverse("reporting:indicator_update_edit", args=[*where, item.reference])


def join_sentences(*sentences: str) -> str:
    """Put sentences after each other, some of which may hold a link and some be empty."""
    return format_html_join(" ", "{}", ((each,) for each in sentences if each))


def _ask(form: TakesErrors, error: IncompleteReturnError | UnconfirmedDoubtsError) -> None:
    if error.doubts and isinstance(form, AsksAboutDoubts):
        form.ask_to_confirm(error.doubts)


def say_how_many(request: CouncilRequest, filed: int, what: str) -> None:
    """Say how many of what somebody sent in one table were kept, as drafts or for good."""
    if not filed:
        messages.info(request, "Nothing new was written, so nothing was kept.")
        return
    done = "kept as drafts" if "draft" in request.POST else "submitted"
    messages.success(request, f"{plural(filed, what).capitalize()} {done}.")
