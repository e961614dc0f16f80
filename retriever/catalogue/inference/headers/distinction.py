"""The words by which people ask for the columns of one table: without what all names share, and each told apart.

Names and words alone; knows no values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence

from .joined import everyday
from .wording import words_of

Words = tuple[str, ...]

_SEVERAL = 4
_MOSTLY = 0.85
_SIDES = {"l": "length", "w": "width", "h": "height", "d": "depth"}
"""How the sides of a thing are written where they stand beside each other."""
_HALF = 3
"""Letters that one of two words written as one has at least."""


def asked_by(names: Sequence[str], words: Sequence[Words], apart: Sequence[Hashable]) -> list[Words]:
    """The words of the columns of a table, from those that each has by itself. apart: what else tells columns of the
    same words apart, as an end of a range does."""
    shared = _shared_word(names)
    known = {word for name in names for word in words_of(name)}
    said = [tuple(part for word in some for part in _parts(word, known)) for some in words]
    said = [_without(some, shared) for some in said]
    return _told_apart(names, _with_sides(said), apart)


def _shared_word(names: Sequence[str]) -> str:
    """The word that the names of (nearly) all columns begin with, and that therefore says nothing: "shop" of
    "shop_name", "shop_town". Empty if there is none."""
    firsts = Counter(words[0] for name in names if len(words := words_of(name)) > 1)
    word, count = max(firsts.items(), key=lambda one: one[1], default=("", 0))
    return word if len(names) >= _SEVERAL and count >= _MOSTLY * len(names) else ""


def _without(words: Words, shared: str) -> Words:
    rest = words[1:] if words[:1] == (shared,) else words
    return rest if any(word.isalpha() for word in rest) else words


def _parts(word: str, known: Collection[str]) -> Words:
    """Two words that are written as one: what one of them is, another name of the table tells, and what the other is,
    such names in general."""
    for at in range(_HALF, len(word) - _HALF + 1):
        one, other = word[:at], word[at:]
        if (one in known and other in everyday()) or (other in known and one in everyday()):
            return one, other
    return (word,)


def _with_sides(words: Sequence[Words]) -> list[Words]:
    """L, W and H beside each other are length, width and height."""
    sides = {n: some for n, some in enumerate(words) if some and some[-1] in _SIDES}
    beside = Counter(some[:-1] for some in sides.values())
    wide = {some[:-1] for some in sides.values() if some[-1] == "w"}
    return [
        (_SIDES[some[-1]],) if n in sides and beside[some[:-1]] > 1 and some[:-1] in wide else some
        for n, some in enumerate(words)
    ]


def _told_apart(names: Sequence[str], words: Sequence[Words], apart: Sequence[Hashable]) -> list[Words]:
    """Columns of the same words have also those of their names that not all of them have: "free" and "total"."""
    groups: dict[tuple[Words, Hashable], list[int]] = {}
    for n, some in enumerate(words):
        groups.setdefault((some, apart[n]), []).append(n)
    said = list(words)
    for (some, _), places in groups.items():
        own = [words_of(names[n]) for n in places]
        common = set(own[0]).intersection(*own)
        for n, all_of in zip(places, own, strict=True):
            said[n] = tuple(dict.fromkeys([*(word for word in all_of if word not in common), *some]))
    return said
