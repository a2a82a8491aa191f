"""How much of a file that somebody sends is looked at before it is refused."""

from __future__ import annotations

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
"""Of the file as it is sent; one of 500 items is a tenth of this."""
MOST_UNPACKED = 30 * MEGABYTE
MOST_ENTRIES = 1000
MOST_TIMES_SMALLER = 200
"""How many times smaller than its content an entry may be, once it is larger than a megabyte."""
MOST_CELLS = 200_000
MOST_CHARACTERS = 20_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_SHEETS = 50


DOWNLOAD_ANEW = "Download a new workbook and fill that."


class UnreadableWorkbookError(Exception):
    """A file is no workbook that we can read; the words say why and what to do.

    One that only holds too much is told to be downloaded anew, which suits a workbook of ours: who
    reads others says instead what to do, after the `problem`.
    """

    def __init__(self, problem: str, *, is_too_much: bool = False) -> None:
        super().__init__(f"{problem} {DOWNLOAD_ANEW}" if is_too_much else problem)
        self.problem, self.is_too_much = problem, is_too_much
