"""How a council manages the performance of its priority plans."""

from __future__ import annotations

__version__ = "0.1.0"
