"""How much speaks for an item being the work that is named: its title, its year, its makers.

Knows the rules by which a candidate is taken, left, or only offered. Knows nothing of how candidates are found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TitleFit = Literal[0, 1, 2, 3]
"""The same; the same but for what describes it; a part of it; spelt otherwise."""

YearFit = Literal[0, 1, 2, 3]
"""The same; one beside; unknown; another."""

Verdict = Literal["taken", "offered", "left"]
"""offered: it may be meant, and too little speaks for it."""

_EDITIONS = ("book", "album", "song")
"""Kinds that come out again and again, so that another year says little if the maker is the same."""
_FAR = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the catalogue, and how it compares. makers: whether they agree; None: unknown. kind: of work, or ""."""

    row: int
    title: TitleFit
    year: YearFit
    makers: bool | None
    kind: str = ""
    long: bool = True

    @property
    def rank(self) -> tuple[int, int, int]:
        """Less is better. Those of one rank cannot be told apart."""
        return int(self.makers is not True), self.title, self.year

    @property
    def verdict(self) -> Verdict:
        if self.makers is False:
            return "left"
        if self.makers is None:
            return self._by_year
        if self.year == _FAR and (self.title > 1 or self.kind not in _EDITIONS):
            return "offered" if self.title < 2 and not self.kind else "left"
        # A part may be the name of a series, whose other works its maker made too.
        return "offered" if self.title == 2 and self.year == 2 else "taken"

    @property
    def _by_year(self) -> Verdict:
        """Where nobody says who made it."""
        if self.year == _FAR:
            return "left"
        if self.title == 0:
            return "taken"
        if self.year == 2:
            return "offered"
        if self.title == 3:
            return "taken" if self.year == 0 and self.long else "offered"
        return "taken"
