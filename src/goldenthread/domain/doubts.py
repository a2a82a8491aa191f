"""What looks odd in a return before it is submitted: warnings that need a tick, and not walls.

Rules that forbid are in `returns`; here the officer knows best, is asked once, and what they ticked
is kept with the return.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from goldenthread.domain.loose_dates import loose_dates
from goldenthread.domain.rating import Rating
from goldenthread.domain.timetable import day_in_words

FEW = 3
"""So many dates of one return are asked about; the officer sees from them what is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something that looks odd in a return, and what its officer can do.

    `finding` says what looks odd, with the figures, and is kept when it is ticked; `ask` says what
    to do. The key holds what was typed, so that a tick holds no longer than that does. `field` names
    the field that it is about, or is empty where it is about the whole. What `is_standing` lies in
    the item's definition, and is not asked again while it stays as it was ticked.
    """

    key: str
    field: str
    finding: str
    ask: str
    is_standing: bool = False

    @property
    def words(self) -> str:
        return f"{self.finding} {self.ask}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBefore:
    """What the return before said, and the findings that its officer ticked."""

    commentary: str = ""
    confirmed: frozenset[str] = frozenset()


NOTHING_BEFORE = SaidBefore()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSaid:
    """What an action officer returns, on a day, of an action that may have a completion date."""

    rating: Rating | None
    commentary: str
    due_on: date | None
    today: date
    before: SaidBefore = NOTHING_BEFORE


def unconfirmed(
    doubts: Iterable[Doubt], *, ticked: Collection[str], before: SaidBefore
) -> tuple[Doubt, ...]:
    """Pick the doubts that are still to be ticked; `ticked` names keys."""
    return tuple(
        doubt
        for doubt in doubts
        if doubt.key not in ticked and not (doubt.is_standing and doubt.finding in before.confirmed)
    )


def doubts_about_action(said: ActionSaid) -> tuple[Doubt, ...]:
    """Find what looks odd in an action's return."""
    return (
        *_green_though_past_due(said),
        *doubts_about_words(said.commentary, said.before, today=said.today),
    )


def doubts_about_words(commentary: str, before: SaidBefore, *, today: date) -> Iterator[Doubt]:
    """Find what looks odd in an officer's words: said before, or a date without its year."""
    if commentary.strip() and _letters(commentary) == _letters(before.commentary):
        yield Doubt(
            key="same_words",
            field="commentary",
            finding="The comment is word for word what was said last time.",
            ask="Tick if nothing has changed since.",
        )
    for loose in islice(loose_dates(commentary, today=today), FEW):
        quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{loose.words}\N{RIGHT DOUBLE QUOTATION MARK}"
        yield Doubt(
            key=f"date_without_year:{loose.words}",
            field="commentary",
            finding=f"{quoted} could be in {loose.earlier} or in {loose.later}.",
            ask="Add the year, or tick if every reader will know it.",
        )


def _letters(words: str) -> str:
    """Bring words to what makes them the same words, whatever the case and the spaces."""
    return "".join(words.split()).casefold()


def _green_though_past_due(said: ActionSaid) -> Iterator[Doubt]:
    if said.rating is not Rating.GREEN or said.due_on is None or said.due_on >= said.today:
        return
    if not any(says_it_is_complete(words) for words in (said.commentary, said.before.commentary)):
        yield Doubt(
            key=f"green_past_due:{said.due_on}",
            field="rating",
            finding=(
                f"It is rated Green, but it was due by {day_in_words(said.due_on)} "
                "and no comment says that it is complete."
            ),
            ask="Say when it was completed, or tick if Green is right.",
            is_standing=True,
        )


_COMPLETE = re.compile(
    r"\b(complet(e|ed|ion)|finished|done|achieved|delivered|adopted|launched|published|signed|"
    r"won|open(ed)? since|opened|in (place|use)|ended|closed|concluded)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(not|never|yet|nearly|almost|will|shall|to|until|before|when|once|half|partly|be)\b[^.]{0,20}$"
    r"|n't\b[^.]{0,20}$",
    re.IGNORECASE,
)


def says_it_is_complete(words: str) -> bool:
    """Test whether an officer's words say somewhere that something is complete."""
    return any(
        not _NOT_YET.search(words[max(0, match.start() - 40) : match.start()])
        for match in _COMPLETE.finditer(words)
    )
