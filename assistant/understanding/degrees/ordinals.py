"""Ordinals before what they count: "5th floor or higher", "the third edition". English.

Knows the words of number fields, and nothing of what columns hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..quantities import SIGNS_BEFORE, NumberFields, Range, sign_after
from ..text import before, stem

_WORDS = {w: n for n, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)}
_ORDINAL = re.compile(rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)|({'|'.join(_WORDS)}))[\s-]+([a-z]+)\b", re.I)


def find_ordinals(text: str, fields: NumberFields) -> Iterator[Range]:
    """The ranges of ordinals right before a word that a field of whole numbers is called by."""
    whole = [f for f in fields.fields.values() if f.whole and f.dimension == ""]
    for match in _ORDINAL.finditer(text):
        number, word = int(match[1] or _WORDS[match[2].casefold()]), stem(match[3])
        named = [f for f in whole if word in f.words and f.holds(number)]
        if named:
            sign, start, end = _compared(text, match)
            yield Range(named[0].name, f"{sign} {number}".strip(), start, end, stated=True)


def _compared(text: str, match: re.Match[str]) -> tuple[str, int, int]:
    """What compares, and where all of it stands."""
    if after := sign_after(text, (match.end(),)):
        return after[0], match.start(), max(match.end(), after[1].end())
    led = before(text, match.start())
    found = next(((sign, cue) for sign, pattern in SIGNS_BEFORE if (cue := pattern.search(led))), None)
    return (found[0], match.start() - len(found[1][0]), match.end()) if found else ("", match.start(), match.end())
