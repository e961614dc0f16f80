"""Builds an index: encodes what is new, writes in batches, and can be interrupted at any point without loss.

Decides what an index is made of (its layout, calibration, what a folder may hold); how items are written is in
writing. Knows nothing of searching.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..catalogue import Catalogue, Item, Schema, infer_schema
from ..encoding import Encoder, Pictures, Vectors
from ..errors import CatalogueError, IndexMismatch
from ..progress import Progress
from ..vectors import (
    Layout,
    background_vector,
    factors_digest,
    known_factors,
    learned_layout,
    plan_layout,
    prior_scale,
)
from .chroma_engine import ChromaEngine, is_database
from .engine import Row, VectorEngine
from .index import Index
from .opening import FORMAT, check_fits, check_pictures, open_index, picture_model
from .projection_store import save_projections, stored_layout
from .writing import Writer


def build_index(
    items: Sequence[Item],
    where: Path | str | VectorEngine,
    encoder: Encoder,
    schema: Schema | None = None,
    progress: Progress | None = None,
    factors: Mapping[str, Vectors] | None = None,
    pictures: Pictures | None = None,
) -> Index:
    """Makes or updates the index in a folder, or in another engine, so that it holds exactly these items, and opens it.

    factors: behaviour (item_factors) by item id; without them, an index that has behaviour keeps it.
    pictures: the model for fields of kind image, if not the one that the schema names. Items already stored unchanged
    are not written again; others are removed at the end. Raises CatalogueError for no items or a missing picture,
    IndexMismatch if the place holds something else, or an index of another encoder or other blocks.
    """
    if not items:
        raise CatalogueError("no items to index")
    schema = schema or infer_schema(items)
    Catalogue(items, schema).check()
    pictures = picture_model(schema, pictures)
    if pictures:
        pictures.check(items, schema.of("image"))
    engine = _in_folder(Path(where)) if isinstance(where, Path | str) else where
    factors = None if factors is None else known_factors(factors, [item.id for item in items])
    meta, layout = _prepared(engine, items, encoder, schema, factors, pictures)
    engine.describe(meta)
    scale, behaviour = float(meta["scale"]), str(meta.get("behaviour", ""))
    Writer(engine, layout, encoder, schema, scale, behaviour, factors, pictures, progress).write(items)
    engine.describe(_finished(meta, items, encoder))
    return open_index(where, encoder, pictures)


def _in_folder(path: Path) -> VectorEngine:
    """Chroma in a folder that is empty, holds a database already, or is made. Raises IndexMismatch for any other."""
    if path.is_file():
        raise IndexMismatch(f"{path} is a file; an index is a folder")
    path.mkdir(parents=True, exist_ok=True)
    if any(path.iterdir()) and not is_database(path):
        raise IndexMismatch(f"{path} is not empty and holds no index; choose another folder")
    return ChromaEngine.in_folder(path)


def _prepared(
    engine: VectorEngine,
    items: Sequence[Item],
    encoder: Encoder,
    schema: Schema,
    factors: Mapping[str, Vectors] | None,
    pictures: Pictures | None,
) -> tuple[dict[str, Any], Layout]:
    """What is known about the unfinished index, and its layout: a new one, or that of the index that is there."""
    scale = prior_scale(items, schema)
    size = len(next(iter(factors.values()))) if factors else 0
    meta: dict[str, Any] = {
        "format": FORMAT,
        "encoder": encoder.fingerprint,
        "pictures": pictures.fingerprint if pictures else "",
        "schema": schema.to_json(),
        "total": len(items),
        "state": "building",
    }
    if factors:
        meta["behaviour"] = factors_digest(factors)
    before = engine.metadata()
    if before is None:
        layout = learned_layout(items, schema, encoder, pictures, size)
        save_projections(engine, layout)
        return {**meta, "layout": layout.to_json(), "scale": scale, "calibrated_on": 0}, layout
    check_fits(before, encoder, engine.place)
    check_pictures(before, pictures, engine.place)
    layout = stored_layout(engine, before)
    _check_blocks(layout, Schema.from_json(str(before["schema"])), schema, size, engine.place)
    kept = {name: before[name] for name in ("layout", "usual", "calibrated_on", "behaviour") if name in before}
    return {**kept, **meta, "scale": _steady(float(before["scale"]), scale)}, layout


def _finished(meta: Mapping[str, Any], items: Sequence[Item], encoder: Encoder) -> Row:
    """What is known about the index once all is written. The token `built` ties the file of vectors to this build."""
    done: dict[str, Any] = {**meta, "state": "complete", "built": secrets.token_hex(8)}
    if _steady(meta["calibrated_on"], len(items)) != meta["calibrated_on"] or "usual" not in meta:
        usual = background_vector(items, encoder).astype(float).tolist()
        done |= {"usual": json.dumps(usual), "calibrated_on": len(items)}
    return done


def _check_blocks(layout: Layout, before: Schema, schema: Schema, factors: int, place: str) -> None:
    """Raises IndexMismatch unless the blocks of an index are those that a schema and so many factors call for."""
    if before.dimensions != schema.dimensions:
        sizes = (before.dimensions, schema.dimensions)
        had, asked = (f"{size} dimensions in all" if size else "blocks of full size" for size in sizes)
        raise IndexMismatch(f"{place}: the index has {had}, not {asked}; ask for the same or index into a new folder")
    known = next((block.dimensions for block in layout.blocks if block.kind == "behaviour"), 0)
    planned = plan_layout(schema, 0, behaviour=factors or known)
    same = [(b.name, b.kind) for b in layout.blocks] == [(b.name, b.kind) for b in planned.blocks]
    if not same or factors not in (0, known):
        raise IndexMismatch(f"{place}: the index has other blocks than these items call for; index into a new folder")


def _steady(before: float, now: float) -> float:
    """What was fitted to the catalogue stays while that is of like size: one more item must not change everything."""
    return before if before and 0.5 <= now / before <= 2 else now
