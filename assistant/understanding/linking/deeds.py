"""What people do where a field says that it is offered: "book a table" of table booking, "delivered" of delivery; and
what is more of a value: "darker" of dark.

English. Knows words, and nothing of catalogues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..spans import is_word
from ..text import CHATTER, STOPWORDS, compared

_ENDINGS = ("ing", "y", "ation", "ment", "able")
_SHORTEST = 3
_ASKING = ("to", "can", "that", "which", "who", "they", "must", "should")
"""What stands before what is done: "they deliver", and, as the ending counts for nothing, "one that delivers"."""

_FIRST = re.compile(r"(\w+)-\w+ed$")
"""What a value like light-hearted, slow-paced or warm-toned says first."""


def comparative(value: str) -> str:
    """ "Darker" for dark, and "lighter" for light-hearted; empty for what has none."""
    whole = value.casefold()
    base = told[1] if (told := _FIRST.match(whole)) else whole
    more = compared(base) if base.isalpha() and base.isascii() and len(base) >= _SHORTEST else ""
    return "" if more in STOPWORDS | CHATTER else more


def deeds(words: Sequence[str]) -> Iterator[str]:
    """The phrases by which the last of a field's words is asked for as something done."""
    *led, last = words
    if not (verb := _verb(last)):
        return
    yield from (f"{cue} {verb}" for cue in _ASKING)
    yield f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    if led:
        thing = " ".join(led)
        yield from (f"{verb} {article}{thing}" for article in ("", "a ", "an ", "the "))


def _verb(noun: str) -> str:
    """The verb that a noun is made of: "parking", "delivery", "reservation", "shipment"; empty if of none."""
    for ending in _ENDINGS:
        noun = noun.removesuffix("s") if noun.endswith(f"{ending}s") else noun  # "bookings"
        root = noun.removesuffix(ending)
        if root == noun or len(root) < _SHORTEST:
            continue
        single = root[:-1] if root[-1] == root[-2] else root
        known = (verb for verb in (root + "e", root, single) if len(verb) >= _SHORTEST and is_word(verb))
        return next(known, "")
    return ""
