"""What nudges and reminders say: what somebody owes, by when, and a link straight to each form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.chasing.queries.digests import CycleOwed, Digest, PlanBehind
from goldenthread.chasing.queries.obligations import Obligation, count_in_words
from goldenthread.chasing.step_messages import closed_facts
from goldenthread.design.words import days_until, join_words, long_date
from goldenthread.domain.kinds import ItemKind
from goldenthread.domain.obligations import ReturnState
from goldenthread.notices.composing import address_of, compose, link_to
from goldenthread.notices.operations import Message
from goldenthread.organisation.models import Council
from goldenthread.organisation.officeholder import Officeholder
from goldenthread.reporting.models import ReportingCycle
from goldenthread.reporting.queries.beside import BesideItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An obligation as a message names it."""

    what: str
    state: str
    note: str
    href: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The obligations of one cycle, or of one plan in it, under their heading."""

    heading: str
    lines: tuple[Line, ...]
    href: str = ""


def nudge_message(
    *,
    cycle: ReportingCycle,
    name: str,
    obligations: Sequence[Obligation],
    note: str,
    by: Officeholder,
    today: date,
) -> Message:
    """Write to a person about what somebody who chases it picked out."""
    owed = CycleOwed(cycle=cycle, obligations=tuple(obligations))
    context = {
        "council": cycle.council,
        "name": name,
        "by": by.user.name,
        "posts": join_words([post.title for post in by.posts]),
        "note": note,
        "owed": [_owed_group(owed, today)],
        "has_late": _has_late(obligations),
    }
    return compose(_subject(obligations, today), "chasing/mail/nudge", context)


def digest_message(*, council: Council, digest: Digest, today: date) -> Message:
    """Write to a person about all that they owe, and what is late in the plans they answer for."""
    context = {
        "council": council,
        "name": digest.person.name,
        "owed": [_owed_group(owed, today) for owed in digest.owed],
        "behind": [_behind_group(behind, today) for behind in digest.behind],
        "closed": [
            closed_facts(each.scene.cycle, each.plans, each.scene.meeting)
            for each in digest.closed
            if each.plans
        ],
        "has_late": _has_late(digest.obligations),
        "home": link_to("home:home", council.name),
    }
    subject = _subject(digest.obligations, today) if digest.owed else _behind_subject(digest.behind)
    return compose(subject, "chasing/mail/reminder", context)


def _subject(obligations: Sequence[Obligation], today: date) -> str:
    """Say the most pressing thing: what came back, else what is late, else the soonest date."""
    back = [one for one in obligations if one.state is ReturnState.TO_REVISE]
    late = [one for one in obligations if one.state is ReturnState.LATE]
    if back:
        return f"{_count(back)} to revise, of {_count(obligations)} you owe"
    if late:
        return f"{_count(late)} late"
    due_on = min(one.due_on for one in obligations)
    when = f"due on {long_date(due_on)} ({days_until(today, due_on)})"
    is_one_date = all(one.due_on == due_on for one in obligations)
    return f"{_count(obligations)}{' ' if is_one_date else ', the first '}{when}"


def _count(obligations: Iterable[Obligation]) -> str:
    return count_in_words(one.kind for one in obligations)


def _behind_subject(behind: Sequence[PlanBehind]) -> str:
    late = {one.key: one for each in behind for one, _ in each.obligations}
    plans = join_words(list(dict.fromkeys(each.plan.title for each in behind)))
    return f"{_count(late.values())} not in: {plans}"


def _owed_group(owed: CycleOwed, today: date) -> Group:
    return Group(
        heading=owed.cycle.title,
        lines=tuple(_line(owed.cycle, one, today) for one in owed.obligations),
    )


def _behind_group(behind: PlanBehind, today: date) -> Group:
    address = (behind.cycle.council.name, *behind.cycle.slug.split("/"))
    return Group(
        heading=f"{behind.plan.title}, {behind.cycle.title}",
        lines=tuple(_line(behind.cycle, one, today, who) for one, who in behind.obligations),
        href=f"{link_to('chasing:chase_board', *address)}?by=item&plan={behind.plan.code}",
    )


def _line(cycle: ReportingCycle, one: Obligation, today: date, who: str = "") -> Line:
    return Line(
        what=one.what,
        state=". ".join(_states(one, today)),
        note=one.note,
        href=form_of(cycle, one),
        who=who,
    )


def _states(one: Obligation, today: date) -> Iterable[str]:
    if one.state is ReturnState.TO_REVISE:
        yield "To revise"
    yield f"Due {long_date(one.due_on)} ({days_until(today, one.due_on)})"
    if one.state is ReturnState.DRAFTED:
        yield "A draft is kept"
    if one.is_explanation and one.item.rating:
        yield f"Rated {one.item.rating.label}"
    elif one.item.was:
        yield f"Last time {one.item.was.label}"


def form_of(cycle: ReportingCycle, one: Obligation) -> str:
    """Give the whole address of the form in which an obligation is met."""
    item, address = one.item, (cycle.council.name, *cycle.slug.split("/"))
    if isinstance(item, BesideItem):
        return address_of(item.written_at)
    if one.is_explanation:
        where = (*address, item.item_kind.value, item.update_id)
        return link_to("exception_reports:exception_report_edit", *where)
    if item.item_kind is ItemKind.ACTION:
        return link_to("reporting:action_update_edit", *address, item.item_id)
    return link_to("reporting:indicator_update_edit", *address, item.reference)


def _has_late(obligations: Iterable[Obligation]) -> bool:
    return any(one.state is ReturnState.LATE for one in obligations)
