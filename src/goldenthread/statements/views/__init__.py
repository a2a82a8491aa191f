"""The pages on which a plan as a whole is spoken of, and those on which that is read."""

from __future__ import annotations
