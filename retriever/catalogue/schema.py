"""What the fields of a catalogue mean: which carry meaning, which name someone, which are numbers.

Inferred from the items; a TOML file overrides what was inferred. Knows nothing of vectors.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Limit

from ..errors import CatalogueError
from .item import Item

Kind = Literal["facet", "name", "category", "number", "text", "image", "hidden"]
"""facet: short texts with meaning (genres, moods), one vector block each. name: people, languages, countries, matched
as identities. category: the one kind of thing an item is; wanting one keeps only those. number: compared. text: prose,
part of the item's text. image: picture files, one block a field; never inferred. hidden: keys and addresses, kept but
never matched."""

_NAME_FIELDS = re.compile(
    r"(actor|star|cast|director|writer|author|artist|maker|creator|people|person|composer|producer|band|brand|language|countr|album)",
    re.I,
)
_SINGLE_FIELDS = re.compile(r"(^|_)language$", re.I)
_HIDDEN_FIELDS = re.compile(r"(^|_)(id|url|uri|image|link|isbn|asin)s?$", re.I)
_PRIOR_FIELDS = ("popularity", "votes", "rating_count", "num_ratings", "plays", "sales")
_RESERVED = ("text", "identity", "prior", "behaviour", "item")  # names of blocks, and of the facet of a mentioned item
_CATEGORY_VALUES = 8
_PROSE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, for facets, names and images how much a match there counts, and whether a new wish for it
    replaces the old one (a language) or is added to it (genres). Numbers and categories are always `single`."""

    name: str
    kind: Kind
    weight: float = 1.0
    single: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of a catalogue in their order, and the number field that is the owner's prior (or none).

    dimensions: the most that an item's vector may have in all; 0: every block has as many as the encoder. pictures: the
    CLIP-type model (name or folder) that sees the fields of kind image. behaviour_weight: how much a mentioned item
    counts through what the people who liked it like.
    """

    fields: tuple[Field, ...]
    prior: str = ""
    prior_weight: float = 0.1
    text_weight: float = 1.0
    dimensions: int = 0
    pictures: str = ""
    behaviour_weight: float = 0.8

    def of(self, *kinds: Kind) -> tuple[str, ...]:
        """Names of the fields of these kinds, in order."""
        return tuple(f.name for f in self.fields if f.kind in kinds)

    def kind(self, name: str) -> Kind | None:
        return next((f.kind for f in self.fields if f.name == name), None)

    def single(self, name: str) -> bool:
        """Whether a new wish for the field replaces the old one."""
        return any(f.single or f.kind in ("number", "category") for f in self.fields if f.name == name)

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
    fields = tuple(Field(n, _infer_kind(n, items), single=bool(_SINGLE_FIELDS.search(n))) for n in names)
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


class _FieldFile(BaseModel):
    """What a schema file may say of a field."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind | None = None
    weight: float | None = Limit(default=None, ge=0, le=100)
    single: bool | None = None


class _SchemaFile(BaseModel):
    """A schema file."""

    model_config = ConfigDict(extra="forbid")

    prior: str | None = None
    prior_weight: float | None = Limit(default=None, ge=0, le=100)
    text_weight: float | None = Limit(default=None, ge=0, le=100)
    dimensions: int | None = Limit(default=None, ge=0, le=4096)
    pictures: str | None = None
    behaviour_weight: float | None = Limit(default=None, ge=0, le=100)
    fields: dict[str, _FieldFile] = {}


def override_schema(schema: Schema, path: Path | str) -> Schema:
    """The schema with what a TOML file says instead: `prior`, its weight and the other numbers, `[fields.NAME]`.

    Raises CatalogueError for a file that is not TOML, an unknown field, key or kind.
    """
    path = Path(path)
    try:
        said = _SchemaFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        raise CatalogueError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (OSError, ValueError) as error:
        raise CatalogueError(f"{path}: not a readable TOML file: {error}") from error
    known = {f.name for f in schema.fields}
    for name in said.fields.keys() - known:
        raise CatalogueError(f"{path}: no item has a field {name!r}; fields: {', '.join(sorted(known))}")
    changes = {name: change.model_dump(exclude_none=True) for name, change in said.fields.items()}
    fields = tuple(replace(f, **changes.get(f.name, {})) for f in schema.fields)
    changed = replace(schema, fields=fields, **said.model_dump(exclude_none=True, exclude={"fields"}))
    if changed.prior and changed.kind(changed.prior) != "number":
        raise CatalogueError(f"{path}: the prior {changed.prior!r} is not a number field")
    if changed.of("image") and not changed.pictures:
        raise CatalogueError(f"{path}: images need a model that sees them; name a CLIP-type one: pictures = ...")
    return changed
