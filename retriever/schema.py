"""What the fields of a catalogue mean: which carry meaning, which name someone, which are numbers.

Inferred from the items; a TOML file overrides what was inferred. Knows nothing of vectors.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from .errors import CatalogueError
from .item import Item

Kind = Literal["facet", "name", "category", "number", "text", "hidden"]
"""facet: short texts with meaning (genres, moods), one vector block each. name: people, languages, countries, matched
as identities. category: the one kind of thing an item is; wanting one keeps only those. number: compared. text: prose,
part of the item's text. hidden: keys and addresses, kept but never matched."""

_NAME_FIELDS = re.compile(
    r"(actor|star|cast|director|writer|author|artist|maker|creator|people|person|composer|producer|band|brand|language|countr|album)",
    re.I,
)
_HIDDEN_FIELDS = re.compile(r"(^|_)(id|url|uri|image|link|isbn|asin)s?$", re.I)
_PRIOR_FIELDS = ("popularity", "votes", "rating_count", "num_ratings", "plays", "sales")
_RESERVED = ("text", "identity", "prior", "item")  # names of blocks, and of the facet of a mentioned item
_CATEGORY_VALUES = 8
_PROSE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, and for facets and names how much a match there counts."""

    name: str
    kind: Kind
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a catalogue in their order, and the number field that is the owner's prior (or none)."""

    fields: tuple[Field, ...]
    prior: str = ""
    prior_weight: float = 0.1
    text_weight: float = 1.0

    def of(self, *kinds: Kind) -> tuple[str, ...]:
        """Names of the fields of these kinds, in order."""
        return tuple(f.name for f in self.fields if f.kind in kinds)

    def kind(self, name: str) -> Kind | None:
        return next((f.kind for f in self.fields if f.name == name), None)

    def weight(self, name: str) -> float:
        return next((f.weight for f in self.fields if f.name == name), 1.0)

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Schema:
        raw = json.loads(text)
        return cls(**raw | {"fields": tuple(Field(**f) for f in raw["fields"])})


def infer_schema(items: Sequence[Item]) -> Schema:
    """A schema from the names and values of the fields."""
    names = dict.fromkeys(name for item in items for name in item.fields)
    fields = tuple(Field(name, _infer_kind(name, items)) for name in names)
    numbers = {f.name for f in fields if f.kind == "number"}
    return Schema(fields, prior=next((name for name in _PRIOR_FIELDS if name in numbers), ""))


def _infer_kind(name: str, items: Sequence[Item]) -> Kind:
    known = [item.values(name) for item in items if name in item.fields]
    values = [value for row in known for value in row]
    distinct = set(values)
    single = all(len(row) == 1 for row in known)
    if (
        _HIDDEN_FIELDS.search(name)
        or name in _RESERVED
        or any(value.startswith(("http://", "https://")) for value in distinct)
    ):
        return "hidden"
    if single and all(_is_number(value) for value in distinct):
        return "number"
    if sum(len(value.split()) for value in values) > _PROSE_WORDS * len(values):
        return "text"
    if _NAME_FIELDS.search(name):
        return "name"
    if single and len(known) == len(items) and 2 <= len(distinct) <= _CATEGORY_VALUES < len(items):
        return "category"
    return "name" if _look_like_names(distinct) else "facet"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _look_like_names(values: Iterable[str]) -> bool:
    """Two or more capitalised words each: how people are written, and genres are not."""
    values = list(values)
    named = sum(len(words := value.split()) > 1 and all(word[0].isupper() for word in words) for value in values)
    return named > 0.7 * len(values)


def override_schema(schema: Schema, path: Path | str) -> Schema:
    """The schema with what a TOML file says instead: `prior`, `prior_weight`, `text_weight`, `[fields.NAME]`.

    Raises CatalogueError for a file that is not TOML, an unknown field, key or kind.
    """
    path = Path(path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(f"{path}: not a readable TOML file: {error}") from error
    top = {name: raw.pop(name) for name in ("prior", "prior_weight", "text_weight") if name in raw}
    changes = raw.pop("fields", {})
    flat = [name for name, change in changes.items() if not isinstance(change, dict)] if isinstance(changes, dict) else [""]
    if flat:
        raise CatalogueError(f"{path}: fields must be tables: write [fields.{flat[0] or 'NAME'}], under it kind and weight")
    if raw:
        raise CatalogueError(
            f"{path}: unknown key {next(iter(raw))!r}; known: prior, prior_weight, text_weight, fields"
        )
    unknown = [name for name in changes if schema.kind(name) is None]
    if unknown:
        raise CatalogueError(
            f"{path}: no item has a field {unknown[0]!r}; fields: {', '.join(f.name for f in schema.fields)}"
        )
    fields = tuple(_override(f, changes.get(f.name, {}), path) for f in schema.fields)
    return _checked(replace(schema, fields=fields, **top), path)


def _override(old: Field, change: Mapping[str, Any], path: Path) -> Field:
    extra = set(change) - {"kind", "weight"}
    if extra:
        raise CatalogueError(f"{path}: fields.{old.name}: unknown key {min(extra)!r}; known: kind, weight")
    return replace(old, **change)


def _checked(schema: Schema, path: Path) -> Schema:
    for f in schema.fields:
        if f.kind not in get_args(Kind):
            raise CatalogueError(f"{path}: fields.{f.name}: kind {f.kind!r}; use one of {', '.join(get_args(Kind))}")
    numbers = [schema.prior_weight, schema.text_weight, *(f.weight for f in schema.fields)]
    if not all(isinstance(n, int | float) and 0 <= n <= 100 for n in numbers):
        raise CatalogueError(f"{path}: weights must be numbers from 0 to 100")
    if schema.prior and schema.kind(schema.prior) != "number":
        raise CatalogueError(f"{path}: the prior {schema.prior!r} is not a number field")
    return schema
