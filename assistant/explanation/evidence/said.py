"""What the person said and wants, as far as a sentence may say it back to them. Knows nothing of picks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from penchant.retriever import Interest

from ...understanding.linking import Entry, Forms, Gazetteer
from ...understanding.quantities.amounts import amounts
from ...understanding.text import forms
from ..statements import akin
from .rows import Known

_LONGEST = 5


class Said:
    """The message and the interests."""

    def __init__(self, message: str, interests: Sequence[Interest], gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._texts = (message, *(interest.value for interest in interests if interest.source != "model"))
        self.known = Known.of(self._texts)

    def has(self, text: str) -> bool:
        """Whether the words of a text were said, one after the other."""
        return self.known.has(text)

    def means(self, phrase: Forms) -> bool:
        """Whether a phrase means the same as something that was said: "sci-fi" and "science fiction"."""
        return phrase in self.known.values or not self._entries.isdisjoint(_values(self._gazetteer, phrase))

    def holds(self, phrase: Forms) -> bool:
        """Whether a phrase was said, or what it means."""
        return self.means(phrase) or all(f" {word} " in self.known.text for word in phrase)

    def speaks_of(self, word: str) -> bool:
        """Whether a word (its stem) or one of its family was said."""
        return any(word == own or akin(word, own) for own in self._words)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(form for text in self._texts for form in forms(text))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Every number that was said, in digits or in words."""
        counted = [amount for text in self._texts for amount in amounts(text, frozenset())]
        return self.known.numbers | {a.low for a in counted} | {a.high for a in counted}

    @cached_property
    def _entries(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            e for text in self._texts for part in grams(forms(text)) for e in _values(self._gazetteer, part)
        )


def grams(words: Forms) -> Iterator[Forms]:
    """Every stretch of up to five words."""
    for n in range(len(words)):
        yield from (words[n:last] for last in range(n + 1, min(len(words), n + _LONGEST) + 1))


def _values(gazetteer: Gazetteer, phrase: Forms) -> set[tuple[str, str]]:
    entries: Sequence[Entry] = gazetteer.entries.get(phrase, ())
    return {(e.facet, e.value) for e in entries if e.kind != "title"}
