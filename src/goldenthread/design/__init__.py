"""How pages look and read: words, components, forms and the page round them."""

from __future__ import annotations
