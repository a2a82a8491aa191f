"""Issuing papers: frozen for good, told in the record, once, and by nobody but the manager."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.documents.formats import Format
from goldenthread.documents.rendering import render
from goldenthread.documents.tree import from_json, to_json
from goldenthread.domain.rating import Rating
from goldenthread.organisation.models import Council
from goldenthread.packs import making
from goldenthread.packs.compose.pack import compose
from goldenthread.packs.models import Edition, Pack, PackFile
from goldenthread.packs.operations import issuing
from goldenthread.packs.operations.issuing import AlreadyIssuedError, CannotIssueError, issue_pack
from goldenthread.plans.models import Action
from goldenthread.reporting.models import ActionUpdate
from tests.factories import ActionUpdateFactory, FrameworkVersionFactory
from tests.pages.small_council import IN_Q1, PAPERS_OUT, SmallCouncil, found_small_council


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    council = found_small_council()
    ActionUpdateFactory(
        cycle=council.quarter, action=council.club, submitted=True, rating=Rating.RED
    )
    return council


@pytest.fixture
def _quick_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file be its format and the tree: that files are real is proved once."""
    monkeypatch.setattr(
        making, "render", lambda document, kind, **_: kind.value.encode() + to_json(document)
    )


def issue(council: SmallCouncil) -> Pack:
    return issue_pack(cycle=council.quarter, body=council.dmt, by=council.manager, at=PAPERS_OUT)


def issue_with_files(council: SmallCouncil) -> Pack:
    pack = issue(council)
    making.make_due(worker="worker", clock=lambda: PAPERS_OUT)
    return pack


def kept(pack: Pack) -> dict[str, bytes]:
    whole = PackFile.objects.filter(pack=pack, edition=Edition.WHOLE)
    files = {file.format.value: bytes(file.content) for file in whole}
    return files | {"tree": bytes(Pack.objects.get(pk=pack.pk).tree)}


def test_it_keeps_the_tree_and_every_kind_of_file(ashby: SmallCouncil) -> None:
    pack = issue_with_files(ashby)

    document = compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT)
    assert from_json(bytes(pack.tree)) == document
    files = kept(pack)
    assert files["txt"] == render(document, Format.TEXT)
    assert files["html"] == render(document, Format.HTML)
    assert files["pdf"].startswith(b"%PDF")
    assert {each.value for each in Format} | {"tree"} == set(files)


@pytest.mark.usefixtures("_quick_files")
def test_each_file_is_sealed(ashby: SmallCouncil) -> None:
    pack = issue_with_files(ashby)

    assert pack.sha256 == hashlib.sha256(bytes(pack.tree)).hexdigest()
    for file in pack.files.all():
        assert file.sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
        assert file.size == len(bytes(file.content))


@pytest.mark.usefixtures("_quick_files")
def test_nothing_that_happens_later_changes_it(ashby: SmallCouncil) -> None:
    pack = issue_with_files(ashby)
    before = kept(pack)

    ActionUpdate.objects.update(rating=Rating.GREEN, commentary="Rewritten")
    Action.objects.update(description="Renamed")
    Council.objects.update(title="Renamed")

    assert kept(pack) == before
    assert to_json(compose(ashby.quarter, ashby.dmt, at=PAPERS_OUT)) != before["tree"]


@pytest.mark.usefixtures("_quick_files")
@pytest.mark.parametrize("model", [Pack, PackFile])
def test_the_database_itself_lets_nobody_change_or_drop_it(
    ashby: SmallCouncil, model: type[Pack] | type[PackFile]
) -> None:
    pack = issue_with_files(ashby)
    before = kept(pack)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model._default_manager.update(sha256="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PackFile.objects.filter(pack=pack)._raw_delete("default")
    assert kept(pack) == before


@pytest.mark.usefixtures("_quick_files")
def test_it_is_told_in_the_record_with_the_seal_of_its_tree(ashby: SmallCouncil) -> None:
    pack = issue(ashby)

    entry = AuditEntry.objects.get(council="ashby", verb=Verb.PACK_ISSUED)
    assert (entry.actor_name, entry.happened_at) == (
        ashby.manager.user.email,
        PAPERS_OUT,
    )
    short = pack.editions.get(edition=Edition.SHORT)
    assert entry.changes == {"whole": [None, pack.sha256], "short": [None, short.sha256]}


@pytest.mark.usefixtures("_quick_files")
def test_its_files_are_told_in_the_record_once_all_are_made(ashby: SmallCouncil) -> None:
    pack = issue_with_files(ashby)

    entry = AuditEntry.objects.get(council="ashby", verb=Verb.PACK_FILES_MADE)
    assert entry.changes == {file.seal_name: [None, file.sha256] for file in pack.files.all()}


@pytest.mark.usefixtures("_quick_files")
def test_it_names_the_framework_that_it_was_made_under(ashby: SmallCouncil) -> None:
    pack = issue(ashby)
    FrameworkVersionFactory(
        council=ashby.council, version="2010-11", adopted_at=PAPERS_OUT.replace(month=9)
    )

    assert Pack.objects.get(pk=pack.pk).framework.version == "2009-10"


@pytest.mark.usefixtures("_quick_files")
def test_the_same_papers_are_not_issued_twice(ashby: SmallCouncil) -> None:
    issue(ashby)

    with pytest.raises(AlreadyIssuedError, match=r"Quarter 1, 2009/10 for Directors' Management"):
        issue(ashby)
    assert Pack.objects.count() == 1


@pytest.mark.usefixtures("_quick_files")
def test_another_cycle_has_papers_of_its_own(ashby: SmallCouncil) -> None:
    issue(ashby)
    issue_pack(cycle=ashby.six_weekly, body=ashby.dmt, by=ashby.manager, at=PAPERS_OUT)

    assert Pack.objects.count() == 2


@pytest.mark.parametrize("post", ["director", "lead_officer", "clerk"])
def test_nobody_but_the_performance_manager_issues(ashby: SmallCouncil, post: str) -> None:
    by = ashby.officeholder(getattr(ashby.posts, post))

    with pytest.raises(PermissionDenied, match="Only the performance manager"):
        issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=by, at=PAPERS_OUT)
    assert not Pack.objects.exists()


def test_papers_that_a_forum_does_not_receive_are_not_issued_to_it(ashby: SmallCouncil) -> None:
    with pytest.raises(CannotIssueError, match="Scrutiny Committee does not receive"):
        issue_pack(cycle=ashby.six_weekly, body=ashby.scrutiny, by=ashby.manager, at=PAPERS_OUT)
    assert not Pack.objects.exists()


def test_papers_are_not_issued_before_their_cycle_opens(ashby: SmallCouncil) -> None:
    early = datetime.combine(ashby.quarter.opens_on - timedelta(days=1), time(12), tzinfo=UTC)

    with pytest.raises(CannotIssueError, match=r"Quarter 1, 2009/10 opens on \d+ July"):
        issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=early)
    assert not Pack.objects.exists()


def test_when_the_tree_cannot_be_kept_nothing_is(
    ashby: SmallCouncil, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> bytes:
        raise RuntimeError("The tree cannot be written")

    monkeypatch.setattr(issuing, "_files_to_make", fail)

    with pytest.raises(RuntimeError):
        issue(ashby)
    assert not Pack.objects.exists()
    assert not AuditEntry.objects.filter(verb=Verb.PACK_ISSUED).exists()


def test_papers_with_gaps_wait_until_the_deadline_has_passed(ashby: SmallCouncil) -> None:
    last_day = datetime.combine(ashby.quarter.due_on, time(12), tzinfo=UTC)

    with pytest.raises(CannotIssueError, match="Issue the papers once all are in"):
        issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=last_day)
    assert not Pack.objects.exists()


def test_a_locked_cycle_waits_for_nothing_more(ashby: SmallCouncil) -> None:
    ashby.quarter.locked_at, ashby.quarter.locked_by = IN_Q1, ashby.manager.user
    ashby.quarter.save()

    issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=IN_Q1)

    assert Pack.objects.get().cycle == ashby.quarter
