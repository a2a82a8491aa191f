"""What difference each action and indicator made, as its officer says in the annual report."""

from __future__ import annotations
