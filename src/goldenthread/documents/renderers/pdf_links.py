"""Links within a file that the compiler need not know.

A link to a label has its table laid out again once the label's page is known, which costs a long paper
a quarter of a second. So links beside other words are set as addresses, and led to their places here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, NameTree, Object

_SCHEME = "paper:"


def address_of(anchor: str) -> str:
    """Return the address by which a link to an anchor is set, whatever letters that has."""
    return _SCHEME + anchor.encode().hex()


def lead_links(pdf: pikepdf.Pdf) -> None:
    """Make each such link lead to its heading, and say on which page that is.

    :raises KeyError: if a link leads to no heading of the file
    """
    links = list(_set_as_addresses(pdf))
    if not links:
        return
    places = NameTree(pdf.Root.Names.Dests)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    for link, anchor in links:
        # The compiler writes names as UTF-8, which a file's own strings are not.
        place = places[str(pikepdf.String(anchor.encode()))]
        del link[Name.A]
        link.Dest = place
        link.Contents = pikepdf.String(f"page {numbers[place[0].objgen]}")


def _set_as_addresses(pdf: pikepdf.Pdf) -> Iterator[tuple[Object, str]]:
    for page in pdf.pages:
        for link in page.get(Name.Annots, ()):
            action = link.get(Name.A, Dictionary())
            address = str(action.get(Name.URI, ""))
            if address.startswith(_SCHEME):
                yield link, bytes.fromhex(address.removeprefix(_SCHEME)).decode()
