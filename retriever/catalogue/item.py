"""An item of a catalogue: what it is called, what is known of it, and its text.

Knows nothing about schemas, vectors or storage.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import CatalogueError

_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")

Value = str | int | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a catalogue. `fields` holds known values only; lists are tuples of strings."""

    id: str
    title: str
    text: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a field as strings; empty when it is unknown."""
        value = self.fields.get(name)
        if value is None:
            return ()
        return value if isinstance(value, tuple) else (str(value),)

    def number(self, name: str, unknown: float = math.nan) -> float:
        """The value of a number field; of a date, its year. Raises CatalogueError if it holds anything else."""
        value = self.fields.get(name)
        if isinstance(value, str) and _DATE.fullmatch(value):
            return float(value[:4])
        try:
            number = float(value) if isinstance(value, str | int | float) else unknown
        except (ValueError, OverflowError):
            number = math.inf
        if math.isinf(number):
            raise CatalogueError(f"item {self.id!r}: the number field {name!r} holds {value!s:.50}")
        return number

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, separators=(",", ":"))

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "title": self.title, "text": self.text, "fields": dict(self.fields)}

    @classmethod
    def from_json(cls, text: str) -> Item:
        row = json.loads(text)
        fields = {sys.intern(name): _shared(value) for name, value in row["fields"].items()}
        return cls(row["id"], row["title"], row["text"], fields)


def _shared(value: Any) -> Value:
    """A field's value, lists as tuples. Names and genres recur: each text is kept in memory once."""
    if isinstance(value, list):
        return tuple(map(sys.intern, value))
    return sys.intern(value) if isinstance(value, str) else value


def check_items(items: Sequence[Item]) -> None:
    """Raises CatalogueError for what is no item, has no text for its id or title or fields of other values, and for an
    id that two have."""
    seen = set[str]()
    for place, item in enumerate(items):
        if not isinstance(item, Item):
            raise CatalogueError(f"item {place}: takes an Item(id, title, text, fields), unlike {item!r:.50}")
        if not (isinstance(item.id, str) and item.id and isinstance(item.title, str) and isinstance(item.text, str)):
            raise CatalogueError(f"item {place}: id, title and text are texts, unlike {(item.id, item.title)!r:.80}")
        if item.id in seen:
            raise CatalogueError(f"item {place}: the id {item.id!r} is that of another item too; each needs its own")
        _check_fields(item)
        seen.add(item.id)


def _check_fields(item: Item) -> None:
    if not isinstance(item.fields, Mapping):
        raise CatalogueError(f"item {item.id!r}: fields are a mapping of names to values, unlike {item.fields!r:.50}")
    for name, value in item.fields.items():
        listed = isinstance(value, tuple) and all(isinstance(one, str) for one in value)
        if not (listed or isinstance(value, str | int | float | bool)):
            said = "a text, a number, true or false, or a tuple of texts"
            raise CatalogueError(f"item {item.id!r}: the field {name!r} takes {said}, unlike {value!r:.50}")
