"""What of a message taken apart is only told, where it asks for something beside it; of that nothing is wished for.

Knows the message's values and numbers, and the model's reading. Knows nothing of wording: see text.telling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..linking import Match
from ..spans import Reading
from ..text import told
from .parsed_message import ParsedMessage, Span, within

_ASKED = ("value", "name", "amount", "words")


def background(parsed: ParsedMessage, reading: Reading) -> list[Span]:
    """The stretches that only tell; none where nothing else is asked for, as then the story is the wish."""
    tells = told(parsed.text)
    asked = [(s.start, s.end) for s in reading.spans if s.side in ("want", "never") and s.kind in _ASKED]
    asked += [(r.start, r.end) for r in parsed.ranges if r.stated]
    return tells if any(not within(start, tells) for start, _ in asked) else []


def without_numbers(parsed: ParsedMessage, tells: Sequence[Span]) -> ParsedMessage:
    """The message without the numbers that are only told, but for those to which it comes back."""
    return replace(parsed, ranges=tuple(r for r in parsed.ranges if r.sure or not within(r.start, tells)))


def without_values(parsed: ParsedMessage, tells: Sequence[Span]) -> ParsedMessage:
    """The message, its sides known, without the values and own words that are only told, and not refused."""
    return replace(parsed, matches=tuple(_wished(parsed, tells)), cuts=(*parsed.cuts, *tells))


def _wished(parsed: ParsedMessage, tells: Sequence[Span]) -> Iterator[Match]:
    for match in parsed.matches:
        begin = parsed.begin(match)
        if match.entries[0].kind == "title" or not within(begin, tells) or parsed.level(begin) != "want":
            yield match
