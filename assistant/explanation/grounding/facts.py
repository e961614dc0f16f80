"""Checks a sentence about the picks: what it says of each is in that one's row.

Where the boundary is. A name, a number, a place, a role, a comparison of numbers, a value of the catalogue's facets and
a word for what could be looked up ("award", "sequel", "bestseller") are facts: the row that the sentence speaks of
supports them, by a field, by its text or by arithmetic, or the sentence does not pass. Names that only the person said
stand only in what is said of the person ("since you love ..."). Praise, feelings and occasions ("a warm, funny film",
"a good choice for a rainy evening") state no fact and pass, and so do fields of moods: nobody can look up whether a
film is charming. Knows nothing of models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce

from penchant.retriever import Interest, Pick

from ...understanding.linking import Gazetteer
from ...understanding.text import forms, is_chinese
from ..evidence import Known, Reading, Row, Said
from ..statements import Called, Sentence, designated, take_apart, vocabulary
from .chinese import bracketed, holds_in_chinese
from .comparisons import Comparisons
from .figures import Figures
from .names import Names, capitalised
from .roles import Roles
from .things import Things

_LINK = re.compile(r"://|\bwww\.|\]\(|<\s*[a-z/!]", re.IGNORECASE)
_PIECE = re.compile(r"(?:(?!\s(?:and|or|&)\s).)+")
_SEVERAL = 2
_QUOTED = 4
_LONGEST = 1000
_MARKER = re.compile(r"^\s*\d+[.)]\s")


class Facts:
    """What is known of some picks and was said by the person who gets them."""

    def __init__(
        self, message: str, interests: Sequence[Interest], picks: Sequence[Pick], gazetteer: Gazetteer
    ) -> None:
        self._gazetteer = gazetteer
        self._rows = [Row(pick.item, gazetteer) for pick in picks]
        self._called = _called(self._rows)
        self._said = Said(message, interests, gazetteer)
        self._names = Names(gazetteer, vocabulary())
        self._figures = Figures(gazetteer)
        self._roles = Roles(gazetteer.schema)
        self._comparisons = Comparisons(gazetteer)
        self._things = Things(gazetteer)

    def hold(self, sentence: str, about: Sequence[int] = ()) -> bool:
        """Whether all that a sentence states is so. `about`: the picks that the sentence before spoke of, by their
        places.

        Links never pass, as a catalogue's text could have put them there, nor does what is too long for a sentence.
        """
        if len(sentence) > _LONGEST or _LINK.search(sentence):
            return False
        told = _MARKER.sub("", sentence)
        apart = take_apart(told, self._called, about)
        if is_chinese(told):
            return self._holds_in_chinese(apart)
        if len(told.split()) >= _QUOTED and any(self._rows[n].has(told) for n in about):
            return True  # it stands there word for word
        reading = Reading(apart, self._rows, self._said)
        return (
            self._names_hold(reading)
            and self._figures.hold(reading)
            and self._roles.hold(reading)
            and self._comparisons.hold(reading)
            and self._things.hold(reading)
        )

    @property
    def titles(self) -> frozenset[str]:
        """What the picks are called."""
        return frozenset(title for row in self._rows for title in row.titles)

    def named(self, sentence: str) -> list[int]:
        """Which of the picks a sentence names, or speaks of by a name that only one of them bears."""
        apart = take_apart(sentence, self._called)
        return list(dict.fromkeys(m.pick for m in apart.mentions)) or designated(sentence, self._called)

    def _names_hold(self, reading: Reading) -> bool:
        text = reading.sentence.text
        titles = Known.of(list(self.titles))
        return all(titles.has(title) for title in bracketed(text)) and all(
            self._names.holds(text, start, end, titles)
            or (reading.sentence.clauses.is_of_the_person(start) and self._names.holds(text, start, end, self._said))
            or self._name_holds(reading, start, end)
            or self._is_denied(reading, start, end)
            for start, end in capitalised(text)
        )

    def _name_holds(self, reading: Reading, start: int, end: int) -> bool:
        """Where picks are spoken of by names that each has for itself, each part of "Lisbon and Marrakesh" is in
        another row."""
        text = reading.sentence.text
        if reading.holds(start, lambda row: self._names.holds(text, start, end, row)):
            return True
        part = reading.sentence.part(start)
        if part.named or len(designated(text[part.start : part.end], self._called)) < _SEVERAL:
            return False
        pieces = [(start + m.start(), start + m.end()) for m in _PIECE.finditer(text[start:end])]
        if not all(designated(text[s:e], self._called) for s, e in pieces):
            return False
        return all(
            reading.some_holds(start, lambda row, s=s, e=e: self._names.holds(text, s, e, row))  # type: ignore[misc]
            for s, e in pieces
        )

    def _is_denied(self, reading: Reading, start: int, end: int) -> bool:
        """Whether it is a value of the catalogue that the sentence denies of rows which lack it: "not in English"."""
        words = forms(reading.sentence.text[start:end])
        known = any(entry.kind != "title" for entry in self._gazetteer.entries.get(words, ()))
        denied = known and reading.sentence.clauses.is_denied(start)
        return denied and reading.holds(start, lambda row: not row.holds(words))

    def _holds_in_chinese(self, sentence: Sentence) -> bool:
        picks = list(dict.fromkeys(m.pick for m in sentence.mentions)) or range(len(self._rows))
        known = reduce(Known.__or__, (self._rows[n].known for n in picks), self._said.known)
        names = all(self._names.holds(sentence.text, *span, known) for span in capitalised(sentence.text))
        return names and holds_in_chinese(sentence.text, known, self._gazetteer, len(self._rows))


def _called(rows: Sequence[Row]) -> Called:
    """What picks are called, and by which words only one of them is known."""
    bearers: dict[str, set[int]] = {}
    for n, row in enumerate(rows):
        for word in row.name_words:
            bearers.setdefault(word, set()).add(n)
    own = {word: min(picks) for word, picks in bearers.items() if len(picks) == 1}
    return Called([row.titles for row in rows], {forms(name) for row in rows for name in row.names}, own)
