"""Rows that a title may mean where nobody says who made it: works of its year that are called nearly so, or that are
in the title's language. Knows titles, years and languages.
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from ..histories import Entry
from .judgement import TitleFit
from .languages import Likeness, codes, is_abroad, likeness, shared, spoken
from .shelf import Shelf
from .titles import core, numbers_of, year_in

_HALF, _MOST = 0.5, 0.75
_LETTER, _LETTERS = 90, 6
_WORD, _LONG_WORD = 5, 6
_WORDS = 4
_OF_THE_YEAR: TitleFit = 12
_SURELY: TitleFit = 13
_MANY = 60
"""Among so many works of one kind in a year, another in the same language says nothing."""


def of_its_year(entry: Entry, shelf: Shelf) -> Mapping[int, TitleFit]:
    """Works of the very year and kind: the only one that is called nearly so or shares a word that tells across two
    languages; else those half of whose words are alike; else those in the title's language, where that is another and
    the catalogue says so, with a word alike; else the only one of these."""
    rows = [row for row in shelf.by_year.get(entry.year or year_in(entry.title), ()) if shelf.kinds[row] == entry.kind]
    if not entry.kind or len(rows) > _MANY:
        return {}
    compared = {row: found for row in rows if (found := likeness(entry.title, _title(shelf, row), shelf.usual))}
    told = [row for row, found in compared.items() if _tells(entry.title, _title(shelf, row), found, shelf.usual)]
    if len(told) == 1:
        return dict.fromkeys(told, _SURELY)
    half = [row for row, found in compared.items() if found.cover >= _HALF and found.several]
    covers = {row: found.cover for row, found in compared.items()}
    return dict.fromkeys(told or half or _spoken_so(entry, shelf, covers), _OF_THE_YEAR)


def _title(shelf: Shelf, row: int) -> str:
    return shelf.catalogue.items[row].title


def _tells(title: str, other: str, found: Likeness, usual: frozenset[str]) -> bool:
    """Whether two works of a year are one by their titles alone: all but a letter or a word of many is the same, or
    they are in two languages and a long word is in both."""
    one, two = core(title), core(other)
    if found.begun:
        return True
    if min(len(one), len(two)) >= _LETTERS and fuzz.ratio(one, two) >= _LETTER:
        return True
    both, numbered = shared(title, other), found.counted and bool(numbers_of(one))
    longest = max(map(len, both), default=0)
    in_one = bool(spoken(title) & spoken(other))
    if not in_one and (is_abroad(title, usual) or is_abroad(other, usual)):
        return longest >= (_WORD if found.cover >= _HALF or numbered else _LONG_WORD)
    many = found.cover >= _MOST and len(both) >= _WORDS - 1
    return found.even and (many or (numbered and found.cover >= _HALF and longest >= _LONG_WORD))


def _spoken_so(entry: Entry, shelf: Shelf, covers: Mapping[int, float]) -> list[int]:
    said = spoken(entry.title)
    if not said or said & shelf.usual:
        return []
    near = [row for row in covers if said & codes(tuple(shelf.languages(row)))]
    return [row for row in near if covers[row]] or (near if len(near) == 1 else [])
