"""Makes the table of places that the package has, from WordNet's own files.

    python -m tests.place_names DICT      # with the files of tests.adjectives

A line is a place: its names, and behind a tab what people and things of it are called, if WordNet says it: Sicily and
Sicilian, London and Londoner.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from penchant.retriever.catalogue.kinds import PLACE_NAMES

from .adjectives import Synset, read
from .nouns import read_synsets

_LOCATIONS = "15"
_DERIVED = ("+", "\\")


def places(folder: Path) -> Iterator[str]:
    words = read(folder)
    nouns = read_synsets(folder / "data.noun")
    of_places = {("n", place) for place, synset in nouns.items() if synset.file == _LOCATIONS and synset.single}
    called = _called(words, of_places)
    for place in sorted(of_places):
        names = "|".join(dict.fromkeys(words[place].words))
        yield f"{names}\t{'|'.join(sorted(called[place]))}".rstrip("\t")


def _called(
    synsets: Mapping[tuple[str, str], Synset], of_places: set[tuple[str, str]]
) -> Mapping[tuple[str, str], set[str]]:
    """What is of each place, by what is derived from its name; what is for or against it is another matter."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for words, pointers in synsets.values():
        for p in pointers:
            if p.sign in _DERIVED and p.of and p.place in of_places and "-" not in words[p.of - 1]:
                found[p.place].add(words[p.of - 1])
    return found


if __name__ == "__main__":
    text = "\n".join(places(Path(sys.argv[1])))
    PLACE_NAMES.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{text.count(chr(10)) + 1:,} places, {PLACE_NAMES.stat().st_size:,} bytes")
