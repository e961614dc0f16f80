"""Words that several values of one field have and nothing else is called by: "CHAdeMO" of Type 1 CHAdeMO and Type 2
CHAdeMO, "an IPA" of all that are one.

Knows one catalogue's values, and words. Knows nothing of messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.kinds import adjectives, is_joint, nouns, takes_away

from ..linking import Entry, headings
from ..text import CHATTER, STOPWORDS, forms
from .value_words import BESIDE

_MOST_VALUES, _MOST_WORDS = 1000, 5
_SEVERAL, _LETTERS = 2, 3
_OF_ALL, _OF_THINGS, _OWN = 0.8, 0.5, 0.6
"""A word for more of the items of which the field is known says nothing; what things are called, for more than half.
And so many of all items that say it hold one of the values."""
_REMEMBERED = 512


@dataclass(frozen=True)
class SharedWords:
    """The values of one catalogue by such words."""

    catalogue: Catalogue

    @cached_property
    def _known(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """By each word that several values of a field have, but not all, these values, the commonest first."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for field in self.catalogue.schema.of("facet", "category"):
            counts = self.catalogue.value_counts[field]
            if len(counts) > _MOST_VALUES or not self.catalogue.sorts(field):
                continue
            by_word: dict[str, list[str]] = {}
            for value in sorted(counts, key=lambda value: -counts[value]):
                for word in _words_of(value):
                    by_word.setdefault(word, []).append(value)
            for word, values in by_word.items():
                if _SEVERAL <= len(values) < len(counts):
                    found.setdefault(word, {})[field] = tuple(values)
        return found

    @cached_property
    def of(self) -> Callable[[str, bool], tuple[Entry, ...]]:
        """The entries that a word (its form) stands for, of one field; none if it is no name for them. thing: it is
        what the things are called that are looked for."""
        return lru_cache(_REMEMBERED)(self._of)

    def _of(self, word: str, thing: bool) -> tuple[Entry, ...]:
        fields = self._known.get(word, {})
        if len(fields) != 1 or word in headings(self.catalogue.schema):
            return ()
        ((field, values),) = fields.items()
        if not self._tells(word, field, values, _OF_THINGS if thing else _OF_ALL):
            return ()
        counts = self.catalogue.value_counts[field]
        return tuple(Entry("value", field, value, count=counts[value]) for value in values)

    def _tells(self, word: str, field: str, values: tuple[str, ...], most: float) -> bool:
        """Whether a word says something of items, and hardly any say it that hold none of the values."""
        few = self.catalogue.share_of(field, values) <= most
        return few and self.catalogue.share_holding(word, field, values) >= _OWN


def _words_of(value: str) -> Iterator[str]:
    """The words of a value by which it may be called: none that only says how a thing is that stands behind it ("light
    blue"), nor makes another thing of it ("milk chocolate"), nor stands behind a preposition."""
    form = forms(value)
    called = len(forms(BESIDE.split(value.casefold())[0]))
    if not 1 < len(form) <= _MOST_WORDS or takes_away(value) or is_joint(value):
        return
    for n, word in enumerate(form[:called]):
        behind = form[n + 1 : n + 2]
        says_how = bool(behind) and (word in adjectives() or bool(nouns().senses(f"{word} {behind[0]}")))
        if len(word) >= _LETTERS and word.isalpha() and word not in STOPWORDS | CHATTER and not says_how:
            yield word
