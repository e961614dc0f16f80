"""The nouns in a value as it is written: of "chicken thighs" both, of "peanut butter" the whole and the peanut.

Knows English nouns. Knows nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .nouns import Nouns

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_JOINT = re.compile(r"\s(?:and|or)\s|[/&,]")
_MOST_WORDS = 6
_NOT_OF_IT = frozenset(
    """fake faux false mock imitation artificial synthetic pseudo vegan vegetarian substitute alternative replacement
    free no non not without zero anti""".split()
)
"""Words that take away what stands beside them: "faux leather" is none (privative modifiers)."""


def words_in(text: str) -> tuple[str, ...]:
    """In small letters."""
    return tuple(_WORD.findall(text.casefold()))


def takes_away(value: str) -> bool:
    """Whether a value says that something is not there, or is not real: "No coating", "sugar-free", "faux leather"."""
    return not _NOT_OF_IT.isdisjoint(words_in(value))


def is_joint(value: str) -> bool:
    """Whether a value names several things: of "Candles & fragrance" not all is candles."""
    return bool(_JOINT.search(value))


def nouns_in(value: str, nouns: Nouns) -> list[str]:
    """The longest nouns from left to right, and words that are none. A compound that is a noun itself is one, and so is
    what stands before its last word: peanut butter is no butter, but of peanuts."""
    words = words_in(value)[:_MOST_WORDS]
    found = list(_longest(words, nouns))
    return [*_longest(words[:-1], nouns), *found] if len(found) == 1 < len(words) else found


def _longest(words: Sequence[str], nouns: Nouns) -> Iterator[str]:
    n = 0
    while n < len(words):
        runs = ((last, " ".join(words[n:last])) for last in range(len(words), n, -1))
        n, run = next(((last, run) for last, run in runs if nouns.senses(run)), (n + 1, words[n]))
        yield run
