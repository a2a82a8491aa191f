"""What Risk Owners return each quarter on the actions of the plans' risk registers."""

from __future__ import annotations
