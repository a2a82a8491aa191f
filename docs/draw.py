"""Draws the docs that are drawn from code: the glossary, the commands, the rules.

Run with --check to be told whether they are fresh, without writing.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
os.environ["GOLDENTHREAD_VAR"] = tempfile.mkdtemp()

import click
import django

django.setup()

from django.apps import apps

from goldenthread.config.commands import program
from goldenthread.documents.renderers.csv_lines import COLUMNS
from goldenthread.documents.renderers.data import schema as paper_schema
from goldenthread.domain.exception_states import TRANSITIONS
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating_presets import PRESETS

DOCS = Path(__file__).parent
DRAWN = "This page is drawn from the code by `make docs`. Do not edit it by hand.\n"


def glossary() -> Iterator[str]:
    """Say what each record is, in the words of its own docstring."""
    yield f"# Glossary\n\n{DRAWN}"
    for app in apps.get_app_configs():
        if not app.name.startswith("goldenthread."):
            continue
        records = [m for m in app.get_models() if not m.__name__.startswith("Historical")]
        if records:
            yield f"## {app.name.removeprefix('goldenthread.').replace('_', ' ').capitalize()}\n"
        for record in records:
            yield f"- **{record._meta.verbose_name.capitalize()}**: {_first_line(record)}"
        if records:
            yield ""


def _first_line(record: type) -> str:
    return (inspect.getdoc(record) or "").split("\n\n")[0].replace("\n", " ")


def commands() -> Iterator[str]:
    """Print the help of the command line, as it prints itself."""
    yield f"# Commands\n\n{DRAWN}"
    yield from _help("goldenthread", program)


def _help(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=90)
    yield f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            if found:
                yield from _help(f"{name} {each}", found)


def rules() -> Iterator[str]:
    """List the rating rules that a council can start from, and the states of returns and reports."""
    yield f"# Rules\n\n{DRAWN}"
    yield "## Rating rules to start from\n\n| name | rule |\n| --- | --- |"
    yield from (f"| {preset.name} | {preset.words} |" for preset in PRESETS.values())
    yield "\n## Where a return can stand\n"
    yield from (f"- {state.label}" for state in ReturnState)
    yield "\n## Where an exception report can stand, and what leads on\n"
    yield "| it is | deed | then it is |\n| --- | --- | --- |"
    yield from (
        f"| {state.label} | {deed.label} | {after.label} |"
        for (state, deed), after in TRANSITIONS.items()
    )


def data() -> Iterator[str]:
    """Explain the files of a paper that programs read."""
    yield f"# Papers as data\n\n{DRAWN}"
    yield from inspect.cleandoc("""
        A paper can be had as JSON, as CSV and as a workbook. None of them changes what an earlier
        version could read: a column or a name is added, never renamed or taken away.

        ## JSON

        The whole paper as its renderers read it, by the schema [paper-1.json](schemas/paper-1.json).
        Figures are strings, so that none is rounded on its way; days are strings as 2009-06-08.
        `version` says by which schema a file was written.

        ## CSV

        One table of these columns for every forum and every year: a line for each cell of a table
        that says something, and for each paragraph. It is in UTF-8 with a byte order mark. Words that
        begin as a formula does have an apostrophe before them.
    """).split("\n")
    yield "\n| column | what it holds |\n| --- | --- |"
    yield from (f"| `{name}` | {words} |" for name, words in COLUMNS.items())


def schema() -> Iterator[str]:
    """Draw the JSON Schema of a paper."""
    yield json.dumps(paper_schema(), indent=2, ensure_ascii=False)


PAGES = {
    "glossary.md": glossary,
    "commands.md": commands,
    "rules.md": rules,
    "data.md": data,
    "schemas/paper-1.json": schema,
}


def draw(*, check: bool) -> int:
    """Write the pages, or say which are stale; returns how many are."""
    stale = 0
    for name, page in PAGES.items():
        text = "\n".join(page()).rstrip() + "\n"
        path = DOCS / name
        if path.exists() and path.read_text() == text:
            continue
        if check:
            stale += 1
            sys.stderr.write(f"docs/{name} is stale: run make docs\n")
        else:
            path.write_text(text)
    return stale


if __name__ == "__main__":
    sys.exit(bool(draw(check="--check" in sys.argv)))
