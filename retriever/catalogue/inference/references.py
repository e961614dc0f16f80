"""What points elsewhere and says nothing of a thing: links, pictures, mail, telephone numbers, postcodes, shelf marks,
parts of an address, a point on the globe, and numbers that name and do not count.

By how the values are written; the name decides only where they look like amounts or names. Knows no files.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..values import (
    is_domain,
    is_link,
    is_phone,
    is_point,
    is_postcode,
    is_street_line,
    may_be_phone,
    names_in_links,
    names_street,
)
from .column import share
from .headers import says, words_of

_MARKED = re.compile(r"\w*\d\w*(?:[./:-]\w+)+")
_DEGREES = re.compile(r"[-+−]?\d+(?:[.,]\d+)?\s?°?")
_MOSTLY = 0.9
_LINES = 0.7
_DIFFERENT = 0.5
_HALF = 0.5
_SOME = 0.3
"""So many that are surely one of these tell what others are, which are written like files or amounts."""
_SAMPLE = 500
_NAMELESS = re.compile(r"(?:column|unnamed|\.{3})?[\s:]*[01]?(?:\.\d)?", re.I)
"""The first column of a file that gives it no name, as readers call it: the numbers of the rows of another table."""
_RUN, _FIRST_ROWS, _LEFT_OUT = 20, 3, 3
"""Numbers that go up from row to row are those of rows if there are more than that, they begin among the first, and
not many times as many are left out."""
_LONG, _LONG_NAMELESS = 1e8, 1e6
"""From there on whole numbers that all differ are keys: at once, and where no name says that they count something."""
_PADDED = re.compile(r"0\d+")
_AMOUNTS = (
    *("price", "popularity", "rating", "duration", "lasting", "pages", "mass", "length", "distance", "volume", "power"),
    *("heads", "age", "year", "when", "rank"),
)
"""What a name says is counted or measured, also where zeros stand before it."""
_NUMBERED = frozenset(("no", "num", "number", "nummer", "numero", "número", "numéro", "号"))
_DIGITS = 4
_FEW = 2
_TOWN = ", "
"""An address with more than the street in it is matched as it is written."""


def names_pages(name: str, values: Sequence[Any]) -> bool:
    """Whether a column has links, no pictures, that say in words what each row is."""
    texts = [value.strip() for value in values if isinstance(value, str)]
    whole = len(texts) == len(values) > _FEW and not says(name, "picture")
    return whole and names_in_links(texts) is not None


def is_address(name: str, values: Sequence[Any]) -> bool:
    """Whether a column has addresses with a street, each row another."""
    texts = [value for value in values if isinstance(value, str)]
    told = len({text.casefold() for text in texts}) >= _MOSTLY * len(values) and len(texts) > _FEW
    if says(name, "address"):
        return told and share(texts, lambda text: is_street_line(text) or text[:1].isdigit()) > _HALF
    return told and share(texts, is_street_line) > _MOSTLY


def is_reference(name: str, filled: Sequence[Any]) -> bool:
    """Whether the cells of a column, or what they list, point elsewhere."""
    sample = filled[:: max(1, len(filled) // _SAMPLE)]
    parts = [part for cell in sample for part in (cell if isinstance(cell, list | tuple) else (cell,))]
    texts = [str(part).strip() for part in parts if isinstance(part, str | int | float) and not isinstance(part, bool)]
    if not texts or len(texts) < len(parts):
        return False
    if _reaches(name, texts) or _is_where(name, texts):
        return True
    different = len(set(texts)) > _DIFFERENT * len(texts)
    return different and says(name, "inventory") and share(texts, _MARKED.fullmatch) > _MOSTLY


def _reaches(name: str, texts: Sequence[str]) -> bool:
    """Sites, mail and telephones, also several of these in one column."""
    if share(texts, lambda text: is_link(text) or is_phone(text)) > _MOSTLY:
        return True
    if says(name, "link") and share(texts, lambda text: is_link(text) or is_domain(text)) > _MOSTLY:
        return True
    surely = share(texts, lambda text: is_link(text) or is_phone(text)) > _SOME
    if not surely and not says(name, "contact"):
        return False
    return share(texts, lambda text: is_link(text) or is_domain(text) or may_be_phone(text)) > _MOSTLY


def _is_where(name: str, texts: Sequence[str]) -> bool:
    """A point, a postcode, a street, or another part of an address."""
    if share(texts, is_point) > _MOSTLY or share(texts, is_postcode) > _MOSTLY:
        return True
    if says(name, "postcode") and all(text.removesuffix(".0").isdigit() for text in texts):
        return True
    if says(name, "coordinate") and share(texts, _DEGREES.fullmatch) > _MOSTLY:
        return True
    if not says(name, "address"):
        return share(texts, is_street_line) > _LINES and len(set(texts)) > _DIFFERENT * len(texts)
    if share(texts, names_street) > _HALF or share(texts, lambda text: text[:1].isdigit()) > _HALF:
        return share(texts, lambda text: _TOWN in text) <= _HALF
    return len({text.casefold() for text in texts}) > _MOSTLY * len(texts) and len(texts) > 1


def are_padded(name: str, filled: Sequence[Any]) -> bool:
    """Whether digits are a code: all of one length, some with a zero before them, and nothing is counted."""
    if not all(isinstance(cell, str) and cell.isdecimal() for cell in filled) or not any(map(_PADDED.match, filled)):
        return False
    distinct = set(filled)
    same = len(set(map(len, distinct))) == 1 and sum(map(bool, map(_PADDED.match, distinct))) > 1
    return same and not any(says(name, concept) for concept in _AMOUNTS)


def is_key(name: str, known: Sequence[float]) -> bool:
    """Numbers that name and do not count: each once, by name or because they simply go on."""
    if not all(value.is_integer() for value in known) or len(known) < 2:
        return False
    distinct = len(set(known))
    if _NAMELESS.fullmatch(name) and distinct >= _MOSTLY * len(known):
        return True
    if says(name, "popularity"):
        return False
    if says(name, "identity") or (distinct == len(known) and name.casefold().endswith("id")):
        return True
    return distinct == len(known) and (_go_on(name, known) or _are_numbers(name, known))


def row_numbers(cells: Mapping[str, Sequence[Any]]) -> tuple[str, ...]:
    """The column that numbers the rows, where one does."""
    for name, values in cells.items():
        known = [str(value) for value in values]
        if known and len(set(known)) == len(known) and all(map(str.isdigit, known)) and _are_running(known):
            return (name,)
    return ()


def _are_running(known: Sequence[str]) -> bool:
    """Whether numbers go on from row to row, but for rows that are left out."""
    numbers = list(map(int, known))
    return numbers == sorted(numbers) and numbers[0] <= 1


def _go_on(name: str, known: Sequence[float]) -> bool:
    """Whether numbers that all differ are those of rows, also where rows are left out; places are not."""
    if len(known) <= _RUN:
        return False
    steps = [after - before for before, after in itertools.pairwise(known)]
    if max(known) - min(known) == len(known) - 1 or set(steps) == {known[0]}:  # 10, 20, 30, ... from row to row
        return True
    rising = min(steps) > 0 and 0 <= known[0] <= _FIRST_ROWS and known[-1] <= _LEFT_OUT * len(known)
    return rising and not says(name, "rank")


def _are_numbers(name: str, known: Sequence[float]) -> bool:
    """Whether numbers that all differ are too long to count, or are of one length and called numbers: "Lot no."."""
    if min(known) >= (_LONG_NAMELESS if name.startswith("column ") else _LONG):
        return True
    lengths = {len(f"{value:.0f}") for value in known}
    return len(lengths) == 1 and max(lengths) >= _DIGITS and _NUMBERED.issuperset(words_of(name)[-1:])
