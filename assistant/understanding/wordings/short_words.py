"""Whether letters of a word are left out in another: "apt" of apartment, "mgr" of manager, "telecom" of
telecommunications.

English and its like. Knows letters, and no table of abbreviations.
"""

from __future__ import annotations

_VOWELS = frozenset("aeiou")
_CUT = 3
"""So many letters tell a word by its beginning."""
_LEFT_OUT = 2
"""At least so many letters are."""
_COVERED = 0.6
"""So many of a word's consonants tell it."""


def is_short_for(short: str, word: str) -> bool:
    """Whether a word begins so ("telecom"), begins and ends so ("apt", "intl"), or has these consonants in this order
    and not many others ("mgr"). Both in small letters."""
    if len(short) > len(word) - _LEFT_OUT or short[:1] != word[:1] or not (short.isalpha() and word.isalpha()):
        return False
    if word.startswith(short):
        return len(short) >= _CUT <= len(word) - len(short)
    if len(short) >= _CUT and _is_cut_inside(short, word):
        return True
    left, consonants = iter(word), [c for c in word if c not in _VOWELS]
    spelt = all(c in left for c in short) and not _VOWELS.intersection(short[1:])
    covered = _COVERED if len(short) >= _CUT else 1.0  # "hr" of hour
    return spelt and len(short) > 1 and len(short) >= covered * len(consonants)


def _is_cut_inside(short: str, word: str) -> bool:
    """Whether all but the last letter begin the word, and that one ends it, or comes late in it as one of its
    consonants."""
    led, last = short[:-1], short[-1]
    return word.startswith(led) and last not in _VOWELS and last in word[(len(word) + 1) // 2 :]
