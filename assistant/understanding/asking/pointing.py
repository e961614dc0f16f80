"""Whether a message does nothing but point: at one item on screen ("the third one", "the shortest one"), or at what is
not there ("why not Zuma?"). It wishes for nothing, and takes nothing: one that is taken is taken in words. And whether
it points at any.

English, and what is missed also in Chinese. Knows of the catalogue only which words and titles it has.
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
from .values_asked import ValuesAsked

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


_HERE = r"""(?:(?:up|in)\s+)?(?:there|here)|(?:on|in|among|one\s+of)
    \s+(?:the|your|my|this|that|these|those|them|it)\b[\w\s]*
    |included|shown|listed|suggested|recommended|mentioned|showing(?:\s+up)?|coming\s+up"""
_NOT = r"(?:n['’]?t|\s+not)"
_MISSED = re.compile(
    rf"""^\W*(?:(?:and|but|so|ok(?:ay)?|hm+|well|then)\b\W*)*(?:
      (?:why|how\s+come)\s+(?:(?:is|are|was|were){_NOT}\s+(?P<there>.+?)\s+(?:{_HERE})
        |(?:there\s+(?:is|are)\s+)?(?:not|no)\s+(?P<what>.+?)
        |(?:(?:do|does|did){_NOT}\s+you|you\s+(?:do|did){_NOT})\s+
          (?:suggest|show|list|include|recommend|pick|mention|offer|give\s+me|bring\s+up)\s+(?P<suggested>.+?)
        |(?P<come>.+?)\s+(?:is|are|was|were){_NOT}\s+(?:{_HERE}))
      |(?P<told>.+?)\s+(?:is|are|was|were){_NOT}\s+(?:{_HERE})\s*[,.;:?!–—-]+\s*(?:why|how\s+come)(?:\s+(?:is\s+that|not|so))?
      |(?:为什么|为何|为啥|怎么)(?:没有?|不是|不推荐|没推荐)(?P<chinese>.+?)(?:呢|吗|啊)?
    )(?:\s+(?:then|though|either|instead|at\s+all|on\s+(?:there|here|the\s+list)|there|here))?[\s?!.？！。]*$""",
    re.I | re.X,
)
_PROPOSED = re.compile(
    r"""(?:(?:some|any)(?:thing|one|where)?|more|less|fewer|just|both|all|it|that|this|try|go|make|let|use|watch|read|play|start
    |have|get|put|add|the\s+(?:first|second|third|last|other)\b.*|\w+er)\b""",
    re.I | re.X,
)
"""What is rather wished for than missed: "why not something longer?"."""
_ARTICLE = re.compile(r"^(?:the|an?|any)\s+", re.I)
_QUOTES = " \"'“”‘’《》*"


def missed(text: str, session: Session, gazetteer: Gazetteer, values: ValuesAsked) -> Understanding | None:
    """What a message asks that does nothing but miss an item or a value among what is shown: why it is not there."""
    match = _MISSED.match(text) if session.shown or session.interests else None
    what = next((part.strip(_QUOTES) for part in match.groups() if part), "") if match else ""
    if not what or (what[0].islower() and _PROPOSED.match(what)):
        return None
    items = gazetteer.titled(what) or gazetteer.titled(_ARTICLE.sub("", what))
    item = max(items, key=lambda one: (one in session.shown, gazetteer.prior(one)), default="")
    asked = Asked("why", values=() if item else values.of(what), words=what)
    return Understanding("ask", about=(item,) if item else (), asked=asked) if item or asked.values else None
