"""What a council's people call its forums."""

from __future__ import annotations

import re
from collections.abc import Mapping

from goldenthread.domain.kinds import BodyKind
from goldenthread.domain.meeting_dates import forum_in
from goldenthread.organisation.models import Council
from goldenthread.organisation.queries import bodies_of

_SHORT = {
    "scrutiny": BodyKind.SCRUTINY,
    "council": BodyKind.COUNCIL,
    "scrutiny cttee": BodyKind.SCRUTINY,
    "committees": BodyKind.PDC,
    "policy development committee": BodyKind.PDC,
    "lsp executive": BodyKind.LSP_EXECUTIVE_BOARD,
    "lsp executive board": BodyKind.LSP_EXECUTIVE_BOARD,
    "lsp exec": BodyKind.LSP_EXECUTIVE_BOARD,
    "lsp strategic": BodyKind.LSP_STRATEGIC_BOARD,
    "lsp strategic board": BodyKind.LSP_STRATEGIC_BOARD,
}
_TOO_PLAIN = "council"
"""In the words of a calendar it may be no forum: the council's offices, its tax, its chamber."""

_FILLING = re.compile(r"\(.*?\)|\b(the|meetings?|dates?|of)\b|[:.,*]", flags=re.IGNORECASE)


def names_of_forums(council: Council) -> dict[str, BodyKind]:
    """Name the forums in small letters: by their kind, in short, and by the council's own bodies."""
    names = {name.lower(): kind for kind in BodyKind for name in (kind.value, kind.label)}
    names |= _SHORT
    for body in bodies_of(council):
        if body.kind:
            names |= {body.code.lower(): body.kind, body.title.lower(): body.kind}
    return names


def forum_called(words: str, names: Mapping[str, BodyKind]) -> BodyKind | None:
    """Find the forum that words name and nothing else: "Scrutiny Committee (special meeting)"."""
    said = " ".join(_FILLING.sub(" ", words).lower().split())
    return names.get(said) or names.get(" ".join(words.lower().split()))


def forum_of_event(words: str, names: Mapping[str, BodyKind]) -> BodyKind | None:
    """Find the forum that an event's name has in it."""
    plain = {name: kind for name, kind in names.items() if name != _TOO_PLAIN}
    return forum_called(words, names) or forum_in(words, plain)[0]
