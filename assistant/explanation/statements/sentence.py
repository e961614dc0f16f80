"""A sentence about picks, taken apart: the picks that it names, what each part is about, whose words it gives.

Knows titles and wording. Knows nothing of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...understanding.text import Token, tokens
from .clauses import Clauses, clauses
from .mentions import Called, Mention, mentions
from .parts import Part, parts

_BLOT = "\u25a0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`blotted` is the text with every title blacked out, as long as before: no word or number of a title says anything
    of the pick. `words` are those of the blotted text."""

    text: str
    blotted: str
    words: Sequence[Token]
    mentions: Sequence[Mention]
    parts: Sequence[Part]
    clauses: Clauses

    def part(self, position: int) -> Part:
        """The part at a position."""
        return next((p for p in self.parts if p.start <= position < p.end), self.parts[-1])


def take_apart(text: str, called: Called, about: Sequence[int] = ()) -> Sentence:
    """`about` are the picks that the sentence before was about."""
    named = mentions(text, called)
    blotted = text
    for mention in named:
        blotted = blotted[: mention.start] + _BLOT * (mention.end - mention.start) + blotted[mention.end :]
    said = clauses(blotted)
    subjects = [m for m in named if not said.is_of_the_person(m.start)] or named
    return Sentence(text, blotted, tokens(blotted), named, parts(text, called, subjects, about), said)
