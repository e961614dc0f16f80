"""A floor under the exposure of the least shown: on each page they get at least some part of it, if they can.

Knows an order, and which of it are among the least shown. Knows nothing of why they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...catalogue import Mask
from .places import exposure_of_places


def with_floor(order: Sequence[int], least: Mask, places: int, floor: float) -> list[int]:
    """The order in which the least shown have at least the part `floor`, in [0, 1], of the first places' exposure.

    order: candidates, best first. least: of each candidate by its number, whether it is among the least shown. The best
    of these from beyond the page take the lowest places of others, so that what stands high stays; where there are too
    few in the order, as many as there are.
    """
    page, rest = list(order[:places]), list(order[places:])
    parts = exposure_of_places(len(page))
    waiting = [n for n in rest if least[n]]
    free = [place for place in range(len(page) - 1, -1, -1) if not least[page[place]]]
    own = float(parts[np.array([bool(least[n]) for n in page], dtype=bool)].sum()) if page else 0.0
    taken: list[int] = []
    while own < floor and len(taken) < min(len(waiting), len(free)):
        taken.append(free[len(taken)])
        own += float(parts[taken[-1]])
    lifted = waiting[: len(taken)]
    out = [page[place] for place in sorted(taken)]
    for place, n in zip(sorted(taken), lifted, strict=True):
        page[place] = n
    return [*page, *out, *(n for n in rest if n not in set(lifted))]
