"""Versions of one work: the same title but for words of an edition, by the same maker. Knows titles and makers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..matching.editions import without_edition
from ..matching.titles import plain_title

_BRACKETS = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_YEAR = re.compile(r"\s*(?:1[89]|20)\d\d\s*")


class Work(NamedTuple):
    """What tells of which work an item is: its title, its kinds (of categories), makers and year (0: unknown)."""

    title: str
    kinds: tuple[str, ...]
    makers: frozenset[str]
    year: int


def versions_of(works: Sequence[Work]) -> Mapping[int, int]:
    """For each row that another is a version of, the first row of that work. Takes time in proportion to the rows."""
    first: dict[tuple[object, ...], int] = {}
    found: dict[int, int] = {}
    for row, work in enumerate(works):
        keys = list(_keys(work))
        known = next((first[key] for key in keys if key in first), row)
        for key in keys:
            first.setdefault(key, known)
        if known != row:
            found |= {known: known, row: known}
    return found


def _keys(work: Work) -> Iterator[tuple[object, ...]]:
    """One for each maker; where nobody knows who made it, works of one title are one only of one year, or where a title
    speaks of an edition."""
    plain, title = same_but_edition(work.title), _undated(work.title)
    if not plain:
        return
    if work.makers:
        yield from ((plain, work.kinds, maker) for maker in sorted(work.makers))
    else:
        yield plain, work.kinds, work.year if plain == plain_title(title) and work.year else 0


def same_but_edition(title: str) -> str:
    """A title's plain words without those of an edition, in brackets or at its end. Other brackets stay: they may tell
    two works apart."""
    return plain_title(without_edition(_BRACKETS.sub(_kept, title)))


def says_edition(text: str) -> bool:
    """Whether words ask for an edition: "the deluxe edition", "remastered"."""
    words = text.split()
    return any(not without_edition(f"x {word}").endswith(word) for word in words)


def _kept(brackets: re.Match[str]) -> str:
    said = f"x {brackets[1]}"
    return "" if _YEAR.fullmatch(brackets[1]) or without_edition(said) != said else brackets[0]


def _undated(title: str) -> str:
    return _BRACKETS.sub(lambda found: "" if _YEAR.fullmatch(found[1]) else found[0], title)
