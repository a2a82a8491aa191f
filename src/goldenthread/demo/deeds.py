"""What somebody does in the demonstration, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that an officer or a lead does at a moment."""

    at: datetime
    perform: Callable[[], object]
