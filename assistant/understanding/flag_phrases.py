"""What an open phrase says of a field of yes and no: "a mic" where there is `Microphone`, "outdoor seats" of `Outdoor
Seating`, "isn't toxic" of `Toxic to pets`.

Knows the columns of a catalogue and English nouns. Knows nothing of messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from penchant.retriever import Catalogue
from penchant.retriever.catalogue.inference import words_of
from penchant.retriever.catalogue.kinds import nouns

from .asking.flags import is_flag, is_said
from .text import CHATTER, STOPWORDS, forms

_EITHER = frozenset(("yes", "no", "true", "false"))
_OF_FIELDS = frozenset(
    "is has have with can available allowed option options takes offers included friendly to for of in ok".split()
)
_ENDING = "ing"


@dataclass(frozen=True)
class FlagPhrases:
    """The fields of yes and no of one catalogue, by the words of their names."""

    catalogue: Catalogue

    def find(self, phrase: str) -> tuple[str, str] | None:
        """The field, and its value that says yes, of which every word of a phrase that says something is spoken, and
        at least half of its own words are; none where several are alike."""
        said = {form for form in forms(phrase) if form not in STOPWORDS | CHATTER | _OF_FIELDS}
        shares = {pair: self._share(own, said) for pair, own in self._words.items()} if said else {}
        best = max(shares.values(), default=0.0)
        found = [pair for pair, share in shares.items() if share == best and share >= 0.5]
        return found[0] if len(found) == 1 else None

    def _share(self, own: frozenset[str], said: set[str]) -> float:
        """Which part of a field's words is said; none where something else is said beside them."""
        meant = {word: {name for name in own if is_spoken(word, name)} for word in said}
        return len(set().union(*meant.values())) / len(own) if all(meant.values()) else 0.0

    @cached_property
    def _words(self) -> Mapping[tuple[str, str], frozenset[str]]:
        return {pair: own for pair, own in self._flags() if own}

    def _flags(self) -> Iterator[tuple[tuple[str, str], frozenset[str]]]:
        for facet, values in self.catalogue.value_counts.items():
            if values and {value.casefold() for value in values} <= _EITHER:
                true = next((value for value in values if is_flag(value)), "yes")
                yield (facet, true), frozenset(forms(" ".join(words_of(facet)))) - _OF_FIELDS


def is_spoken(word: str, own: str) -> bool:
    """Whether a word (its form) is one of a field's, begins alike, is what it is made of, or means the same."""
    if is_said(own, (word,)) or own == word + _ENDING:
        return True
    return any({word, own} <= set(sense.names) for sense in nouns().senses(word))
