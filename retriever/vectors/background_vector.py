"""What any message about a catalogue has in common, learned without any user. Knows nothing of storage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..catalogue import Item
from ..encoding import Encoder, Vectors

_MESSAGES = 200
_REQUESTS = (
    "I would like something like {}.",
    "Can you recommend {}?",
    "I am looking for {}, please.",
    "{}",
    "Do you have any ideas? I like {}.",
)


def background_vector(items: Sequence[Item], encoder: Encoder) -> Vectors:
    """The mean vector (d,) of messages that ask for an item of the catalogue by its title.

    It holds what all messages share (that something is asked for, and of what kind). An item that is close to it is
    close to every message and so is chosen too often: a hub (Radovanovic et al., "Hubs in space", JMLR 2010).
    """
    titles = [item.title for item in items[:: max(1, len(items) // _MESSAGES)]][:_MESSAGES]
    count = max(len(titles), len(_REQUESTS))
    messages = [_REQUESTS[n % len(_REQUESTS)].format(titles[n % len(titles)]) for n in range(count)]
    return np.asarray(encoder.encode(messages).mean(axis=0), dtype=np.float32)
