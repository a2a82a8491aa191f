"""The page that answers the question: are we on track?"""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.design.words import join_words, plural
from goldenthread.documents.tree import (
    Block,
    Cell,
    Column,
    CountRow,
    Heading,
    Paragraph,
    RatingCounts,
    Row,
    Section,
    Table,
    Tone,
)
from goldenthread.domain.exceptions import worst_first
from goldenthread.domain.obligations import ReturnState
from goldenthread.domain.rating import Rating
from goldenthread.packs.compose.corrections import corrections_in_words
from goldenthread.packs.compose.material import Material, item_anchor, plan_anchor
from goldenthread.reporting.queries.lines import Line, PlanLines
from goldenthread.reporting.queries.tallies import (
    RatingTally,
    ReturnTally,
    tally_ratings,
    tally_returns,
)

LINES_TO_SHOW = (Rating.RED,)


def summary(material: Material) -> Section:
    """Say on one page how the plans stand: counts first, then the reds, then what moved."""
    every = material.lines
    blocks: list[Block] = [Paragraph(_lead(tally_ratings(every), tally_returns(every)), Tone.LEAD)]
    blocks += [Paragraph(words) for words in _said_of(material) if words]
    blocks += [
        *_counts("Actions", [(plan, plan.actions) for plan in material.plans]),
        *_counts("Performance indicators", [(plan, plan.indicators) for plan in material.plans]),
        *_reds(every),
    ]
    return Section(title="Are we on track?", anchor="summary", blocks=tuple(blocks))


def _said_of(material: Material) -> list[str]:
    every = material.lines
    return [
        _movement(every),
        _not_counted(every),
        corrections_in_words(material),
        _unsigned(material),
    ]


def _unsigned(material: Material) -> str:
    titles = [sign_off.plan.title for sign_off in material.unsigned]
    return f"Not signed off as they stand: {join_words(titles)}." if titles else ""


def _lead(ratings: RatingTally, returns: ReturnTally) -> str:
    rated = ratings.red + ratings.amber + ratings.green
    said = (
        f"Of {plural(rated, 'action or indicator', 'actions and indicators')} rated, "
        f"{ratings.green:,} green, {ratings.amber:,} amber and {ratings.red:,} red."
    )
    if returns.outstanding:
        said += f" {returns.outstanding:,} of {plural(returns.asked, 'return')} not in."
    monitored = ratings.unrated - returns.outstanding
    if monitored:
        said += f" {plural(monitored, 'item is', 'items are').capitalize()} monitored, not rated."
    return said


def _movement(lines: Iterable[Line]) -> str:
    """Say how many ratings moved since the cycle before."""
    moves = [(line.was.badness, line.rating.badness) for line in lines if line.was and line.rating]
    better = sum(now < was for was, now in moves)
    worse = sum(now > was for was, now in moves)
    if not moves:
        return ""
    if not better and not worse:
        return "No rating has moved since the last report."
    return (
        f"Since the last report {plural(better, 'item')} improved and "
        f"{plural(worse, 'item')} got worse."
    )


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


def _reds(lines: Iterable[Line]) -> list[Block]:
    reds = sorted(
        (line for line in lines if line.rating in LINES_TO_SHOW),
        key=lambda line: (worst_first(line.rating), line.was is not line.rating),
    )
    if not reds:
        return [Heading("What is red", 2), Paragraph("Nothing is rated red.")]
    return [
        Heading("What is red", 2),
        Table(
            caption=f"{plural(len(reds), 'item')} rated red, those red last time first",
            columns=(
                Column("Item", width=5),
                Column("What", width=13),
                Column("Who answers", width=7),
                Column("Last time", width=4),
            ),
            rows=tuple(_red_row(line) for line in reds),
        ),
    ]


def _red_row(line: Line) -> Row:
    return Row(
        (
            Cell(reference=item_anchor(line), reference_text=line.reference),
            Cell(line.title),
            Cell(line.officer),
            Cell(line.was.label if line.was else "Not rated"),
        )
    )
