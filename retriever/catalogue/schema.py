"""What the fields of a catalogue mean: which carry meaning, which name someone, which are numbers.

A TOML file overrides what was inferred (see inference). Knows nothing of vectors.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Limit

from ..errors import CatalogueError

Kind = Literal["facet", "name", "category", "number", "text", "image", "hidden"]
"""facet: short texts with meaning (genres, moods), one vector block each. name: people, languages, countries, matched
as identities. category: the one kind of thing an item is; wanting one keeps only those. number: compared. text: prose,
part of the item's text. image: picture files, one block a field; never inferred. hidden: keys and addresses, kept but
never matched."""

Better = Literal["", "less", "more"]
Bound = Literal["", "low", "high"]

RESERVED = ("text", "identity", "prior", "behaviour", "item", "suggested")
"""Names of blocks, and of the facets of mentioned and suggested items: no field has them."""
OF_TITLES = "the titles"
"""What a field is taken from that stands in no column but in what items are called."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, for facets, names and images how much a match there counts, and whether a new wish for it
    replaces the old one (a language) or is added to it (genres). Numbers and categories are always `single`.

    Of numbers: `unit` is one of values/units.toml, a currency, "year", "date" (an ISO date, which counts by its year),
    "/5",
    or a word of the column's own; `better` says which end of them people are after, where one is; `bound` that it
    is the low or the high end of a range ("from 2 to 4 players"). `words` are those by which people ask for the field.
    aside: it tells of the record ("last updated") or of who made the thing, and is meant only where it is named.
    alike: of a facet, others that hold values of the same kind (top, middle and base notes): what is said of one of
    them is looked up in all.
    source: of a field without a column of its own, the column that it is taken from, or OF_TITLES; told_by: what
    tells it there (see composite).
    """

    name: str
    kind: Kind
    weight: float = 1.0
    single: bool = False
    unit: str = ""
    better: Better = ""
    bound: Bound = ""
    words: tuple[str, ...] = ()
    aside: bool = False
    alike: tuple[str, ...] = ()
    source: str = ""
    told_by: tuple[str, ...] = ()


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

    def field(self, name: str) -> Field | None:
        return next((f for f in self.fields if f.name == name), None)

    def kind(self, name: str) -> Kind | None:
        return next((f.kind for f in self.fields if f.name == name), None)

    def looked_up(self, name: str) -> tuple[str, ...]:
        """The fields in which a value of a field counts: of names all of names, of a facet also those alike."""
        if self.kind(name) == "name":
            return self.of("name")
        found = self.field(name)
        return (name, *(one for one in found.alike if self.kind(one) == "facet")) if found else (name,)

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
        fields = tuple(
            Field(**f | {name: tuple(f.get(name, ())) for name in ("words", "alike", "told_by")}) for f in raw["fields"]
        )
        return cls(**raw | {"fields": fields})


class _FieldFile(BaseModel):
    """What a schema file may say of a field."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind | None = None
    weight: float | None = Limit(default=None, ge=0, le=100)
    single: bool | None = None
    unit: str | None = None
    better: Better | None = None
    bound: Bound | None = None
    words: tuple[str, ...] | None = None
    aside: bool | None = None
    alike: tuple[str, ...] | None = None


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
    if said.prior is None and changed.prior and changed.kind(changed.prior) == "hidden":
        changed = replace(changed, prior="")  # it was inferred, and what is hidden moves nothing
    if changed.prior and changed.kind(changed.prior) != "number":
        raise CatalogueError(f"{path}: the prior {changed.prior!r} is not a number field")
    if changed.of("image") and not changed.pictures:
        raise CatalogueError(f"{path}: images need a model that sees them; name a CLIP-type one: pictures = ...")
    return changed
