"""What words of one root have in common: "dribbler" and "dribbling", "aggressive" and "aggression", "nutty" and "nuts".

English. Knows endings, and no dictionary.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import stem

_ENDINGS = (
    "ability", "ibility", "ation", "ative", "iness", "ness", "able", "ible", "ment", "ance", "ence", "ing", "ion",
    "ive", "ful", "ity", "ous", "ed", "er", "or", "al", "ic", "ie", "y", "e",
)  # fmt: skip
_LEAST, _LONG = 3, 4
"""So many letters a root has; before an ending that many words have by chance, more."""
_BY_CHANCE = frozenset(("ance", "ence", "ie", "al", "ic", "ed", "e", "er", "or"))
_TWICE = re.compile(r"([bdgkmnprtv])\1$")
_DOER = re.compile(r"(?:er|or)s?$", re.I)


@cache
def root(word: str) -> str:
    """What is left of a word without its endings, of which it may have two ("drinkability")."""
    found = stem(word)
    for _ in range(2):
        ending = next((e for e in _ENDINGS if found.endswith(e) and len(found) - len(e) >= _least(e)), "")
        found = _TWICE.sub(r"\1", found.removesuffix(ending)) if ending else found
    return f"{found[:-1]}y" if found.endswith("i") else found


def _least(ending: str) -> int:
    return _LONG if ending in _BY_CHANCE else _LEAST


def is_doer(word: str) -> bool:
    """Whether a word may be one who does something: "passer"."""
    return bool(_DOER.search(word))
