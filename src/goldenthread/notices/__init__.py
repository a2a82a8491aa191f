"""Messages to be sent, and whether they were."""

from __future__ import annotations
