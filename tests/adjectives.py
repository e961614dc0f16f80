"""Makes the table of English adjectives that the package has, from WordNet's own files.

    python -m tests.adjectives DICT      # with data.noun, data.verb, data.adj and data.adv, as for tests.nouns

The lines before the empty one are synsets: the adjectives, and the lines, from 0 on, of what is similar, and of what is
to be seen also.
Those behind it are families of words of one root: smoke, smoker, smoky. A word is of one with what WordNet derives from
it or takes it from, if both begin alike.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from penchant.retriever.catalogue.kinds import ADJECTIVES

_PARTS = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_SIMILAR, _ALSO, _DERIVED = "&", "^", ("+", "\\")
_ALIKE = 3
_MARKER = re.compile(r"\(\w+\)$")


class Pointer(NamedTuple):
    """sign: what it says; place: the part of speech and offset it points to; of, to: the numbers of the words, 0 where
    it is from all to all."""

    sign: str
    place: tuple[str, str]
    of: int
    to: int


class Synset(NamedTuple):
    words: Sequence[str]
    pointers: Sequence[Pointer]


def read(folder: Path) -> dict[tuple[str, str], Synset]:
    """By part of speech and offset; the form of the files is wndb(5WN)."""
    found = {}
    for part, name in _PARTS.items():
        for line in (folder / f"data.{name}").read_text(encoding="ascii").splitlines():
            if not line.startswith("  "):
                data = line.partition(" | ")[0].split()
                found[part, data[0]] = _synset(data)
    return found


def _synset(data: Sequence[str]) -> Synset:
    last = 4 + 2 * int(data[3], 16)
    words = [_MARKER.sub("", word).casefold().replace("_", " ") for word in data[4:last:2]]
    told = [data[n : n + 4] for n in range(last + 1, last + 1 + 4 * int(data[last]), 4)]
    return Synset(words, [Pointer(s, (p, o), int(n[:2], 16), int(n[2:], 16)) for s, o, p, n in told])


def similar(synsets: dict[tuple[str, str], Synset]) -> Iterator[str]:
    adjectives = {place: synset for place, synset in synsets.items() if place[0] == "a"}
    line = {place: n for n, place in enumerate(adjectives)}
    for words, pointers in adjectives.values():
        told = [
            " ".join(str(line[p.place]) for p in pointers if p.sign == sign and p.place in line)
            for sign in (_SIMILAR, _ALSO)
        ]
        yield "\t".join(("|".join(words), *told))


def families(synsets: dict[tuple[str, str], Synset]) -> list[str]:
    above: dict[str, str] = {}

    def first(word: str) -> str:
        while above.setdefault(word, word) != word:
            word = above[word]
        return word

    for one, other in _derived(synsets):
        above[first(one)] = first(other)
    found = defaultdict(list)
    for word in sorted(above):
        found[first(word)].append(word)
    return sorted(" ".join(words) for words in found.values() if len(words) > 1)


def _derived(synsets: dict[tuple[str, str], Synset]) -> Iterator[tuple[str, str]]:
    for words, pointers in synsets.values():
        for p in (p for p in pointers if p.sign in _DERIVED and p.of and p.to):
            one, other = words[p.of - 1], synsets[p.place].words[p.to - 1]
            if one.isalpha() and other.isalpha() and one[:_ALIKE] == other[:_ALIKE]:
                yield one, other


if __name__ == "__main__":
    synsets = read(Path(sys.argv[1]))
    text = "\n".join([*similar(synsets), "", *families(synsets)])
    ADJECTIVES.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    print(f"{text.count(chr(10)):,} lines, {ADJECTIVES.stat().st_size:,} bytes")
