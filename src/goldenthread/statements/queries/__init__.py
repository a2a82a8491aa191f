"""What has been said of plans as a whole, and what is still owed."""

from __future__ import annotations
