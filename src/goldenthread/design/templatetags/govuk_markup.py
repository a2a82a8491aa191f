"""Filters with which widgets write their classes and attributes."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

register = template.Library()

# Drawn otherwise, or written by the template itself.
NOT_ATTRIBUTES = {"class", "prefix", "suffix", "width", "min", "max", "step"}


@register.filter
def class_list(attrs: Mapping[str, object], component: str) -> str:
    """Write the classes of an input: its component's, its width, its error and its own."""
    names = [component]
    if "width" in attrs:
        names.append(f"{component}--width-{attrs['width']}")
    if attrs.get("aria-invalid"):
        names.append(f"{component}--error")
    if attrs.get("class"):
        names.append(str(attrs["class"]))
    return " ".join(names)


@register.filter
def plain_attributes(attrs: Mapping[str, object], without: str = "") -> SafeString:
    """Write the attributes of an input but those that are markup's business; `without` more."""
    left_out = NOT_ATTRIBUTES | set(without.split())
    kept = {name: value for name, value in attrs.items() if name not in left_out}
    return flatatt({name: value for name, value in kept.items() if value is not None})
