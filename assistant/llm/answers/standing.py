"""What a person plainly ruled out, bounded or wants less of stands, whatever a language model made of the message.

Two readings of one message are held together: the model's, and the one that needs no model. Knows nothing of prompts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from penchant.retriever import MENTION, OPEN, Interest, Schema, is_order, parse_range

_STRICTNESS = {"want": 0, "less": 1, "never": 2}


@dataclass(frozen=True)
class Standing:
    """A message and what was found in it without a model."""

    message: str
    plain: Sequence[Interest]
    schema: Schema

    def joined(self, found: Sequence[Interest]) -> list[Interest]:
        """The model's interests less those that go against what stands, and what stands of which they say nothing."""
        standing = self._standing()
        unread = [i for i in standing if not self._is_read(i, found)]
        # A range that was read too may be said in other numbers; of a value, no less is meant than stands.
        bars = [*unread, *(i for i in standing if self.schema.kind(i.facet) != "number")]
        return [i for i in found if not any(self._against(i, other) for other in bars)] + unread

    def notes(self, found: Sequence[Interest]) -> Iterator[str]:
        """One sentence for each quote that the model left out or took otherwise."""
        quotes = (i.quote or i.value for i in self._standing() if not self._is_held(i, found))
        for quote in dict.fromkeys(quotes):
            yield f"You said “{quote}”: that holds, though the model read it otherwise."

    def _standing(self) -> list[Interest]:
        """Nevers, lesses and ranges. Of works a model knows better what is said."""
        return [i for i in self.plain if i.level != "want" or self.schema.kind(i.facet) == "number"]

    def _is_read(self, one: Interest, found: Sequence[Interest]) -> bool:
        """Whether nothing is missing of it: a *never* of a value bars that value in each facet that knows it, and no
        other one that the model takes for it."""
        barred = {i.key for i in found if i.level == "never"}
        return self._is_held(one, found) and (one.level != "never" or one.facet == OPEN or one.key in barred)

    def _is_held(self, one: Interest, found: Sequence[Interest]) -> bool:
        if one.facet == MENTION:
            return any(i.key == one.key for i in found)
        if self.schema.kind(one.facet) == "number":
            return any(i.facet == one.facet and _agree(i, one) for i in found)
        strict = [i for i in found if _STRICTNESS[i.level] >= _STRICTNESS[one.level]]
        return any(i.value.casefold() == one.value.casefold() or self._meet(i, one) for i in strict)

    def _against(self, one: Interest, other: Interest) -> bool:
        """Whether a reading of the model's goes against what stands: it is about the same, and says less or another
        range."""
        if self.schema.kind(other.facet) == "number":
            return one.facet == other.facet and is_order(one) == is_order(other)
        same = one.key == other.key or (not one.facet and one.value.casefold() == other.value.casefold())
        return same and _STRICTNESS[one.level] < _STRICTNESS[other.level]

    def _meet(self, one: Interest, other: Interest) -> bool:
        """Whether two quotes have words of the message in common."""
        starts = [self.message.find(i.quote) if i.quote else -1 for i in (one, other)]
        ends = [start + len(i.quote) for start, i in zip(starts, (one, other), strict=True)]
        return min(starts) >= 0 and max(starts) < min(ends)


def _agree(one: Interest, other: Interest) -> bool:
    """Whether two readings of a number can both be meant: the same order, ranges that meet, or a wanted one of which
    what is ruled out leaves something."""
    if is_order(one) or is_order(other):
        return one.value == other.value
    (low, high), (lowest, highest) = parse_range(one.value), parse_range(other.value)
    if one.level == other.level:
        return max(low, lowest) <= min(high, highest)
    inside = (low >= lowest and high <= highest) if one.level == "want" else (lowest >= low and highest <= high)
    return not inside
