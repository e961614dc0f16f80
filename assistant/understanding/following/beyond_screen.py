"""Whether a question is of all that there is, and no question about what is shown: by its form, by whether it points
at what is shown, and by whether what it names is in all that is shown.

English. Knows the catalogue and the screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from penchant.retriever import Interest, matching

from ...session import Session
from ..linking import Gazetteer
from ..spans import Reading
from ..text import tokens
from .wording import OPENERS, names_another

_LED = rf"^\W*(?:(?:{OPENERS}|and|but|or)\b[\W]*)*"
_ASKS = re.compile(
    rf"""{_LED}(?:
      (?:is|are)\s+there\b | any(?:one|body|thing|where)?\b | got\b
      | (?:do|does|did|have|has)\s+(?!i\b|we\b|the\b|all\b|both\b|each\b|my\b)[\w'’-]+(?:\s+[\w'’-]+)?
        \s+(?:have|got|make|sell|offer|do|stock|come)\b
      | which\s+(?!ones?\b|of\b|is\b|has\b|was\b|does\b|would\b|do\s+you\b|should\b)[\w-]+
      | (?:what|who)\s+(?:else|(?:do\s+you\s+have|have\s+you)(?!\s+(?:got\s+)?against\b))\b )""",
    re.I | re.X,
)
_ELLIPTIC = re.compile(rf"{_LED}(?:for|in|from|by|with|without|near|under|over|below|above|made)\s+[^?]+\?\s*$", re.I)
_LONGEST_ELLIPSIS = 7
_PLACES = "first|second|third|fourth|fifth|sixth|last|next|other|others|former|latter|two|three|rest|list|picks|results"
_POINTS = re.compile(
    rf"""(?<!\blike\s)(?<!\bto\s)\b(?:these|it|its|they|them|their|he|she|his|her|him)\b
    | (?<!\blike\s)(?<!\bto\s)\bthose\b
      (?!\s+(?:from|in|with|by|for|who|that|made|without|under|over)\b) | \bof\s+those\b
    | (?<!\blike\s)\bthis\b(?!\s+(?:week|month|year|time|season|evening|weekend|morning|afternoon)\b)
    | \b(?:is|does|was|has|can|will|of|about)\s+that\b(?!\s+\w+) | \bthat(?:['’]s|\s+one)\b
    | \bthe\s+(?:{_PLACES})\b | \bthe\s+(?!\w+est\b|most\b|least\b|worst\b)(?:[\w-]+\s+)?ones?\b
    | \bwhich\s+ones?\b | \b(?:both|each)\b | \bany\w*\s+(?:in|on|among)\s+(?:there|here)\b
    | \bnumber\s+\w+ | \#\s*\d | \bones?\s+here\b""",
    re.I | re.X,
)
_NO_VERB = re.compile(rf"{_LED}any\s+of\s+(?:these|those|them)\s+(?!(?:is|are|was|have|has|do|does|can|would)\b)", re.I)


def points_at_shown(text: str) -> bool:
    """Whether a text points at what is on screen: "these", "it", "the second", "the French one"; but not "like it", nor
    "any of them under 60", which sets a limit."""
    return bool(_POINTS.search(_NO_VERB.sub("", text)))


def sets_limit(text: str) -> bool:
    """Whether a text asks for some of what is shown, with no verb: "any of them under 60" is within what was wanted."""
    return bool(_NO_VERB.match(text))


def asks_of_all(text: str) -> bool:
    """Whether a question has the form of one that is of all that there is: "is there one by Motorola?", "which have
    wifi?", "and for men?"."""
    if points_at_shown(text):
        return False
    short = len(tokens(text)) <= _LONGEST_ELLIPSIS
    return bool(_ASKS.match(text) or (short and _ELLIPTIC.match(text)))


def is_beyond_screen(wanted: Iterable[Interest], session: Session, gazetteer: Gazetteer) -> bool:
    """Whether not all that is shown is any of what is named: values and limits that the catalogue has."""
    catalogue = gazetteer.catalogue
    rows = [catalogue.row[item] for item in session.shown if item in catalogue.row]
    return any(not matching(one, catalogue)[rows].all() for one in wanted)


def as_wished(text: str, reading: Reading | None) -> Reading | None:
    """The model's reading, where a message only names something else, or asks of all that there is: that is wanted,
    and not spoken of."""
    if reading is None or points_at_shown(text) or not (names_another(text) or asks_of_all(text)):
        return reading
    told = (s for s in reading.spans if s.side == "mentioned" and s.kind != "title")
    return reading.with_side("want", ((s.start, s.end) for s in told))
