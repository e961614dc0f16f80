"""One work in somebody's history, and what they did with it. Knows no service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Did = Literal["", "wanted", "seen", "left", "liked", "disliked"]
"""wanted: not yet known, but on a list. left: begun and given up. "": the file does not say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A work as a file calls it, and what was done with it.

    others: further titles. year: 0 if unknown. makers: authors, directors, artists; further: who is
    named behind them (co-authors, translators, illustrators, guests). ids: pairs of scheme and key (see
    values.identifier). kind: "film", "series", "book", "album", "song", "game", "episode", or "". rating: from 0 to 1.
    when: an ISO date, or "". times: how often it was read, watched or played, 0 if unknown. minutes: how long it
    takes, 0 if unknown. owned: the person has it.
    """

    service: str
    file: str
    line: int
    title: str
    did: Did
    others: tuple[str, ...] = ()
    year: int = 0
    makers: tuple[str, ...] = ()
    ids: frozenset[tuple[str, str]] = frozenset()
    kind: str = ""
    rating: float | None = None
    when: str = ""
    times: int = 0
    further: tuple[str, ...] = ()
    minutes: float = 0.0
    owned: bool = False


def first_said(found: Iterable[Did], other: Did = "") -> Did:
    """The first of what is said of a work."""
    for did in found:
        return did
    return other
