"""What people do where a field says that it is offered: "book a table" of table booking, "delivered" of delivery.

English. Knows words, and nothing of catalogues.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..spans import is_word

_ENDINGS = ("ing", "y", "ation", "ment", "able")
_SHORTEST = 3
_ASKING = ("to", "can", "that", "which", "who", "they", "must", "should")
"""What stands before what is done: "they deliver", and, as the ending counts for nothing, "one that delivers"."""


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
        root = noun.removesuffix(ending)
        if root == noun or len(root) < _SHORTEST:
            continue
        single = root[:-1] if root[-1] == root[-2] else root
        known = (verb for verb in (root + "e", root, single) if len(verb) >= _SHORTEST and is_word(verb))
        return next(known, "")
    return ""
