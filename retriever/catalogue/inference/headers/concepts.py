"""What the words of a name tell of a column (see concepts.toml), in any language."""

from __future__ import annotations

import re

from .joined import concepts
from .wording import words_of

_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMPOUNDED = 5
_NEVER_NONE = ("mass", "volume", "duration", "pages", "measure")
_BEHIND = re.compile(r"(?<=\w)[\s_\-.]+(?:by|per)[\s_\-.].*", re.I)
"""What a name has beside what it is of: "alcohol by volume", "price per area"."""


def says(name: str, concept: str) -> bool:
    """Whether a name speaks of a concept of concepts.toml."""
    known = concepts()[concept]
    words = words_of(name)
    if known.intersection(words) or name.strip().casefold() in known:
        return True
    if any(word.endswith(end) for word in words for end in known if len(end) >= _COMPOUNDED and word != end):
        return True  # "Verkaufspreis", "metascore"
    return bool(_HAN.search(name)) and any(_HAN.search(word) and word in name for word in known if len(word) > 1)


def says_place(name: str) -> bool:
    """Whether a column of names is of languages, countries or parts of these, and names no people. The `state` of
    what is no name may be that it is new."""
    return says(name, "place") or says(name, "state")


def says_votes(name: str) -> bool:
    """Whether a column is of how many took part: of "votes", of a "number" of what each gives one of, "scored by"."""
    by = words_of(name)[-1:] == ("by",) and says(name, "rating")
    counted = by or says(name, "popularity") or (says(name, "counting") and says(name, "vote"))
    return counted and not says(name, "mean")


def says_marks(name: str) -> bool:
    """Whether a column is of marks: of ratings, or of the mean of what each gives one of ("vote_average")."""
    return says(name, "rating") or (says(name, "mean") and says(name, "vote"))


def says_size(name: str) -> bool:
    """Whether a length of that name is of how large a thing is, and not of where it is or how far."""
    return not any(says(name, concept) for concept in ("terrain", "distance"))


def says_measure(name: str) -> bool:
    """Whether a name is of what nothing has none of: weight, area, resolution; no climb and no price."""
    of = _BEHIND.sub("", name)
    sized = says(of, "length") and says_size(of)
    return not says(name, "price") and (sized or any(says(of, concept) for concept in _NEVER_NONE))


def is_only(name: str, *spoken_of: str) -> bool:
    """Whether a name has no other words than those of some concepts."""
    words = words_of(name)
    return bool(words) and frozenset().union(*(concepts()[concept] for concept in spoken_of)).issuperset(words)
