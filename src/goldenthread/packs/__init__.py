"""Committee papers: composed, rendered, issued for good."""

from __future__ import annotations
