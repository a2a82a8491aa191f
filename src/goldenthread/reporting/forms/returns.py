from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from goldenthread.design.govuk_fields import FigureField
from goldenthread.design.govuk_widgets import RatingRadios
from goldenthread.design.versioned_form import VersionedForm
from goldenthread.design.words import figure, long_date
from goldenthread.domain.doubts import Doubt
from goldenthread.domain.framework_tables import RatingScheme
from goldenthread.domain.kinds import Frequency
from goldenthread.domain.obligations import AskedFigure
from goldenthread.domain.outturn import Accumulation
from goldenthread.domain.rating import Polarity, Rating
from goldenthread.domain.returns import FigureAnswer
from goldenthread.indicators.models import Indicator
from goldenthread.reporting.assessments import CycleFigures
from goldenthread.reporting.models import ActionUpdate, IndicatorUpdate, OfficersReturn
from goldenthread.reporting.operations.action_updates import ActionReturn
from goldenthread.reporting.operations.doubting import figure_field
from goldenthread.reporting.operations.indicator_updates import IndicatorReturn

MOST_WORDS = 20_000
CONFIRM = "confirm"
JUDGEMENT = ("rating", "judgement_reason", "commentary")
RATING_CHOICES = [(rating.value, rating.label) for rating in reversed(Rating)]


def _rating_field(label: str, scheme: RatingScheme) -> forms.TypedChoiceField:
    hints = {rating.value: scheme.words_for(rating) for rating in Rating}
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=RATING_CHOICES,
        coerce=Rating,
        empty_value=None,
        widget=RatingRadios(hints=hints),
        error_messages={"invalid_choice": "Select green, amber or red"},
    )


def _words_field(label: str, hint: str = "", rows: int = 6) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": "Shorten this to 20,000 characters or fewer"},
    )


def _when(update: OfficersReturn) -> str:
    return long_date(timezone.localdate(update.submitted_at)) if update.submitted_at else ""


class ReturnForm(VersionedForm):
    """What all returns ask, each question with what was answered the time before.

    Whether a return is whole is for the operation to say; a form only reads what was typed.
    """

    def ask_for_reason(self) -> None:
        """Ask of a correction, before anything else, why it is made."""
        self.fields["correction_reason"] = _words_field(
            "Why is this return put right?",
            "It will be printed in the next papers, with what stood before.",
            rows=2,
        )

    @property
    def correction_reason(self) -> str:
        return str(self.cleaned_data.get("correction_reason", ""))

    @property
    def ticked(self) -> frozenset[str]:
        """The keys of the doubts that were ticked, on whatever page they were shown."""
        lists, name = getattr(self.data, "getlist", None), self.add_prefix(CONFIRM)
        return frozenset(lists(name) if lists else self.data.get(name, ()))

    def ask_to_confirm(self, doubts: Sequence[Doubt]) -> None:
        """Ask for a tick beside each thing that looks odd; what was ticked stays so."""
        self.fields[CONFIRM] = forms.MultipleChoiceField(
            label="Please check",
            help_text="This looks odd. Put it right above, or tick what is meant.",
            required=False,
            choices=[(doubt.key, doubt.words) for doubt in doubts],
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def doubts_to_tick(self) -> BoundField | None:
        """The question that asks for ticks, where anything looks odd."""
        return self[CONFIRM] if CONFIRM in self.fields else None

    @property
    def questions(self) -> list[BoundField]:
        """What the return asks, but for ticks."""
        return [field for field in self.visible_fields() if field.name != CONFIRM]

    def show_before(self, before: OfficersReturn | None) -> None:
        """Put last time's rating and words beside the questions."""
        if before is None or not before.is_submitted:
            return
        if before.rating and "rating" in self.fields:
            self.show_last_time("rating", before.rating.label, _when(before))
        self.show_last_time("commentary", before.commentary, _when(before))


class ActionUpdateForm(ReturnForm):
    """An action officer's return: two fields."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        scheme: RatingScheme,
        update: ActionUpdate | None = None,
        before: ActionUpdate | None = None,
        corrects: bool = False,
    ) -> None:
        super().__init__(data, initial=_initial(update))
        if corrects:
            self.ask_for_reason()
        self.fields["rating"] = _rating_field("How is this action going?", scheme)
        self.fields["commentary"] = _words_field(
            "What has happened since the last update?",
            "Councillors will read this. Say what was done, what it changed and what comes next.",
        )
        self.show_before(before)

    def answers(self) -> ActionReturn:
        return ActionReturn(
            rating=self.cleaned_data.get("rating"),
            commentary=self.cleaned_data.get("commentary", ""),
            seen_version=self.version_seen,
            correction_reason=self.correction_reason,
            confirmed=self.ticked,
        )


def _initial(update: OfficersReturn | None) -> dict[str, Any]:
    """Fill a form with a draft, never with what was said the time before."""
    if update is None:
        return {}
    return {
        "rating": update.rating.value if update.rating else "",
        "commentary": update.commentary,
        "seen_version": update.version,
    }


class IndicatorUpdateForm(ReturnForm):
    """An indicator officer's return: the figures that are wanted, the estimate, the rating, the words."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        scheme: RatingScheme,
        figures: CycleFigures,
        update: IndicatorUpdate | None = None,
        before: IndicatorUpdate | None = None,
        corrects: bool = False,
    ) -> None:
        super().__init__(data, initial=_indicator_initial(update))
        self.figures = figures
        if corrects:
            self.initial.update(_standing_figures(figures))
            self.ask_for_reason()
        self._ask_figures(figures.indicator, figures.wanted)
        self._ask_estimate(figures.indicator)
        if figures.indicator.polarity is not Polarity.NONE:
            self.fields["rating"] = _rating_field("How is this indicator going?", scheme)
            self.fields["judgement_reason"] = _words_field(
                "If you rate it otherwise than the figures suggest, why?",
                "Leave this empty if you agree with them. Your reason is printed beside the rating.",
                rows=2,
            )
        self.fields["commentary"] = _words_field(
            "What lies behind the figures?",
            "Say so when it goes well, too. Councillors will read this.",
        )
        self._show_before(before)

    def _ask_figures(self, indicator: Indicator, wanted: Iterable[AskedFigure]) -> None:
        for asked in wanted:
            name = figure_field(asked.period.starts_on)
            field = FigureField(
                label=f"Figure for {asked.period.label}",
                required=False,
                unit=indicator.unit,
                max_digits=16,
                decimal_places=6,
                help_text=_figure_hint(indicator, asked),
            )
            self.fields[name] = field
            self.fields[f"{name}_reason"] = forms.CharField(
                label=f"No figure for {asked.period.label}? Say why", required=False, max_length=500
            )
            held = self.figures.measurement(asked.period)
            if held and held.value is not None and held.is_provisional:
                said = figure(held.value, indicator.unit, indicator.decimals)
                self.show_last_time(name, f"{said}, provisional", long_date(held.recorded_on))

    def _ask_estimate(self, indicator: Indicator) -> None:
        self.fields["estimated_outturn"] = FigureField(
            label=f"Estimated outturn for {self.figures.year.label}",
            help_text="What you expect the year to end at. It is your judgement.",
            required=False,
            unit=indicator.unit,
            max_digits=16,
            decimal_places=6,
        )
        self.fields["no_estimate_reason"] = forms.CharField(
            label="No estimate possible? Say why", required=False, max_length=500
        )

    def _show_before(self, before: IndicatorUpdate | None) -> None:
        self.show_before(before)
        if before and before.is_submitted and before.estimated_outturn is not None:
            indicator = self.figures.indicator
            said = figure(before.estimated_outturn, indicator.unit, indicator.decimals)
            self.show_last_time("estimated_outturn", said, _when(before))

    def answers(self) -> IndicatorReturn:
        said = self.cleaned_data
        return IndicatorReturn(
            rating=said.get("rating"),
            commentary=said.get("commentary", ""),
            estimated_outturn=said.get("estimated_outturn"),
            no_estimate_reason=said.get("no_estimate_reason", ""),
            judgement_reason=said.get("judgement_reason", ""),
            figures=dict(self._given()),
            seen_version=self.version_seen,
            correction_reason=self.correction_reason,
            confirmed=self.ticked,
        )

    @property
    def figure_questions(self) -> list[BoundField]:
        """What the suggestion is made from, in the order it is asked."""
        return [field for field in self.questions if field.name not in JUDGEMENT]

    @property
    def judgement_questions(self) -> list[BoundField]:
        """What the officer says once the figures have spoken."""
        return [field for field in self.questions if field.name in JUDGEMENT]

    def drafted(self) -> IndicatorReturn:
        """Read the answers that the form starts with: those of a draft, or none."""
        given = self.initial.get
        figures = {
            asked.period.starts_on: FigureAnswer(value=given(figure_field(asked.period.starts_on)))
            for asked in self.figures.wanted
        }
        return IndicatorReturn(
            rating=None,
            commentary="",
            estimated_outturn=given("estimated_outturn"),
            figures={day: answer for day, answer in figures.items() if answer.is_given},
        )

    def _given(self) -> Iterable[tuple[date, FigureAnswer]]:
        for asked in self.figures.wanted:
            name = figure_field(asked.period.starts_on)
            yield (
                asked.period.starts_on,
                FigureAnswer(
                    value=self.cleaned_data.get(name),
                    unavailable_reason=self.cleaned_data.get(f"{name}_reason", ""),
                ),
            )


def _figure_hint(indicator: Indicator, asked: AskedFigure) -> str:
    """Say what a figure is for: of those that add up, its own period and not the year so far."""
    adds_up = indicator.accumulation is Accumulation.SUM
    if not adds_up or indicator.frequency is Frequency.ANNUAL:
        return "" if asked.is_due else _early_hint(asked)
    alone = f"For {asked.period.label} alone, not for the year so far."
    return alone if asked.is_due else f"{alone} {_early_hint(asked)}"


def _early_hint(asked: AskedFigure) -> str:
    return (
        f"Not due until {long_date(asked.period.ends_on)}. "
        "You may leave this empty; a figure given now counts as provisional."
    )


def _indicator_initial(update: IndicatorUpdate | None) -> dict[str, Any]:
    if update is None:
        return {}
    initial = _initial(update) | {
        "estimated_outturn": update.estimated_outturn,
        "no_estimate_reason": update.no_estimate_reason,
        "judgement_reason": update.judgement_reason,
    }
    for starts_on, (value, reason) in update.draft_figures.items():
        name = figure_field(date.fromisoformat(starts_on))
        initial[name] = None if value is None else Decimal(value)
        initial[f"{name}_reason"] = reason
    return initial


def _standing_figures(figures: CycleFigures) -> dict[str, Any]:
    """Fill a correction with the figures that its return gave, as they stand."""
    initial: dict[str, Any] = {}
    for starts_on in figures.reopened:
        name = figure_field(starts_on)
        initial[name] = figures.held[starts_on].value
        initial[f"{name}_reason"] = figures.held[starts_on].unavailable_reason
    return initial
