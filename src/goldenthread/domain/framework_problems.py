"""What is wrong with a framework document's text or values, in plain English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Path = Sequence[str | int]

_LONGEST_SHOWN = 40


def toml_problem(error: ValueError, text: str) -> str:
    """Say where a text stops being TOML: its line, its column, what the line says, what is wrong."""
    words, _, place = str(error).removesuffix(")").partition(" (at ")
    if place == "end of document":
        return f"The document ends too soon: {_plain(words)}"
    found = re.fullmatch(r"line (\d+), column (\d+)", place)
    if found is None:
        return f"The document cannot be read: {_plain(str(error))}"
    said = text.split("\n")[int(found[1]) - 1].strip()
    return f"line {found[1]}, column {found[2]} ({_shown(said)}): {_plain(words)}"


_TOML_IN_PLAIN_ENGLISH = {
    "Cannot overwrite": "this is given twice; it must be there only once",
    "Cannot declare": "this heading is given twice; it must be there only once",
    "Cannot mutate": "this adds to something that is complete already",
    "Invalid value": "the value must be text in quotes, a number, true, false or a [list]",
    "Invalid statement": "this line must be a key = value, a [heading] or a # note",
    "Exceeds the limit": "a number has too many digits",
    "Expected '=' after": "there must be = between the key and its value",
    "Expected newline": "something is left over at the end of this line",
    "Unclosed array": "a list must end with ]",
    "Unterminated string": "text must end with a quotation mark",
    "Illegal character": "text must end with a quotation mark on the line where it begins",
}


def _plain(words: str) -> str:
    for beginning, plain in _TOML_IN_PLAIN_ENGLISH.items():
        if words.startswith(beginning):
            return plain
    return words[:1].lower() + words[1:]


def problems_of_shape(
    error: ValidationError, data: dict[str, Any], document: type[BaseModel]
) -> list[str]:
    """Say for each value that does not fit the document's tables where it is and what is right."""
    details = error.errors(include_url=False, include_input=False)
    problems = (_problem(detail, data, document) for detail in details)
    return list(dict.fromkeys(problems))


def _problem(detail: ErrorDetails, data: dict[str, Any], document: type[BaseModel]) -> str:
    path, value = _follow(data, detail["loc"])
    place = _dotted(path)
    match detail["type"]:
        case "missing":
            place = _dotted(detail["loc"])
            return f"{place} is missing: it must be {_right(_kind_at(document, detail['loc']))}"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"{place} is not known: {_known_keys(document, path)}"
        case "value_error":
            return f"{place}: {detail['ctx']['error']}"
    right = _constraint(detail) or _right(_kind_at(document, path))
    return f"{place} is {_shown(value)}: it must be {right}{_hint(value, document, path)}"


def _follow(data: object, path: Path) -> tuple[list[str | int], Any]:
    """Go down a path as far as the data reach; return how far that was, and what is there."""
    reached: list[str | int] = []
    here: Any = data
    for step in path:
        if isinstance(here, dict | list) and (isinstance(here, list) or step in here):
            here = here[step]  # type: ignore[index]
            reached.append(step)
    return reached, here


def _dotted(path: Path) -> str:
    """Write a path as reports.quarterly.parts[3], counted from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def _kind_at(document: Any, path: Path) -> Any:
    """Find the type that the document's tables want at a path."""
    kind = document
    for step in path:
        kind = get_args(kind)[0] if isinstance(step, int) else _keys_of(kind)[step]
    return kind


def _keys_of(table: Any) -> dict[str, Any]:
    if issubclass(table, BaseModel):
        return {name: key.annotation for name, key in table.model_fields.items()}
    return get_type_hints(table)


def _known_keys(document: type[BaseModel], path: Path) -> str:
    *above, name = path
    keys = list(_keys_of(_kind_at(document, above)))
    nearest = get_close_matches(str(name), keys, n=1)
    return f"did you mean {nearest[0]}?" if nearest else f"the keys here are {', '.join(keys)}"


_RIGHT = {
    str: "text in quotes",
    int: "a whole number",
    bool: "true or false",
    Decimal: "a number",
}


def _right(kind: Any) -> str:
    kind = _without_none(kind)
    if get_origin(kind) is tuple:
        return "a list in [square brackets]"
    if issubclass(kind, StrEnum):
        return f"one of {', '.join(kind)}"
    return _RIGHT.get(kind) or f"a table of {', '.join(_keys_of(kind))}"


def _without_none(kind: Any) -> Any:
    choices = [choice for choice in get_args(kind) if choice is not NoneType]
    return choices[0] if NoneType in get_args(kind) else kind


def _constraint(detail: ErrorDetails) -> str:
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return f"{limits['ge']} or more"
        case "less_than_equal":
            return f"{limits['le']} or less"
        case "string_too_short":
            return "some words"
        case "string_too_long":
            return f"at most {limits['max_length']} characters long"
        case "string_pattern_mismatch":
            return "small letters, digits and _ only, beginning with a letter"
    return ""


def _hint(value: object, document: type[BaseModel], path: Path) -> str:
    kind = _without_none(_kind_at(document, path))
    if not (isinstance(value, str) and isinstance(kind, type) and issubclass(kind, StrEnum)):
        return ""
    nearest = get_close_matches(value, list(kind), n=1)
    return f"; did you mean {nearest[0]}?" if nearest else ""


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            cut = value[: _LONGEST_SHOWN - 1] + "…" if len(value) > _LONGEST_SHOWN else value
            return f'"{cut}"'
        case dict():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case date() | time():
            return value.isoformat()
    return str(value)
