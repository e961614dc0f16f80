"""How much speaks for an item being the work that is named: its title, its year, its makers.

Knows the rules by which a candidate is taken, left, or only offered. Knows nothing of how candidates are found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .editions import Doubt

TitleFit = Literal[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
"""The same; the same but for what describes it; a part of it; spelt otherwise; and of those that only their makers led
to: every word alike; in another language with half of the words alike; with some, or a shorter form; in another script;
the same and more behind it; in the same language with half of the words alike; nothing alike. Last, of those that
nobody made: the same and more before it; in another language, and of the same year; the only one of the year that a
word of it tells."""

YearFit = Literal[0, 1, 2, 3]
"""The same; one beside; unknown; another."""

LengthFit = Literal[0, 1]
"""As long, to a few minutes; not so, or not known."""

MakerFit = Literal[0, 1, 2, 3]
"""The first who is named; only one who stands behind, or whose letters cannot be compared; nobody is named; others."""

Verdict = Literal["taken", "offered", "left"]
"""offered: it may be meant, and too little speaks for it."""
_VERDICTS: Sequence[Verdict] = ("taken", "offered", "left")

_EDITIONS = ("book", "album", "song")
"""Kinds that come out again and again, so that another year says little if the maker is the same."""
_FAR = 3
_BY_MAKER: Mapping[TitleFit, tuple[Verdict, Verdict, Verdict, Verdict]] = {
    4: ("taken", "taken", "taken", "taken"),
    5: ("taken", "offered", "offered", "offered"),
    6: ("taken", "offered", "offered", "left"),
    7: ("taken", "offered", "left", "left"),
    8: ("offered", "offered", "offered", "offered"),
    9: ("offered", "left", "offered", "left"),
    10: ("offered", "left", "left", "left"),
}
"""By the year."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the catalogue, and how it compares. kind: of work, or "". telling: whether the words that they
    share are enough to tell it by. doubt: whether it is another version.
    length: whether it is as long. own: whether the title is in the work's own language, and that not the usual one; of
    a film, whether neither is in the usual one."""

    row: int
    title: TitleFit
    year: YearFit
    makers: MakerFit
    kind: str = ""
    telling: bool = True
    doubt: Doubt = 0
    length: LengthFit = 1
    own: bool = False

    @property
    def rank(self) -> tuple[int, int, int]:
        """Less is better. Those of one rank cannot be told apart."""
        return self.makers, self.title, self.year

    @property
    def order(self) -> tuple[int, int]:
        """Less is better among the titles of one work."""
        return _VERDICTS.index(self.verdict), self.title

    @property
    def verdict(self) -> Verdict:
        found = self._unless_in_doubt
        if self.doubt == 2:
            return "left"
        return "offered" if found == "taken" and self.doubt else found

    @property
    def _unless_in_doubt(self) -> Verdict:
        if self.makers == 3:  # by a pseudonym, or in other letters: one title twice in a year is rare
            sure = self.kind == "film" and self.telling
            return "left" if self.title or self.year else "taken" if sure else "offered"
        if self.makers == 2:
            return self._by_year
        if self.makers == 1:
            return self._behind
        if self.title in _BY_MAKER and self._is_told:
            return "taken"
        if self.title in _BY_MAKER and (self.year != _FAR or self.kind in _EDITIONS):
            # Books of a series share words, in every language; albums do not.
            is_album = (self.title, self.year, self.kind) == (5, 2, "album")
            return "taken" if is_album else _BY_MAKER[self.title][self.year]
        if self.year == _FAR and (self.title > 1 or self.kind not in _EDITIONS):
            # A volume of it, or one that has it and others, comes out when it will.
            of_others = self.title == 2 and self.doubt == 1 and self.kind == "book"
            return "offered" if of_others or (self.title < 2 and not self.kind) else "left"
        # A part may be the name of a series, whose other works its maker made too.
        vague = self.title == 2 or (self.title == 3 and not self.telling)
        return "offered" if vague and self.year == 2 else "taken"

    @property
    def _is_told(self) -> bool:
        """Whether it is told though its title is not: nobody makes two works of one length in a year, and few make two
        in a language; half of as many words are alike, and it is called so by its own people."""
        if self.year == 0:
            return self.length == 0 or self.own
        return self.own and self.year != _FAR and self.title == 5 and self.telling

    @property
    def _behind(self) -> Verdict:
        """Where its maker only stands behind another: a translation that is named for its translator, and as well a
        study guide, a comic or a film of it."""
        if self.title == 0 and self.year < 2:
            return "taken"
        return "offered" if self.title < 2 else "left"

    @property
    def _by_year(self) -> Verdict:
        """Where nobody says who made it."""
        if self.year == _FAR:
            return "left"
        if self.title == 0:
            return "taken"
        if self.year == 2:
            return "offered"
        if self.title == 12:
            return "offered"
        if self.title in (11, 13):
            return "taken" if self.year == 0 else "left"
        if self.title in (2, 3):  # "Oppenheimer: The Real Story" is of the same year, and not the film
            return "taken" if self.year == 0 and self.telling else "offered"
        return "taken"
