"""How an item fills the blocks of its vector, from encoded texts and facet values.

Knows layouts. Knows nothing of interests or storage.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..catalogue import Item, Schema
from ..encoding import Vectors
from .layout import _TINY, Layout


def prior_scale(items: Iterable[Item], schema: Schema) -> float:
    """The largest value of the prior's field, by which priors are scaled to [0, 1]."""
    return max((item.number(schema.prior, unknown=0.0) for item in items), default=0.0)


def item_vectors(
    items: Sequence[Item], texts: Vectors, facets: Mapping[str, Vectors], schema: Schema, layout: Layout, scale: float
) -> Vectors:
    """Vectors of items, shape (len(items), layout.dimensions), from encoded texts and facet values."""
    vectors = np.zeros((len(items), layout.dimensions), dtype=np.float32)
    vectors[:, layout.slices["text"]] = layout.project("text", texts)
    for name in layout.of("facet"):
        means = [_mean([facets[value] for value in item.values(name)], texts.shape[1]) for item in items]
        vectors[:, layout.slices[name]] = layout.project(name, np.stack(means))
    for name in layout.of("prior"):
        vectors[:, layout.slices[name].start] = [scaled_prior(item, schema, scale) for item in items]
    return vectors


def _mean(vectors: Sequence[Vectors], dimensions: int) -> Vectors:
    """The direction of the mean; zero for none."""
    if not vectors:
        return np.zeros(dimensions, dtype=np.float32)
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), _TINY), dtype=np.float32)


def scaled_prior(item: Item, schema: Schema, scale: float) -> float:
    """log(1 + value) / log(1 + largest): counts are heavy-tailed, so their logarithm is what compares."""
    return math.log1p(max(0.0, item.number(schema.prior, unknown=0.0))) / math.log1p(scale) if scale > 0 else 0.0
