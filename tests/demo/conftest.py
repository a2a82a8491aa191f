from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from goldenthread.demo.people import NAME
from goldenthread.demo.play import play
from goldenthread.organisation.models import Council


@pytest.fixture(scope="session")
def played_council(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Council:
    """The demonstration council, played once for all tests of a process; a test undoes what it adds.

    Each folder that brings it in has a fixture of its own, so a later one finds what is there.
    """
    with django_db_blocker.unblock():
        found = Council.objects.filter(name=NAME).first()
        return found or play(progress=lambda what, done, total: None)
