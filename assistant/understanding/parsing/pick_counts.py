"""How many picks a message asks for: "the three cheapest", "a couple of strategy games", "only one".

By grammar, and by where the message says an order. English. Knows nothing of what is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from penchant.retriever import says_order
from penchant.retriever.catalogue.values import unit_named

from ..quantities import are_people
from ..text import NUMBER, STOPWORDS, number, stem
from .parsed_message import ParsedMessage

MOST_PICKS = 20
_HANDFUL = 5
_SEVERAL = {"couple": 2.0, "trio": 3.0, "handful": float(_HANDFUL), "single": 1.0}
_PLAIN = rf"(?!an?\b){NUMBER}"
_MANY = rf"(?:an?\s+(?:couple|trio|handful)\s+of|an?\s+single|{_PLAIN})"
_BOUND = r"(?:just|only|exactly|max(?:imum)?(?:\s+of)?|at\s+most|up\s+to|no(?:t)?\s+more\s+than)"
_ALONE = r"(?!\s*(?:%|[-–.,:]?\d))"
_LED = r"""^\W*(?:(?:ok(?:ay)?|and|but|so|now|well|hi|hey|hello|please|actually|then|can|could|would|will|you|i|we|me|us
    |['’]d|like|love|want|need|to|get|have|see|find|give|show|list|recommend|suggest|pick|name|looking|look|after|for|just|the|your)\b[\s,]*)*"""
_ASKS = re.compile(r"\b(?:find|give|show|list|recommend|suggest|pick|name|want|need|get|see|looking\s+for)\b", re.I)
_BEGUN = re.compile(rf"{_LED}(?P<bound>{_BOUND}\s+)?(?P<many>{_MANY})\s+(?:of\s+)?(?P<what>[a-z][\w'’-]*)", re.I | re.X)
_ENDED = re.compile(
    rf"[,;.–-]\s*(?:{_BOUND}\s+(?P<many>{_PLAIN})|(?P<one>{_PLAIN})\s+(?:is|are|will|would)\s+(?:enough|plenty|do|be\s+enough))"
    r"(?:\s+(?:of\s+(?:them|these|those)|picks?|please|thanks|will\s+do))*\W*$",
    re.I,
)
_BEFORE = re.compile(rf"(?<![\w.,])(?P<many>{_PLAIN})\s+(?:of\s+)?(?:(?:your|the|very)\s+)*$", re.I)
_BEHIND = re.compile(rf"\s+(?P<many>(?!one\b){_PLAIN})\b{_ALONE}\s+(?P<what>[a-z][\w'’-]*)", re.I)
_TOPS = (
    re.compile(
        rf"\b(?:top|best)\s+(?P<many>(?!one\b){_PLAIN})\b(?!\s*(?:%|[-–.,:]?\d))(?:\s+(?P<what>[a-z][\w'’-]*))?", re.I
    ),
    re.compile(rf"(?<![\w.,])(?P<many>{_PLAIN})\s+(?:best|top|worst|finest)\b", re.I),
)
_PEOPLE = frozenset(("us", "you", "them", "me", "my", "our", "whom"))
_OWNED = re.compile(r"(?:\b(?:my|our|his|her|their)\s+(?:\w+\s+)?|['’]s?\s+)$", re.I)


def counted_picks(parsed: ParsedMessage) -> int:
    """The number that a message states of picks, by its words alone; 0 where it states none."""
    return next(_counts(parsed), 0)


def _counts(parsed: ParsedMessage) -> Iterator[int]:
    text = parsed.text
    orders = [r for r in parsed.ranges if says_order(r.value)]
    for order in orders:
        led, behind = _BEFORE.search(text[: order.start]), _BEHIND.match(text, order.end)
        found = [match for match in (led, behind) if match and _is_free(parsed, match)]
        yield from (_whole(match["many"]) for match in found if not _is_owned(text, match.start(), order.start))
    for top in (match for form in _TOPS for match in form.finditer(text)):
        if _is_free(parsed, top, top[0][:3].casefold() == "top") and not _is_owned(text, top.start()):
            yield _whole(top["many"])
    if ended := _ENDED.search(text):
        yield _whole(ended["many"] or ended["one"])
    begun = _BEGUN.search(text)
    if begun and _is_of_picks(parsed, begun, bool(orders)):
        yield _whole(begun["many"])


def _is_of_picks(parsed: ParsedMessage, begun: re.Match[str], ordered: bool) -> bool:
    """Whether what a message begins to count is what is to be shown, and no time, no people and no column."""
    many, what = begun["many"].casefold(), begun["what"].casefold()
    said = begun["bound"] or many.startswith("a") or ordered or _ASKS.search(begun[0][: -len(what)])
    said = said and what not in _PEOPLE
    several = _whole(many) == 1 or stem(what) != what or what in STOPWORDS or many.startswith("a")
    return bool(said and several and _is_free(parsed, begun))


def _is_free(parsed: ParsedMessage, match: re.Match[str], surely: bool = False) -> bool:
    """Whether a count is no amount of the catalogue's, and what stands behind it is neither a unit nor people, unless
    it is surely of picks: "the top 3 Brazilians"."""
    what = (match.groupdict().get("what") or "").casefold()
    amounts = (r for r in parsed.ranges if not says_order(r.value))
    taken = any(r.meets(*match.span("many")) for r in amounts)
    several = surely and stem(what) != what
    return not (taken or unit_named(what) or (are_people(stem(what)) and not several))


def _is_owned(text: str, *starts: int) -> bool:
    """ "My two youngest", "Anna's oldest two": somebody's own, whom nobody is shown."""
    return any(_OWNED.search(text[:start]) for start in starts)


def _whole(many: str) -> int:
    several = next((count for word, count in _SEVERAL.items() if word in many.casefold()), 0.0)
    count = several or number(many)
    return int(count) if count == int(count) and 0 < count <= MOST_PICKS else 0
