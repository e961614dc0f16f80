"""Makes the table of places that the package has, from WordNet's own files.

    python -m tests.place_names DICT      # with the files of tests.adjectives

A line is a place: its names, and behind a tab what people and things of it are called, if WordNet says it by a pointer
(Sicily and Sicilian) or a gloss (a Breton is "a native or inhabitant of Brittany"). By a gloss a word counts that
begins as the place does and means little else: a badger is of Wisconsin, too.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from penchant.retriever.catalogue.kinds import PLACE_NAMES

from .adjectives import Synset, read
from .nouns import read_senses, read_synsets

_LOCATIONS, _PERSONS = "15", "18"
_NATIVE = re.compile(
    r"(?:an?|the) (?:[\w-]+ )?(?:native(?: or (?:inhabitant|resident|citizen))?|inhabitant|resident|citizen)"
    r" of (?:the )?((?:[A-Z][\w'-]+ ?)+)"
)
_ALIKE = 2
_DERIVED = ("+", "\\")


def places(folder: Path) -> Iterator[str]:
    words = read(folder)
    nouns = read_synsets(folder / "data.noun")
    of_places = {("n", place) for place, synset in nouns.items() if synset.file == _LOCATIONS and synset.single}
    called, natives = _called(words, of_places), _natives(folder)
    for place in sorted(of_places):
        names = dict.fromkeys(words[place].words)
        of = called[place].union(*(natives[name] for name in names))
        yield f"{'|'.join(names)}\t{'|'.join(sorted(of))}".rstrip("\t")


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


def _natives(folder: Path) -> Mapping[str, set[str]]:
    """By the name of a place what those who live there are called, by the glosses."""
    first = {(noun, offset) for noun, offset, number in read_senses(folder / "index.noun") if number == 1}
    found: dict[str, set[str]] = defaultdict(set)
    for offset, synset in read_synsets(folder / "data.noun").items():
        said = _NATIVE.match(synset.gloss) if synset.file == _PERSONS else None
        place = said[1].strip().casefold() if said else ""
        nouns = (noun.casefold() for noun in synset.nouns if place and (noun.casefold(), offset) in first)
        found[place] |= {noun.replace("_", " ") for noun in nouns if noun[:_ALIKE] == place[:_ALIKE]}
    return found


if __name__ == "__main__":
    text = "\n".join(places(Path(sys.argv[1])))
    PLACE_NAMES.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{text.count(chr(10)) + 1:,} places, {PLACE_NAMES.stat().st_size:,} bytes")
