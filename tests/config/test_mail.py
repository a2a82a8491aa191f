from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config.mail import Encryption, MailSettings, mail_settings, site_address

HOST = {
    "GOLDENTHREAD_MAIL_HOST": "mail.arden.example",
    "GOLDENTHREAD_MAIL_FROM": "Performance <performance@arden.example>",
}


def read(**changes: str) -> MailSettings:
    return mail_settings(
        HOST | {f"GOLDENTHREAD_MAIL_{name}": each for name, each in changes.items()}
    )


def test_with_nothing_set_there_is_no_server() -> None:
    found = mail_settings({})

    assert found.host == ""
    assert found.domain == "goldenthread.invalid"


def test_a_host_and_a_sender_are_enough() -> None:
    found = read()

    assert (found.host, found.port) == ("mail.arden.example", 587)
    assert found.encryption is Encryption.STARTTLS
    assert found.domain == "arden.example"
    assert found.lease == timedelta(minutes=10)


@pytest.mark.parametrize(("encryption", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_encryption_has_its_usual_port(encryption: str, port: int) -> None:
    assert read(ENCRYPTION=encryption).port == port
    assert read(ENCRYPTION=encryption, PORT="2525").port == 2525


def test_the_lease_is_longer_than_all_that_a_message_waits_for() -> None:
    assert read(TIMEOUT="3").lease == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ENCRYPTION", "ssl", "it must be starttls, tls or none"),
        ("PORT", "smtp", "it must be a number from 1 to 65535"),
        ("PORT", "65536", "it must be a number from 1 to 65535"),
        ("TIMEOUT", "0", "it must be a number from 1 to 600"),
        ("TIMEOUT", "²", "it must be a number from 1 to 600"),
        ("FROM", "", "write it like Performance <performance@council.gov.uk>"),
        ("FROM", "nobody", "write it like Performance"),
        ("FROM", "a@b.example\nBcc: c@d.example", "write it like Performance"),
        ("USER", "goldenthread", "or neither"),
        ("PASSWORD", "secret", "or neither"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(name: str, value: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        read(**{name: value})
    assert "secret" not in str(refused.value)


def test_without_a_mail_server_the_site_is_on_this_machine() -> None:
    assert site_address({}) == "http://127.0.0.1:8000"


@pytest.mark.parametrize("end", ["", "/"])
def test_links_begin_with_the_address_that_is_set(end: str) -> None:
    found = site_address(HOST | {"GOLDENTHREAD_ADDRESS": f"https://performance.arden.example{end}"})

    assert found == "https://performance.arden.example"


@pytest.mark.parametrize(
    "address", ["", "performance.arden.example", "ftp://a.example", "https://a.example/x?y=z"]
)
def test_messages_whose_links_would_lead_nowhere_are_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="write it like https://"):
        site_address(HOST | {"GOLDENTHREAD_ADDRESS": address})
