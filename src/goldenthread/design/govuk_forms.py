"""Forms that draw themselves as the GOV.UK Design System says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from goldenthread.design.govuk_widgets import DayInput, TypedDay

WIDGETS_DRAWN_AS = {
    **dict.fromkeys(
        ["text", "number", "email", "url", "password", "date", "datetime", "time", "search", "tel"],
        "input",
    ),
    "textarea": "textarea",
    "select": "select",
    "radio": "radios",
    "checkbox": "checkbox",
    "checkbox_select": "checkboxes",
    "file": "file",
}
TEMPLATES = {
    f"django/forms/widgets/{name}.html": f"design/forms/widgets/{drawn_as}.html"
    for name, drawn_as in WIDGETS_DRAWN_AS.items()
}
LABEL_SIZE = "s"


@dataclass(frozen=True)
class SummaryError:
    """One line of an error summary; `target` is the id of the input to mend, or empty."""

    words: str
    target: str = ""


class GovukBoundField(BoundField):
    """A field of a form on a page, with what GOV.UK markup asks about it."""

    @property
    def first_input_id(self) -> str:
        """The id that an error leads to: of the first choice, or the part of a date left out."""
        if isinstance(self.field.widget, DayInput):
            value = self.value()
            part = value.first_missing if isinstance(value, TypedDay) else "day"
            return f"{self.auto_id}_{part}"
        if self.field.widget.use_fieldset:
            return f"{self.auto_id}_0"
        return str(self.id_for_label)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def label_size(self) -> str:
        """The size of the question, s, m, l or xl, or "hidden" where a table heading asks it."""
        return getattr(self.field, "label_size", LABEL_SIZE)

    @property
    def last_time(self) -> str:
        """What was answered last time; empty if nothing was."""
        return getattr(self.field, "last_time", None) or ""

    @property
    def last_time_when(self) -> str:
        """When, or by whom, it was answered last time; empty if that is not known."""
        return getattr(self.field, "last_time_when", None) or ""


class GovukRenderer(TemplatesSetting):
    """Draws forms, fields and widgets from the templates of this app."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = GovukBoundField

    def get_template(self, template_name: str) -> Any:
        return super().get_template(TEMPLATES.get(template_name, template_name))


class GovukForm(forms.Form):
    """A form whose questions, hints and errors follow the GOV.UK Design System.

    A question may carry what was answered last time; see `show_last_time`.
    """

    default_renderer = GovukRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def show_last_time(self, name: str, words: str | None, when: str = "") -> None:
        """Show beside a question what was answered last time, without prefilling the answer.

        :raises KeyError: if the form has no such question
        """
        field = self.fields[name]
        vars(field).update(last_time=words, last_time_when=when)

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _required_words(field, str(self[name].label))
        super().full_clean()


def summarise_errors(form: forms.BaseForm | forms.BaseFormSet[Any]) -> list[SummaryError]:
    """List what is wrong with a form or a formset, in the order of its questions."""
    if isinstance(form, forms.BaseFormSet):
        lines = [SummaryError(str(words)) for words in form.non_form_errors()]
        return lines + [error for one in form.forms for error in summarise_errors(one)]
    return list(_errors_of(form))


def with_govuk_markup(form: forms.BaseForm) -> forms.BaseForm:
    """Make a form that is not ours, such as a library's sign-in form, draw itself as ours do."""
    form.renderer = GovukRenderer()
    form.bound_field_class = GovukBoundField
    form.use_required_attribute = False
    form.label_suffix = ""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    # Fields that were bound already would keep their old class.
    vars(form)["_bound_fields_cache"] = {}
    _say_what_is_required(form)
    return form


def _errors_of(form: forms.BaseForm) -> Iterator[SummaryError]:
    for words in form.non_field_errors():
        yield SummaryError(str(words))
    for field in form:
        for words in field.errors:
            yield SummaryError(str(words), "" if field.is_hidden else _target(field))


def _say_what_is_required(form: forms.BaseForm) -> None:
    for name, errors in form.errors.as_data().items():
        for error in errors:
            if error.code == "required" and name in form.fields:
                error.message = _required_words(form.fields[name], str(form[name].label))


def _target(field: BoundField) -> str:
    return field.first_input_id if isinstance(field, GovukBoundField) else str(field.id_for_label)


def _required_words(field: forms.Field, label: str) -> str:
    quoted = f"\N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"
    if isinstance(field, forms.BooleanField):
        return f"Tick {quoted}"
    verb = "Select" if isinstance(field, forms.ChoiceField) else "Enter"
    if label.endswith("?"):
        return f"{verb} an answer to {quoted}"
    is_initials = label[1:2].isupper()
    return f"{verb} {label if is_initials else label[:1].lower() + label[1:]}"
