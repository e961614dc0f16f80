"""A message taken apart: its words, what the catalogue knows of them, numbers, and where it rejects.

Knows nothing of interests: see tagger.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from penchant.retriever import Level, says_order

from ..cues import Scope
from ..linking import Gazetteer, Match
from ..quantities import Range
from ..spans import Reading
from ..text import CHATTER, NUMBER, STOPWORDS, Token, is_chinese

_LONGEST_REJECTION = 4
_DANGLING = re.compile(
    r"[\s,，.]+(?:but|and|or|though|but please|please|but no|but not|但|和)?[\s,，.]*$|^(?:but|and|or)\s+", re.I
)
JOINT = re.compile(r"[\"”’'》]?\s*+(?:\(\d{4}\))?[\s,;、]*+(?:(?:and|or|&|[和与跟或])\s*+)?[\"“‘'《]?", re.I)
_POSSESSIVES = ("", "'s", "’s")
_APART = re.compile(r"[.!?;,，。；、]|\b(?:but|and|or)\b|但", re.I)
_NUMBER = re.compile(NUMBER, re.I)
_FIRST = re.compile(r"\s+(?:ones?\s+)?first\b", re.I)
"""What belongs to an order: "newest first"."""
_ORDINAL = re.compile(r"\d+(?:s|st|nd|rd|th)?", re.I)

Span = tuple[int, int]
"""From a character to one beyond the last."""


@dataclass(frozen=True)
class ParsedMessage:
    """One message. Positions are characters of `text`; `asides` are about the conversation and say nothing of taste.

    `rejections` are by the model's reading, if there is one, else by cues, as `cued` are; nothing is said against what
    is `fine`; `cuts` are what a message says beside what it wishes for; `spared`, the exceptions to what it rejects.
    """

    text: str
    words: tuple[Token, ...]
    matches: tuple[Match, ...]
    ranges: tuple[Range, ...]
    rejections: tuple[Scope, ...]
    gazetteer: Gazetteer
    asides: tuple[Span, ...] = ()
    cued: tuple[Scope, ...] = ()
    reading: Reading | None = None
    fine: tuple[Match, ...] = ()
    cuts: tuple[Span, ...] = ()
    spared: tuple[Scope, ...] = ()

    def with_matches(self, found: Sequence[Match]) -> ParsedMessage:
        """The message with more of what the catalogue knows, in order."""
        return replace(self, matches=tuple(sorted([*self.matches, *found], key=lambda m: m.first))) if found else self

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
            listed = before is not None and not self.is_category(before)
            joined = before and listed and JOINT.fullmatch(self.text, self.end(before), self.begin(match))
            begins[match.first] = begins[before.first] if joined and before else self.begin(match)
        return begins

    def level(self, position: int) -> Level:
        """What is said of the thing at a position."""
        return _level(s for s in self.rejections if s.start <= position < s.end)

    def level_of(self, match: Match) -> Level:
        """What is said of a match or of a part of it: of "the holocaust", where only the last word is refused."""
        return self.level_within(self.begin(match), self.end(match))

    def level_of_item(self, position: int) -> Level:
        """What is said of the item at a position, by cues."""
        return _level(s for s in self.cued if s.start <= position < s.end)

    def is_spared(self, match: Match, position: int) -> bool:
        """Whether a match stands in an exception to what is said at a position before it."""
        return any(position < s.cue and s.start <= self.begin(match) < s.end for s in self.spared)

    def is_category(self, match: Match) -> bool:
        return self.gazetteer.schema.kind(match.entries[0].facet) == "category"

    def level_within(self, start: int, end: int) -> Level:
        """What is said of anything in a stretch."""
        return _level(s for s in self.rejections if s.start < end and start < s.end)

    def level_of_range(self, stated: Range) -> Level:
        """What is said of a range: a refusal in its own words is none of it ("light on sugar")."""
        return _level(
            s
            for s in self.rejections
            if s.start < stated.end and stated.start < s.end and not stated.start <= s.cue < min(stated.end, s.start)
        )

    def is_qualified(self, match: Match) -> bool:
        """ "No scary films" rejects what is scary, not films, and "no slapstick comedies" not comedies: whether a
        rejected category stands in a clause with something else that is, or a value right behind a word of its own."""
        begin = self.begin(match)
        scope = next((s for s in self.rejections if s.start <= begin < s.end), None)
        if scope is None:
            return False
        if self.is_category(match):
            return self._is_restricted(scope, match)
        if any(begin < r.start < scope.end for r in self.ranges):
            return True  # "no novels longer than 300 pages"
        before = self.words[match.first - 1] if match.first else None
        if before is None or self.level(before.start) == "want" or self.text[before.end : begin].strip(" -"):
            return False
        other = next((m for m in self.matches if m.last == match.first), None)
        if other is not None:
            return match.entries[0].facet not in {entry.facet for entry in other.entries}
        return before.text.isascii() and before.text.casefold() not in STOPWORDS | CHATTER

    def _is_restricted(self, scope: Scope, match: Match) -> bool:
        """Whether something beside a rejected category says which of its kind are meant."""
        begin, end = self.begin(match), self.end(match)
        inside = [w for w in self._inside(scope.start, scope.end) if not begin <= w.start < end]
        if any(w.text.casefold() not in STOPWORDS and not _ORDINAL.fullmatch(w.text) for w in inside):
            return True
        apart = (s for s in self.rejections if s is not scope and not begin <= s.start < end)
        beside = (s for s in apart if self.content(s.start, s.end))
        others = [(s.start, s.end) for s in beside if not self._is_of_category(s)]
        others += [(r.start, r.end) for r in self.ranges]
        return any(not _APART.search(self.text[min(end, e) : max(begin, s)]) for s, e in others)

    def _is_of_category(self, scope: Scope) -> bool:
        return any(self.is_category(m) for m in self.matches if scope.start <= self.begin(m) < scope.end)

    def content(self, start: int, end: int) -> list[Token]:
        """The words of a stretch that say something, numbers apart."""
        inside = [w for w in self._inside(start, end) if not within(w.start, self.asides)]
        return [w for w in inside if w.text.casefold() not in STOPWORDS and not _ORDINAL.fullmatch(w.text)]

    def _inside(self, start: int, end: int) -> Sequence[Token]:
        """The words of a stretch."""
        found = self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        beyond = bool(found) and self.text[end : found[-1].end] not in _POSSESSIVES
        return found[:-1] if beyond and found[-1].end > end else found

    @cached_property
    def _starts(self) -> list[int]:
        return [w.start for w in self.words]

    def unknown_rejections(self) -> list[tuple[Scope, str]]:
        """Short phrases right after a cue, in which the catalogue knows nothing."""
        found = []
        for scope in self.rejections:
            meant = (m for m in self.matches if not self.is_category(m))
            known = any(self.begin(m) < scope.end and scope.start < self.end(m) for m in meant)
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
        kept = [w for w in self.content(0, len(self.text)) if not self._is_gate(w) and not within(w.start, self.cuts)]
        if not any(self._is_telling(w) for w in kept):
            return ""
        parts, position = [], 0
        for start, end in sorted([*self.cuts, *self.asides]):
            parts.append(self.text[position:start])
            position = max(position, end)
        phrase = re.sub(r"\s+", " ", "".join([*parts, self.text[position:]])).strip(" ,;，；").lstrip(" .:!?。！？、")
        return _DANGLING.sub("", phrase).strip(" ,;，；")

    def _is_telling(self, word: Token) -> bool:
        """Whether a wish may be nothing but the word: of the words of conversation, one that the model hears wanted."""
        if self.reading is None or not (word.text.casefold() in CHATTER or _NUMBER.fullmatch(word.text)):
            return True
        wanted = (s for s in self.reading.spans if s.side == "want" and s.kind not in ("amount", "reference"))
        return any(s.start <= word.start < s.end for s in wanted)

    def _is_gate(self, word: Token) -> bool:
        """Whether the word belongs to a category or a number, which are gates and no matter of taste."""
        return within(word.start, self._gates)

    @cached_property
    def numbers(self) -> list[Span]:
        """Where numbers are said, with what belongs to an order."""
        ends = [_FIRST.match(self.text, r.end) if says_order(r.value) else None for r in self.ranges]
        return [(r.start, end.end() if end else r.end) for r, end in zip(self.ranges, ends, strict=True)]

    @cached_property
    def _gates(self) -> list[Span]:
        return self.numbers + [(self.begin(m), self.end(m)) for m in self.matches if self.is_category(m)]


def fills_sentence(text: str, start: int, end: int) -> bool:
    """Whether nothing else is said in the sentence: "You only show me old stuff! After 2010." """
    led, after = re.split(r"[.!?\n]", text[:start])[-1], re.split(r"[.!?\n]", text[end:])[0]
    return not (led.strip() or after.strip())


def within(position: int, spans: Sequence[Span]) -> bool:
    return any(start <= position < end for start, end in spans)


def _level(scopes: Iterable[Scope]) -> Level:
    """That of the first; of none, "want"."""
    for scope in scopes:
        return scope.level
    return "want"


def beside(told: Sequence[Match], found: Iterable[Match]) -> list[Match]:
    """Both, in order; where two meet, what is told."""
    left = (m for m in found if not any(m.first < one.last and one.first < m.last for one in told))
    return sorted([*told, *left], key=lambda m: m.first)
