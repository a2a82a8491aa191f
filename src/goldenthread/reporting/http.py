"""What pages that take a return share: finding the cycle, filing, and saying what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

from django import forms
from django.http import Http404

from goldenthread.domain.doubts import Doubt
from goldenthread.organisation.models import Council
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.cycles import find_cycle
from goldenthread.reporting.returns import (
    ChangedMeanwhileError,
    IncompleteReturnError,
    ReturnRefusedError,
    UnconfirmedDoubtsError,
)

T = TypeVar("T")


class VersionedForm(Protocol):
    """A form that knows which version of a return it shows."""

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


def file_with(form: VersionedForm, operation: Callable[[], T]) -> T | None:
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


def _ask(form: VersionedForm, error: IncompleteReturnError | UnconfirmedDoubtsError) -> None:
    if error.doubts and isinstance(form, AsksAboutDoubts):
        form.ask_to_confirm(error.doubts)
