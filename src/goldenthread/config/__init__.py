"""Settings, addresses, and the command line: the only place that knows everything."""

from __future__ import annotations
