"""One sentence with the rows and the words that it is checked against. Knows nothing of what is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..statements import Sentence
from .rows import Row
from .said import Said


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence about some rows, by the place of the picks, to a person who said something."""

    sentence: Sentence
    rows: Sequence[Row]
    said: Said

    def holds(self, position: int, check: Callable[[Row], bool]) -> bool:
        """Whether the rows that the sentence is about at a position pass a check, all or so many as it says."""
        part = self.sentence.part(position)
        passed = sum(check(self.rows[n]) for n in part.picks)
        return passed == len(part.picks) if part.every else passed >= part.least

    def is_quoted(self, start: int, end: int) -> bool:
        """Whether a stretch with the word after it stands so in the rows that it is about: whatever it means there."""
        last = next((word.end for word in self.sentence.words if word.start >= end), end)
        return self.holds(start, lambda row: row.has(self.sentence.blotted[start:last]))

    def some_holds(self, position: int, check: Callable[[Row], bool]) -> bool:
        """Whether one of those rows passes it."""
        return any(map(check, self.rows_at(position)))

    def rows_at(self, position: int) -> list[Row]:
        return [self.rows[n] for n in self.sentence.part(position).picks]
