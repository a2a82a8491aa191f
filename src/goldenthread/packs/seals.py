"""Whether issued papers are still what they were: their seals made again, and held against the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from goldenthread.audit.models import Verb
from goldenthread.audit.queries import entries_about
from goldenthread.organisation.models import Council
from goldenthread.packs.models import Edition, Pack


def seal_of(content: bytes) -> str:
    """Seal bytes by their SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


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
        faults += _faults_of(pack)
        files += pack.files.count()
    return Verified(packs=packs.count(), files=files, faults=tuple(faults))


def _faults_of(pack: Pack) -> Iterator[str]:
    told = _told_of(pack)
    sealed = [(Edition.WHOLE.value, bytes(pack.tree), pack.sha256)]
    sealed += [(e.edition.value, bytes(e.tree), e.sha256) for e in pack.editions.order_by("pk")]
    for pk in list(pack.files.order_by("pk").values_list("pk", flat=True)):
        file = pack.files.get(pk=pk)
        sealed.append((file.seal_name, bytes(file.content), file.sha256))
    for name, content, seal in sealed:
        if seal_of(content) != seal:
            yield f"{pack}: {name} is not what was sealed."
        if told.get(name, seal) != seal:
            yield f"{pack}: {name} is not what the audit trail says was issued."
    missing = set(told) - {name for name, _, _ in sealed}
    yield from (f"{pack}: {name} is no longer there." for name in sorted(missing))


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
