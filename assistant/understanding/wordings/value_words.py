"""The values of one field, word by word, and which of them words explain best.

Knows one field's values, and words. Knows nothing of messages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from penchant.retriever.catalogue.kinds import nouns, takes_away

from ..text import STOPWORDS, stem
from .alike_words import LIKELY, NEARLY, is_of_one_root, likeness

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_JOINED = re.compile(r"\s*(?:/|&|\bor\b|\band\b|,)\s*", re.I)
BESIDE = re.compile(r"(?<!-)\b(?:in|of|with|on|for|from|to|by|without|at)\b(?!-)", re.I)
_SHARE, _APART = 0.39, 0.2
"""So much of a value is explained at the least, and so much more of it than of any other."""
_FEW = 5
"""Of so many values a word may be short for one though it has other meanings: "an auto", of gearboxes."""
_EITHER, _TOLD = 3, 0.6
"""Of two or three values one noun tells one: "breakfast" is "Breakfast included", where the others are without; and so
much of it, though it is but a word."""
_REMEMBERED = 512
_LONGEST_CODE, _BEYOND = 5, 2.0

Group = tuple[str, ...]
"""Words of which any says the same: home/apt."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A value that words mean, how much of it they explain (0 to 1), and which of them do, by their places."""

    value: str
    share: float
    places: frozenset[int]


class WordedField:
    """The values of a field and how many items hold each."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts, self._few, self._either = counts, len(counts) <= _FEW, len(counts) <= _EITHER
        self.meant = lru_cache(_REMEMBERED)(self._meant)
        self.of_root = lru_cache(_REMEMBERED)(self._of_root)

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[Group]]:
        found = {value: groups_of(value) for value in self.counts if not takes_away(value)}
        return {value: groups for value, groups in found.items() if groups}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """Of the values' words (their stems), the more the fewer values have them."""
        said = Counter(w for groups in self._groups.values() for w in {stem(w) for group in groups for w in group})
        return {word: math.log(1 + len(self._groups) / count) for word, count in said.items()}

    def _meant(self, words: tuple[str, ...], pointed: bool = False) -> Worded | None:
        """The value that words in small letters mean, if one stands out. pointed: the field is named beside them."""
        told = [self._told(value, groups, words, pointed) for value, groups in self._groups.items()]
        first, second = (*sorted(told, key=lambda one: -one.share), *[Worded("", 0.0, frozenset())] * 2)[:2]
        return first if first.share >= _SHARE and first.share - second.share >= _APART else None

    def _told(self, value: str, groups: Sequence[Group], words: Sequence[str], pointed: bool) -> Worded:
        """How much of a value words tell; nothing where they tell a part of it alone that is not what it is called, or
        just as it is written, which others find. A value of one word is told by no other that is only alike."""
        place = _head_of(value, groups)
        things = [n == place and len(groups) > 1 for n in range(len(groups))]
        found = [self._likest(g, words, pointed or self._few, thing) for g, thing in zip(groups, things, strict=True)]
        told, head = [like for like, _ in found if like > 0.0], found[place][0]
        alone = self._either and any(
            like >= 1.0 and nouns().senses(g[0]) for g, (like, _) in zip(groups, found, strict=True)
        )
        part = not LIKELY <= head < (1.0 if len(told) == 1 else _BEYOND)
        if len(told) < len(groups) and part and not alone:
            return Worded(value, 0.0, frozenset())
        if len(groups) == 1 and not (LIKELY if pointed else NEARLY) <= head < 1.0:
            return Worded(value, 0.0, frozenset())
        weights = [max(self._weights[stem(word)] for word in group) for group in groups]
        share = sum(weight * like for weight, (like, _) in zip(weights, found, strict=True)) / sum(weights)
        share = max(share, _TOLD) if alone else share
        return Worded(value, share, frozenset(place for like, place in found if like > 0.0))

    def _likest(self, group: Group, words: Sequence[str], pointed: bool, thing: bool) -> tuple[float, int]:
        """How like any of the words is to any of a group, and its place."""
        pairs = ((likeness(said, own, pointed, thing), -n) for n, said in enumerate(words) for own in group)
        like, place = max(pairs)
        return like, -place

    def _of_root(self, word: str, itself: bool = False) -> tuple[str, ...]:
        """The values, the commonest first, whose thing is called by a word of the same root. itself: or by the word."""
        heads = self._heads.items()
        found = [v for v, head in heads if (itself if stem(head) == stem(word) else is_of_one_root(word, head))]
        return tuple(sorted(found, key=lambda value: -self.counts[value]))

    @cached_property
    def _heads(self) -> Mapping[str, str]:
        """Of each value the last word of what stands before a preposition; peanut butter is a thing of its own."""
        led = {v: _WORD.findall(BESIDE.split(v.casefold())[0]) for v in self.counts if not takes_away(v)}
        return {v: words[-1] for v, words in led.items() if words and not _is_compound(words)}


def groups_of(value: str) -> Sequence[Group]:
    """The words of a value that say something, those that are joined together ("home/apt")."""
    parts = [_told_in(part) for part in _JOINED.split(_with_codes(value))]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return [(word,) for part in parts for word in part]
    *led, last = parts[0]
    return [*((word,) for word in led), (last, *(part[0] for part in parts[1:])), *_behind(parts[1:])]


def _head_of(value: str, groups: Sequence[Group]) -> int:
    """The place of what a value is called by: the last group of those before a preposition."""
    led = groups_of(BESIDE.split(value)[0])
    return max(0, min(len(led), len(groups)) - 1)


def _behind(parts: Iterable[Sequence[str]]) -> list[Group]:
    return [(word,) for part in parts for word in part[1:]]


def _told_in(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.casefold() not in STOPWORDS]


def _with_codes(value: str) -> str:
    """A value in small letters but for what is written large among other words, or alone and short: "CNG"."""
    written = value.isupper() and len(value) > _LONGEST_CODE
    return value.casefold() if written else _WORD.sub(lambda m: m[0] if m[0].isupper() else m[0].casefold(), value)


def _is_compound(words: Sequence[str]) -> bool:
    return len(words) > 1 and bool(nouns().senses(" ".join(words)))
