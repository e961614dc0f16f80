"""How a written wish is worded: as people type it, from none to some words around what they ask for."""

from __future__ import annotations

import random
from collections.abc import Sequence

_AROUND = (
    "{}",
    "{}",
    "something with {}",
    "I'm looking for {}",
    "can you recommend something like this: {}",
    "what do you have with {}?",
)
_BETWEEN = (", ", " and ", " with ")


def sentence(parts: Sequence[str], rng: random.Random) -> str:
    """A wish for all of the parts, in random order."""
    shuffled = rng.sample(parts, len(parts))
    return rng.choice(_AROUND).format(rng.choice(_BETWEEN).join(shuffled))
