"""What is learned of a catalogue without any user: what stands out in it, and what any message about it has in common.

Knows nothing of storage.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .blocks import Layout
from .encoder import Encoder, Vectors
from .item import Item

_STANDS_OUT = 3.0
_MARGIN = 0.1
_FLOOR = 0.25
_THE_SAME = 0.75
_MESSAGES = 200
_REQUESTS = (
    "I would like something like {}.",
    "Can you recommend {}?",
    "I am looking for {}, please.",
    "{}",
    "Do you have any ideas? I like {}.",
)

Floats = npt.NDArray[np.float64]


def stands_out(
    vectors: Vectors, sample: Vectors, phrase: Vectors, layout: Layout, blocks: Sequence[str]
) -> npt.NDArray[np.bool_]:
    """Which items (n, d) are about a phrase, as encoded, by one of the blocks, shape (n,); `sample` (m, d) is of the
    whole catalogue.

    A similarity says little by itself: a single word is near to every genre, and a rare one near to nothing. So an item
    must lie three standard deviations above the mean of the catalogue (or be all but the same), which few do: a wrong
    exclusion hides an item for good, while a missed one is seen and can be named. Measured on facet values that were
    hidden, against a fixed threshold, in docs/log.md.
    """
    found = np.zeros(len(vectors), dtype=bool)
    for name in blocks:
        direction = layout.project(name, phrase)
        usual = sample[:, layout.slices[name]].astype(np.float64) @ direction
        close = vectors[:, layout.slices[name]].astype(np.float64) @ direction
        bar = max(_FLOOR, float(usual.mean() + max(_MARGIN, _STANDS_OUT * usual.std())))
        found |= close >= min(bar, _THE_SAME)
    return found


def usual_message(items: Sequence[Item], encoder: Encoder) -> Vectors:
    """The mean vector (d,) of messages that ask for an item of the catalogue by its title.

    It holds what all messages share (that something is asked for, and of what kind). An item that is close to it is
    close to every message and so is chosen too often: a hub (Radovanovic et al., "Hubs in space", JMLR 2010).
    """
    titles = [item.title for item in items[:: max(1, len(items) // _MESSAGES)]][:_MESSAGES]
    count = max(len(titles), len(_REQUESTS))
    messages = [_REQUESTS[n % len(_REQUESTS)].format(titles[n % len(titles)]) for n in range(count)]
    return np.asarray(encoder.encode(messages).mean(axis=0), dtype=np.float32)
