"""One column, from cells as the file has them to values of one kind. Values first, the name second.

Knows one column at a time; which is the id or the title is in keys.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..values import (
    as_code_names,
    as_dates,
    as_epochs,
    as_quantities,
    as_years,
    as_yes_no,
    each_once,
    is_missing,
    plain_text,
    yes_or_no,
)
from .column import FEW_ROWS, NEARLY, Column, odd, strings
from .headers import says, spoken
from .number_column import number_columns
from .references import are_padded, is_reference
from .text_column import text_column

_NUMBER = re.compile(r"[-+−]?[\d.,]+\s*%?")
_NA, _TWO = "NA", re.compile("[A-Z]{2}")
_NONE, _GRADE, _GRADES = "none", re.compile(r"[^\W\d_A-Z]+|\d+ ?%"), 6
_FILLING, _SELDOM, _FILLED = 0.4, 1.2, 0.6
_SHOUTED = re.compile(r"[^\W\d_a-z]{2,}")
_MINUS_ONE = frozenset(("-1", "-1.0"))
_ALONE = frozenset((True, False, "true", "yes"))
"""What a column of yes and no may have alone beside nothing; 1 is equal to True too, and is a number."""


def typed(name: str, cells: Sequence[Any], day_first: bool | None = None, blanks: bool = False) -> list[Column]:
    """The columns that one column of cells becomes: one as a rule; two where it holds ranges or two kinds of
    amounts. day_first: what the file tells of dates like "3/4"; blanks: whether it writes "NA" for what is unknown."""
    known = _without_sentinel(_with_none(cells, each_once(_known, cells)))
    known = known if blanks else _with_na(name, cells, known)
    rest = _without_filler(known)
    if rest is not known:
        first, *others = typed(name, rest, day_first, blanks=True) or [Column(name, "hidden", rest)]
        return [replace(first, warnings=(*first.warnings, *odd(known, rest))), *others]
    filled = [cell for cell in known if cell is not None]
    kinds = set(map(type, filled))
    if not filled:
        return []
    distinct = set(map(_key, {tuple(cell) if isinstance(cell, list) else cell for cell in filled}))
    numbered = kinds <= {int, float} or all(_NUMBER.fullmatch(str(cell)) for cell in distinct)
    if len(distinct) == 1 and len(cells) >= FEW_ROWS and (numbered or len(filled) > NEARLY * len(cells)):
        return [Column(name, "hidden", strings(known), sure=0.9, warnings=("the same in every row",))]
    if is_reference(name, filled) or are_padded(name, filled):
        return [Column(name, "hidden", strings(known), sure=1.0)]
    if found := _yes_no(name, known, distinct):
        return [found]
    measured = _measured(name, known, day_first) if not kinds & {list, tuple} else None
    return measured or [text_column(name, known, distinct)]


def _measured(name: str, known: Sequence[Any], day_first: bool | None) -> list[Column] | None:
    """Columns of amounts, or of dates; None if it holds neither."""
    if says(name, "when") and (dates := as_epochs(known)) is not None:
        return [_dated(name, known, dates)]
    if (dates := as_years(known)) is not None:
        return [_dated(name, known, dates)]
    if (quantities := as_quantities(known, counted=says(name, "popularity"))) is not None:
        return number_columns(name, known, quantities)
    dates = as_dates(known, day_first) or as_years(known, loosely=False)
    return None if dates is None else [_dated(name, known, dates)]


def _dated(name: str, known: Sequence[Any], dates: Sequence[str | None]) -> Column:
    return Column(name, "number", dates, "date", words=spoken(name, None), warnings=odd(known, dates))


def _known(cell: Any) -> Any:
    return None if is_missing(cell) else cleaned(cell)


def cleaned(cell: Any) -> Any:
    """A cell without markup and blanks around it."""
    if isinstance(cell, str):
        return plain_text(cell).strip()
    return (
        [plain_text(one).strip() if isinstance(one, str) else one for one in cell] if isinstance(cell, list) else cell
    )


def _key(cell: Any) -> Any:
    return cell.casefold() if isinstance(cell, str) else cell


def _without_sentinel(known: list[Any]) -> list[Any]:
    """A column of texts without the -1 that stands where nothing is known."""
    texts = {cell for cell in known if isinstance(cell, str | int | float)}
    if not texts & {-1, *_MINUS_ONE}:
        return known
    others = set(map(str, texts)) - _MINUS_ONE
    worded = sum(not _NUMBER.fullmatch(text) for text in others)
    if not others or worded <= 0.9 * len(others):
        return known
    return [None if isinstance(cell, str | int | float) and str(cell) in _MINUS_ONE else cell for cell in known]


def _with_none(cells: Sequence[Any], known: list[Any]) -> list[Any]:
    """A column with "none" as a value, where it is one of a few grades in small letters or percents and no cell is
    blank."""
    if _NONE not in cells:
        return known
    distinct = {str(cell) for cell in known if cell is not None}
    grades = 2 <= len(distinct) <= _GRADES and all(map(_GRADE.fullmatch, distinct))
    if not grades or any(cell != _NONE for cell, one in zip(cells, known, strict=True) if one is None):
        return known
    return [_NONE if cell is None else cell for cell in known]


def _with_na(name: str, cells: Sequence[Any], known: list[Any]) -> list[Any]:
    """A column of codes of two letters with "NA" as one of them, if that has a name where the others have."""
    if _NA not in cells:
        return known
    codes = sorted({str(cell) for cell in known if cell is not None})
    if len(codes) < 3 or 2 * cells.count(_NA) > len(cells) or not all(map(_TWO.fullmatch, codes)):
        return known
    kinds = says(name, "place"), says(name, "state")
    if as_code_names(codes, *kinds) and (as_code_names([*codes, _NA], *kinds) or [_NA])[-1] == _NA:
        return known  # as among states, of which none is NA
    return [_NA if cell == _NA else one for cell, one in zip(cells, known, strict=True)]


def _without_filler(known: list[Any]) -> list[Any]:
    """A column of texts of several words, hardly two of which are the same, without the one word in capitals that
    stands in many cells where there is none: "TODO". In small letters it is what most of them are: "free"."""
    counts = Counter(cell for cell in known if isinstance(cell, str))
    ((filler, times),) = counts.most_common(1) or [("", 0)]
    if times < max(FEW_ROWS // 2, _FILLING * len(known)) or not _SHOUTED.fullmatch(filler):
        return known
    others = [cell for cell in counts if cell != filler]
    told = len(others) > 2 and counts.total() - times <= _SELDOM * len(others)
    worded = sum(len(cell.split()) > 2 and not cell.isupper() for cell in others) > _FILLED * len(others)
    return [None if cell == filler else cell for cell in known] if told and worded else known


def _yes_no(name: str, known: Sequence[Any], distinct: set[Any]) -> Column | None:
    if len(distinct) == 1 and type(next(iter(distinct))) in (bool, str) and distinct <= _ALONE:  # "True", or nothing
        found: Sequence[str | None] | None = [None if cell is None else yes_or_no(cell) for cell in known]
    else:
        found = as_yes_no(known) if 2 <= len(distinct) <= 3 else None
    if found is None:
        return None
    return Column(name, "category", found, "yes/no", words=spoken(name, None), sure=0.9)
