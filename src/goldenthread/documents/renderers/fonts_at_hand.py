"""The fonts of papers, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst


@cache
def paper_fonts() -> typst.Fonts:
    """Return the fonts that papers are set in, and none of the machine's."""
    folder = Path(__file__).parent / "fonts"
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])
