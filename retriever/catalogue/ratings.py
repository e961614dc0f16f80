"""Reads ratings: who, or which words, met which item, and how well it was liked.

JSON Lines, CSV and Parquet with the columns `user` and/or `query` (or `tags`), `item`, `rating` and optionally
`timestamp`, under the names that MovieLens and others give them; also MovieLens' old `::` files. Knows nothing of
catalogues.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import TrainingError
from .reading import BadRow, read_rows
from .values import is_missing

_COLUMNS = {
    "user": ("user", "userid", "person", "reviewerid"),
    "query": ("query", "queries", "message", "text", "tags", "tag"),
    "item": ("item", "itemid", "movieid", "id"),
    "rating": ("rating", "score", "stars"),
    "time": ("timestamp", "time"),
}
_NUMBERS = ("rating", "time")
_NEEDED = {"item": "an 'item' (its id)", "rating": "a 'rating' (a number)"}
_OLD_COLUMNS = ("userId", "movieId", "rating", "timestamp")
_OLD_SEPARATOR = "::"
_LIST_SEPARATOR = "|"

NumberedRow = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rating:
    """One row: a person's verdict on an item, on the file's own scale.

    `queries`: the words it answers, one message or several tags; none if all that is known is `user`. `time` orders the
    ratings of a user; its unit does not matter.
    """

    user: str
    queries: tuple[str, ...]
    item: str
    rating: float
    time: float = 0.0

    @property
    def person(self) -> str:
        """Whom the rating is of: the user, or where none is named whoever used these words."""
        return self.user or _LIST_SEPARATOR.join(self.queries)


def read_ratings(path: Path | str) -> Iterator[Rating]:
    """The ratings of a `.jsonl`, `.jsonl.gz`, `.csv`, `.parquet` or `.dat` file, one by one.

    Raises TrainingError, or CatalogueError for a file that is not of its kind, naming file and line.
    """
    path = Path(path)
    if not path.is_file():
        raise TrainingError(f"{path}: no such file; give a .jsonl, .csv, .parquet or .dat file of ratings")
    rows = _old_rows(path) if path.suffix == ".dat" else _rows(path)
    for line, row in rows:
        yield _rating(row, f"{path}:{line}")


@dataclass
class Withdrawn:
    """People who are not to be learned from any more, by the names that their ratings have; and how many of them, with
    how many ratings, were left out so far."""

    names: frozenset[str]
    found: set[str] = field(default_factory=set)
    ratings: int = 0

    def without(self, ratings: Iterable[Rating]) -> Iterator[Rating]:
        """The ratings of the others, one by one."""
        for rating in ratings:
            if rating.person in self.names:
                self.found.add(rating.person)
                self.ratings += 1
            else:
                yield rating


def read_withdrawn(path: Path | str) -> Withdrawn:
    """Those of a file with one name to a line. Raises TrainingError if it cannot be read."""
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path}: cannot be read: {error}; give a text file with one person to a line") from error
    return Withdrawn(frozenset(line.strip() for line in lines if line.strip()))


def sample_people(ratings: Iterable[Rating], most: int) -> list[Rating]:
    """The ratings of at most `most` people, drawn evenly; the same people whatever the order of the rows.

    Bottom-k sampling (Cohen and Kaplan, 2007): those whose names hash lowest. Never holds more than it returns.
    """
    kept: dict[int, list[Rating]] = {}
    cut = 1 << 64
    for rating in ratings:
        place = int.from_bytes(hashlib.blake2b(rating.person.encode(), digest_size=8).digest())
        if place >= cut:
            continue
        kept.setdefault(place, []).append(rating)
        if len(kept) > most:
            cut = max(kept)
            del kept[cut]
    return [rating for _, found in sorted(kept.items()) for rating in found]


def _rating(row: Mapping[str, Any], where: str) -> Rating:
    cells = {name.replace("_", "").casefold(): value for name, value in row.items()}
    found = {
        column: next((cells[n] for n in names if n in cells and not _is_empty(cells[n], column)), None)
        for column, names in _COLUMNS.items()
    }
    for name, words in _NEEDED.items():
        if found[name] is None:
            raise TrainingError(f"{where}: no {name}; give each row {words}")
    queries = _queries(found["query"], where)
    user = "" if found["user"] is None else _identity(found["user"], "user", where)
    if not user and not queries:
        raise TrainingError(f"{where}: neither a 'user' nor a 'query'; give each row one of them")
    rating = _number(found["rating"], "rating", where)
    time = 0.0 if found["time"] is None else _number(found["time"], "timestamp", where)
    return Rating(user, queries, _identity(found["item"], "item", where), rating, time)


def _is_empty(value: Any, column: str) -> bool:
    """Whether a cell says nothing. "None" is no number, but it may be an id, and "?" what somebody wrote."""
    if column in _NUMBERS or not isinstance(value, str | list | tuple):
        return is_missing(value)
    return not (value.strip() if isinstance(value, str) else value)


def _identity(value: Any, name: str, where: str) -> str:
    """Ids are texts. A number that a table widened to a float (7.0) is the id 7."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int):
        raise TrainingError(f"{where}: the {name} must be a text or a whole number, not {value!r:.60}")
    return str(value)


def _number(value: Any, name: str, where: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise TrainingError(f"{where}: the {name} must be a number, not {value!r:.60}")
    return number


def _queries(value: Any, where: str) -> tuple[str, ...]:
    values = value.split(_LIST_SEPARATOR) if isinstance(value, str) else [] if value is None else value
    if not isinstance(values, list | tuple) or not all(isinstance(text, str) for text in values):
        raise TrainingError(f"{where}: the query must be a text or a list of texts, not {value!r:.60}")
    return tuple(text.strip() for text in values if text.strip())


def _rows(path: Path) -> Iterator[NumberedRow]:
    for row in read_rows(path):
        if isinstance(row, BadRow):
            raise TrainingError(str(row))
        yield row.line, row.cells


def _old_rows(path: Path) -> Iterator[NumberedRow]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                parts = line.strip().split(_OLD_SEPARATOR)
                if len(parts) != len(_OLD_COLUMNS) and line.strip():
                    form = _OLD_SEPARATOR.join(_OLD_COLUMNS)
                    raise TrainingError(f"{path}:{number}: expected {form}, not {line.strip()!r:.60}")
                if line.strip():
                    yield number, dict(zip(_OLD_COLUMNS, parts, strict=True))
    except (UnicodeDecodeError, OSError) as error:
        raise TrainingError(f"{path}: cannot be read: {error}") from error
