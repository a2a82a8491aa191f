from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from tests.design.markup import by_id, read_page, words_of


@dataclass
class Person:
    name: str
    is_authenticated: bool = True

    def __str__(self) -> str:
        return self.name


@dataclass
class Visit:
    user: Person


@dataclass
class Council:
    name: str
    title: str


FRAME = {
    "request": Visit(Person("Sarah Barker")),
    "council": Council("south-mercia", "South Mercia District Council"),
    "navigation": [
        {"text": "Home", "href": "/", "active": False},
        {"text": "Plans", "href": "/plans/", "active": True},
    ],
    "demonstration_day": date(2009, 10, 14),
    "posts_held": "Head of Leisure",
    "my_posts_url": "/my-posts/",
    "sign_out_url": "/sign-out/",
    "messages": [Message(constants.SUCCESS, "Submitted.", extra_tags="")],
}


class SignInForm(forms.Form):
    login = forms.EmailField(label="Email")


def page(template: str = "design/base.html", /, **context: object) -> ET.Element:
    return read_page(render_to_string(template, context))


def test_a_page_needs_nothing_but_itself() -> None:
    html = page()
    assert html.get("lang") == "en-GB"
    assert words_of(html).endswith("from the corporate plan to the work, and back.")


def test_a_page_says_whose_it_is_and_who_reads_it() -> None:
    words = words_of(page(**FRAME))
    for said in ("South Mercia District Council", "Sarah Barker", "Head of Leisure", "Submitted."):
        assert said in words
    assert "This is a demonstration: for this site it is 14 October 2009." in words


def test_the_skip_link_leads_to_the_main_part() -> None:
    html = page(**FRAME)
    (link,) = [a for a in html.iter("a") if a.get("class") == "govuk-skip-link"]
    assert by_id(html, link.get("href", "")[1:]).tag == "main"


def test_the_page_that_one_is_on_is_marked() -> None:
    marked = [a for a in page(**FRAME).iter("a") if a.get("aria-current")]
    assert [words_of(a) for a in marked] == ["Plans"]


def test_signing_out_is_a_form_that_posts() -> None:
    (form,) = page(**FRAME).iter("form")
    assert (form.get("method"), form.get("action")) == ("post", "/sign-out/")


def test_somebody_who_is_not_signed_in_cannot_sign_out() -> None:
    stranger = Visit(Person("Nobody", is_authenticated=False))
    assert not list(page(**{**FRAME, "request": stranger}).iter("form"))


def test_nothing_on_a_page_breaks_the_content_security_policy() -> None:
    html = page(**FRAME)
    assert not list(html.iter("style"))
    assert all(script.get("src") and not script.text for script in html.iter("script"))
    for element in html.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if str(name).startswith("on")]


@pytest.mark.parametrize("template", ["design/sign_in.html", "account/login.html"])
def test_signing_in_shows_its_form_and_what_is_wrong_with_it(template: str) -> None:
    html = page(template, form=SignInForm({}))
    assert words_of(next(html.iter("title"))) == "Error: Sign in - Goldenthread"
    assert by_id(html, "id_login").get("type") == "email"
    assert "People of the demonstration" not in words_of(html)


def test_a_demonstration_says_whom_one_may_be() -> None:
    people = [{"role": "Director", "name": "Jo", "email": "jo@example.org", "password": "open"}]
    words = words_of(page("design/sign_in.html", form=SignInForm(), demonstration_users=people))
    assert "Their password is open." in words
    assert "Director Jo jo@example.org" in words


@pytest.mark.parametrize("number", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context_and_has_one_heading(number: str) -> None:
    assert len(list(page(f"{number}.html").iter("h1"))) == 1


def test_a_refusal_says_why_and_whom_to_ask() -> None:
    words = words_of(page("403.html", exception="Only the Head of Leisure may submit this."))
    assert "Only the Head of Leisure may submit this." in words
    assert "ask your council's performance manager" in words
