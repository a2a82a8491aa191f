from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms

from goldenthread.design.govuk_fields import DayField, FigureField
from goldenthread.design.govuk_forms import GovukForm, summarise_errors
from goldenthread.design.govuk_widgets import ChoiceRadios, RatingRadios
from goldenthread.domain.kinds import Unit
from goldenthread.domain.rating import Rating
from tests.design.markup import by_id, draw, read_part, words_of

TYPED = {"due_on_day": "31", "due_on_month": "Junember", "due_on_year": "2009", "visits": "lots"}


class PoolForm(GovukForm):
    rating = forms.TypedChoiceField(
        label="How is this action going?",
        choices=[(rating, rating.label) for rating in Rating],
        coerce=Rating,
        widget=RatingRadios(hints={"red": "Failing, or not started"}),
    )
    commentary = forms.CharField(
        label="What has happened?", help_text="Members read this.", widget=forms.Textarea
    )
    due_on = DayField(label="When will it be done?", help_text="For example, 8 June 2009")
    visits = FigureField(label="How many visits?")
    share = FigureField(label="Share of pupils", unit=Unit.PERCENT, required=False)
    cost = FigureField(label="Cost", unit=Unit.POUNDS, required=False)
    lanes = forms.IntegerField(label="Lanes", required=False, min_value=1)
    body = forms.ChoiceField(label="Committee", choices=[("", "Choose"), ("s", "Scrutiny")])
    agree = forms.BooleanField(label="The figure is provisional", help_text="Not ended yet")
    more = forms.ChoiceField(
        label="More money?", choices=[("y", "Yes")], widget=ChoiceRadios(inline=True)
    )
    plans = forms.MultipleChoiceField(
        label="Plans", choices=[("e", "Economy")], widget=forms.CheckboxSelectMultiple
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class DayForm(GovukForm):
    due_on = DayField()


class FigureForm(GovukForm):
    visits = FigureField()


def day_form(day: str, month: str, year: str) -> DayForm:
    return DayForm({"due_on_day": day, "due_on_month": month, "due_on_year": year})


@pytest.mark.parametrize("data", [None, {}, TYPED])
def test_a_form_is_drawn_as_strict_html_with_each_id_once(data: dict[str, str] | None) -> None:
    part = read_part(str(PoolForm(data)))
    ids = [element.get("id") for element in part.iter() if element.get("id")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("data", [None, {}])
def test_everything_that_describes_a_field_is_there(data: dict[str, str] | None) -> None:
    part = read_part(str(PoolForm(data)))
    described = " ".join(element.get("aria-describedby", "") for element in part.iter()).split()
    assert described
    for wanted in described:
        by_id(part, wanted)


def test_no_field_stops_the_browser_from_sending() -> None:
    html = str(PoolForm())
    assert " required" not in html
    assert 'type="number"' not in html
    assert " min=" not in html


def test_a_hint_and_an_error_describe_their_field() -> None:
    part = read_part(str(PoolForm({})))
    box = by_id(part, "id_commentary")
    assert box.get("aria-describedby") == "id_commentary_helptext id_commentary_error"
    assert "govuk-textarea--error" in box.get("class", "")
    assert words_of(by_id(part, "id_commentary_error")) == (
        "Error: Enter an answer to “What has happened?”"
    )


def test_the_error_summary_leads_to_something_that_takes_focus() -> None:
    part = read_part(str(PoolForm({})))
    targets = [a.get("href", "")[1:] for a in part.iter("a") if a.get("href", "").startswith("#")]
    assert targets[:3] == ["id_rating_0", "id_commentary", "id_due_on_day"]
    assert len(targets) == 8
    assert all(by_id(part, target).tag in {"input", "textarea", "select"} for target in targets)


def test_no_two_errors_of_a_form_say_the_same() -> None:
    said = [error.words for error in summarise_errors(PoolForm({}))]
    assert len(said) == len(set(said))
    assert "Tick “The figure is provisional”" in said
    assert "Select committee" in said


def test_an_error_of_our_own_wording_stays() -> None:
    class OwnForm(GovukForm):
        name = forms.CharField(error_messages={"required": "Give the name of the pool"})

    assert [error.words for error in summarise_errors(OwnForm({}))] == ["Give the name of the pool"]


def test_an_untouched_form_has_no_summary() -> None:
    assert "There is a problem" not in str(PoolForm())


def test_a_choice_has_its_hint_and_a_rating_its_shape() -> None:
    part = read_part(str(PoolForm()))
    assert by_id(part, "id_rating_0").get("aria-describedby") == "id_rating_0_hint"
    assert words_of(by_id(part, "id_rating_0_hint")) == "Failing, or not started"
    assert by_id(part, "id_rating_1").get("aria-describedby") is None
    assert str(PoolForm()).count("<svg") == 3


def test_a_figure_box_shows_its_unit_and_width() -> None:
    html = str(PoolForm())
    assert '<div class="govuk-input__prefix" aria-hidden="true">£</div>' in html
    assert '<div class="govuk-input__suffix" aria-hidden="true">%</div>' in html
    assert "govuk-input--width-10" in html
    assert 'width="10"' not in html


def test_what_was_said_last_time_is_shown_and_not_prefilled() -> None:
    form = PoolForm()
    form.show_last_time("commentary", "<b>Roof</b> leaks", "on 8 June 2009")
    html = str(form)
    assert "&lt;b&gt;Roof&lt;/b&gt; leaks" in html
    assert "Last time <span" in html
    assert "leaks" not in words_of(by_id(read_part(html), "id_commentary"))


def test_last_time_may_be_a_plain_attribute_of_the_field() -> None:
    form = PoolForm()
    vars(form.fields["rating"])["last_time"] = "Amber"
    assert "gt-last-time" in str(form)
    vars(form.fields["rating"])["last_time"] = None
    assert "gt-last-time" not in str(form)


def test_a_question_that_the_form_has_not_is_refused() -> None:
    with pytest.raises(KeyError):
        PoolForm().show_last_time("colour", "Amber")


@pytest.mark.parametrize("month", ["6", "06", "June", "jun"])
def test_a_month_may_be_typed_as_a_number_or_a_name(month: str) -> None:
    form = day_form("8", month, "2009")
    assert form.is_valid()
    assert form.cleaned_data == {"due_on": date(2009, 6, 8)}


@pytest.mark.parametrize(
    ("typed", "said", "target"),
    [
        (("31", "6", "2009"), "Enter a real date, such as 8 June 2009", "id_due_on_day"),
        (("8", "J", "2009"), "Enter a real date, such as 8 June 2009", "id_due_on_day"),
        (("8", "", "2009"), "The date must include a month", "id_due_on_month"),
        (("8", "6", "09"), "The year must have 4 digits, such as 2009", "id_due_on_day"),
        (("", "", ""), "Enter due on", "id_due_on_day"),
    ],
)
def test_a_wrong_date_is_refused_with_what_to_do(
    typed: tuple[str, str, str], said: str, target: str
) -> None:
    (error,) = summarise_errors(day_form(*typed))
    assert (error.words, error.target) == (said, target)


def test_a_wrong_date_is_kept_as_typed() -> None:
    part = read_part(str(day_form("31", "Junember", "2009")))
    typed = [by_id(part, f"id_due_on_{name}").get("value") for name in ("day", "month", "year")]
    assert typed == ["31", "Junember", "2009"]


def test_a_known_date_fills_its_parts() -> None:
    part = read_part(str(DayForm(initial={"due_on": date(2009, 6, 8)})))
    assert by_id(part, "id_due_on_month").get("value") == "6"


def test_a_date_may_come_in_one_piece_from_a_program() -> None:
    assert DayForm({"due_on": "2009-06-08"}).is_valid()
    assert not DayForm({"due_on": "8th of June"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("54,000", "54000"),
        ("£1,250.50", "1250.50"),
        ("46.4 %", "46.4"),
        ("21 days", "21"),
        ("\N{MINUS SIGN}3", "-3"),
        ("0", "0"),
    ],
)
def test_a_figure_may_be_typed_as_people_write_it(typed: str, figure: str) -> None:
    form = FigureForm({"visits": typed})
    assert form.is_valid()
    assert form.cleaned_data["visits"] == Decimal(figure)


@pytest.mark.parametrize("typed", ["lots", "5,4", "1,2345", "12/3", "NaN"])
def test_what_is_not_a_figure_is_refused_and_kept(typed: str) -> None:
    form = FigureForm({"visits": typed})
    assert not form.is_valid()
    assert by_id(read_part(str(form)), "id_visits").get("value") == typed


def test_a_figure_from_the_database_is_shown_without_its_noughts() -> None:
    form = FigureForm(initial={"visits": Decimal("54000.4000")})
    assert by_id(read_part(str(form)), "id_visits").get("value") == "54,000.4"
    assert not FigureForm({"visits": "54,000.4"}, initial=form.initial).has_changed()


def test_a_table_heading_may_ask_the_question() -> None:
    form = FigureForm()
    vars(form.fields["visits"])["label_size"] = "hidden"
    assert '<label class="govuk-label govuk-visually-hidden"' in str(form)


def test_the_errors_of_a_formset_stand_in_one_summary() -> None:
    figures = forms.formset_factory(FigureForm, extra=0)
    data: dict[str, Any] = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}
    formset = figures({**data, "form-0-visits": "1", "form-1-visits": "x"})
    html = draw("{% error_summary formset %}", formset=formset)
    assert 'href="#id_form-1-visits"' in html
    assert "form-0" not in html


def test_a_form_of_a_library_is_drawn_as_ours() -> None:
    class LibraryForm(forms.Form):
        email = forms.EmailField()
        remember = forms.BooleanField(required=False)

    html = draw("{% govuk_form form %}", form=LibraryForm({}))
    assert '<a href="#id_email">Enter email</a>' in html
    assert 'class="govuk-input govuk-input--error" type="email"' in html
    assert "This field is required" not in html
    assert "govuk-checkboxes__input" in html
