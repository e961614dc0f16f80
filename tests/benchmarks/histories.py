"""A first page from a history alone: who rated what, their last liked work left out, and whether it is on the page.

    python -m tests.benchmarks.histories [--people 200] [--ratings ratings.csv --catalogue DIR]

Without ratings, people are made from the demo: each has a few values of facets at heart, meets what is well known more
often, and rates by what an item has of these, with noise. That shows whether the parts work together and no more; real
ratings (MovieLens', with an index whose ids are theirs) say what they are worth. Peers: popularity and item-kNN, both
counted on the other people. Measures: R@10 and nDCG@10, with 95 % intervals over people.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np

from penchant.assistant import Assistant, Profile, Session, Settings, open_assistant, under
from penchant.assistant.past import shelves
from penchant.assistant.past.lift import interests_from
from penchant.assistant.past.verdicts import verdicts
from penchant.retriever import Catalogue, read_ratings
from penchant.retriever.catalogue import sample_people
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.metrics import interval, judged

_SEED = 20261129
_RATED = 30
_VALUES = 3
_LIKED = 0.8
_MEASURES = ("R@10", "nDCG@10")

Ratings = Mapping[str, float]
Ranker = Callable[["Person"], Sequence[str]]


@dataclass(frozen=True)
class Person:
    """Ratings from 0 to 1 by item, in their order, and the liked item that is left out."""

    name: str
    ratings: Ratings
    left_out: str

    @property
    def session(self) -> list[tuple[Entry, str]]:
        return [
            (Entry("made", "", n, item, "seen", rating=rating), item)
            for n, (item, rating) in enumerate(self.ratings.items())
        ]


def made_people(catalogue: Catalogue, count: int) -> list[Person]:
    """People who like values that occur in enough items, and know what is well known."""
    draw = np.random.default_rng(_SEED)
    known = {(f, v): n for f in catalogue.schema.of("facet") for v, n in catalogue.value_counts[f].items() if n >= 12}
    values = list(known)
    prior = np.array([item.number(catalogue.schema.prior, 0.0) for item in catalogue.items])
    held = {value: catalogue.holding(*value).astype(float) for value in values}
    people = []
    for n in range(count):
        hearts = [values[k] for k in draw.choice(len(values), _VALUES, replace=False)]
        joy = np.sum([held[value] for value in hearts], axis=0) + draw.normal(0, 0.4, len(catalogue))
        odds = np.exp(0.6 * prior + 0.8 * joy)
        rated = draw.choice(len(catalogue), _RATED, replace=False, p=odds / odds.sum())
        stars = np.clip(np.round(6 + 2 * joy[rated] + draw.normal(0, 0.5, _RATED)), 1, 10) / 10
        people += _person(
            f"p{n}", [(catalogue.items[row].id, float(star)) for row, star in zip(rated, stars, strict=True)]
        )
    return people


def rated_people(path: Path, catalogue: Catalogue, count: int) -> list[Person]:
    """People of a file of ratings, with what the catalogue holds, in the order of time."""
    ratings: dict[str, list[tuple[float, str, float]]] = {}
    for one in sample_people(read_ratings(path), count):
        if one.item in catalogue.row:
            ratings.setdefault(one.person, []).append((one.time, one.item, one.rating))
    best = max(rating for every in ratings.values() for _, _, rating in every)
    return [p for name, every in ratings.items() for p in _person(name, [(i, r / best) for _, i, r in sorted(every)])]


def _person(name: str, rated: Sequence[tuple[str, float]]) -> list[Person]:
    """The last liked item is left out; nobody without one, or with next to nothing else."""
    liked = [n for n, (_, rating) in enumerate(rated) if rating >= _LIKED]
    if not liked or liked[-1] < 5:
        return []
    return [Person(name, dict(rated[: liked[-1]]), rated[liked[-1]][0])]


def session_of(person: Person, catalogue: Catalogue) -> Session:
    found = verdicts(person.matched, [entry for entry, _ in person.matched])
    return under(Profile(interests_from(found, catalogue), tuple(one.mark for one in found)), Session())


def rows_of(assistant: Assistant) -> Ranker:
    """The rows read across: the first of each, then the second."""

    def rank(person: Person) -> list[str]:
        found = shelves(assistant, session_of(person, assistant.index.catalogue), rows=5, k=4)
        across = chain.from_iterable(zip_longest(*([pick.item.id for pick in shelf.picks] for shelf in found)))
        return [item for item in across if item]

    return rank


def profile_of(assistant: Assistant) -> Ranker:
    """What is answered to somebody who says nothing, under the profile."""

    def rank(person: Person) -> list[str]:
        picks = assistant.rank(session_of(person, assistant.index.catalogue), 10).picks
        return [pick.item.id for pick in picks]

    return rank


def popular(people: Sequence[Person]) -> Ranker:
    counts = Counter(item for person in people for item in person.ratings)

    def rank(person: Person) -> list[str]:
        others = counts - Counter(person.ratings.keys())
        return [item for item, _ in others.most_common() if item not in person.ratings][:10]

    return rank


def neighbours(people: Sequence[Person]) -> Ranker:
    """Item-kNN: cosines of the items' ratings above the mean of whoever gave them, on the other people."""
    items = {item: n for n, item in enumerate(dict.fromkeys(item for person in people for item in person.ratings))}
    matrix = np.zeros((len(people), len(items)))
    for row, person in enumerate(people):
        mean = np.mean(list(person.ratings.values()))
        for item, rating in person.ratings.items():
            matrix[row, items[item]] = rating - mean
    names, place = list(items), {person.name: n for n, person in enumerate(people)}

    def rank(person: Person) -> list[str]:
        own = matrix[place[person.name]]
        others = np.delete(matrix, place[person.name], axis=0)
        others = others / np.maximum(np.linalg.norm(others, axis=0), 1e-9)
        scores = others.T @ (others @ own)
        return [names[n] for n in np.argsort(-scores) if names[n] not in person.ratings][:10]

    return rank


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--ratings", type=Path)
    parser.add_argument("--catalogue", type=Path)
    asked = parser.parse_args()
    assistant = open_assistant(Settings.from_environment(), asked.catalogue)
    catalogue = assistant.index.catalogue
    people = (
        rated_people(asked.ratings, catalogue, asked.people) if asked.ratings else made_people(catalogue, asked.people)
    )
    rankers = {
        "rows of what was liked": rows_of(assistant),
        "under the profile": profile_of(assistant),
        "popularity": popular(people),
        "item-kNN": neighbours(people),
    }
    relevant = {person.name: [person.left_out] for person in people}
    print(f"{len(people)} people, {len(catalogue)} items")
    for name, rank in rankers.items():
        run = {p.name: {item: -float(n) for n, item in enumerate(rank(p)[:10])} for p in people}
        found = judged(_MEASURES, relevant, run)
        values = np.array([[found[measure][p.name] for measure in _MEASURES] for p in people])
        low, high = interval(values, [p.name for p in people])
        parts = (
            f"{m} {v:.3f} [{a:.3f}, {b:.3f}]"
            for m, v, a, b in zip(_MEASURES, values.mean(axis=0), low, high, strict=True)
        )
        print(f"{name:24} {'  '.join(parts)}")


if __name__ == "__main__":
    main()
