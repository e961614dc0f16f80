"""Whether a message does nothing but point at one item on screen: "the third one", "the shortest one". It wishes for
nothing, and takes nothing: one that is taken is taken in words. And whether it points at any.

English. Knows of the catalogue only which words it has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from penchant.retriever import OPEN

from ...session import Asked, Session, Understanding
from ..cues import is_beyond
from ..linking import Gazetteer
from ..spans import is_gibberish
from ..text import STOPWORDS, is_latin, tokens
from .items_meant import only_points

_LED = r"^\W*(?:(?:ok(?:ay)?|and|so|well|hm+|right|now|what\s+about|how\s+about|show\s+me|tell\s+me\s+about)\b[\s,:]*)*"
_ONE = r"(?:one|thing|of\s+(?:these|those|them|all|the\s+(?:lot|bunch)))"
_MOST = re.compile(
    rf"""{_LED}the\s+(?:[a-z]{{2,}}est|best|worst|(?:most|least)\s+\w+)\s+(?:\w+\s+)?{_ONE}\W*$
    | {_LED}the\s+one\s+with\s+the\s+(?:most|least|best|worst|[a-z]{{2,}}est)\s+[\w\s]+?\W*$""",
    re.I | re.X,
)
_TAKES = re.compile(
    r"\b(?:tak(?:e|ing)|buy|book|order|choose|pick|go(?:ing)?\s+(?:for|with)|have|want|get|sold|deal|please|it\s+is)\b",
    re.I,
)

_POLITELY = re.compile(r",?\s+please\W*$", re.I)
_ORDERED = re.compile(r"\bfirst\W*$", re.I)
"""The one with the most votes first: an order is wished for. Of a place it is none."""

_BACK = re.compile(r"\b(?:it|that|this|them|those|these|both|all)\b|[它这那]|就(?:要|看|听|读|买|选|订)了", re.I)
_ANY = re.compile(
    r"\b(?:(?:give|show|find|get|bring|make|tell)\s+(?:me|us)|want|need)\s+(?:an?|some(?:thing)?|any(?:thing)?)\b", re.I
)


def lost(text: str, session: Session, said: Understanding, named: Sequence[str], gazetteer: Gazetteer) -> Asked | None:
    """What of a message cannot be followed: a place that is not there, or words that the catalogue has nowhere and that
    are none: "asdf qwer"."""
    if not named and is_beyond(text, len(session.shown)):
        return Asked("no such place")
    words = [w for w in tokens(text) if w.text.isalpha() and w.text.casefold() not in STOPWORDS]
    known = any(i.facet != OPEN for i in said.interests) or not all(map(gazetteer.is_unheard, words))
    strange = is_latin(text) and not known and is_gibberish([w.text for w in words])
    return Asked("not understood", words=" ".join(text.split())) if strange else None


def points_back(text: str, session: Session) -> bool:
    """Whether what is not named is what is on screen alone, what was spoken of, or what a word points back to."""
    return len(session.shown) == 1 or len(session.screen.about) == 1 or bool(_BACK.search(text))


def asks_for_any(text: str) -> bool:
    """ "Give me a recipe": what is taken is known, and called "the"."""
    return bool(_ANY.search(text))


def points_at(text: str, named: Sequence[str]) -> Literal["", "one", "most"]:
    """How a message points that does no more: at a place or title, or at what is the most of something."""
    asked = _POLITELY.sub("", text)
    if _MOST.match(asked) and not (_TAKES.search(asked) or _ORDERED.search(asked)):
        return "most"
    if _TAKES.search(text) or (not named and _ORDERED.search(text)):
        return ""
    return "one" if len(named) == 1 and only_points(text, named) else ""
