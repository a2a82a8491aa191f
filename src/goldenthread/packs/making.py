"""Making the files of issued papers in the background: each once, however many workers there are."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import from_json
from goldenthread.organisation.queries import word_template_on
from goldenthread.packs import claims
from goldenthread.packs.models import FileToMake, Pack
from goldenthread.packs.queries import tree_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How many files were made, and how many could not be."""

    made: int = 0
    failed: int = 0


def make_due(
    *,
    worker: str,
    clock: Callable[[], datetime],
    is_stopping: Callable[[], bool] = lambda: False,
    pack: Pack | None = None,
) -> Made:
    """Make every file that is due, of one pack or of all, one after another.

    `worker` is a word that no other worker has. A file follows from the tree that was frozen when
    the papers were issued, so it is no matter who makes it, or when.
    """
    made = failed = 0
    while not is_stopping():
        file = claims.claim_next(worker=worker, at=clock(), pack=pack)
        if file is None:
            break
        if _make(file, clock):
            made += 1
        else:
            failed += 1
    return Made(made=made, failed=failed)


def _make(file: FileToMake, clock: Callable[[], datetime]) -> bool:
    try:
        content = draw(file)
    except Exception as error:
        # One file that cannot be made must not hold up those behind it.
        _log.exception("The file %s could not be made", file)
        claims.record_failed(file, words=_said(error), at=clock())
        return False
    if not claims.record_made(file, content, at=clock()):
        _log.warning("The file %s took so long that another worker has made it", file)
    return True


def draw(file: FileToMake) -> bytes:
    """Draw a file from its frozen tree, dated with the moment of issue and so always the same.

    A Word document is written on the template that the council had on at that moment.
    """
    document, at = from_json(tree_of(file.pack, file.edition)), file.pack.issued_at
    template = None
    if file.format is Format.DOCX:
        template = word_template_on(file.pack.cycle.council, at=at)
    content = bytes(template.content) if template else None
    return render(document, file.format, template=content, at=at)


def _said(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words if len(words) <= MOST_SAID else f"{words[:MOST_SAID]}…"


MOST_SAID = 400
