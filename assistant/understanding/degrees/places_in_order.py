"""What stands beside an order and says how many, or from which place on: "the three best rated", "the second cheapest".

English. Knows nothing of columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from penchant.retriever import from_place, order_from, says_order

from ..quantities import Range
from ..text import NUMBER, before

_COUNT = re.compile(rf"(?:the\s+)?{NUMBER}\s+(?:of\s+)?(?:the\s+|your\s+)?", re.I)
_ORDINALS: Sequence[str] = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PLACE = re.compile(
    rf"(?:\bthe\s+)?\b(?:(?P<word>{'|'.join(_ORDINALS)})|(?P<digits>\d{{1,2}})(?:st|nd|rd|th))[\s-]+(?:the\s+)?$", re.I
)
_OWNED = re.compile(r"(?:\b(?:my|our|his|her|their)|['’]s?)\s+$", re.I)


def is_count_of_order(text: str, stated: Range, others: Sequence[Range]) -> bool:
    """Whether a range was read of a bare number right before an order: that is how many are to be shown."""
    orders = [r for r in others if says_order(r.value) and r.start < stated.end + 2 and stated.start < r.start]
    return any(_COUNT.fullmatch(text, stated.start, order.start) for order in orders)


def at_place(text: str, stated: Range) -> Range:
    """An order from the place on that an ordinal right before it names, unless it is of somebody's own."""
    led = before(text, stated.start)
    match, order = _PLACE.search(led), order_from(stated.value)
    if not (match and order) or _OWNED.search(led[: match.start()]):
        return stated
    place = _ORDINALS.index(match["word"].casefold()) + 1 if match["word"] else int(match["digits"])
    start = stated.start - len(led) + match.start()
    return replace(stated, value=from_place(order[0], max(place, 1)), start=start)
