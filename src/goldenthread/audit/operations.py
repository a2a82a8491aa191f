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
    if not deeds:
        return []
    chain = _lock_chain(council)
    entries = []
    for deed in deeds:
        entry = _entry(chain, deed, by, at)
        entries.append(entry)
        chain.length, chain.seal = entry.number, entry.seal
    AuditEntry.objects.bulk_create(entries, batch_size=500)
    chain.save(update_fields=["length", "seal"])
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


def _lock_chain(council: str) -> AuditChain:
    # PostgreSQL asks for this by itself before it locks a row; SQLite locks none and never asks.
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("An audit entry is written inside its deed's transaction")
    chain = AuditChain.objects.select_for_update().filter(council=council).first()
    if chain is not None:
        return chain
    with transaction.atomic():
        AuditChain.objects.get_or_create(council=council)
    return AuditChain.objects.select_for_update().get(council=council)


def _plain(changes: Mapping[str, Any]) -> Any:
    """Bring changes to what JSON gives back, so that a seal can be made again from the row."""
    return json.loads(json.dumps(dict(changes), cls=DjangoJSONEncoder))
