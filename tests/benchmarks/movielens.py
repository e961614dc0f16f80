"""A first page from real histories: MovieLens, each person's last liked film left out, and whether it is on the page.

    python -m tests.benchmarks.movielens FOLDER --into INDEX [--half first|second] [--people 1000]

FOLDER is as MovieLens gives it (`ratings.csv`, `movies.csv`; "small" is enough). The catalogue is its films, read as
`penchant index` reads them; behaviour is learned from what is left of all people's ratings, as are popularity and
item-kNN: nobody's film that is left out, nor what they rated after it, is among them. People are told apart by a hash
of their names, into a half to choose on and one to report. Rankers and measures are those of histories.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from penchant.assistant import Assistant
from penchant.retriever import Index, Rating, SentenceEncoder, build_index, item_factors, read_catalogue
from penchant.ui.cli.console.progress import progress_bar

from .histories import (
    Figures,
    Person,
    Ranker,
    line,
    measured,
    neighbours,
    of_those_named,
    opening_of,
    popular,
    profile_of,
    rated_people,
    rows_of,
    said_by,
    sessions_of,
    words_of,
)

_ROWS = "the history alone: rows"
_BEHAVIOUR = "the history alone: under the profile"
_BARE = "the same without behaviour"
_WORDS, _BOTH = "the words alone", "the words and the history"


def in_half(person: Person, half: str) -> bool:
    """Whether a person is of the half "first" or "second"; everybody is of ""."""
    second = hashlib.blake2b(person.name.encode(), digest_size=1).digest()[0] % 2
    return not half or second == (half == "second")


def left_over(people: Sequence[Person]) -> list[Rating]:
    """What may be learned from: all ratings but those left out."""
    return [Rating(p.name, (), item, rating) for p in people for item, rating in p.ratings.items()]


def indexed(folder: Path, into: Path, most: int) -> tuple[Index, list[Person]]:
    """The index of the films with behaviour, and all people who can be measured."""
    read = read_catalogue([folder / "movies.csv"])
    people = rated_people(folder / "ratings.csv", {item.id for item in read.items}, most)
    with progress_bar("Indexing") as progress:
        factors = item_factors(left_over(people))
        return build_index(read.items, into, SentenceEncoder(), read.schema, progress, factors), people


def rankers(index: Index, everybody: Sequence[Person], people: Sequence[Person]) -> Mapping[str, Ranker]:
    assistant, bare = Assistant(index), Assistant(without_behaviour(index))
    words, begun = words_of(people, index.catalogue), sessions_of(people, index)
    known, like = popular(everybody), neighbours(everybody)
    return {
        _ROWS: rows_of(assistant, begun),
        "the history alone: page": opening_of(assistant, begun),
        _BEHAVIOUR: profile_of(assistant, begun),
        _BARE: profile_of(bare, begun),
        "rows without behaviour": rows_of(bare, begun),
        "popularity": known,
        "item-kNN": like,
        _WORDS: said_by(assistant, begun, words, history=False),
        _BOTH: said_by(assistant, begun, words, history=True),
        "popularity of what the words name": of_those_named(known, words, index.catalogue),
        "item-kNN of what the words name": of_those_named(like, words, index.catalogue),
    }


def without_behaviour(index: Index) -> Index:
    other = copy(index)
    other.schema = replace(index.schema, behaviour_weight=0.0)
    return other


def differences(found: Mapping[str, Figures]) -> Mapping[str, Figures]:
    ours = found[_BEHAVIOUR]
    return {
        "above the same without behaviour": ours - found[_BARE],
        "above popularity": ours - found["popularity"],
        "above item-kNN": ours - found["item-kNN"],
        "the rows above popularity": found[_ROWS] - found["popularity"],
        "the rows above item-kNN": found[_ROWS] - found["item-kNN"],
        "what the history adds to the words": found[_BOTH] - found[_WORDS],
        "what the words add to the history": found[_BOTH] - ours,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--into", type=Path, required=True, help="folder to keep the index in, to be used again")
    parser.add_argument("--half", choices=["", "first", "second"], default="")
    parser.add_argument("--people", type=int, default=1000)
    asked = parser.parse_args()
    index, everybody = indexed(asked.folder, asked.into, asked.people)
    people = [person for person in everybody if in_half(person, asked.half)]
    print(f"{len(people)} of {len(everybody)} people, {len(index.catalogue)} films")
    found: dict[str, Figures] = {}
    for name, rank in rankers(index, everybody, people).items():
        found[name] = measured(people, rank)
        print(line(name, found[name], people), flush=True)
    for name, values in differences(found).items():
        print(line(name, values, people))


if __name__ == "__main__":
    main()
