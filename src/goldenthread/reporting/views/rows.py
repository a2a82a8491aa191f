"""A return as a row of the table: its form, what the figures suggest, and what came of sending it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.forms.boundfield import BoundField
from django.http import QueryDict

from goldenthread.design.govuk_forms import SummaryError, summarise_errors
from goldenthread.domain.framework import Framework
from goldenthread.organisation.http import CouncilRequest
from goldenthread.organisation.queries import framework_of
from goldenthread.plans.models import Plan
from goldenthread.reporting.facts import draft_in_words, target_words
from goldenthread.reporting.forms import rows
from goldenthread.reporting.forms.returns import ActionUpdateForm, IndicatorUpdateForm
from goldenthread.reporting.forms.rows import RowForm
from goldenthread.reporting.http import file_with
from goldenthread.reporting.models import (
    ActionUpdate,
    IndicatorUpdate,
    OfficersReturn,
    ReportingCycle,
)
from goldenthread.reporting.my_updates import MyItem, MyUpdates, left_behind
from goldenthread.reporting.operations.action_updates import draft_action_in, submit_action_in
from goldenthread.reporting.operations.indicator_updates import (
    draft_indicator_in,
    submit_indicator_in,
    weigh_by,
)
from goldenthread.reporting.operations.sittings import Sitting, sit_down
from goldenthread.reporting.queries.filings import ActionFiling, IndicatorFiling
from goldenthread.reporting.queries.own_filings import Filing


@dataclass(kw_only=True)
class Row:
    """An item of mine with its form, and the return once it is filed."""

    item: MyItem
    form: RowForm
    framework: Framework
    filed: ActionUpdate | IndicatorUpdate | None = None

    @property
    def key(self) -> str:
        return self.item.key

    @property
    def takes(self) -> bool:
        """Whether the row shows its boxes: it can be filed, or words were typed that must not be lost."""
        return self.item.takes or self.form.is_bound

    @property
    def errors(self) -> list[SummaryError]:
        """What is wrong, each with the row's reference and the question, to lead to its box."""
        return [
            SummaryError(f"{self.item.reference}{self._asked(error)}: {error.words}", error.target)
            if error.target
            else SummaryError(f"{self.item.reference}: {error.words}", f"row-{self.key}")
            for error in summarise_errors(self.form)
        ]

    def _asked(self, error: SummaryError) -> str:
        labels = {
            f"id_{self.form.add_prefix(name)}": str(field.label)
            for name, field in self.form.fields.items()
        }
        label = labels.get(error.target, "")
        return f", {label[:1].lower()}{label[1:]}" if label else ""

    @property
    def figures(self) -> list[BoundField]:
        return rows.figure_fields(self.form)

    @property
    def reasons(self) -> list[BoundField]:
        return rows.reason_fields(self.form)

    @property
    def reasons_are_open(self) -> bool:
        return rows.reasons_are_open(self.reasons)

    @property
    def suggestion(self) -> str:
        """What the figures typed so far suggest; nothing for an action."""
        return suggestion_of(self.form, self.framework)

    @property
    def rating(self) -> BoundField | None:
        return self.form["rating"] if "rating" in self.form.fields else None

    @property
    def judgement_reason(self) -> BoundField | None:
        known = "judgement_reason" in self.form.fields
        return self.form["judgement_reason"] if known else None

    @property
    def commentary(self) -> BoundField:
        return self.form["commentary"]

    @property
    def target(self) -> str:
        """What an indicator is held against this year; nothing of an action."""
        if not isinstance(self.form, IndicatorUpdateForm):
            return ""
        figures = self.form.figures
        return target_words(figures.indicator, figures.year.starts_in)

    @property
    def theirs(self) -> OfficersReturn | None:
        """What somebody else saved while this was written."""
        update = self.item.update
        return update if update is not None and self.form.is_behind(update.version) else None

    @property
    def their_figures(self) -> list[tuple[str, str]]:
        return draft_in_words(self.theirs)


@dataclass(frozen=True, kw_only=True)
class RowGroup:
    """Rows of one plan in one cycle."""

    cycle: ReportingCycle
    plan: Plan
    rows: tuple[Row, ...]


def rows_of(request: CouncilRequest, my: MyUpdates) -> list[Row]:
    """Make a row of each item that is owed, and of any other in which something was typed.

    So does one that is asked for no more, since its cycle has closed meanwhile: its words stay.
    """
    framework = framework_of(request.council)
    sent = request.POST if request.method == "POST" else QueryDict()
    answers = sent.dict()
    typed, shown = rows.keys_with_answers(answers), rows.keys_sent(answers)
    lost = typed - {item.key for item in my.items}
    items = [*my.items, *left_behind(request.officeholder, lost, today=request.today)]
    made = [_row_of(item, framework, sent if item.key in shown else None, typed) for item in items]
    return [
        row
        for row in made
        if row.form.is_bound or row.key in typed or row.item.state.is_outstanding
    ]


def _row_of(
    item: MyItem, framework: Framework, sent: QueryDict | None, typed: Collection[str] = ()
) -> Row:
    row = Row(
        item=item,
        form=form_of(item.filing, framework, sent, key=item.key),
        framework=framework,
    )
    if sent is None:
        return row
    is_blank = item.key not in typed
    if not (_was_blank(row) if is_blank else _is_left_alone(row, as_draft="draft" in sent)):
        return row
    return _row_of(item, framework, None)


def _was_blank(row: Row) -> bool:
    """Test whether an empty row was empty before; if not, somebody cleared what they saw in it."""
    update = row.item.update
    if update is None:
        return True
    row.form.is_valid()  # It reads which version was seen.
    return row.form.is_behind(update.version) or rows.is_untouched(row.form)


def _is_left_alone(row: Row, *, as_draft: bool) -> bool:
    """Test whether a row says only what was there: a draft kept already, or what a lead sent back."""
    return rows.is_untouched(row.form) and (as_draft or row.item.is_unrevised)


def form_of(
    filing: Filing,
    framework: Framework,
    sent: QueryDict | None,
    *,
    key: str = "",
    corrects: bool = False,
) -> RowForm:
    """Make the form of a return: that of a row if it has a key, and otherwise one that fills a page."""
    scheme = framework.rating
    form: RowForm
    if isinstance(filing, ActionFiling):
        form = ActionUpdateForm(
            sent, scheme=scheme, update=filing.update, before=filing.before, corrects=corrects
        )
    else:
        form = IndicatorUpdateForm(
            sent,
            scheme=scheme,
            figures=filing.figures,
            update=filing.update,
            before=filing.before,
            corrects=corrects,
        )
    return rows.in_row(form, key) if key else form


def suggestion_of(form: RowForm, framework: Framework) -> str:
    """Say what the figures in a form suggest; nothing of an action."""
    if not isinstance(form, IndicatorUpdateForm):
        return ""
    answers = form.answers() if form.is_bound else form.drafted()
    return weigh_by(framework, form.figures, answers).suggestion.sentence


def grouped(every: Sequence[Row]) -> list[RowGroup]:
    """Put rows under their plans, in the order in which they are owed."""
    by_plan = groupby(every, key=lambda row: (row.item.cycle, row.item.plan))
    return [RowGroup(cycle=cycle, plan=plan, rows=tuple(found)) for (cycle, plan), found in by_plan]


def file_rows(request: CouncilRequest, every: Iterable[Row], *, as_draft: bool) -> None:
    """File the rows in which something was written, a cycle at a time, each by itself."""
    written = [row for row in every if row.form.is_bound]
    for cycle, found in groupby(written, key=lambda row: row.item.cycle):
        _file_in(request, cycle, list(found), as_draft=as_draft)


def _file_in(
    request: CouncilRequest, cycle: ReportingCycle, found: Sequence[Row], *, as_draft: bool
) -> None:
    with sitting_over(request, cycle, [row.item.filing for row in found]) as sitting:
        for row in found:
            row.filed = file_form(sitting, row.item.filing, row.form, as_draft=as_draft)


def sitting_over(
    request: CouncilRequest, cycle: ReportingCycle, filings: Iterable[Filing]
) -> AbstractContextManager[Sitting]:
    """Sit down over the items of some returns."""
    filings = list(filings)
    return sit_down(
        cycle=cycle,
        actions=[each.action for each in filings if isinstance(each, ActionFiling)],
        indicators=[each.item for each in filings if isinstance(each, IndicatorFiling)],
        by=request.officeholder,
        at=request.at,
    )


def file_form(
    sitting: Sitting, filing: Filing, form: RowForm, *, as_draft: bool
) -> ActionUpdate | IndicatorUpdate | None:
    """File one return of a sitting, or put what stands against it into its form and return None.

    A draft takes whatever can be read; to be submitted, all of it has to be.
    """
    if not form.is_valid():
        if not as_draft:
            return None
        rows.keep_readable(form)
    return file_with(form, _filing_of(sitting, filing, form, as_draft=as_draft))


def _filing_of(
    sitting: Sitting, filing: Filing, form: RowForm, *, as_draft: bool
) -> Callable[[], ActionUpdate | IndicatorUpdate]:
    match filing, form:
        case ActionFiling(), ActionUpdateForm():
            file_action = draft_action_in if as_draft else submit_action_in
            return partial(file_action, sitting, action=filing.action, answers=form.answers())
        case IndicatorFiling(), IndicatorUpdateForm():
            file_indicator = draft_indicator_in if as_draft else submit_indicator_in
            return partial(file_indicator, sitting, indicator=filing.item, answers=form.answers())
        case _:
            raise TypeError(f"{type(form).__name__} takes no return of {filing.reference}")
