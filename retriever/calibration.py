"""What is learned of a catalogue without any user: how close is about, and what any message about it has in common.

The similarity from which an item is taken to be about a phrase that the catalogue does not know is found on the
catalogue's own facet values as if they were unknown: each is judged from the other blocks of the items, and the
threshold is the one that best tells the items that hold it from those that do not. Knows nothing of storage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .blocks import Layout
from .encoder import Encoder, Vectors
from .item import Item

DEFAULT_SIMILARITY = 0.45
"""Where the catalogue has no facets to calibrate on."""

_VALUES = 64
_FEWEST_HOLDERS = 3
_MESSAGES = 200
_REQUESTS = (
    "I would like something like {}.",
    "Can you recommend {}?",
    "I am looking for {}, please.",
    "{}",
    "Do you have any ideas? I like {}.",
)

Floats = npt.NDArray[np.float64]


def about_similarity(items: Sequence[Item], vectors: Vectors, layout: Layout, encoder: Encoder) -> float:
    """The threshold, from items and their vectors (n, d): the largest sensitivity + specificity (Youden's J, 1950)."""
    held = Counter((facet, value) for item in items for facet in layout.of("facet") for value in item.values(facet))
    values = [pair for pair, count in held.most_common() if _FEWEST_HOLDERS <= count < len(items)]
    # Evenly over common and rare values: the common ones alone are all genres.
    values = values[:: max(1, len(values) // _VALUES)][:_VALUES]
    if not values or len(layout.of("facet")) < 2:
        return DEFAULT_SIMILARITY
    phrases = encoder.encode([value for _, value in values])
    holders, others = [], []
    for (facet, value), phrase in zip(values, phrases, strict=True):
        close = closeness(vectors, phrase, layout, [n for n in layout.of("text") + layout.of("facet") if n != facet])
        holds = np.array([value in item.values(facet) for item in items], dtype=bool)
        holders.append(close[holds])
        others.append(close[~holds])
    return _youden(np.concatenate(holders), np.concatenate(others))


def usual_message(items: Sequence[Item], encoder: Encoder) -> Vectors:
    """The mean vector (d,) of messages that ask for an item of the catalogue by its title.

    It holds what all messages share (that something is asked for, and of what kind). An item that is close to it is
    close to every message and so is chosen too often: a hub (Radovanovic et al., "Hubs in space", JMLR 2010).
    """
    titles = [item.title for item in items[:: max(1, len(items) // _MESSAGES)]][:_MESSAGES]
    count = max(len(titles), len(_REQUESTS))
    messages = [_REQUESTS[n % len(_REQUESTS)].format(titles[n % len(titles)]) for n in range(count)]
    return np.asarray(encoder.encode(messages).mean(axis=0), dtype=np.float32)


def closeness(vectors: Vectors, phrase: Vectors, layout: Layout, blocks: Sequence[str]) -> Floats:
    """The largest product of a phrase's vector, as encoded, with any of the blocks of each item, shape (n,)."""
    products = [vectors[:, layout.slices[name]].astype(np.float64) @ layout.project(name, phrase) for name in blocks]
    return np.asarray(np.max(products, axis=0))


def _youden(holders: Floats, others: Floats) -> float:
    candidates = np.quantile(np.concatenate([holders, others]), np.linspace(0, 1, 201))
    sensitivity = (holders[None, :] >= candidates[:, None]).mean(axis=1)
    specificity = (others[None, :] < candidates[:, None]).mean(axis=1)
    return float(candidates[int(np.argmax(sensitivity + specificity))])
