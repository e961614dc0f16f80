"""Negatives from the index: what the encoder ranks high for a text or any item, and nobody who said it chose.

Knows nothing of losses.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import cycle, islice
from typing import Literal

import numpy as np

from ..index import Index, pages
from ..progress import Progress
from .examples import Example

Draw = Literal["near", "any"]
"""Where unrated negatives are drawn from: the top of the ranking, or evenly from the catalogue."""

_DEPTH = 64  # how deep in the ranking negatives are drawn from
_MARGIN = 0.95  # of the score of the least good liked item, above which an unrated item may well be a good one
_BATCH = 256


def hard_negatives(
    index: Index,
    examples: Sequence[Example],
    count: int,
    liked: float,
    seed: int | str,
    progress: Progress,
    draw: Draw,
) -> dict[str, tuple[str, ...]]:
    """For each text of the examples, `count` ids of items, the best negatives first; none if its person rated all.

    First what its person rated below `liked`; then unrated items drawn from the top of the ranking that score less than
    0.95 of the worst liked one (TopK-PercPos of NV-Retriever, Moreira et al. 2024, arXiv:2407.15831: nearer ones are
    too often right answers that nobody rated); then any. With the draw "any", any come at once: drawn evenly, as Yang
    et al. 2020 add them to the other answers of a batch (doi:10.1145/3366424.3386195).
    """
    rated: dict[str, dict[str, float]] = {}
    for example in examples:
        rated.setdefault(example.query, {})[example.item] = example.label
        rated[example.query] |= dict.fromkeys(example.known, 1.0)
    rng = random.Random(seed)
    everything = [item.id for item in index.catalogue.items]
    found = {}
    for batch in pages(list(rated), _BATCH):
        ranked = _near(index, batch) if draw == "near" else [[]] * len(batch)
        for query, near in zip(batch, ranked, strict=True):
            labels = rated[query]
            disliked = [item for item, label in labels.items() if label < liked]
            hard = _drawn(index, query, near, labels, liked, rng) if near else []
            spare = rng.sample(everything, min(len(everything), count))
            chosen = dict.fromkeys(i for i in (*disliked, *hard, *spare) if i in disliked or i not in labels)
            found[query] = tuple(islice(cycle(chosen), count if chosen else 0))
        progress(len(found), len(rated))
    return found


def _near(index: Index, queries: Sequence[str]) -> list[list[tuple[str, float]]]:
    """For each query the items nearest in the text block and their products with it, best first."""
    vectors = np.zeros((len(queries), index.layout.dimensions), dtype=np.float32)
    vectors[:, index.layout.slices["text"]] = index.layout.project("text", index.encoder.encode(queries))
    return [
        [(index.catalogue.items[row].id, float(score)) for row, score in zip(rows, scores, strict=True)]
        for rows, scores in index.query(vectors, _DEPTH)
    ]


def _drawn(
    index: Index,
    query: str,
    near: Sequence[tuple[str, float]],
    labels: dict[str, float],
    liked: float,
    rng: random.Random,
) -> list[str]:
    """The unrated items among the near ones, less those that score like a right answer, in random order."""
    good = [index.catalogue.row[item] for item, label in labels.items() if label >= liked]
    text = index.layout.slices["text"]
    scores = index.vectors(good)[:, text] @ index.layout.project("text", index.encoder.encode([query])[0])
    most = _MARGIN * float(scores.min()) if good else float("inf")
    hard = [item for item, score in near if item not in labels and score < most]
    return rng.sample(hard, len(hard))
