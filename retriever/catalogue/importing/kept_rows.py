"""Which rows become items, under which ids and titles; which say the same as one before, and which have no title."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..inference import Keys, joint_of
from ..reading import BadRow, Row
from ..values import are_joined, are_slugs, each_once, is_missing, names_in_links, plain_text, unhyphenated
from .bare_rows import bare_rows

_FEW_ROWS = 10


class KeptRows:
    """The rows that become items: their places, ids and titles; how many were merged into one before, and which are
    bad."""

    def __init__(self, rows: Sequence[Row], cells: Mapping[str, list[Any]], keys: Keys) -> None:
        self.places: list[int] = []
        self.ids: list[str] = []
        self.titles: list[str] = []
        self.bad: list[BadRow] = []
        self.merged = 0
        first: dict[str, int] = {}
        ids, titles = _called(cells, keys, len(rows))
        bare = bare_rows(cells, len(rows))
        if all(ids) and all(titles) and len(set(ids)) == len(ids) and not bare:
            self.places, self.ids, self.titles = list(range(len(ids))), ids, titles
            return
        for n, (row, identity, title) in enumerate(zip(rows, ids, titles, strict=True)):
            digest = _digest(row) if not identity or identity in first else ""
            identity = identity or digest
            if identity in first:
                same = _goes_on(first[identity], n, title, cells, keys)
                identity = identity if same else f"{identity}-{digest}"
                if identity in first:
                    self.merged += 1
                    continue
            if reason := bare.get(n, "" if title else "no title"):
                content = " ".join(str(value) for value in row.cells.values() if not is_missing(value))
                self.bad.append(BadRow(row.file, row.line, reason, content[:500]))
                continue
            first[identity] = n
            self.places.append(n)
            self.ids.append(identity)
            self.titles.append(title)


def _goes_on(before: int, n: int, title: str, cells: Mapping[str, list[Any]], keys: Keys) -> bool:
    """Whether a row goes on with one before: it is called the same, or by nothing. What only it knows is added."""
    if title and title.casefold() != _title(cells, keys.title, before).casefold():
        return False
    for values in cells.values():
        if is_missing(values[before]) and not is_missing(values[n]):
            values[before] = values[n]
    return True


def _called(cells: Mapping[str, Sequence[Any]], keys: Keys, count: int) -> tuple[list[str], list[str]]:
    """The id and the title of each row, empty where it has none."""
    blank = [None] * count
    ids = each_once(_identity, cells.get(keys.identity) or blank)
    if len(keys.title) == 1:
        return ids, _readable(each_once(_one_line, cells.get(keys.title[0]) or blank))
    return ids, [_title(cells, keys.title, n) for n in range(count)]


def _readable(titles: list[str]) -> list[str]:
    """Titles, with blanks if all are as addresses write them or end links, or joined by lines; of hyphens a few rows do
    not tell."""
    if named := names_in_links(titles):
        return named
    known = [title for title in titles if title]
    if len(titles) >= _FEW_ROWS and are_slugs(known):
        return [unhyphenated(title) for title in titles]
    return [" ".join(title.replace("_", " ").split()) for title in titles] if are_joined(known) else titles


def _one_line(value: Any) -> str:
    return "" if value is None else " ".join(plain_text(str(value)).split())


def _identity(value: Any) -> str:
    if is_missing(value):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _title(cells: Mapping[str, Sequence[Any]], names: Sequence[str], n: int) -> str:
    found = [values[n] for name in names if (values := cells.get(name, ()))]
    parts = [plain_text(str(value)) for value in found if value is not None and str(value).strip()]
    parts = parts if len(names) == 1 else [part for part in parts if not is_missing(part)]
    return " ".join(joint_of(names).join(dict.fromkeys(parts)).split())


def _digest(row: Row) -> str:
    """An id from what a row says, the same whatever the order of the rows."""
    known = {name: value for name, value in row.cells.items() if not is_missing(value)}
    text = json.dumps(known, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
