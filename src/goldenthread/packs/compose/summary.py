"""The page that answers the question: are we on track?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils import timezone

from goldenthread.design.words import join_words, long_date, plural
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    ColumnKind,
    CountRow,
    Heading,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
    Tone,
)
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.queries.steps import Promise
from goldenthread.packs.compose import corrections, late_returns, revisions
from goldenthread.packs.compose.changes import changes_in
from goldenthread.packs.compose.corrections import corrections_in_words
from goldenthread.packs.compose.late_returns import late_returns_in_words
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.packs.compose.revisions import revisions_in_words
from goldenthread.reporting.queries.lines import Line, PlanLines
from goldenthread.reporting.queries.tallies import (
    RatingTally,
    tally_ratings,
    tally_returns,
)

LINES_TO_SHOW = (Rating.RED,)
MOST_OF_WHY = 240


QUESTION, ANCHOR = "Are we on track?", "summary"


def summary(material: Material) -> Section:
    """Say on one page how the plans stand: counts first, then the reds, what moved, what is due."""
    blocks = [
        *_said(material),
        *_tallies(material),
        *_beside(material),
        *_reds(material),
        *_moved(material),
        *_promises(material),
    ]
    return Section(title=QUESTION, anchor=ANCHOR, blocks=tuple(blocks))


def in_short(material: Material) -> Section:
    """Say how the plans stand in counts alone; those of a single plan stand beside it."""
    blocks = [
        *_said(material),
        *(_counts_of_all(material) if len(material.plans) > 1 else ()),
        *_beside(material, is_short=True),
    ]
    return Section(title=QUESTION, anchor=ANCHOR, blocks=tuple(blocks))


def _said(material: Material) -> list[Block]:
    every = material.lines
    lead = Paragraph(_lead(_noun(material), every), Tone.LEAD)
    return [
        lead,
        *(Paragraph(words) for words in (_movement(material), _not_counted(every)) if words),
        *_shares(material),
    ]


def _counts_of_all(material: Material) -> list[Block]:
    """Count actions and indicators together, so that one page holds all; each plan has them apart."""
    caption = _noun(material).many.capitalize()
    return _counts(caption, [(plan, plan.lines) for plan in material.plans])


def _tallies(material: Material) -> list[Block]:
    return [
        *_counts("Actions", [(plan, plan.actions) for plan in material.plans]),
        *_counts("Performance indicators", [(plan, plan.indicators) for plan in material.plans]),
    ]


def _beside(material: Material, *, is_short: bool = False) -> list[Block]:
    """List what a reader should know of the papers themselves, each with where it is told."""
    told = [
        (corrections_in_words(material), corrections.ANCHOR, corrections.TITLE),
        (revisions_in_words(material), revisions.ANCHOR, revisions.TITLE),
        (late_returns_in_words(material), late_returns.ANCHOR, late_returns.TITLE),
    ]
    rows = [
        Row(
            (
                Cell(words),
                Cell(f"{title}, in the full papers") if is_short else _link(anchor, title),
            )
        )
        for words, anchor, title in told
        if words
    ]
    for plan in (each.plan for each in material.unsigned):
        words = f"{plan.title}: not signed off as it stands"
        rows.append(Row((Cell(words), _link(plan_anchor(plan), plan.title))))
    columns = (Column("What", width=9), Column("Where it is told", width=9))
    caption = "About these papers"
    return [Table(caption=caption, columns=columns, rows=tuple(rows))] if rows else []


def _link(anchor: str, title: str) -> Cell:
    return Cell(reference=anchor, reference_text=title)


class _Noun(NamedTuple):
    """What a paper counts: actions, indicators or both."""

    one: str
    many: str

    @property
    def is_of_one_sort(self) -> bool:
        return self.many != _BOTH.many


_BOTH = _Noun("action or indicator", "actions and indicators")


def _noun(material: Material) -> _Noun:
    kinds = {line.item_kind for line in material.lines}
    if kinds == {ItemKind.INDICATOR}:
        return _Noun("indicator", "indicators")
    if kinds == {ItemKind.ACTION}:
        return _Noun("action", "actions")
    return _BOTH


def _lead(noun: _Noun, lines: Sequence[Line]) -> str:
    ratings, returns = tally_ratings(lines), tally_returns(lines)
    rated = ratings.red + ratings.amber + ratings.green
    said = (noun.is_of_one_sort and _share(noun.one, ratings)) or (
        f"Of {plural(rated, *noun)} rated, "
        f"{ratings.green:,} green, {ratings.amber:,} amber and {ratings.red:,} red."
    )
    if returns.outstanding:
        said += f" {returns.outstanding:,} of {plural(returns.asked, 'return')} not in."
    monitored = ratings.unrated - returns.outstanding
    if monitored:
        said += f" {plural(monitored, 'item is', 'items are').capitalize()} monitored, not rated."
    return said


def _movement(material: Material) -> str:
    """Say how many ratings moved, and since when."""
    since, every = material.compared.words, material.lines
    moves = [(line.was.badness, line.rating.badness) for line in every if line.was and line.rating]
    better = sum(now < was for was, now in moves)
    worse = sum(now > was for was, now in moves)
    if not moves:
        return ""
    if not better and not worse:
        return f"No rating has moved {since}."
    said = f"{plural(better, 'item')} got better and {plural(worse, 'item')} got worse {since}."
    return f"{said[:1].upper()}{said[1:]}"


def _not_counted(lines: Iterable[Line]) -> str:
    count = sum(line.state is ReturnState.NOT_DUE_TO_START for line in lines)
    if not count:
        return ""
    return f"{plural(count, 'action is', 'actions are').capitalize()} not due to start yet: listed, but not counted."


def _counts(caption: str, plans: list[tuple[PlanLines, tuple[Line, ...]]]) -> list[Block]:
    """Count a sort of items plan by plan; a forum that receives none of them has no such table."""
    if not any(lines for _, lines in plans):
        return []
    rows = [
        _count_row(plan.plan.title, plan_anchor(plan.plan), tally_ratings(lines))
        for plan, lines in plans
    ]
    if len(rows) > 1:
        every = tally_ratings(line for _, lines in plans for line in lines)
        rows.append(_count_row("All plans", "", every))
    return [RatingCounts(caption=caption, rows=tuple(rows))]


def _count_row(name: str, anchor: str, tally: RatingTally) -> CountRow:
    return CountRow(
        name=name,
        anchor=anchor,
        red=tally.red,
        amber=tally.amber,
        green=tally.green,
        unrated=tally.unrated,
    )


def _shares(material: Material) -> list[Block]:
    """Say each sort's counts with their percentages: the nearest whole, never forced to 100.

    Where there is one sort alone, the first sentence says them.
    """
    if _noun(material).is_of_one_sort:
        return []
    sorts: list[tuple[str, list[Line]]] = [
        ("action", [line for plan in material.plans for line in plan.actions]),
        ("indicator", list(_once(line for plan in material.plans for line in plan.indicators))),
    ]
    found = [_share(name, tally_ratings(lines)) for name, lines in sorts if lines]
    return [Paragraph(words) for words in found if words]


def _once(lines: Iterable[Line]) -> Iterable[Line]:
    return {line.item_id: line for line in lines}.values()


def _share(name: str, tally: RatingTally) -> str:
    rated = tally.red + tally.amber + tally.green
    if not rated:
        return ""
    said = [
        f"{count:,} {word} ({percent(count, rated)}%)"
        for word, count in (("green", tally.green), ("amber", tally.amber), ("red", tally.red))
    ]
    return f"Of {plural(rated, name)} rated: {join_words(said)}."


def percent(count: int, of: int) -> int:
    """Give the nearest whole percentage, a half upwards."""
    return (200 * count + of) // (2 * of)


def _moved(material: Material) -> list[Block]:
    """Say which ratings moved since the papers before, and why, in the officers' words.

    Success is to be celebrated (clause R-2), and has a table to itself.
    """
    changes = changes_in(material)
    return [
        *_moved_one_way(material, "What got worse, and why", changes.worse, "worse"),
        *_moved_one_way(material, "What got better, and why", changes.better, "better"),
    ]


def _moved_one_way(
    material: Material, title: str, moved: Sequence[Line], which: str
) -> list[Block]:
    before = material.compared.cycle
    if not moved or before is None:
        return []
    return [
        Heading(title, 2),
        Table(
            caption=f"{plural(len(moved), 'item')} rated {which} than in {before.title}",
            columns=(
                Column("Item", width=5),
                Column("What", width=9),
                Column("Rating", ColumnKind.RATING, width=6),
                Column("Why", width=12),
            ),
            rows=tuple(_moved_row(line) for line in moved),
        ),
    ]


def _moved_row(line: Line) -> Row:
    return Row(
        (
            Cell(reference=item_anchor(line), reference_text=line.reference),
            Cell(line.title),
            Cell(rating=line.rating, was=line.was),
            Cell(in_brief(line.update.commentary if line.update else "")),
        )
    )


def in_brief(words: str) -> str:
    """Take of an officer's words no more than a summary has room for, cut at a word."""
    said = " ".join(words.split())
    return said if len(said) <= MOST_OF_WHY else f"{said[:MOST_OF_WHY].rsplit(' ', 1)[0]} …"


def _promises(material: Material) -> list[Block]:
    """List the steps promised last quarter that are due by now and neither done nor dropped."""
    today = timezone.localdate(material.at)
    lines = {(line.item_kind, line.item_id): line for line in material.lines}
    due = [
        (lines[key], promise)
        for key, promised in material.promises.items()
        for promise in promised
        if key in lines and promise.is_open and promise.due_on <= today
    ]
    if not due:
        return []
    return [
        Heading("Promised, and due by now", 2),
        Table(
            caption=f"{plural(len(due), 'step')} not done yet",
            columns=(
                Column("Item", width=5),
                Column("What was promised", width=13),
                Column("Who", width=6),
                Column("By when", width=5),
            ),
            rows=tuple(_promise_row(line, promise) for line, promise in _by_day(due)),
        ),
    ]


def _by_day(due: list[tuple[Line, Promise]]) -> list[tuple[Line, Promise]]:
    return sorted(due, key=lambda pair: pair[1].due_on)


def _promise_row(line: Line, promise: Promise) -> Row:
    return Row(
        (
            Cell(reference=item_anchor(line), reference_text=line.reference),
            Cell(promise.step.what),
            Cell(promise.step.owner_name),
            Cell(long_date(promise.due_on)),
        )
    )


def _reds(material: Material) -> list[Block]:
    reds = sorted(
        (line for line in material.lines if line.rating in LINES_TO_SHOW),
        key=lambda line: (-_quarters(material, line), line.was is not line.rating),
    )
    if not reds:
        return [Heading("What is red", 2), Paragraph("Nothing is rated red.")]
    return [
        Heading("What is red", 2),
        Table(
            caption=f"{plural(len(reds), 'item')} rated red{', those red for longest first' if len(reds) > 1 else ''}",
            columns=(
                Column("Item", width=5),
                Column("What", width=11),
                Column("Who answers", width=6),
                Column("Last time", width=7),
            ),
            rows=tuple(_red_row(material, line) for line in reds),
        ),
    ]


def _was_in(material: Material, line: Line) -> str:
    """Say how an item was rated in the cycle that papers compare with, which is named."""
    rated, before = line.was.label if line.was else "Not rated", material.compared.cycle
    return f"{rated} in {before.title}" if before else rated


def _how_long(material: Material, line: Line) -> str:
    """Say for how long an item has been off track, and by which reports that is counted."""
    run = material.runs.get((line.item_kind, line.item_id))
    if run is None or not run.is_repeated:
        return ""
    counted = "quarterly reports alone" if run.counted == "quarter" else "reports of every kind"
    return f"By {counted}: {run.words}"


def _quarters(material: Material, line: Line) -> int:
    run = material.runs.get((line.item_kind, line.item_id))
    return run.at_rating if run else 0


def _red_row(material: Material, line: Line) -> Row:
    return Row(
        (
            Cell(reference=item_anchor(line), reference_text=line.reference),
            Cell(line.title),
            Cell(line.officer),
            Cell(_was_in(material, line), note=_how_long(material, line)),
        )
    )
