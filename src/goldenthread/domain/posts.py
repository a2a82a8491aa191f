"""How a person holds a post."""

from __future__ import annotations

from enum import StrEnum


class Capacity(StrEnum):
    """How somebody stands in a post: one answers for it, others may hold it beside them or for a while."""

    ANSWERABLE = "answerable"
    JOINT = "joint"
    DEPUTY = "deputy"

    @property
    def label(self) -> str:
        return {"answerable": "Holder", "joint": "Joint holder", "deputy": "Deputy"}[self.value]
