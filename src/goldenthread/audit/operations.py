from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.transaction import TransactionManagementError

from goldenthread.audit.models import AuditChain, AuditEntry, Verb
from goldenthread.audit.seals import seal_of

SYSTEM = "Goldenthread"


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

    `changes` maps a field's name to what it was and what it is. With nobody as `by`, the system
    itself did it. The chain's end is locked, so that two writers cannot seal to the same entry.

    :raises TransactionManagementError: if the caller has opened no transaction
    """
    chain = _lock_chain(council)
    entry = AuditEntry(
        council=council,
        number=chain.length + 1,
        verb=verb,
        actor_id=by.pk if by else None,
        actor_name=by.get_username() if by else SYSTEM,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_name=str(target),
        changes=_plain(changes or {}),
        happened_at=at,
        previous_seal=chain.seal,
    )
    entry.seal = seal_of(entry)
    entry.save(force_insert=True)
    chain.length, chain.seal = entry.number, entry.seal
    chain.save(update_fields=["length", "seal"])
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


def _plain(changes: dict[str, Any]) -> Any:
    """Bring changes to what JSON gives back, so that a seal can be made again from the row."""
    return json.loads(json.dumps(changes, cls=DjangoJSONEncoder))
