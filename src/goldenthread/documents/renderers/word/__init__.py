"""A document as a Word document, upon our own styles or upon a council's template."""

from __future__ import annotations
