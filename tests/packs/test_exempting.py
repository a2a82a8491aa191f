"""Exempt matter: in the whole papers with its mark, in the public copy nowhere, in any format."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from goldenthread.audit.models import AuditEntry, Verb
from goldenthread.documents.formats import Format
from goldenthread.documents.tree import BulletList, ExceptionForm, RatingCounts, Table, from_json
from goldenthread.domain.exempt_paragraphs import ExemptParagraph
from goldenthread.domain.rating import Rating
from goldenthread.exception_reports.models import PlannedStep
from goldenthread.packs import queries
from goldenthread.packs.making import make_due
from goldenthread.packs.models import Edition, Exemption, Pack, PackFile
from goldenthread.packs.operations import issuing
from goldenthread.packs.operations.exempting import (
    AlreadyExemptError,
    lift_exemption,
    mark_exempt,
)
from goldenthread.reporting.models import ActionUpdate
from tests.factories import (
    ActionUpdateFactory,
    AnnualCycleFactory,
    EvaluationFactory,
    ExceptionReportFactory,
)
from tests.packs.quarter import PLAN
from tests.packs.tree_reading import all_of, of_plan, section, words_in
from tests.pages.small_council import PAPERS_OUT, SmallCouncil, found_small_council

SECRET = "Grandborough Builders have stopped the work on the clubhouse"
REPORTED = "Zyxwell Solicitors advise that the contract can be ended"
ACTIONS = "plan-cypf-actions"
IN_THE_TITLE = "Open a homework club"


@pytest.fixture
def ashby(db: None) -> SmallCouncil:
    """A council whose committee of young people receives papers with a secret in them."""
    council = found_small_council()
    update = ActionUpdateFactory(
        cycle=council.quarter,
        action=council.club,
        submitted=True,
        rating=Rating.RED,
        commentary=SECRET,
    )
    ExceptionReportFactory(action_update=update, submitted=True, why=REPORTED)
    return council


def exempt(council: SmallCouncil, anchor: str, number: int = 3) -> Exemption:
    return mark_exempt(
        cycle=council.quarter,
        anchor=anchor,
        title="The clubhouse",
        paragraph=ExemptParagraph(number),
        reason="The council would lose in negotiations",
        by=council.manager,
        at=PAPERS_OUT,
    )


def issue(council: SmallCouncil, reason: str = "") -> Pack:
    at = PAPERS_OUT + timedelta(days=1) if reason else PAPERS_OUT
    return issuing.issue_pack(
        cycle=council.quarter, body=council.committee, by=council.manager, at=at, reason=reason
    )


def words_of(file: PackFile) -> str:
    """All that a file says, whatever it is packed in."""
    content = bytes(file.content)
    if file.format is Format.PDF:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    if file.format in (Format.DOCX, Format.XLSX):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
    return content.decode()


@pytest.mark.parametrize("anchor", ["action", "exception-action"])
def test_no_word_of_it_is_in_the_public_copy_in_any_format(
    ashby: SmallCouncil, anchor: str
) -> None:
    exempt(ashby, f"{anchor}-{ashby.club.pk}")
    pack = issue(ashby)
    make_due(worker="worker", clock=lambda: PAPERS_OUT)

    secrets = (
        ["Zyxwell"] if anchor.startswith("exception") else ["Zyxwell", "Grandborough", "homework"]
    )
    copies = [Edition.PUBLIC, Edition.PUBLIC_SHORT]
    public = pack.files.filter(edition__in=copies)
    assert {(file.edition, file.format) for file in public} == {
        (copy, kind) for copy in copies for kind in copy.formats
    }
    said = {file.seal_name: words_of(file) for file in public}
    said |= {copy.value: queries.tree_of(pack, copy).decode() for copy in copies}
    for name, words in said.items():
        assert not [secret for secret in secrets if secret in words], name
        assert "paragraph 3" in " ".join(words.split()), name


def test_the_whole_papers_hold_it_and_are_marked(ashby: SmallCouncil) -> None:
    exempt(ashby, f"action-{ashby.club.pk}")
    whole = from_json(bytes(issue(ashby).tree))

    assert SECRET in str(whole)
    assert REPORTED in str(whole)
    assert whole.facts[0].value == (
        "Not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A of the "
        "Local Government Act 1972."
    )
    assert whole.running_head.startswith("Exempt, not for publication (paragraph 3): ")
    forms = [b for s in whole.sections for b in s.blocks if isinstance(b, ExceptionForm)]
    assert forms[0].facts[0].label == "Exempt"


def test_the_public_copy_says_that_something_is_left_out_and_counts_it_all(
    ashby: SmallCouncil,
) -> None:
    exempt(ashby, f"action-{ashby.club.pk}")
    pack = issue(ashby)
    whole, public = (
        from_json(queries.tree_of(pack, each)) for each in (Edition.WHOLE, Edition.PUBLIC)
    )

    assert public.facts[0].value == (
        "1 part is left out as exempt; each place says on what ground."
    )
    counts = [
        [b for s in each.sections for b in s.blocks if isinstance(b, RatingCounts)]
        for each in (whole, public)
    ]
    assert counts[0] == counts[1]
    assert [s.title for s in whole.sections] == [s.title for s in public.sections]


@pytest.mark.parametrize("copy", [Edition.PUBLIC, Edition.PUBLIC_SHORT])
def test_no_list_of_the_public_copy_tells_how_an_exempt_item_is_rated(
    ashby: SmallCouncil, copy: Edition
) -> None:
    for item in (ashby.club, ashby.grant):
        ActionUpdateFactory(cycle=ashby.six_weekly, action=item, submitted=True)
    ActionUpdateFactory(cycle=ashby.quarter, action=ashby.grant, submitted=True, rating=Rating.RED)
    ours = f"action-{ashby.club.pk}"
    exempt(ashby, ours)

    public = from_json(queries.tree_of(issue(ashby), copy))

    first = section(public, "Are we on track?")
    assert ours not in str(first)
    assert words_in(first).count("CYPF 1.1") == 1
    named = all_of(BulletList, first)[-1].items
    assert named == (
        "CYPF 1.1: Left out of the public copy: exempt by virtue of paragraph 3 of Part 1 of "
        "Schedule 12A of the Local Government Act 1972.",
    )
    captions = [each.caption for each in all_of(Table, first)]
    off_track = [each.caption for each in all_of(Table, of_plan(public, PLAN))]
    if copy is Edition.PUBLIC:
        assert "1 item rated red, those red for longest first" in captions
        assert "1 item rated worse than in Six-weekly update 1, 2009/10" in captions
    else:
        assert "1 item, the worst first" in off_track


def test_a_list_of_nothing_but_exempt_items_is_not_there(ashby: SmallCouncil) -> None:
    exempt(ashby, f"action-{ashby.club.pk}")

    public = from_json(queries.tree_of(issue(ashby), Edition.PUBLIC))

    assert "What is red" not in words_in(section(public, "Are we on track?"))


def test_a_public_copy_issued_again_tells_how_many_parts_are_exempt_now(
    ashby: SmallCouncil,
) -> None:
    exempt(ashby, f"action-{ashby.club.pk}")
    issue(ashby)
    exempt(ashby, f"action-{ashby.grant.pk}")

    again = from_json(
        queries.tree_of(issue(ashby, reason="More in them is exempt"), Edition.PUBLIC)
    )

    [listed] = all_of(Table, section(again, "What differs from issue 1"))
    [cover] = [row for row in listed.rows if row.cells[0].text == "Cover"]
    assert cover.cells[2].text.startswith("1 part is left out as exempt")
    assert cover.cells[3].text.startswith("2 parts are left out as exempt")


def test_where_nothing_is_exempt_there_is_no_other_copy(ashby: SmallCouncil) -> None:
    exempt(ashby, "action-0")

    pack = issue(ashby)

    assert queries.editions_issued(pack) == [Edition.WHOLE, Edition.SHORT]
    assert queries.public_editions(pack) == {
        Edition.PUBLIC: Edition.WHOLE,
        Edition.PUBLIC_SHORT: Edition.SHORT,
    }


def test_a_forum_that_does_not_meet_in_public_has_only_the_whole(ashby: SmallCouncil) -> None:
    exempt(ashby, f"action-{ashby.club.pk}")

    pack = issuing.issue_pack(cycle=ashby.quarter, body=ashby.dmt, by=ashby.manager, at=PAPERS_OUT)

    assert queries.editions_issued(pack) == [Edition.WHOLE, Edition.SHORT]
    assert from_json(bytes(pack.tree)).facts[0].label == "Exempt"


def test_what_became_exempt_after_the_first_issue_is_not_told_as_a_difference(
    ashby: SmallCouncil,
) -> None:
    issue(ashby)
    exempt(ashby, f"action-{ashby.club.pk}", number=5)

    again = issue(ashby, reason="Something in them is exempt")

    public = from_json(queries.tree_of(again, Edition.PUBLIC))
    assert "Grandborough" not in str(public)
    assert "Zyxwell" not in str(public)
    assert "paragraph 5" in str(public)


@pytest.mark.parametrize("planned", ["Sue them", "https://ashby.example/" + "z" * 300])
def test_a_step_of_an_exempt_report_is_not_in_the_publics_short_form(
    ashby: SmallCouncil, planned: str
) -> None:
    PlannedStep.objects.update(what=planned)
    exempt(ashby, f"exception-action-{ashby.club.pk}")

    pack = issue(ashby)

    short, public = (
        queries.tree_of(pack, each).decode() for each in (Edition.SHORT, Edition.PUBLIC_SHORT)
    )
    assert planned[:30] in short
    assert planned[:30] not in public
    assert SECRET in public


def test_the_items_of_an_exempt_section_are_nowhere_else(ashby: SmallCouncil) -> None:
    exempt(ashby, ACTIONS)

    pack = issue(ashby)

    whole = from_json(bytes(pack.tree))
    assert ACTIONS in {section.anchor for section in whole.sections}
    for edition in (Edition.PUBLIC, Edition.PUBLIC_SHORT):
        public = queries.tree_of(pack, edition).decode()
        assert not [secret for secret in ("Zyxwell", "Grandborough") if secret in public]


def test_a_whole_section_can_be_exempt(ashby: SmallCouncil) -> None:
    exempt(ashby, "exception-reports-red", number=7)

    public = from_json(queries.tree_of(issue(ashby), Edition.PUBLIC))

    assert "Zyxwell" not in str(public)
    [section] = (s for s in public.sections if s.anchor == "exception-reports-red")
    assert len(section.blocks) == 1


def test_what_is_exempt_is_marked_once_and_can_be_lifted(ashby: SmallCouncil) -> None:
    exemption = exempt(ashby, "action-1")
    with pytest.raises(AlreadyExemptError, match="marked as exempt already"):
        exempt(ashby, "action-1", number=1)

    lift_exemption(exemption=exemption, by=ashby.manager, at=PAPERS_OUT)
    lift_exemption(exemption=exemption, by=ashby.manager, at=PAPERS_OUT)
    exempt(ashby, "action-1", number=1)

    assert [each.paragraph for each in queries.exemptions_of(ashby.quarter)] == [1]
    verbs = AuditEntry.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [Verb.EXEMPTION_MARKED, Verb.EXEMPTION_LIFTED, Verb.EXEMPTION_MARKED]


def test_nobody_but_the_manager_says_what_is_exempt(ashby: SmallCouncil) -> None:
    clerk = ashby.officeholder(ashby.posts.clerk)
    exemption = exempt(ashby, "action-1")

    with pytest.raises(PermissionDenied):
        exempt(replace(ashby, posts=replace(ashby.posts, manager=ashby.posts.clerk)), "action-2")
    with pytest.raises(PermissionDenied):
        lift_exemption(exemption=exemption, by=clerk, at=PAPERS_OUT)


def test_what_was_exempt_before_is_not_told_as_a_difference_when_it_is_gone(
    ashby: SmallCouncil,
) -> None:
    exempt(ashby, f"exception-action-{ashby.club.pk}")
    issue(ashby)
    ActionUpdate.objects.update(rating=Rating.GREEN)

    again = issue(ashby, reason="The rating is put right")

    public = from_json(queries.tree_of(again, queries.public_editions(again)[Edition.PUBLIC]))
    assert "Zyxwell" in bytes(again.tree).decode()
    assert "Zyxwell" not in str(public)
    assert public.facts[0].value == "Nothing is left out."


def test_what_came_of_an_exempt_item_is_not_in_the_annual_reports_public_copy(
    ashby: SmallCouncil,
) -> None:
    annual = AnnualCycleFactory(council=ashby.council)
    EvaluationFactory(cycle=annual, action=ashby.club, submitted=True, delivered=SECRET)
    mark_exempt(
        cycle=annual,
        anchor=f"action-{ashby.club.pk}",
        title="The clubhouse",
        paragraph=ExemptParagraph(3),
        reason="A contract is being let",
        by=ashby.manager,
        at=PAPERS_OUT,
    )

    pack = issuing.issue_pack(
        cycle=annual, body=ashby.scrutiny, by=ashby.manager, at=datetime(2010, 5, 20, tzinfo=UTC)
    )

    assert SECRET in bytes(pack.tree).decode()
    assert "Grandborough" not in queries.tree_of(pack, Edition.PUBLIC).decode()
