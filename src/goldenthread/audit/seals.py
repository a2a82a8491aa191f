"""How an audit entry is sealed to the one before it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC

from goldenthread.audit.models import AuditEntry


def seal_of(entry: AuditEntry) -> str:
    """Work out an entry's seal: the SHA-256 of all that it says and of the seal before it."""
    said = [
        entry.previous_seal,
        entry.council,
        entry.number,
        entry.verb.value,
        entry.actor_id,
        entry.actor_name,
        entry.target_type,
        entry.target_id,
        entry.target_name,
        entry.changes,
        entry.happened_at.astimezone(UTC).isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
