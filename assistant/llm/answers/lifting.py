"""What of before ends with a message, as a model has it; what a person ruled out ends only where they speak of it.

Knows the session and what was found without a model. Knows nothing of prompts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from penchant.retriever import MENTION, Interest, Schema
from penchant.retriever.catalogue import normalise
from penchant.retriever.ranking import InterestKey

from ...session import Session, Understanding
from ...understanding.text import STOPWORDS, forms


@dataclass(frozen=True)
class Lifting:
    """A message after a session, and what was found in it without a model (`plain`)."""

    message: str
    session: Session
    plain: Understanding
    schema: Schema

    def dropped(self, taken_back: Sequence[str]) -> Iterator[InterestKey]:
        """Keys of what a model says is taken back, by its value, by its label, or by its facet as a whole."""
        back = {value.strip().casefold() for value in taken_back}
        for i in self.session.interests:
            named = bool({i.value.casefold(), i.label.casefold()} & back)
            if (named and i.key not in self._standing) or (i.level == "want" and i.facet.casefold() in back - {""}):
                yield i.key

    def held(self, found: Sequence[Interest]) -> list[Interest]:
        """The model's interests without those that would lift what stands."""
        return [i for i in found if i.level == "never" or i.key not in self._standing]

    def notes(self, found: Sequence[Interest], taken_back: Sequence[str]) -> Iterator[str]:
        """One sentence for each that the model would have lifted."""
        back = {value.strip().casefold() for value in taken_back}
        wanted = {i.key for i in found if i.level != "never"}
        for key, i in self._standing.items():
            if key in wanted or {i.value.casefold(), i.label.casefold()} & back:
                yield f"You ruled out “{i.value}” before, and did not take it back now: that holds."

    @cached_property
    def _standing(self) -> dict[InterestKey, Interest]:
        """What was ruled out before and is not spoken of now. Of works a model knows better what is said, and a number
        is spoken of in many ways."""
        numbers = {MENTION, *self.schema.of("number")}
        nevers = (i for i in self.session.interests if i.level == "never" and i.facet not in numbers)
        return {i.key: i for i in nevers if not self._is_spoken_of(i)}

    def _is_spoken_of(self, one: Interest) -> bool:
        """Whether the message has a word of it, or of how it was said, or is understood without a model to speak of
        it."""
        said = {i.key for i in self.plain.interests if i.level != "never"} | set(self.plain.dropped)
        if one.key in said or (one.facet, one.value.casefold()) in said:
            return True
        words = {*forms(one.value), *forms(one.quote)} - STOPWORDS
        return normalise(one.value) in normalise(self.message) or not words.isdisjoint(forms(self.message))
