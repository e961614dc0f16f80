"""How well an encoder ranks for people it has not seen: nDCG@10 and R@10 before and after, with a paired interval.

Ranks by the dot product of a text and the items' texts alone, as an open interest does. Knows nothing of training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ..encoding import Vectors
from .examples import Example

_PLACES = 10
_RESAMPLES = 1000
_SEED = 20261124

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Query:
    """One text of a held-out person: rows of the items that are right answers, and of those not to be ranked."""

    person: str
    query: str
    relevant: tuple[int, ...]
    known: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure before and after training, and the 95 % interval of its change: paired, bootstrap over people."""

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
    return np.array([_figures(q, items @ vector) for q, vector in zip(asked, queries, strict=True)])


def _figures(question: Query, scores: Vectors) -> tuple[float, float]:
    scores[list(question.known)] = -np.inf
    first = np.argsort(-scores, kind="stable")[:_PLACES]
    gains = 1 / np.log2(np.arange(2, len(first) + 2))
    right = np.isin(first, question.relevant)
    count = len(question.relevant)
    return float(gains[right].sum() / gains[:count].sum()), float(right.sum() / count)


def changes(asked: Sequence[Query], before: Floats, after: Floats) -> tuple[FigureChange, ...]:
    """The change of both figures. The interval resamples people (Efron's percentile bootstrap), not questions."""
    people: dict[str, list[int]] = {}
    for n, question in enumerate(asked):
        people.setdefault(question.person, []).append(n)
    sums = np.array([(after[rows] - before[rows]).sum(axis=0) for rows in people.values()])
    counts = np.array([len(rows) for rows in people.values()])
    drawn = np.random.default_rng(_SEED).integers(0, len(counts), (_RESAMPLES, len(counts)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)[:, None]
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    return tuple(
        FigureChange(
            name, float(before[:, n].mean()), float(after[:, n].mean()), float(low[n]), float(high[n]), len(asked)
        )
        for n, name in enumerate(("nDCG@10", "R@10"))
    )
