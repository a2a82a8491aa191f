"""Ways to draw a document. Each knows the tree and nothing else."""

from __future__ import annotations
