"""What a phrase that no value is called may stand for: the value that it is nearest to in meaning, if one stands out.

A wish for a "villa" is one for an Entire villa, which ends so, and one for "seat heating" for Heated seats; what is
refused may also be called otherwise. What is taken so is said. Of nouns, kinds know what they stand for. Knows the
catalogue's values and the encoder, and nothing of how messages are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from heapq import nlargest

import numpy as np

from penchant.retriever import OPEN, Catalogue, Encoder, Interest
from penchant.retriever.catalogue.inference import spoken_name
from penchant.retriever.catalogue.kinds import is_joint, nouns, takes_away
from penchant.retriever.encoding import Vectors

from .session import WHOLE, Understanding
from .understanding.text import forms

_MOST_VALUES = 400
"""The commonest: each is encoded once, when a phrase is first looked up."""
_FEWEST_VALUES = 20
_MOST_WORDS = 3
_NEAR = 0.55
_STANDS_OUT = 4.1
"""Standard deviations above what the phrase has in common with the catalogue's values. Of 71 phrases of three
catalogues, on which they were set, the two bars together took 20, 18 of them rightly."""
_ALIKE, _APART = 0.7, 0.16
"""What is wanted is a value that is so near, and so much nearer than any other that is not like it, of what no noun is:
these two took 20 phrases of five sets of conversations, 17 of them rightly."""
_GATING = 0.75
"""The same of a category, which keeps out all that is not in it."""
_THE_SAME = 0.7
"""What is refused bars only values that are nearer than this: "no spiders" is not "no monsters"."""
_GUESSED = 0.7
"""The strength of a wish that is guessed: less than FIRM."""
_FEWEST_OFFERED = 5
_ANSWERS = frozenset(("yes", "no", "true", "false"))
_NUMERALS = {
    word: n
    for n, words in enumerate(
        (
            "first single one sole solo 1 1st",
            "second double two twin dual 2 2nd",
            "third triple three 3 3rd",
            "fourth quadruple four 4 4th",
            "fifth quintuple five 5 5th",
        ),
        1,
    )
    for word in words.split()
}
"""Words that say how many or in which place: vectors put those of different numbers close together."""


class NearValues:
    """The values of one catalogue's facets and categories, by meaning. Names are matched as written."""

    def __init__(self, catalogue: Catalogue, encoder: Encoder) -> None:
        self._catalogue, self._encoder = catalogue, encoder

    @cached_property
    def _values(self) -> Sequence[tuple[str, str]]:
        """Facets and values, the commonest."""
        counts = self._catalogue.value_counts
        fields = self._catalogue.schema.of("facet", "category")
        every = ((n, field, value) for field in fields for value, n in counts[field].items())
        known = [one for one in every if one[2].casefold() not in _ANSWERS]
        return [(field, value) for _, field, value in nlargest(_MOST_VALUES, known)]

    @cached_property
    def _offered(self) -> Sequence[tuple[str, str]]:
        """What may be wanted: the values, and yes where a field says that."""
        fields = self._catalogue.schema.of("facet", "category")
        return [*self._values, *((field, yes) for field in fields if (yes := self._catalogue.yes(field)))]

    @cached_property
    def _vectors(self) -> Vectors:
        """Of what may be wanted, (m, d), of unit length, the values first."""
        said = [spoken_name(field) if value == self._catalogue.yes(field) else value for field, value in self._offered]
        return self._encoder.encode(said) if said else np.zeros((0, 1), dtype=np.float32)

    def _is_kind(self, phrase: str) -> bool:
        """Whether values are of the kind: "no dairy" is not only no milk."""
        kinds = self._catalogue.kinds
        return bool(kinds.of(phrase, kinds.fields))

    @cached_property
    def _endings(self) -> frozenset[tuple[str, ...]]:
        """What the values end in; a wish for anything else is not guessed, and nothing is encoded for it."""
        said = (forms(value) for _, value in self._values)
        return frozenset(form[-n:] for form in said for n in range(1, _MOST_WORDS + 1))

    def of(self, phrases: Sequence[str], near_enough: float = _NEAR) -> list[list[tuple[str, str]]]:
        """For each phrase the facet and value that it is near to as to few others, the nearest first, with others of
        that facet of which the same is true ("leather"); none where none stands out. near_enough: the least cosine."""
        if len(self._values) < _FEWEST_VALUES or not phrases:
            return [[] for _ in phrases]
        near = self._encoder.encode(phrases) @ self._vectors[: len(self._values)].T
        bars = np.maximum(near_enough, near.mean(axis=1) + _STANDS_OUT * near.std(axis=1))
        order = np.argsort(-near, axis=1)
        found = [[self._values[n] for n in ns if row[n] >= b] for row, ns, b in zip(near, order, bars, strict=True)]
        pairs = zip(phrases, found, strict=True)
        found = [[one for one in values if not _contradicts(phrase, one[1])] for phrase, values in pairs]
        return [[one for one in values if one[0] == values[0][0]] for values in found]

    def meant(self, phrases: Sequence[str]) -> list[list[tuple[str, str]]]:
        """For each phrase the one facet or category, with a value of it or yes, that it is near to and no other is."""
        if len(self._offered) < _FEWEST_OFFERED or not phrases:
            return [[] for _ in phrases]
        found = []
        for phrase, near in zip(phrases, self._encoder.encode(phrases) @ self._vectors.T, strict=True):
            near[[_contradicts(phrase, value) for _, value in self._offered]] = -1.0
            best = int(near.argmax())
            field, value = self._offered[best]
            others = near[self._vectors @ self._vectors[best] < _ALIKE]
            apart = near[best] - others.max(initial=0.0) >= _APART
            near_enough = _GATING if self._catalogue.schema.kind(field) == "category" else _ALIKE
            told = near[best] >= near_enough and apart and not _is_said_of(phrase, value)
            found.append([(field, value)] if told else [])
        return found

    def taken(self, said: Understanding) -> Understanding:
        """What was said, with values in the place of phrases that stand for them, and a note that says so."""
        phrases = [i for i in said.interests if _is_phrase(i)]
        known = {(i.facet, i.value) for i in said.interests}
        wants = [i for i in phrases if i.level == "want"]
        others = [i for i in wants if not (nouns().senses(i.value.casefold()) or _is_name(i.value))]
        found = dict(zip((i.key for i in others), self.meant([i.value for i in others]), strict=True))
        wants = [i for i in wants if forms(i.value) in self._endings]
        nevers = [i for i in phrases if i.level == "never" and not self._is_kind(i.value)]
        nearest = zip(wants, self.of([i.value for i in wants]), strict=True)
        ended = ((i, near[0]) for i, near in nearest if near and _ends_in(near[0][1], i.value))
        found |= {i.key: [one] for i, one in ended if not self._catalogue.calls_others(i.value, *one)}
        barred = self.of([i.value for i in nevers], _THE_SAME)
        found |= {i.key: list(filter(_may_be_barred, near)) for i, near in zip(nevers, barred, strict=True)}
        found = {key: values for key, values in found.items() if values and not known.intersection(values)}
        interests, note = list[Interest](), said.note
        for one in said.interests:
            meant = found.get(one.key, ())
            interests += [_meant(one, value) for value in meant] or [one]
            note = _told(note, one.value, [value for _, value in meant]) if meant else note
        return replace(said, interests=tuple(dict.fromkeys(interests)), note=note)


def _may_be_barred(value: tuple[str, str]) -> bool:
    """ "Nothing coated" is not nothing with "No coating"; and of "Candles & fragrance" not all is candles."""
    return not (takes_away(value[1]) or is_joint(value[1]))


def _contradicts(phrase: str, value: str) -> bool:
    """Whether two say different numbers: who wants a "single owner" wants no Second Owner."""
    said, own = ({_NUMERALS[w] for w in one.casefold().split() if w in _NUMERALS} for one in (phrase, value))
    return bool(said and own) and said.isdisjoint(own)


def _ends_in(value: str, phrase: str) -> bool:
    """Whether a value is one of what a phrase says: an "Entire villa" is a villa, and "Soft Toys" are nothing soft."""
    said = forms(phrase)
    return forms(value)[-len(said) :] == said


def _is_said_of(phrase: str, value: str) -> bool:
    """Whether a value is just that, or something that is so: "soft" are not only soft toys."""
    said, own = forms(phrase), forms(value)
    return said == own or (set(said) <= set(own) and not _ends_in(value, phrase))


def _is_name(phrase: str) -> bool:
    """Whether a phrase is written as the names of people and works are: "Zarquon Blip"."""
    words = phrase.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _is_phrase(interest: Interest) -> bool:
    """A few words of a message that wish for something or refuse it, and that no field knows."""
    short = interest.facet == OPEN and 0 < len(interest.value.split()) <= _MOST_WORDS and not interest.parked
    return short and (interest.level == "never" or (interest.level == "want" and interest.strength < WHOLE))


def _meant(interest: Interest, value: tuple[str, str]) -> Interest:
    strength = _GUESSED if interest.level == "want" else 1.0
    return replace(interest, facet=value[0], value=value[1], strength=strength)


def _told(note: str, phrase: str, values: Sequence[str]) -> str:
    """The note, where a phrase was to be taken as words or nothing was said of it."""
    named = ", ".join(f"“{value}”" for value in values)
    before = f"No “{phrase}” in this catalogue; taken as words."
    now = f"No “{phrase}” in this catalogue; taken as {named}."
    return note.replace(before, now) if before in note else f"{note} {now}".strip()
