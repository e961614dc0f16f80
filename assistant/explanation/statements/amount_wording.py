"""Amounts in everyday wording, written as they are read elsewhere. Knows English, and no catalogue."""

from __future__ import annotations

import re

from ...understanding.text import NUMBER

_NOT_QUITE = re.compile(r"\bnot\squite\b", re.I)
_PAST = re.compile(rf"\bpast(?=\s+(?:the\s+)?{NUMBER}\b)", re.I)
_THE_HOUR = re.compile(r"\bthe(?=\s+(?:hour|half)\b)", re.I)
_A_NUMBER = re.compile(rf"\ban?\s+(?=(?!an?\b|half\b){NUMBER}[-\s])", re.I)
_QUARTERS = re.compile(r"\b(?:a\s+quarter|(three\s+quarters))\s+of\s+an\s+hour\b", re.I)


def plainer(text: str) -> str:
    """With "an hour" for "the hour", minutes for quarters of one, "two-hour" for "a two-hour": as long as before."""
    text = _QUARTERS.sub(lambda match: f"{45 if match[1] else 15} minutes".ljust(len(match[0])), text)
    text = _THE_HOUR.sub(" an", _NOT_QUITE.sub("almost   ", _PAST.sub("over", text)))
    return _A_NUMBER.sub(lambda match: " " * len(match[0]), text)
