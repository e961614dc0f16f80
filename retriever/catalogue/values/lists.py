"""Several values in a cell: by a separator, as JSON, as Python writes them, or as an object.

Whether commas separate is told from the whole column: the parts of lists recur, are short, or are names; those of prose
and titles are not. Knows nothing of columns' names.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..reading import name_of
from .missing import is_missing

_SEPARATORS = ("|", ";", ",", " / ", "、", "，", "；", "\n", " • ", " · ", " > ", " -- ")
_BAR = "|"
"""Stands in no prose: one cell that has it tells it."""
_PROSE_MARKS = (",", "，", "\n", ";", " -- ")
_LEVELS = re.compile(r"\s+(?:>|--)\s+")
"""Between a heading and what stands under it: "Audio > Headphones", "Police -- Scotland". Each is a value."""
_SAMPLE = 500
_ENOUGH = 0.9
_SOME = 0.05
_SHORT = 3.5
_LONG = 60
_REUSE = 0.3
_MANY = 2.2
"""Parts to a cell: prose has no such commas."""
_BRACKETED = re.compile(r"\s*[\[{(].*[\]})]\s*", re.S)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_KEPT = "\0"
_SURNAME_FIRST = re.compile(r"([^\W\d][\w'’-]+), ([^\W\d][\w.'’ -]*)")
_PERSON = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [\w.'’-]+){1,4}")
_MOSTLY, _MOST, _AGAIN = 0.8, 0.5, 0.6
_PLAIN = re.compile(r"[^\W\d_]{3,}(?: [^\W\d_]+)?")
_CODES = re.compile(r"[A-Z]{1,4}(?: +[A-Z]{1,4})*")
_CODE = re.compile(r"[A-Z]{2,3}")
_NO = (False, None, "", 0, "no", "false", "False", "No")


def as_lists(values: Sequence[Any]) -> list[tuple[str, ...] | None] | None:
    """The column as lists of texts, None where nothing is known; None if its cells hold one value each."""
    known = [value for value in values if value is not None]
    if any(isinstance(value, list | tuple) for value in known):
        return [None if value is None else _texts(value) for value in values]
    if not known or not all(isinstance(value, str) for value in known):
        return None
    sample = known[:: max(1, len(known) // _SAMPLE)]
    if sum(bool(_BRACKETED.fullmatch(cell)) for cell in sample) >= _ENOUGH * len(sample):
        found = {cell: _literal(cell) for cell in set(known)}
        if sum(found[cell] is not None for cell in sample) >= _ENOUGH * len(sample):
            return [None if value is None else found[value] for value in values]
    separator = next((s for s in _SEPARATORS if _joins_codes(s, sample) or _separates(s, sample)), None)
    separator = " " if separator is None and _are_codes(sample) else separator
    joined = separator is None and (_joins_people("/", sample) or _joins_words("/", sample))
    within = separator is None and (_has_a_crew(sample) or _stand_within(sample))
    separator = "/" if joined else "," if within else separator
    if separator is None:
        return None
    split = {cell: split_cell(cell, separator) for cell in set(known)}
    return [None if value is None else split[value] for value in values]


def as_given_names(values: Sequence[Any]) -> list[Any] | None:
    """A column of people written "Woolf, Virginia", the other way round; None if they are not written so."""
    known = [value for value in values if value is not None]
    if not known or sum(isinstance(v, str) and bool(_SURNAME_FIRST.fullmatch(v)) for v in known) < 0.8 * len(known):
        return None
    return [_SURNAME_FIRST.sub(r"\2 \1", value) if isinstance(value, str) else value for value in values]


def split_cell(cell: str, separator: str) -> tuple[str, ...]:
    """The parts of a cell; a separator in brackets is none: "(Dutch, 1853-1890), oil" has two."""
    mark = separator.strip() or separator
    whole = _ASIDE.sub(lambda inside: inside[0].replace(mark, _KEPT), cell)
    levels = (level.replace(_KEPT, mark) for part in whole.split(mark) for level in _LEVELS.split(part))
    parts = (part.strip().strip("\"'").strip() for part in levels)
    return tuple(dict.fromkeys(part for part in parts if not is_missing(part)))


def split_by_mark(cell: str) -> tuple[str, ...]:
    """The parts of a cell that is known to be a list, by the first of the usual separators that is in it."""
    return split_cell(cell, next((separator for separator in _SEPARATORS if separator in cell), "\0"))


def _texts(value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple) else [value]
    return tuple(dict.fromkeys(str(name_of(part)).strip() for part in parts if not is_missing(part)))


def _literal(cell: str) -> tuple[str, ...] | None:
    """What a cell in brackets lists; of an object, the names of what is true in it, or its values."""
    try:
        value = json.loads(cell)
    except ValueError:
        try:
            value = ast.literal_eval(cell.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return None
    if isinstance(value, dict):
        flags = all(isinstance(one, bool) or one in ("yes", "no", "Yes", "No") for one in value.values())
        return (
            tuple(str(key) for key, one in value.items() if one not in _NO) if flags else _texts(list(value.values()))
        )
    return _texts(value) if isinstance(value, list | tuple | set) else None


def _are_codes(cells: Sequence[str]) -> bool:
    """Whether cells are made of codes in many ways: "JAN FEB", "FEB MAR", "MAR"; "FULL HD" is only one."""
    distinct = set(cells)
    if not all(map(_CODES.fullmatch, distinct)):
        return False
    return len({code for cell in distinct for code in cell.split()}) < len(distinct)


def _joins_codes(separator: str, cells: Sequence[str]) -> bool:
    """Whether cells are made of short codes alone: "CA, NV", "UT"."""
    if not any(separator in cell for cell in cells):
        return False
    return all(_CODE.fullmatch(part) for cell in cells for part in split_cell(cell, separator))


def _stand_within(cells: Sequence[str]) -> bool:
    """Whether the last parts of cells say what they are in: "Salthill, Galway", where other cells are in Galway too or
    just that. Nobody is called by a first name alone ("Woolf, Virginia")."""
    parts = [split_cell(cell, ",") for cell in cells]
    holding = [some for some in parts if len(some) > 1]
    last, alone = Counter(some[-1] for some in parts if some), {some[0] for some in parts if len(some) == 1}
    known = sum(last[some[-1]] > 1 for some in holding)
    many = len(holding) >= max(2, _SOME * len(cells)) and known >= _MOSTLY * len(holding)
    return many and len(alone.intersection(some[-1] for some in holding)) >= 2


def _joins_people(separator: str, cells: Sequence[str]) -> bool:
    """Whether what a bare sign joins are people, by first and last names: "Terry Pratchett/Neil Gaiman"."""
    holding = [cell for cell in cells if separator in cell]
    parts = [part for cell in holding for part in split_cell(cell, separator)]
    people = sum(bool(_PERSON.fullmatch(part)) for part in parts)
    return len(holding) >= max(2, _SOME * len(cells)) and people >= _MOSTLY * len(parts)


def _joins_words(separator: str, cells: Sequence[str]) -> bool:
    """Whether most cells join plain words by a bare sign, and say the same again: "Ducks/Geese", "Doves/Ducks"."""
    holding = [cell for cell in cells if separator in cell]
    if len(holding) < max(2, _MOST * len(cells)):
        return False
    parts = [part for cell in holding for part in cell.split(separator)]
    recurring = _recurring(separator, cells)  # of "public/commercial" and "private" no part comes again
    again = recurring >= _REUSE or (len(set(cells)) <= _AGAIN * len(cells) and recurring > 0)
    return again and all(map(_PLAIN.fullmatch, parts))


def _has_a_crew(cells: Sequence[str]) -> bool:
    """Whether a column of people has a few cells with three or more of them."""
    holding = [cell for cell in cells if "," in cell]
    alone = [cell for cell in cells if "," not in cell]
    crews = [[part.strip() for part in cell.split(",")] for cell in holding]
    if not holding or len(alone) < len(holding) or sum(map(bool, map(_PERSON.fullmatch, alone))) < _MOST * len(alone):
        return False
    return all(len(crew) > 2 and all(map(_PERSON.fullmatch, crew)) for crew in crews)


def _separates(separator: str, cells: Sequence[str]) -> bool:
    holding = [cell for cell in cells if separator in cell]
    if len(holding) >= 2 and separator in _PROSE_MARKS and _of_whole_cells(separator, holding, cells):
        return max(len(part) for cell in holding for part in split_cell(cell, separator)) <= _LONG
    least = 1 if separator == _BAR else 2
    if len(holding) < least or (len(holding) < _SOME * len(cells) and not _of_whole_cells(separator, holding, cells)):
        return False
    lists = [split_cell(cell, separator) for cell in cells]
    parts = [part for values in lists for part in values]
    if not parts or max(map(len, parts)) > 2 * _LONG:
        return False
    words = sum(len(part.split()) for part in parts) / len(parts)
    if words > (_SHORT if separator in _PROSE_MARKS and separator != ";" else 2 * _SHORT):
        return False
    if separator not in _PROSE_MARKS:
        return True
    joined = sum(part.casefold().startswith(("and ", "or ", "with ")) for part in parts)
    if joined > 0.02 * len(parts):
        return False
    named = sum(part[:1].isupper() and " " in part for values in lists if len(values) > 1 for part in values)
    among = sum(len(values) for values in lists if len(values) > 1)
    if len(parts) > _MANY * len(cells) and words < 2:
        return True
    return _recurring(separator, cells) >= _REUSE or (named > 0.8 * among and words <= 3)


def _of_whole_cells(separator: str, holding: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the parts of the few cells that may be lists stand in others alone."""
    alone = {cell.casefold() for cell in cells if separator not in cell}
    parts = [part.casefold() for cell in holding for part in split_cell(cell, separator)]
    return sum(part in alone for part in parts) > 0.5 * len(parts)


def _recurring(separator: str, cells: Sequence[str]) -> float:
    """How many of the parts of different lists are found in another list as well, from 0 to 1."""
    parts = [part.casefold() for cell in set(cells) for part in split_cell(cell, separator)]
    return 1 - len(set(parts)) / len(parts)
