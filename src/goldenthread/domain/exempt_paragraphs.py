"""What a council may keep out of the public's papers: Schedule 12A of the Local Government Act 1972."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

ACT = "Part 1 of Schedule 12A of the Local Government Act 1972"


class ExemptParagraph(IntEnum):
    """A paragraph of the Schedule, by its number: a description of exempt information."""

    INDIVIDUAL = 1
    IDENTITY = 2
    BUSINESS_AFFAIRS = 3
    LABOUR_RELATIONS = 4
    LEGAL_PRIVILEGE = 5
    NOTICES_AND_ORDERS = 6
    CRIME = 7

    @property
    def words(self) -> str:
        """The paragraph's own description, shortened where it names parties."""
        return _WORDS[self]

    @property
    def label(self) -> str:
        return f"Paragraph {self.value}: {self.words}"


_WORDS = {
    ExemptParagraph.INDIVIDUAL: "information relating to any individual",
    ExemptParagraph.IDENTITY: "information likely to reveal the identity of an individual",
    ExemptParagraph.BUSINESS_AFFAIRS: (
        "information relating to the financial or business affairs of any particular person, "
        "including the council"
    ),
    ExemptParagraph.LABOUR_RELATIONS: (
        "information relating to consultations or negotiations on a labour relations matter"
    ),
    ExemptParagraph.LEGAL_PRIVILEGE: (
        "information for which a claim to legal professional privilege could be maintained"
    ),
    ExemptParagraph.NOTICES_AND_ORDERS: (
        "information which reveals that the council proposes to give a notice or make an order "
        "under an enactment"
    ),
    ExemptParagraph.CRIME: (
        "information relating to action taken to prevent, investigate or prosecute crime"
    ),
}


def paragraphs_in_words(paragraphs: Iterable[ExemptParagraph]) -> str:
    """Name the paragraphs relied on, each once, in order: paragraphs 1 and 3 of Part 1 of the Schedule."""
    numbers = [str(number.value) for number in sorted(set(paragraphs))]
    if len(numbers) == 1:
        return f"paragraph {numbers[0]} of {ACT}"
    return f"paragraphs {', '.join(numbers[:-1])} and {numbers[-1]} of {ACT}"


def marker(paragraph: ExemptParagraph) -> str:
    """Say in place of what the public does not read that it is left out, and on what ground."""
    return f"Left out of the public copy: exempt by virtue of {paragraphs_in_words([paragraph])}."
