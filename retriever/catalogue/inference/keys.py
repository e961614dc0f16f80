"""Which column names a row, and which one is what people call it. Knows no files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..values import are_slugs, as_yes_no, is_missing
from .headers import is_family, is_given, says, words_of
from .references import is_address, is_reference, names_pages, row_numbers
from .text_column import is_one_text

Cells = Mapping[str, Sequence[Any]]

_PLAIN_IDS, _PLAIN_TITLES = ("id", "item_id"), ("title", "name")
_ALMOST = 0.98
_LONGEST_TITLE = 12
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.I)
_COMPOSED_OF = 3
_SAMPLE = 500
_MOSTLY_DIFFERENT = 0.6
_MOSTLY_OTHERS = 0.9
_APART = (
    *("people", "maker", "place", "identity", "link", "picture", "prose", "low"),
    *("address", "postcode", "contact", "coordinate"),
)
_SEVERAL_WORDS = 2.5
_BLANK = 0.3
_HALF = 0.5
_SIDES = 2
"""What is one of two, as yes and no are, names nothing beside others that do."""
_NAMING = 0.4
"""So many of the rows a name has another in at least, where nothing else is a title."""
_HARDLY = 0.03
_ONE_NAME = 1.5
"""Words of a first name, or of a last one, at the most."""
_SENTENCE = re.compile(r"[.!?。！？](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Keys:
    """The column of ids ("" if ids are made from what a row says), and the columns that make a title: one as a rule."""

    identity: str
    title: tuple[str, ...]


def find_keys(cells: Cells) -> Keys:
    """The keys of a table whose rows are one thing each; see grouped."""
    identity = _identity(cells)
    rest = {name: values for name, values in cells.items() if name != identity}
    title = _of_a_person(rest) or _title(rest)
    return Keys(identity, title or _told(_each_row_once(rest)) or tuple(cells)[:1])


def _of_a_person(cells: Cells) -> tuple[str, ...]:
    """The columns of first and last names, where that is what rows have instead of a title."""
    pairs = [
        (given, family)
        for given in filter(is_given, cells)
        for family in filter(is_family, cells)
        if given != family and (says(family, "family") or not says(given, "title"))
    ]
    pairs.sort(key=lambda pair: not says(pair[1], "family"))
    return next((pair for pair in pairs if all(_words_to(cells[name]) <= _ONE_NAME for name in pair)), ())


def _words_to(values: Sequence[Any]) -> float:
    """How many words a cell has on average; many, if few cells are texts."""
    known = [value for value in values if isinstance(value, str) and not is_missing(value)]
    few = len(known) < _MOSTLY_OTHERS * len(values) or not known
    return _LONGEST_TITLE if few else sum(len(text.split()) for text in known) / len(known)


def _identity(cells: Cells) -> str:
    plain = {name.casefold(): name for name in cells}
    named = [plain[name] for name in _PLAIN_IDS if name in plain]
    named += [name for name in cells if says(name, "identity") and name not in named]
    named += [name for name in cells if name.casefold().endswith("id") and name not in named]
    return next((name for name in named if _is_key(cells[name])), "")


def grouped(cells: Cells) -> str:
    """The column that holds rows together which are one thing (the variants of an article); empty if none does."""
    named = [name for name in cells if says(name, "identity")]
    if any(_is_key(cells[name]) for name in named if name.casefold() in _PLAIN_IDS):
        return ""
    return next((name for name in named if _groups(name, cells)), "")


def _is_key(values: Sequence[Any]) -> bool:
    """Known in all but a few rows, for which an id is made, and all but always another."""
    known = [str(value) for value in values if not is_missing(value) and not isinstance(value, list)]
    if (
        not known
        or len(known) < _ALMOST * len(values)
        or any(" " in value.strip() or _LINK.fullmatch(value) for value in known[:100])
    ):
        return False
    return len(set(known)) >= _ALMOST * len(known)


def _groups(name: str, cells: Cells) -> bool:
    """Whether a column holds several rows together: each of its values stands in rows that follow each other, and
    all but the first of these are largely blank (the variants of an article)."""
    values = [str(value) for value in cells[name]]
    if any(is_missing(value) for value in values) or len(set(values)) < 2:
        return False
    again = [n for n in range(1, len(values)) if values[n] == values[n - 1]]
    if len(set(values)) + len(again) != len(values) or not again:
        return False
    first = {value: n for n, value in reversed(list(enumerate(values)))}
    led = [(n, first[values[n]]) for n in again]
    blank = [sum(is_missing(column[n]) and not is_missing(column[at]) for column in cells.values()) for n, at in led]
    return sum(count >= _BLANK * len(cells) for count in blank) > 0.5 * len(again)


def _title(cells: Cells) -> tuple[str, ...]:
    plain = {name.casefold(): name for name, values in cells.items() if not all(map(is_missing, values))}
    if said := [plain[name] for name in _PLAIN_TITLES if name in plain]:
        return (said[0],)
    scores = {name: score for name, values in cells.items() if (score := _title_score(name, values)) > 0}
    names = sorted(scores, key=scores.__getitem__, reverse=True)
    best = next((name for name in names if _may_name(name, cells)), "")
    level = (name for name in scores if scores[name] > scores.get(best, 0.0) - _HARDLY)
    best = best and next(name for name in level if _may_name(name, cells))  # of names that are level the first column
    best = best or _leading(cells) or _of_slugs(cells)
    best = best or next((name for name, values in cells.items() if names_pages(name, values)), "")
    return (best,) if best else ()


def _may_name(name: str, cells: Cells) -> bool:
    return says(name, "title") or is_one_text(cells[name])


def _leading(cells: Cells) -> str:
    """The first column, if it has several words in each row and most rows have others: the same car is there twice."""
    name, values = next(iter(cells.items()), ("", ()))
    known = [value.casefold() for value in values if isinstance(value, str) and not is_missing(value)]
    if len(known) < _ALMOST * len(values) or not known or not is_one_text(known):
        return ""
    words = sum(len(text.split()) for text in known) / len(known)
    different = len(set(known)) / len(known)
    return name if _SEVERAL_WORDS <= words <= _LONGEST_TITLE and different >= _MOSTLY_DIFFERENT else ""


def _of_slugs(cells: Cells) -> str:
    """The column of names as addresses write them that says most of its rows, if all but a few have another."""
    different = {name: _differing_slugs(values) for name, values in cells.items() if not _is_apart(name)}
    best = max(different, key=different.__getitem__, default="")
    return best if best and different[best] >= _MOSTLY_OTHERS else ""


def _differing_slugs(values: Sequence[Any]) -> float:
    """How many of the rows have a slug of their own, from 0 to 1; 0 for a column of other texts."""
    known = [value.strip() for value in values if isinstance(value, str) and not is_missing(value)]
    return len(set(known)) / len(values) if known and are_slugs(known) else 0.0


def _is_apart(name: str) -> bool:
    """Whether a name says that the column tells something else of a row than what it is called."""
    return any(says(name, concept) for concept in _APART)


def _title_score(name: str, values: Sequence[Any]) -> float:
    """How well a column names its rows: by how few share a name, by its shape, and by what it is called."""
    known = [" ".join(value.split()) for value in values if isinstance(value, str) and not is_missing(value)]
    if len(known) < 0.5 * len(values) or not known:
        return 0.0
    words = sum(len(text.split()) for text in known) / len(known)
    lettered = sum(bool(_LETTERS.search(text)) for text in known) / len(known)
    if words > _LONGEST_TITLE or lettered < 0.7 or any(_LINK.fullmatch(text) for text in known[:20]):
        return 0.0
    different = len({text.casefold() for text in known}) / len(known)
    called = 0.7 - 0.1 * max(0, len(words_of(name)) - 1) if says(name, "title") else 0.0
    other = 0.6 * _is_apart(name)
    code = sum(" " not in text and any(c.isdigit() for c in text) for text in known) > 0.7 * len(known)
    if called <= 0.5 and is_reference(name, known):
        return 0.0
    if different < (0.5 if called > 0.5 else _MOSTLY_OTHERS) or (not called and (other or code or words < 1.2)):
        return 0.0
    return different + called - other + 0.2 * (len(known) / len(values)) - 0.3 * code


def _each_row_once(cells: Cells) -> Cells:
    """The table without rows that say the same as one before."""
    first: dict[tuple[str, ...], int] = {}
    for n, row in enumerate(zip(*(map(str, values) for values in cells.values()), strict=True)):
        first.setdefault(row, n)
    return {name: [values[n] for n in first.values()] for name, values in cells.items()}


def _told(cells: Cells) -> tuple[str, ...]:
    """What tells rows apart where no column is a title: an address, one of several words, or else short ones together,
    whichever does so better; and if these hardly do, with the number of the row."""
    composed = _composed(cells)
    apart = len(set(zip(*(map(str, cells[name]) for name in composed), strict=True))) if composed else 0
    worded = {name: many for name, values in cells.items() if (many := _worded(name, values)) > apart}
    best = max(worded, key=worded.__getitem__, default="")
    if len(composed) != 1 or apart < _ALMOST * _rows(cells):
        best = next((name for name, values in cells.items() if is_address(name, values)), best)
    if best:
        return (best,)
    numbers = row_numbers(cells) if apart < _HALF * _rows(cells) else ()
    return (*composed, *numbers)


def _rows(cells: Cells) -> int:
    return len(next(iter(cells.values()), ()))


def _worded(name: str, values: Sequence[Any]) -> int:
    """How many rows a column of some words to each tells apart; 0 for sentences, lists, amounts and addresses."""
    known = [value for value in values if isinstance(value, str) and not is_missing(value)]
    words = sum(len(text.split()) for text in known) / max(1, len(known))
    if len(known) < _ALMOST * len(values) or not _SEVERAL_WORDS <= words <= _LONGEST_TITLE:
        return 0
    different = len({text.casefold() for text in known})
    sentences = sum(bool(_SENTENCE.search(text)) for text in known) > _HALF * len(known)
    if different < _NAMING * len(values) or sentences or is_reference(name, known) or not is_one_text(known):
        return 0
    return different


def _composed(cells: Cells) -> tuple[str, ...]:
    """Columns that together say best what a row is: of those that are known nearly everywhere and short, the most
    telling; in their order. No addresses, and no yes and no."""
    telling: dict[str, int] = {}
    for name, values in cells.items():
        known = [text for value in values if isinstance(value, str) and not is_missing(text := value.strip())]
        short = known and sum(len(text.split()) for text in known) <= 4 * len(known)
        telling_text = short and not is_reference(name, known) and is_one_text(known) and as_yes_no(known) is None
        if telling_text and len(known) >= 0.9 * len(values) and all(_LETTERS.search(text) for text in known[:50]):
            telling[name] = len({text.casefold() for text in known})
    best = sorted((name for name in telling if telling[name] > 1), key=lambda name: -telling[name])
    if best and telling[best[0]] >= _ALMOST * _rows(cells):
        return (best[0],)
    several = [name for name in best if telling[name] > _SIDES]
    return tuple((several if len(several) > 1 else best)[:_COMPOSED_OF])
