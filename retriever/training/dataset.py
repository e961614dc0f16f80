"""Lays examples out as the columns that each loss takes. Knows nothing of encoders."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from .examples import Example

Columns = Mapping[str, list[str] | list[float] | list[list[float]]]
"""A training set by column, in the order in which the loss takes them."""


def triples(
    examples: Sequence[Example], negatives: Mapping[str, tuple[str, ...]], liked: float, text: Callable[[str], str]
) -> Columns:
    """For a contrastive loss: each liked item with its text and the negatives of that; as labels the logarithm of how
    often each of these items stands in the columns.

    `text` gives the text of an item's id.
    """
    count = max(map(len, negatives.values()), default=0)
    rows = [e for e in examples if e.label >= liked and len(negatives[e.query]) == count]
    items = [(e.item, *negatives[e.query]) for e in rows]
    held = Counter(item for row in items for item in row)
    texts = {f"negative_{n - 1}" if n else "item": [text(row[n]) for row in items] for n in range(count + 1)}
    labels = [[math.log(held[item]) for item in row] for row in items]
    return {"query": [e.query for e in rows], **texts, "label": labels}


def labelled(
    examples: Sequence[Example], negatives: Mapping[str, tuple[str, ...]], text: Callable[[str], str]
) -> Columns:
    """For a regression: each rating with its label, and each negative that nobody rated with the label 0.

    Where everything that was rated was liked (purchases, plays), only those keep the scores of all items from rising.
    """
    rated: dict[str, set[str]] = {}
    for example in examples:
        rated.setdefault(example.query, set()).add(example.item)
    rows = [(e.query, e.item, e.label) for e in examples]
    rows += [(query, item, 0.0) for query in rated for item in negatives[query] if item not in rated[query]]
    return {
        "query": [query for query, _, _ in rows],
        "item": [text(item) for _, item, _ in rows],
        "label": [label for _, _, label in rows],
    }
