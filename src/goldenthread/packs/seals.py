"""Whether issued papers are still what they were: their seals made again, and held against the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from goldenthread.documents.formats import Format
from goldenthread.organisation.models import Council
from goldenthread.packs.models import Edition, Pack


def seal_of(content: bytes) -> str:
    """Seal bytes by their SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Something of an issued pack: what is sealed, its seal as kept, as made now, and as the trail has it.

    `now` is None if it is no longer there, `told` if the trail says nothing of it.
    """

    name: str
    kept: str
    now: str | None
    told: str | None

    @property
    def label(self) -> str:
        """What it is, in words: Short form, PDF."""
        edition, _, kind = self.name.partition(".")
        of = Edition(edition).label
        return f"{of}, {Format(kind).label}" if kind else f"{of}, as frozen"

    @property
    def fault(self) -> str:
        """What is wrong with it; nothing if it is as it was issued."""
        if self.now is None:
            return "is no longer there"
        if self.now != self.kept:
            return "is not what was sealed"
        if self.told not in (None, self.kept):
            return "is not what the audit trail says was issued"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many packs and files were looked at, and what is not as it was."""

    packs: int
    files: int
    faults: tuple[str, ...]


def verify_packs(council: Council) -> Verified:
    """Make the seals of a council's papers again, one pack at a time, and say which are broken."""
    packs = Pack.objects.filter(cycle__council=council).order_by("pk")
    faults: list[str] = []
    files = 0
    for pk in list(packs.values_list("pk", flat=True)):
        pack = Pack.objects.select_related("cycle__council", "body").get(pk=pk)
        faults += [f"{pack}: {each.name} {each.fault}." for each in verify_pack(pack) if each.fault]
        files += pack.files.count()
    return Verified(packs=packs.count(), files=files, faults=tuple(faults))


def verify_pack(pack: Pack) -> list[Sealed]:
    """Make the seals of a pack's trees and files again, and hold each against what is kept and told."""
    told = _told_of(pack)
    found = [
        Sealed(name=name, kept=kept, now=seal_of(content), told=told.get(name))
        for name, content, kept in _contents(pack)
    ]
    gone = sorted(set(told) - {each.name for each in found})
    return [*found, *(Sealed(name=name, kept="", now=None, told=told[name]) for name in gone)]


def _contents(pack: Pack) -> Iterator[tuple[str, bytes, str]]:
    """Walk what is sealed one at a time, since each holds a whole pack."""
    yield Edition.WHOLE.value, bytes(pack.tree), pack.sha256
    for each in pack.editions.order_by("pk"):
        yield each.edition.value, bytes(each.tree), each.sha256
    for edition in Edition:
        for file in pack.files.filter(edition=edition).order_by("format").iterator(chunk_size=1):
            yield file.seal_name, bytes(file.content), file.sha256


def _told_of(pack: Pack) -> dict[str, str]:
    """Read from the audit trail what was issued and made, under which seals."""
    verbs = [Verb.PACK_ISSUED, Verb.PACK_FILES_MADE]
    names = {edition.value for edition in Edition}
    return {
        name: seals[1]
        for entry in entries_about(pack).filter(verb__in=verbs)
        for name, seals in entry.changes.items()
        if name.split(".")[0] in names
    }
