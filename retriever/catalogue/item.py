"""An item of a catalogue: what it is called, what is known of it, and its text.

Knows nothing about schemas, vectors or storage.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Mapping
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
