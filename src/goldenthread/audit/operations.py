from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.transaction import TransactionManagementError

from goldenthread.audit.models import AuditChain, AuditEntry, Verb
from goldenthread.audit.seals import seal_of

SYSTEM = "Goldenthread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What was done to a record; `changes` maps a field's name to what it was and what it is."""

    verb: Verb
    target: models.Model
    changes: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    council: str,
    verb: Verb,
    target: models.Model,
    by: AbstractBaseUser | None,
    at: datetime,
    changes: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down a deed in the caller's own transaction, sealed to the one before it.

    With nobody as `by`, the system itself did it.

    :raises TransactionManagementError: if the caller has opened no transaction
    """
    deed = Deed(verb=verb, target=target, changes=changes or {})
    [entry] = record_all([deed], council=council, by=by, at=at)
    return entry


def record_all(
    deeds: Sequence[Deed], *, council: str, by: AbstractBaseUser | None, at: datetime
) -> list[AuditEntry]:
    """Write down deeds that somebody did together, each sealed to the one before it.

    The chain's end is locked, so that two writers cannot seal to the same entry.

    :raises TransactionManagementError: if the caller has opened no transaction
    """
    return record_in_councils({council: deeds}, by=by, at=at)


def record_in_councils(
    deeds: Mapping[str, Sequence[Deed]], *, by: AbstractBaseUser | None, at: datetime
) -> list[AuditEntry]:
    """Write down deeds in several councils, by their names, each in its council's own chain.

    Takes as many queries as in one. The chains are locked in the order of their names.

    :raises TransactionManagementError: if the caller has opened no transaction
    """
    done = {council: some for council, some in sorted(deeds.items()) if some}
    if not done:
        return []
    chains = _lock_chains(list(done))
    entries = []
    for chain in chains:
        for deed in done[chain.council]:
            entry = _entry(chain, deed, by, at)
            entries.append(entry)
            chain.length, chain.seal = entry.number, entry.seal
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    AuditChain.objects.bulk_update(chains, ["length", "seal"])
    return entries


def _entry(chain: AuditChain, deed: Deed, by: AbstractBaseUser | None, at: datetime) -> AuditEntry:
    entry = AuditEntry(
        council=chain.council,
        number=chain.length + 1,
        verb=deed.verb,
        actor_id=by.pk if by else None,
        actor_name=by.get_username() if by else SYSTEM,
        target_type=deed.target._meta.label_lower,
        target_id=deed.target.pk,
        target_name=str(deed.target),
        changes=_plain(deed.changes),
        happened_at=at,
        previous_seal=chain.seal,
    )
    entry.seal = seal_of(entry)
    return entry


def _lock_chains(councils: Sequence[str]) -> list[AuditChain]:
    # PostgreSQL asks for this by itself before it locks a row; SQLite locks none and never asks.
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("An audit entry is written inside its deed's transaction")
    chains = AuditChain.objects.select_for_update().filter(council__in=councils)
    found = list(chains.order_by("council"))
    missing = set(councils) - {chain.council for chain in found}
    if not missing:
        return found
    begun = [AuditChain(council=council) for council in sorted(missing)]
    AuditChain.objects.bulk_create(begun, ignore_conflicts=True)
    return list(chains.order_by("council"))


def _plain(changes: Mapping[str, Any]) -> Any:
    """Bring changes to what JSON gives back, so that a seal can be made again from the row."""
    return json.loads(json.dumps(dict(changes), cls=DjangoJSONEncoder))
