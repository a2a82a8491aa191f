"""A document as JSON, whose schema is published: whole, with every figure as it was."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from goldenthread.documents.renderers.ready import make_ready
from goldenthread.documents.tree import Document, to_json

SCHEMA_ID = "urn:goldenthread:paper:1"


def render(document: Document) -> bytes:
    """Write a document as JSON that the published schema describes. Figures and days are strings."""
    return to_json(make_ready(document).document)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a paper, drawn from the tree; `version` says which one a file keeps to."""
    drawn = TypeAdapter(Document).json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **drawn,
        "title": "A paper of Goldenthread, version 1",
    }
