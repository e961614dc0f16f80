"""How well an encoder ranks for people it has not seen: nDCG@10 and R@10 before and after, with a paired interval.

Ranks by the dot product of a text and the items' texts alone, as an open interest does. Knows nothing of training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..arrays import Floats
from ..encoding import Vectors
from ..metrics import interval, judged
from .examples import Example

MEASURES = ("nDCG@10", "R@10")
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Query:
    """One text of a held-out person: rows of the items that are right answers, and of those not to be ranked."""

    person: str
    query: str
    relevant: tuple[int, ...]
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure before and after training, and the 95 % interval of its change over people (retriever.metrics)."""

    name: str
    before: float
    after: float
    low: float
    high: float
    questions: int

    @property
    def better(self) -> bool:
        """Whether the figure rose by more than chance."""
        return self.low > 0


def questions(examples: Sequence[Example], rows: Mapping[str, int], liked: float) -> list[Query]:
    """The texts of the examples that have an item liked, each once for each person."""
    grouped: dict[tuple[str, str], list[Example]] = {}
    for example in examples:
        grouped.setdefault((example.person, example.query), []).append(example)
    found = []
    for (person, query), group in grouped.items():
        relevant = tuple(rows[e.item] for e in group if e.label >= liked and e.item in rows)
        known = tuple(rows[item] for item in group[0].known if item in rows)
        if relevant:
            found.append(Query(person, query, relevant, known))
    return found


def measure(asked: Sequence[Query], queries: Vectors, items: Vectors) -> Floats:
    """nDCG@10 and R@10 of each question, shape (len(asked), 2), from unit vectors (len(asked), d) and (n, d)."""
    relevant = {str(n): [str(row) for row in question.relevant] for n, question in enumerate(asked)}
    rankings = {str(n): _first(q, items @ vector) for n, (q, vector) in enumerate(zip(asked, queries, strict=True))}
    found = judged(MEASURES, relevant, rankings)
    return np.array([[found[name][str(n)] for name in MEASURES] for n in range(len(asked))])


def _first(question: Query, scores: Vectors) -> dict[str, float]:
    """The first rows, scored by their place; ties go by row."""
    scores[list(question.known)] = -np.inf
    return {str(row): -float(place) for place, row in enumerate(np.argsort(-scores, kind="stable")[:_PLACES])}


def changes(asked: Sequence[Query], before: Floats, after: Floats) -> tuple[FigureChange, ...]:
    """The change of both figures; the interval is over people, not questions."""
    low, high = interval(after - before, [question.person for question in asked])
    return tuple(
        FigureChange(
            name, float(before[:, n].mean()), float(after[:, n].mean()), float(low[n]), float(high[n]), len(asked)
        )
        for n, name in enumerate(MEASURES)
    )
