from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from goldenthread.documents.formats import Format
from goldenthread.domain.exempt_paragraphs import ExemptParagraph
from goldenthread.organisation.models import Body, FrameworkVersion
from goldenthread.persistence.fields import EnumField
from goldenthread.reporting.models import ReportingCycle

FIRST_PARAGRAPH, LAST_PARAGRAPH = int(min(ExemptParagraph)), int(max(ExemptParagraph))


class Edition(StrEnum):
    """For whom, and how long, a forum's papers are: the whole is what the others are made from."""

    WHOLE = "whole"
    SHORT = "short"
    PUBLIC = "public"
    PUBLIC_SHORT = "public_short"

    @property
    def label(self) -> str:
        return _EDITIONS[self]

    @property
    def is_public(self) -> bool:
        """Test whether exempt matter is left out of it."""
        return self in (Edition.PUBLIC, Edition.PUBLIC_SHORT)

    @property
    def is_short(self) -> bool:
        """Test whether it is at most two pages a plan, for members."""
        return self in (Edition.SHORT, Edition.PUBLIC_SHORT)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The kinds of file that follow from it: the short form is for reading, its data is the whole's."""
        return (Format.HTML, Format.PDF) if self.is_short else tuple(Format)

    @property
    def ending(self) -> str:
        """What a file's name adds for it; nothing for the whole papers."""
        return "" if self is Edition.WHOLE else f"-{self.value.replace('_', '-')}"


_EDITIONS = {
    Edition.WHOLE: "Whole papers",
    Edition.SHORT: "Short form",
    Edition.PUBLIC: "Public copy",
    Edition.PUBLIC_SHORT: "Public copy, short form",
}


class Pack(models.Model):
    """A forum's papers of one cycle as issued, frozen: nothing later changes what they say.

    `number` counts the issues; a later one says why it replaces the one before. `due_on` is the day
    by which they had to go out, if anybody had said so. Papers of a public meeting that are late say
    why they cannot wait, and who of the forum agreed to take them.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="packs")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="packs")
    framework = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    urgency_reason = models.TextField(blank=True)
    urgency_agreed_by = models.CharField(max_length=200, blank=True)
    tree = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "body", "number"], name="pack_number_unique_for_a_body_and_cycle"
            ),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="pack_issued_again_says_why",
            ),
            models.CheckConstraint(
                condition=Q(urgency_reason="", urgency_agreed_by="")
                | (~Q(urgency_reason="") & ~Q(urgency_agreed_by="")),
                name="pack_that_is_urgent_says_who_agreed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug} for {self.body.code}, issue {self.number}"

    @property
    def days_late(self) -> int:
        """How many days after their due day they were issued."""
        issued_on = timezone.localdate(self.issued_at)
        return max((issued_on - self.due_on).days, 0) if self.due_on else 0


class PackEdition(models.Model):
    """An issued pack's short form, or its public copy, as frozen with it."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="editions")
    edition = EnumField(Edition)
    tree = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "edition"], name="one_tree_per_edition"),
            models.CheckConstraint(
                condition=~Q(edition=Edition.WHOLE), name="whole_papers_are_the_pack_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}: {self.edition.label.lower()}"


class PackFile(models.Model):
    """An edition of an issued pack as one file."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="files")
    edition = EnumField(Edition, default=Edition.WHOLE)
    format = EnumField(Format)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "edition", "format"], name="one_file_per_edition_and_format"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack} as {self.edition.value} {self.format.value}"

    @property
    def seal_name(self) -> str:
        """How the audit trail names it beside its seal: whole.pdf."""
        return f"{self.edition.value}.{self.format.value}"

    @property
    def name(self) -> str:
        """What it is called when somebody saves it: ashby-2009-10-Q1-DMT.pdf, with its issue from the second on."""
        pack = self.pack
        again = f"-issue-{pack.number}" if pack.number > 1 else ""
        stem = f"{pack.cycle.council.name}-{pack.cycle.slug.replace('/', '-')}-{pack.body.code}"
        return f"{stem}{again}{self.edition.ending}.{self.format.value}"


class FileToMake(models.Model):
    """A file of an issued pack that is still to be made from its frozen tree; gone once it is.

    A worker that makes it holds it by `claimed_by` until `claimed_until`. `given_up_at` says that
    enough has been tried, and somebody must look.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="files_to_make")
    edition = EnumField(Edition, default=Edition.WHOLE)
    format = EnumField(Format)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_by = models.CharField(max_length=64, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    latest_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "edition", "format"], name="a_file_is_to_be_made_once"
            ),
            models.CheckConstraint(
                condition=Q(claimed_by="", claimed_until=None)
                | (~Q(claimed_by="") & Q(claimed_until__isnull=False)),
                name="file_is_claimed_until_a_moment",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(given_up_at=None), name="pack_files_to_make"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pack} as {self.edition.value} {self.format.value}, to be made"


class Exemption(models.Model):
    """A part of a cycle's papers that the public does not read, on what ground and why.

    `anchor` is the part's name in the tree: an item's, its exception report's or a section's. It
    stands until it is lifted, and what was issued while it stood keeps it.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="exemptions")
    anchor = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    paragraph = models.PositiveSmallIntegerField()
    reason = models.TextField()
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "anchor"],
                condition=Q(lifted_at=None),
                name="a_part_is_exempt_on_one_ground",
            ),
            models.CheckConstraint(
                condition=Q(paragraph__gte=FIRST_PARAGRAPH, paragraph__lte=LAST_PARAGRAPH),
                name="exemption_relies_on_a_paragraph_of_the_schedule",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="exemption_is_lifted_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle.slug}: {self.title}, paragraph {self.paragraph}"

    @property
    def ground(self) -> ExemptParagraph:
        return ExemptParagraph(self.paragraph)
