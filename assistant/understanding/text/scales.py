"""Words behind a number that multiply it: thousands, millions, lakhs, a grand. Also as they are often misspelt."""

from __future__ import annotations

from .numerals import FRACTION

SCALE = (
    r"(?:(?P<scale{0}>k|m|mn|mil|mln|bn|cr|lac|lakh)\b"
    r"|\s+(?P<word{0}>thousands?|grand|tenners?|fivers?|mill?ions?|millons?|mill?|mln|billions?|mio|mn|bn|lakhs?|lacs?|crores?|cr)\b"
    rf"(?P<beyond{{0}}>{FRACTION})?)?"
)
"""A pattern to be formatted with what tells its groups apart."""

_SCALES = {"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "million": 1e6, "mio": 1e6, "bn": 1e9, "billion": 1e9}
_SCALES |= dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), 1e5) | dict.fromkeys(("crore", "crores", "cr"), 1e7)
_SCALES |= dict.fromkeys("mn mil mill mln millions milion milions millon millons".split(), 1e6)
_SCALES |= {"thousands": 1e3, "billions": 1e9, "tenner": 10, "tenners": 10, "fiver": 5, "fivers": 5}


def scale(word: str | None) -> float:
    """By how much a word multiplies the number before it; 1 of no such."""
    return _SCALES.get((word or "").casefold(), 1.0)
