"""A first page from a history alone: who rated what, their last liked work left out, and whether it is on the page.

    python -m tests.benchmarks.histories [--people 200] [--ratings ratings.csv --catalogue DIR]

Without ratings, people are made from the demo: each has a few values of facets at heart, meets what is well known more
often, and rates by what an item has of these, with noise. That shows whether the parts work together and no more; real
ratings (MovieLens', with an index whose ids are theirs) say what they are worth. Peers: popularity, counted on the
other people, and item-kNN (implicit's, cosine, 20 neighbours). And what the words of a message add: each person then
says one value of the work that was left out ("comedy"); ranked by the words alone, and by the words with the history
under them. Measures: R@10 and nDCG@10, with 95 % intervals over people.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np
import numpy.typing as npt
from implicit.nearest_neighbours import CosineRecommender
from scipy.sparse import csr_matrix

from penchant.assistant import Assistant, Session, Settings, open_assistant, under
from penchant.assistant.past import opening, shelves
from penchant.assistant.past.lasting import profile_from
from penchant.assistant.past.verdicts import verdicts
from penchant.retriever import Catalogue, Index, read_ratings
from penchant.retriever.catalogue import sample_people
from penchant.retriever.catalogue.histories import Entry
from penchant.retriever.metrics import interval, judged

_SEED = 20261129
_RATED = 30
_VALUES = 3
_LIKED = 0.8
_MEASURES = ("R@10", "nDCG@10")
_NEIGHBOURS = 20

Ratings = Mapping[str, float]
Figures = npt.NDArray[np.float64]
Ranker = Callable[["Person"], Sequence[str]]
Begun = Mapping[str, Session]
"""Each person's session with what their history says, by their name."""


@dataclass(frozen=True)
class Person:
    """Ratings from 0 to 1 by item, in their order, and the liked item that is left out."""

    name: str
    ratings: Ratings
    left_out: str

    @property
    def matched(self) -> list[tuple[Entry, str]]:
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


def rated_people(path: Path, known: Container[str], count: int) -> list[Person]:
    """People of a file of ratings, with the items that are known, in the order of time."""
    ratings: dict[str, list[tuple[float, str, float]]] = {}
    for one in sample_people(read_ratings(path), count):
        if one.item in known:
            ratings.setdefault(one.person, []).append((one.time, one.item, one.rating))
    best = max(rating for every in ratings.values() for _, _, rating in every)
    return [p for name, every in ratings.items() for p in _person(name, [(i, r / best) for _, i, r in sorted(every)])]


def _person(name: str, rated: Sequence[tuple[str, float]]) -> list[Person]:
    """The last liked item is left out; nobody without one, or with next to nothing else."""
    liked = [n for n, (_, rating) in enumerate(rated) if rating >= _LIKED]
    if not liked or liked[-1] < 5:
        return []
    return [Person(name, dict(rated[: liked[-1]]), rated[liked[-1]][0])]


def sessions_of(people: Iterable[Person], index: Index) -> Begun:
    return {person.name: session_of(person, index) for person in people}


def session_of(person: Person, index: Index) -> Session:
    found = verdicts(person.matched, [entry for entry, _ in person.matched])
    return under(profile_from(found, index.catalogue, index.has_behaviour), Session())


def rows_of(assistant: Assistant, begun: Begun) -> Ranker:
    """The rows read across: the first of each, then the second."""

    def rank(person: Person) -> list[str]:
        found = shelves(assistant, begun[person.name], rows=5, k=4)
        across = chain.from_iterable(zip_longest(*([pick.item.id for pick in shelf.picks] for shelf in found)))
        return [item for item in across if item]

    return rank


def opening_of(assistant: Assistant, begun: Begun) -> Ranker:
    """The page that somebody who brought a history sees first, row after row."""

    def rank(person: Person) -> list[str]:
        return [pick.item.id for pick in opening(assistant, begun[person.name]).picks]

    return rank


def profile_of(assistant: Assistant, begun: Begun) -> Ranker:
    """What is answered to somebody who says nothing, under the profile."""

    def rank(person: Person) -> list[str]:
        picks = assistant.rank(begun[person.name], 10).picks
        return [pick.item.id for pick in picks]

    return rank


def popular(people: Sequence[Person]) -> Ranker:
    counts = Counter(item for person in people for item in person.ratings)

    def rank(person: Person) -> list[str]:
        others = counts - Counter(person.ratings.keys())
        return [item for item, _ in others.most_common() if item not in person.ratings]

    return rank


def neighbours(people: Sequence[Person]) -> Ranker:
    """Item-kNN on what everybody rated, the better the more; nobody's left-out work is among it."""
    items = {item: n for n, item in enumerate(dict.fromkeys(item for person in people for item in person.ratings))}
    cells = [(row, items[item], rating) for row, person in enumerate(people) for item, rating in person.ratings.items()]
    rows, columns, ratings = zip(*cells, strict=True)
    matrix = csr_matrix((ratings, (rows, columns)), shape=(len(people), len(items)))
    model = CosineRecommender(K=_NEIGHBOURS)
    model.fit(matrix, show_progress=False)
    names, place = list(items), {person.name: n for n, person in enumerate(people)}

    def rank(person: Person) -> list[str]:
        own = place[person.name]
        found, _ = model.recommend(own, matrix[own], N=len(names))
        return [names[n] for n in found if n >= 0]

    return rank


def of_those_named(rank: Ranker, words: Mapping[str, str], catalogue: Catalogue) -> Ranker:
    """Only what holds the value that the person says, in the order of a ranker."""
    facets = catalogue.schema.of("facet")

    def ranked(person: Person) -> list[str]:
        said = words[person.name]
        return [i for i in rank(person) if any(said in catalogue.get(i).values(facet) for facet in facets)]

    return ranked


def words_of(people: Sequence[Person], catalogue: Catalogue) -> Mapping[str, str]:
    """For each person a value of the work that was left out, as they may say it."""
    draw = np.random.default_rng(_SEED)
    facets = catalogue.schema.of("facet")
    held = {p.name: [v for f in facets for v in catalogue.get(p.left_out).values(f)] for p in people}
    return {name: str(draw.choice(values)) if values else "something" for name, values in held.items()}


def said_by(assistant: Assistant, begun: Begun, words: Mapping[str, str], *, history: bool) -> Ranker:
    """By a message alone, of what the person does not know, or by the message with the history under it."""

    def rank(person: Person) -> list[str]:
        own = begun[person.name]
        said = assistant.hear(words[person.name], own if history else replace(own, profile=()))[1]
        return [pick.item.id for pick in assistant.rank(said, 10).picks]

    return rank


def measured(people: Sequence[Person], rank: Ranker) -> Figures:
    """Shape (people, measures)."""
    run = {p.name: {item: -float(n) for n, item in enumerate(rank(p)[:10])} for p in people}
    found = judged(_MEASURES, {p.name: [p.left_out] for p in people}, run)
    return np.array([[found[measure][p.name] for measure in _MEASURES] for p in people])


def line(name: str, values: Figures, people: Sequence[Person]) -> str:
    low, high = interval(values, [p.name for p in people])
    parts = zip(_MEASURES, values.mean(axis=0), low, high, strict=True)
    return f"{name:38} " + "  ".join(f"{m} {v:.3f} [{a:.3f}, {b:.3f}]" for m, v, a, b in parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--ratings", type=Path)
    parser.add_argument("--catalogue", type=Path)
    asked = parser.parse_args()
    assistant = open_assistant(Settings.from_environment(), asked.catalogue)
    catalogue = assistant.index.catalogue
    people = (
        rated_people(asked.ratings, catalogue.row, asked.people)
        if asked.ratings
        else made_people(catalogue, asked.people)
    )
    words, begun = words_of(people, catalogue), sessions_of(people, assistant.index)
    rankers = {
        "rows of what was liked": rows_of(assistant, begun),
        "under the profile": profile_of(assistant, begun),
        "popularity": popular(people),
        "item-kNN": neighbours(people),
        "the words alone": said_by(assistant, begun, words, history=False),
        "the words and the history": said_by(assistant, begun, words, history=True),
    }
    print(f"{len(people)} people, {len(catalogue)} items")
    found = {name: measured(people, rank) for name, rank in rankers.items()}
    for name, values in found.items():
        print(line(name, values, people))
    print(
        line(
            "what the words add to the history", found["the words and the history"] - found["under the profile"], people
        )
    )
    print(
        line(
            "what the history adds to the words", found["the words and the history"] - found["the words alone"], people
        )
    )


if __name__ == "__main__":
    main()
