"""What a command names, found; or one line that says what there is to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from goldenthread.domain.periods import FinancialYear
from goldenthread.organisation.models import Body, Council
from goldenthread.organisation.queries import bodies_of
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries import cycles


def find_council(name: str) -> Council:
    """Find a council by its name in addresses.

    :raises ClickException: if there is none of that name
    """
    found = Council.objects.filter(name=name.lower()).first()
    if found is None:
        names = Council.objects.order_by("name").values_list("name", flat=True)
        raise _unknown(f'There is no council "{name}".', names)
    return found


def find_cycle(council: Council, words: str) -> ReportingCycle:
    """Find a cycle by its year and code: 2009-10/Q1.

    :raises ClickException: if the council has no such cycle
    """
    year, _, code = words.rpartition("/")
    found = cycles.find_cycle(council, year=year, code=code)
    if found is None:
        slugs = [cycle.slug for cycle in cycles.cycles_of(council)]
        raise _unknown(f'{council} has no cycle "{words}".', slugs)
    return found


def find_body(council: Council, code: str) -> Body:
    """Find a body by its code, whatever the case.

    :raises ClickException: if the council has no such body
    """
    found = bodies_of(council).filter(code__iexact=code).first()
    if found is None:
        codes = bodies_of(council).values_list("code", flat=True)
        raise _unknown(f'{council} has no body "{code}".', codes)
    return found


def find_year(council: Council, words: str) -> FinancialYear:
    """Find a year that the council has a timetable for: 2009-10.

    :raises ClickException: if it has none for that year
    """
    reported_on = (cycle.financial_year for cycle in cycles.cycles_of(council).order_by("year"))
    years = {year.slug: year for year in reported_on}
    found = years.get(words.replace("/", "-"))
    if found is None:
        raise _unknown(f'{council} has no timetable for "{words}".', years)
    return found


def _unknown(words: str, known: Iterable[str]) -> click.ClickException:
    listed = ", ".join(known)
    return click.ClickException(
        f"{words} Choose from: {listed}" if listed else f"{words} There is none yet."
    )


def read_file(path: Path) -> str:
    """Read a text file.

    :raises ClickException: if it cannot be read, or is no text
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{path} is not text in UTF-8") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file.

    :raises ClickException: if it cannot be written
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from error
