"""The components that pages are put together from, one tag each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from django import template
from django.forms import BaseForm, BaseFormSet

from goldenthread.design import marks, words
from goldenthread.design.govuk_forms import summarise_errors, with_govuk_markup
from goldenthread.domain.differences import Piece
from goldenthread.domain.rating import Rating

register = template.Library()

COMMENTARY_FOLDS_AFTER = 170
COMMENTARY_LINES = 3


class Counts(Protocol):
    """How many items have each rating."""

    @property
    def red(self) -> int: ...
    @property
    def amber(self) -> int: ...
    @property
    def green(self) -> int: ...
    @property
    def unrated(self) -> int: ...


@register.inclusion_tag("design/components/rating_tag.html")
def rating_tag(
    rating: Rating | str | None, was: Rating | str | None = None, label: str = ""
) -> dict[str, object]:
    """Show a rating as word, shape and colour, with its movement since last time (clause D-6).

    `label` takes the place of "Not rated", as in "Not due to start"; a rating keeps its own word.
    """
    known = Rating(rating) if rating else None
    return {
        "kind": known.value if known else "unrated",
        "label": known.label if known else label or marks.NOT_RATED,
        "movement": marks.movement(known, Rating(was) if was else None),
    }


@register.inclusion_tag("design/components/rating_counts.html")
def rating_counts(counts: Counts) -> dict[str, object]:
    """Show how many items have each rating, worst first, as a bar with its numbers in it."""
    numbers = (counts.red, counts.amber, counts.green, counts.unrated)
    return {"parts": marks.bar_parts(*numbers), "words": marks.counts_in_words(*numbers)}


@register.inclusion_tag("design/components/empty_state.html")
def empty_state(title: str, words: str, href: str = "", link_text: str = "") -> dict[str, object]:
    """Say why a page or a list is empty, and what comes next."""
    return {"title": title, "words": words, "href": href, "link_text": link_text}


@register.inclusion_tag("design/components/fact_list.html")
def fact_list(facts: Iterable[tuple[object, ...] | Mapping[str, object]]) -> dict[str, object]:
    """List facts as label and value; a fact is a pair, a triple with a link, or a mapping.

    A mapping has `label`, `value` and, where the value is a link, `href`.
    """
    return {"facts": [_as_fact(fact) for fact in facts]}


@register.inclusion_tag("design/components/tag.html")
def tag(text: str, colour: str = "grey") -> dict[str, object]:
    """Show a state, other than a rating, as a small coloured word."""
    return {"text": text, "colour": colour}


@register.inclusion_tag("design/components/inset.html")
def inset(text: str) -> dict[str, object]:
    """Set a sentence apart from the words round it."""
    return {"text": text}


@register.inclusion_tag("design/components/commentary.html")
def commentary(text: str | None, empty: str = "") -> dict[str, object]:
    """Show an officer's words: three lines where they are long, all of them when opened."""
    spoken = (text or "").strip()
    is_long = len(spoken) > COMMENTARY_FOLDS_AFTER or spoken.count("\n") >= COMMENTARY_LINES
    return {"text": spoken, "is_long": is_long, "empty": empty}


@register.inclusion_tag("design/components/word_changes.html")
def word_changes(pieces: Iterable[Piece]) -> dict[str, object]:
    """Show a text with what was deleted and inserted, each struck through or underlined and named."""
    return {"pieces": pieces}


@register.inclusion_tag("design/components/due_words.html")
def due_words(
    when: str,
    due_on: date | None = None,
    today: date | None = None,
    original_on: date | None = None,
) -> dict[str, object]:
    """Show when an action is due: the words, the day, how far off, and the day first promised.

    Clauses P-3 and G-5. Without `today` nothing is said of how far off it is.
    """
    return {
        "when": when,
        "due_on": words.long_date(due_on) if due_on else "",
        "distance": words.days_until(today, due_on) if today and due_on else "",
        "is_late": bool(today and due_on and due_on < today),
        "original_on": _original(due_on, original_on),
    }


@register.inclusion_tag("design/components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[BaseForm]) -> dict[str, object]:
    """List the errors of forms and formsets drawn field by field, each linked to its field."""
    return {"errors": [error for form in forms for error in summarise_errors(form)]}


@register.simple_tag
def govuk_form(form: BaseForm) -> str:
    """Draw somebody else's form, such as a library's, with the markup of ours."""
    return with_govuk_markup(form).render()


def _as_fact(fact: tuple[object, ...] | Mapping[str, object]) -> dict[str, object]:
    if isinstance(fact, Mapping):
        return {"label": fact["label"], "value": fact["value"], "href": fact.get("href", "")}
    label, value, *link = fact
    return {"label": label, "value": value, "href": link[0] if link else ""}


def _original(due_on: date | None, original_on: date | None) -> str:
    return words.long_date(original_on) if original_on and original_on != due_on else ""
