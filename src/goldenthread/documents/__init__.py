"""Documents as trees of frozen values, and the files that can be made of them."""

from __future__ import annotations
