"""A first page for somebody of whom nothing is known: well-known items that differ from each other.

Knows nothing of conversations.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ..catalogue import Mask
from ..index import Index
from .candidates import SearchConfig
from .interest import Interest
from .search import Results, search

_BALANCE = 0.5
_POOL = 20
"""How many candidates there are for each place."""


def first_page(
    index: Index,
    interests: Sequence[Interest],
    k: int,
    hidden: Collection[str] = (),
    search_config: SearchConfig | None = None,
    within: Mask | None = None,
) -> Results:
    """k items that the gates let in, best by prior, but each unlike those before it; `within` as in `search`.

    Maximal marginal relevance (Carbonell and Goldstein, "The use of MMR, diversity-based reranking for reordering
    documents and producing summaries", SIGIR 1998), on scores scaled to [0, 1] and the cosines of text blocks.
    """
    found = search(index, interests, k * _POOL, hidden, 0, search_config, within)
    if not found.picks:
        return found
    rows = [index.catalogue.row[pick.item.id] for pick in found.picks]
    texts = index.vectors(rows)[:, index.layout.slices["text"]].astype(np.float64)
    cosines = (texts / np.maximum(np.linalg.norm(texts, axis=1, keepdims=True), 1e-9)) @ texts.T
    scores = np.array([pick.score for pick in found.picks])
    scores = (scores - scores.min()) / max(float(np.ptp(scores)), 1e-9)
    chosen: list[int] = []
    nearest = np.zeros(len(rows))
    for _ in range(min(k, len(rows))):
        value = (1 - _BALANCE) * scores - _BALANCE * nearest
        value[chosen] = -np.inf
        chosen.append(int(np.argmax(value)))
        nearest = np.maximum(nearest, cosines[chosen[-1]])
    return Results(tuple(found.picks[n] for n in chosen), found.weights, found.excluded)
