"""What the model says of a message: the labels of its words, and of the message as a whole.

Knows nothing of how they are predicted, nor of catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["noun", "value", "name", "title", "amount", "words", "reference"]
"""noun: the kind of thing that is looked for. value: a property that a catalogue may list. amount: numbers, dates and
orders with their comparator. reference: what points to something on screen. words: any other description."""

Side = Literal["want", "less", "never", "fine", "seen", "unseen", "mentioned"]
"""fine: nothing against it, or taken. mentioned: background, somebody else's taste, what a question is about."""

Stress = Literal["plain", "weak", "strong"]

Act = Literal[
    "recommend",
    "refine",
    "undo",
    "else",
    "more",
    "ask",
    "compare",
    "accept",
    "seen",
    "liked",
    "rejected",
    "later",
    "list",
    "assistant",
    "chat",
    "program",
]
"""What a message does. else: asks for something quite different. list: is about the list of picks. program: was sent by
a chat program, not by a person."""

KINDS: tuple[Kind, ...] = get_args(Kind)
SIDES: tuple[Side, ...] = get_args(Side)
STRESSES: tuple[Stress, ...] = get_args(Stress)
ACTS: tuple[Act, ...] = get_args(Act)

SURE = 0.6
"""To bar a thing takes more than to have it only spoken of: below this probability nothing is refused."""

TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
"""The BIO tags of words (Ramshaw and Marcus, 1995)."""


@dataclass(frozen=True, slots=True)
class LabelledSpan:
    """A stretch of a message, by characters, and what is said of it. `confidence` is the probability of the side."""

    start: int
    end: int
    kind: Kind
    side: Side
    stress: Stress = "plain"
    confidence: float = 1.0

    def meets(self, start: int, end: int) -> bool:
        """Whether it has a character in common with another stretch of the text."""
        return self.start < end and start < self.end
