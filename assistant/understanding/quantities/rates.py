"""Amounts for so much time, for each person or piece: "800 a month", "90 per night", "15 each". They are of money.

English. Knows amounts, and no fields.
"""

from __future__ import annotations

import re
from dataclasses import replace

from penchant.retriever.catalogue.values import Unit

from .amounts import Amount

_RATE = re.compile(
    r"\s*(?:(?:an?|per|each|every)\s+|/\s*)(?:hour|day|night|week|month|year|term|head|person|piece|bottle|seat)\b"
    r"|\s*(?:pcm|p\.?\s?m\.|p\.?\s?w\.|pppn|apiece)(?!\w)",
    re.I,
)
_MONEY = Unit("", "money", 1.0)


def as_rate(text: str, amount: Amount) -> Amount:
    """The amount as one of money, where a rate follows a bare number; any other as it is."""
    said = None if amount.unit else _RATE.match(text, amount.last) or _RATE.match(text, amount.end)
    return replace(amount, unit=_MONEY, word="", end=max(amount.end, said.end())) if said else amount
