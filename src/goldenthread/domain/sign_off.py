"""Who signed a plan's returns off, and whether what they signed still stands (clauses P-2, X-1).

A signature is bound to the words that were signed, and nobody signs for what they filed themselves.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from goldenthread.domain.kinds import LeadRole


class SignOffState(StrEnum):
    """How far a plan is signed off in a cycle."""

    UNSIGNED = "unsigned"
    SIGNED_IN_PART = "signed_in_part"
    CHANGED_SINCE_SIGNED = "changed_since_signed"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        labels = {"unsigned": "Not signed off", "signed": "Signed off"}
        return labels.get(self.value, self.value.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """A return as a lead signs for it.

    `seal` is the digest of its words, None while it is not in. Its `authors` filed or corrected it.
    """

    key: str
    reference: str
    seal: str | None
    authors: frozenset[int] = frozenset()

    @property
    def is_in(self) -> bool:
        return self.seal is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A lead's word, given in a role, on the returns whose seals it names."""

    role: LeadRole
    by: int
    seals: Mapping[str, str]

    def covers(self, item: ToSign) -> bool:
        """Test whether these very words were signed, and by somebody else than who filed them."""
        named = item.seal is not None and self.seals.get(item.key) == item.seal
        return named and self.by not in item.authors


def seal_of(words: Sequence[object]) -> str:
    """Work out the SHA-256 of what a return says: the same for the same words, in their order."""
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()


def seals_for(person: int, items: Iterable[ToSign]) -> dict[str, str]:
    """Seal what a person can sign for: all that is in, but what they filed or corrected themselves."""
    return {
        item.key: item.seal
        for item in items
        if item.seal is not None and person not in item.authors
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleStanding:
    """What one role's signatures come to.

    `changed` was signed in other words than it has now, `new` came in after the latest signature,
    and `own` is the latest signer's, which the other role has to sign.
    """

    role: LeadRole
    has_signed: bool
    covered: tuple[ToSign, ...] = ()
    changed: tuple[ToSign, ...] = ()
    new: tuple[ToSign, ...] = ()
    own: tuple[ToSign, ...] = ()

    def among(self, keys: Collection[str]) -> RoleStanding:
        """Look at some items alone."""
        return replace(
            self,
            covered=_among(self.covered, keys),
            changed=_among(self.changed, keys),
            new=_among(self.new, keys),
            own=_among(self.own, keys),
        )


def _among(items: Iterable[ToSign], keys: Collection[str]) -> tuple[ToSign, ...]:
    return tuple(item for item in items if item.key in keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a plan is signed off: by each role, and over all."""

    roles: tuple[RoleStanding, ...]
    items: tuple[ToSign, ...]

    def of(self, role: LeadRole) -> RoleStanding:
        return next(each for each in self.roles if each.role is role)

    @property
    def unsigned_roles(self) -> list[LeadRole]:
        return [each.role for each in self.roles if not each.has_signed]

    @property
    def changed(self) -> tuple[ToSign, ...]:
        """What was signed in other words by either lead."""
        return self._any_of("changed")

    @property
    def new(self) -> tuple[ToSign, ...]:
        """What came in after either lead had signed."""
        return self._any_of("new")

    @property
    def uncovered(self) -> tuple[ToSign, ...]:
        """What each lead who signed filed or corrected themselves, so that a third has to sign it."""
        own = [each.own for each in self.roles]
        return tuple(item for item in self.items if all(item in theirs for theirs in own))

    def among(self, keys: Collection[str]) -> Standing:
        """Look at some items alone, for a reader who receives no others."""
        return Standing(
            roles=tuple(each.among(keys) for each in self.roles), items=_among(self.items, keys)
        )

    def left_to(self, role: LeadRole, person: int) -> tuple[ToSign, ...]:
        """What a person has still to sign for in a role: it is in, not theirs, and not covered."""
        covered = self.of(role).covered
        return tuple(
            item
            for item in self.items
            if item.is_in and person not in item.authors and item not in covered
        )

    def own(self, person: int) -> tuple[ToSign, ...]:
        """What is in and a person cannot sign for, because they filed or corrected it."""
        return tuple(item for item in self.items if item.is_in and person in item.authors)

    @property
    def state(self) -> SignOffState:
        if not any(each.has_signed for each in self.roles):
            return SignOffState.UNSIGNED
        if self.changed:
            return SignOffState.CHANGED_SINCE_SIGNED
        if self.unsigned_roles or self.new or self.uncovered:
            return SignOffState.SIGNED_IN_PART
        return SignOffState.SIGNED

    def _any_of(self, name: str) -> tuple[ToSign, ...]:
        found = [item for each in self.roles for item in getattr(each, name)]
        return tuple(item for item in self.items if item in found)


def standing_of(items: Sequence[ToSign], signatures: Sequence[Signature]) -> Standing:
    """Say how far a plan is signed off; signatures come in the order in which they were given.

    It is signed when both roles signed, by two people, and each return that is in has in either role
    the signature of somebody who did not file it, or was filed by that signer and has the other's.
    """
    valid = _of_one_role_each(signatures)
    return Standing(
        roles=tuple(
            _role_standing(role, items, [each for each in valid if each.role is role])
            for role in LeadRole
        ),
        items=tuple(items),
    )


def _of_one_role_each(signatures: Iterable[Signature]) -> list[Signature]:
    """Leave out what somebody signed in the other role too: a plan needs two people."""
    roles: dict[int, LeadRole] = {}
    return [each for each in signatures if roles.setdefault(each.by, each.role) is each.role]


def _role_standing(
    role: LeadRole, items: Sequence[ToSign], signatures: Sequence[Signature]
) -> RoleStanding:
    if not signatures:
        return RoleStanding(role=role, has_signed=False)
    latest = signatures[-1].by
    named = {key for each in signatures for key in each.seals}
    covered = tuple(item for item in items if any(each.covers(item) for each in signatures))
    others = [item for item in items if item not in covered]
    theirs = [item for item in others if latest not in item.authors]
    return RoleStanding(
        role=role,
        has_signed=True,
        covered=covered,
        changed=tuple(item for item in theirs if item.key in named),
        new=tuple(item for item in theirs if item.is_in and item.key not in named),
        own=tuple(item for item in others if item.is_in and latest in item.authors),
    )
