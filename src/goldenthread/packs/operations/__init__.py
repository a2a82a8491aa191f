"""What is done to papers, a use case a module."""

from __future__ import annotations
