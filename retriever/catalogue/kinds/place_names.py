"""Places by all their names, and what people and things of them are called: Sicily and Sicilian.

From WordNet 3.1 (its licence lies beside the table, which tests/place_names.py makes). Knows nothing of catalogues.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PLACE_NAMES = Path(__file__).parent / "wordnet" / "places.gz"


@dataclass(frozen=True, slots=True)
class Place:
    """In small letters. called: what is of it, if there is a word for that."""

    names: tuple[str, ...]
    called: tuple[str, ...]


@lru_cache(maxsize=1)
def known_places() -> Mapping[str, Sequence[Place]]:
    """The places of a name in small letters, from the table of the package, read once in a process."""
    found: dict[str, list[Place]] = {}
    for line in gzip.decompress(PLACE_NAMES.read_bytes()).decode("ascii").split("\n"):
        names, _, called = line.partition("\t")
        place = Place(tuple(names.split("|")), tuple(called.split("|")) if called else ())
        for name in place.names:
            found.setdefault(name, []).append(place)
    return found
