"""A message taken apart: its words, what the catalogue knows of them, numbers, and where it rejects.

Knows nothing of interests: see tagger.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from penchant.retriever import Level

from ..cues import Scope, scopes
from ..text import CHATTER, STOPWORDS, Token, is_chinese, tokens
from .amount_ranges import find_amounts
from .entity_linking import EntityLinker
from .gazetteer import Gazetteer, Match
from .orders import find_orders
from .ranges import Range, find_ranges

_LONGEST_REJECTION = 4
_DANGLING = re.compile(
    r"[\s,，.]+(?:but|and|or|though|but please|please|but no|but not|但|和)?[\s,，.]*$|^(?:but|and|or)\s+", re.I
)
JOINT = re.compile(r"[\"”’'》]?\s*+(?:\(\d{4}\))?[\s,;、]*+(?:(?:and|or|&|[和与跟或])\s*+)?[\"“‘'《]?", re.I)
_ORDINAL = re.compile(r"\d+(?:s|st|nd|rd|th)?", re.I)

Span = tuple[int, int]
"""From a character to one beyond the last."""


@dataclass(frozen=True)
class ParsedMessage:
    """One message. Positions are characters of `text`; `asides` are about the conversation and say nothing of taste."""

    text: str
    words: tuple[Token, ...]
    matches: tuple[Match, ...]
    ranges: tuple[Range, ...]
    rejections: tuple[Scope, ...]
    gazetteer: Gazetteer
    asides: tuple[Span, ...] = ()

    def begin(self, match: Match) -> int:
        return self.words[match.first].start

    def end(self, match: Match) -> int:
        return self.words[match.last - 1].end

    def list_begin(self, match: Match) -> int:
        """Where the list begins that a match stands in: what is said before "Alien, Dune and Arrival" is of all."""
        return self._list_begins[match.first]

    @cached_property
    def _list_begins(self) -> dict[int, int]:
        """By the first token of each match."""
        begins: dict[int, int] = {}
        for before, match in zip((None, *self.matches), self.matches, strict=False):
            joined = before is not None and JOINT.fullmatch(self.text, self.end(before), self.begin(match))
            begins[match.first] = begins[before.first] if joined and before else self.begin(match)
        return begins

    def level(self, position: int) -> Level:
        """What is said of the thing at a position."""
        levels: list[Level] = [s.level for s in self.rejections if s.start <= position < s.end]
        return levels[0] if levels else "want"

    def is_category(self, match: Match) -> bool:
        return self.gazetteer.schema.kind(match.entries[0].facet) == "category"

    def is_qualified(self, match: Match) -> bool:
        """ "No scary films" rejects what is scary, not films, and "no slapstick comedies" not comedies: whether a word
        of its own stands before a rejected category, or right before a rejected value."""
        begin = self.begin(match)
        scope = next((s for s in self.rejections if s.start <= begin < s.end), None)
        if scope is None:
            return False
        if any(begin < r.start < scope.end for r in self.ranges):
            return True  # "no films longer than two hours"
        if self.is_category(match):
            inside = self._inside(scope.start, begin)
            return any(w.text.casefold() not in STOPWORDS and not _ORDINAL.fullmatch(w.text) for w in inside)
        before = self.words[match.first - 1] if match.first else None
        if before is None or before.start < scope.start or self.text[before.end : begin].strip(" -"):
            return False
        other = next((m for m in self.matches if m.last == match.first), None)
        if other is not None:
            return match.entries[0].facet not in {entry.facet for entry in other.entries}
        return before.text.isascii() and before.text.casefold() not in STOPWORDS | CHATTER

    def content(self, start: int, end: int) -> list[Token]:
        """The words of a stretch that say something, numbers apart."""
        inside = [w for w in self._inside(start, end) if not _within(w.start, self.asides)]
        return [w for w in inside if w.text.casefold() not in STOPWORDS and not _ORDINAL.fullmatch(w.text)]

    def _inside(self, start: int, end: int) -> Sequence[Token]:
        """The words of a stretch."""
        found = self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return found[:-1] if found and found[-1].end > end else found

    @cached_property
    def _starts(self) -> list[int]:
        return [w.start for w in self.words]

    def unknown_rejections(self) -> list[tuple[Scope, str]]:
        """Short phrases right after a cue, in which the catalogue knows nothing."""
        found = []
        for scope in self.rejections:
            known = any(scope.start <= self.begin(m) < scope.end and not self.is_category(m) for m in self.matches)
            length = len(self._inside(scope.start, scope.end))
            short = length <= _LONGEST_REJECTION or is_chinese(self.text[scope.start : scope.end])
            content = [w for w in self.content(scope.start, scope.end) if not self._is_gate(w)]
            bounded = any(scope.start <= r.start < scope.end for r in self.ranges)
            if content and short and not known and not bounded:
                found.append((scope, self.text[content[0].start : content[-1].end]))
        return found

    @cached_property
    def own_words(self) -> str:
        """The message less what it rejects; empty if what is left says nothing beyond categories and numbers."""
        kept = [
            w
            for w in self.content(0, len(self.text))
            if not self._is_gate(w) and not any(s.cue <= w.start < s.end for s in self.rejections)
        ]
        if not kept:
            return ""
        parts, position = [], 0
        for start, end in sorted([*((s.cue, s.end) for s in self.rejections), *self.asides]):
            parts.append(self.text[position:start])
            position = max(position, end)
        phrase = re.sub(r"\s+", " ", "".join([*parts, self.text[position:]])).strip(" ,;，；").lstrip(" .:!?。！？、")
        return _DANGLING.sub("", phrase)

    def _is_gate(self, word: Token) -> bool:
        """Whether the word belongs to a category or a number, which are gates and no matter of taste."""
        return _within(word.start, self._gates)

    @cached_property
    def _gates(self) -> list[Span]:
        spans = [(r.start, r.end) for r in self.ranges]
        return spans + [(self.begin(m), self.end(m)) for m in self.matches if self.is_category(m)]


def parse(
    text: str,
    linker: EntityLinker,
    gazetteer: Gazetteer,
    asides: Sequence[Span] = (),
    stated: Sequence[Range] | None = None,
) -> ParsedMessage:
    """Takes a message apart. What stands inside a range ("before 1950") or an aside means nothing else.

    stated: what find_numbers says of the text, where that is known."""
    words = tuple(tokens(text))
    stated = find_numbers(text, gazetteer) if stated is None else stated
    ranges = tuple(r for r in stated if not _within(r.start, asides))
    numbers = [(r.start, r.end) for r in ranges]
    found = [
        match
        for match in linker.find(text, words)
        if not _covered((start := words[match.first].start, words[match.last - 1].end), asides)
        and (match.entries[0].kind == "title" or not _within(start, numbers))
    ]
    begins = {words[match.first].start for match in found} | {start for start, _ in asides}
    rejections = tuple(s for s in scopes(text, begins) if not _within(s.cue, asides))
    return ParsedMessage(text, words, tuple(found), ranges, rejections, gazetteer, tuple(asides))


def find_numbers(text: str, gazetteer: Gazetteer) -> list[Range]:
    """What a text says of numbers: orders first ("the cheapest"), years and Chinese, then amounts of any field."""
    fields = gazetteer.number_fields
    found = find_orders(text, fields)
    stated = find_ranges(text, gazetteer.schema)
    others = [r for r in stated if fields.is_amount(r.facet) and not is_chinese(text[r.start : r.end])]
    found += _apart([r for r in stated if r not in others], found)
    found += find_amounts(text, fields, found)
    return found + _apart(others, found)


def _apart(ranges: Sequence[Range], known: Sequence[Range]) -> list[Range]:
    return [r for r in ranges if not any(k.meets(r.start, r.end) for k in known)]


def _covered(span: Span, spans: Sequence[Span]) -> bool:
    """ "Good Morning, Vietnam" reaches beyond its greeting, and is a title."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)
