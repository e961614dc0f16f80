"""What is wanted beside, or instead of, what was wanted of a field before: "or a book", "the 80s too", "only memoirs".

Knows the session and the model's reading. Knows nothing of what the catalogue holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from penchant.retriever import MENTION, OPEN, SUGGESTED, Interest, Schema, is_order, is_range, parse_range

from ...session import Session, Understanding
from ..parsing import ParsedMessage
from ..quantities import Range
from ..spans import Reading
from ..text import before, tokens

_OR = re.compile(r"^\W*(?:(?:ok(?:ay)?|h?mm+|well)\W+)?or\b(?!\s+(?:not|no|never|else|rather)\b)", re.I)
_ALSO = re.compile(r"^\W*(?:(?:ok(?:ay)?|oh|and|fine|great|good|cool|yes)\W+)*(?:also|plus|besides)\b(?!.*\?)", re.I)
_TOO = re.compile(
    r"\bas\s+well\b|\b(?:also|too)\b(?=\s*(?:$|[.,;!?)]|actually|please|then|i\b|would|is|are|works?\b))", re.I
)
_FEW_WORDS = 4
_ONLY_BEFORE = re.compile(
    r"\b(?:only|just(?=\s+the\b)|nothing\s+but|solely|strictly|exclusively)\s+(?:(?:the|an?|any|for|in)\s+)?$", re.I
)
_ONLY_AFTER = re.compile(r"(?:['’]?s)?\s+(?:\w+\s+)?(?:only|alone|exclusively)\b(?!\s+if\b)", re.I)
_JUST = re.compile(
    r"""^\W*(?:(?:ok(?:ay)?|and|but|so|no|well|then|please|actually|now|hm+|(?:show|give)\s+me|i\s+(?:want|need))\b\W*)*
    (?:just|only)\s+(?:(?:the|an?)\s+)?(?!(?:it|this|that|these|those|them|one)\b)
    (?P<what>[\w'’/&+-]+(?:\s+[\w'’/&+-]+){0,3}?)(?<!\bone)(?:[\s,]+(?:please|then|now|thanks|thank\s+you))*\W*$""",
    re.I | re.X,
)
_SEVERAL = 2


def is_alternative(text: str) -> bool:
    """Whether a message goes on with another choice: "or a book"."""
    return bool(_OR.match(text))


def is_one_more(text: str) -> bool:
    """Whether a message does nothing but name one more: "Harlem too"."""
    return len(text.split()) <= _FEW_WORDS and bool(_TOO.search(text))


def narrows(parsed: ParsedMessage, shown: Sequence[str]) -> bool:
    """ "Just the corner sofas": whether a message wishes for nothing but some kind, by a value, or by words in the
    titles of several items on screen (ids). It takes none of them, as "just the blue one" does."""
    just = _JUST.match(parsed.text)
    if just is None:
        return False
    said = (m for m in parsed.matches if m.entries[0].kind != "title")
    if any(just.start("what") <= parsed.begin(match) for match in said):
        return True
    words = {word.form for word in parsed.content(*just.span("what"))}
    titles = ({word.form for word in tokens(parsed.gazetteer.title(item))} for item in shown)
    return bool(words) and sum(words <= title for title in titles) >= _SEVERAL


def with_alternatives(
    text: str, said: Understanding, session: Session, numbers: Sequence[Range], reading: Reading | None, schema: Schema
) -> Understanding:
    """What a message says, with the earlier wishes that still hold beside it, or hold no more."""
    wants = [i for i in session.interests if i.level == "want" and not i.parked]
    if _OR.match(text) or _ALSO.match(text) or _TOO.search(text):
        added = [*said.interests, *_fine(text, numbers, reading, wants)]
        again = [i for i in wants if schema.single(i.facet) and _meets(i, added)]
        told = {i.key for i in added}
        return replace(said, interests=(*added, *(i for i in again if i.key not in told)))
    ended = [key for i in said.interests if _is_only(text, i) for key in _others(i, said, wants)]
    return replace(said, dropped=tuple(dict.fromkeys([*said.dropped, *ended]))) if ended else said


def _fine(
    text: str, numbers: Sequence[Range], reading: Reading | None, wants: Sequence[Interest]
) -> Iterator[Interest]:
    """ "The 80s would be fine as well", where other years are wanted."""
    fields = {i.facet for i in wants}
    for r in numbers:
        if reading and r.facet in fields and reading.judge(r.start, r.end)[0] == "fine":
            yield Interest(r.facet, r.value, quote=text[r.start : r.end])


def _meets(earlier: Interest, now: Sequence[Interest]) -> bool:
    """Whether something else is wanted of the field now."""
    of_field = (i for i in now if i.facet == earlier.facet and i.level == "want" and not is_order(i))
    return not is_order(earlier) and any(i.key != earlier.key and not _holds(i, earlier) for i in of_field)


def _holds(now: Interest, earlier: Interest) -> bool:
    """ "Twice that is fine too": a range in which the earlier one lies takes its place."""
    if not (is_range(now.value) and is_range(earlier.value)):
        return False
    (low, high), (least, most) = parse_range(now.value), parse_range(earlier.value)
    return low <= least and most <= high


def _is_only(text: str, interest: Interest) -> bool:
    if interest.level != "want" or interest.facet in (OPEN, MENTION, SUGGESTED) or not interest.quote:
        return False
    start = text.casefold().find(interest.quote.casefold())
    if start < 0:
        return False
    return bool(_ONLY_BEFORE.search(before(text, start)) or _ONLY_AFTER.match(text, start + len(interest.quote)))


def _others(interest: Interest, said: Understanding, wants: Sequence[Interest]) -> Iterator[tuple[str, str]]:
    """Keys of what else was wanted of the field, and is not said now."""
    now = {i.key for i in said.interests}
    yield from (i.key for i in wants if i.facet == interest.facet and i.key not in now)
