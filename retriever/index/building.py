"""Builds an index: encodes what is new, writes in batches, and can be interrupted at any point without loss.

Decides what an index is made of (its layout, calibration, what the folder may hold); how items are written is in
writing. Knows nothing of searching.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..catalogue import Catalogue, Item, Schema, infer_schema
from ..encoding import Encoder, Pictures, Vectors
from ..errors import CatalogueError, IndexMismatch
from ..progress import Progress as Progress
from ..vectors import (
    Layout,
    background_vector,
    factors_digest,
    known_factors,
    learned_layout,
    plan_layout,
    prior_scale,
)
from .chroma import FORMAT, connect, create_collection, find_collection, is_database
from .index import Index
from .opening import check_fits, check_pictures, open_index, pages, picture_model, stored_rows
from .projection_store import save_projections, stored_layout
from .writing import Writer

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

_PAGE = 4000


def build_index(
    items: Sequence[Item],
    path: Path | str,
    encoder: Encoder,
    schema: Schema | None = None,
    progress: Progress | None = None,
    factors: Mapping[str, Vectors] | None = None,
    pictures: Pictures | None = None,
) -> Index:
    """Makes or updates the index in a folder so that it holds exactly these items, and opens it.

    factors: behaviour (behaviour.item_factors) by item id; without them, an index that has behaviour keeps it.
    pictures: the model for fields of kind image, if not the one that the schema names. Items already stored unchanged
    are not written again; others are removed at the end. Raises CatalogueError for no items or a missing picture,
    IndexMismatch if the folder holds something else, or an index of another encoder or other blocks.
    """
    if not items:
        raise CatalogueError("no items to index")
    path, schema = Path(path), schema or infer_schema(items)
    Catalogue(items, schema).check()
    pictures = picture_model(schema, pictures)
    if pictures:
        pictures.check(items, schema.of("image"))
    if path.is_file():
        raise IndexMismatch(f"{path} is a file; an index is a folder")
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()) and not is_database(path):
        raise IndexMismatch(f"{path} is not empty and holds no index; choose another folder")
    factors = None if factors is None else known_factors(factors, [item.id for item in items])
    collection, layout = _prepared(connect(path), items, encoder, schema, path, factors, pictures)
    writer = Writer(collection, layout, encoder, schema, len(items), factors, pictures, progress)
    stored = {str(row["id"]): row for row in stored_rows(collection)}
    writer.write(items, stored)
    for ids in pages(list(stored.keys() - {item.id for item in items}), _PAGE):
        collection.delete(ids=list(ids))
    meta = collection.metadata
    if _steady(meta["calibrated_on"], len(items)) != meta["calibrated_on"] or "usual" not in meta:
        usual = background_vector(items, encoder).astype(float).tolist()
        meta = {**meta, "usual": json.dumps(usual), "calibrated_on": len(items)}
    # The token ties the file of vectors to this build.
    collection.modify(metadata={**meta, "state": "complete", "built": secrets.token_hex(8)})
    return open_index(path, encoder, pictures)


def _prepared(
    client: ClientAPI,
    items: Sequence[Item],
    encoder: Encoder,
    schema: Schema,
    path: Path,
    factors: Mapping[str, Vectors] | None,
    pictures: Pictures | None,
) -> tuple[Collection, Layout]:
    """The collection to write into, marked as unfinished, and its layout."""
    collection = find_collection(client)
    scale = prior_scale(items, schema)
    size = len(next(iter(factors.values()))) if factors else 0
    meta = {
        "format": FORMAT,
        "encoder": encoder.fingerprint,
        "pictures": pictures.fingerprint if pictures else "",
        "schema": schema.to_json(),
        "total": len(items),
        "state": "building",
    }
    if factors:
        meta["behaviour"] = factors_digest(factors)
    if collection is None:
        layout = learned_layout(items, schema, encoder, pictures, size)
        save_projections(client, layout)
        fitted = {"layout": layout.to_json(), "scale": scale, "calibrated_on": 0}
        return create_collection(client, {**meta, **fitted}), layout
    before = collection.metadata
    check_fits(before, encoder, path)
    check_pictures(before, pictures, path)
    layout = stored_layout(client, before, path)
    _check_blocks(layout, Schema.from_json(before["schema"]), schema, size, path)
    kept: dict[str, Any] = {
        name: before[name] for name in ("layout", "usual", "calibrated_on", "behaviour") if name in before
    }
    collection.modify(metadata={**kept, **meta, "scale": _steady(before["scale"], scale)})
    return collection, layout


def _check_blocks(layout: Layout, before: Schema, schema: Schema, factors: int, path: Path) -> None:
    """Raises IndexMismatch unless the blocks of an index are those that a schema and so many factors call for."""
    if before.dimensions != schema.dimensions:
        sizes = (before.dimensions, schema.dimensions)
        had, asked = (f"{size} dimensions in all" if size else "blocks of full size" for size in sizes)
        raise IndexMismatch(f"{path}: the index has {had}, not {asked}; ask for the same or index into a new folder")
    known = next((block.dimensions for block in layout.blocks if block.kind == "behaviour"), 0)
    planned = plan_layout(schema, 0, behaviour=factors or known)
    same = [(b.name, b.kind) for b in layout.blocks] == [(b.name, b.kind) for b in planned.blocks]
    if not same or factors not in (0, known):
        raise IndexMismatch(f"{path}: the index has other blocks than these items call for; index into a new folder")


def _steady(before: float, now: float) -> float:
    """What was fitted to the catalogue stays while that is of like size: one more item must not change everything."""
    return before if before and 0.5 <= now / before <= 2 else now
