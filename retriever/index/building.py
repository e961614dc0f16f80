"""Builds an index: encodes what is new, writes in batches, and can be interrupted at any point without loss.

Decides what an index is made of (its layout, calibration, what a folder may hold); how items are written is in
writing. Knows nothing of searching.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..catalogue import Catalogue, Item, Schema, check_items, infer_schema
from ..encoding import Encoder, Pictures, Vectors
from ..errors import CatalogueError, IndexMismatch, PenchantError
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
from .encoding_workers import Workers
from .engines import ChromaEngine, Row, VectorEngine
from .folder import LOCK, alone, break_seal, check_seal, is_database, is_sealed, set_seal
from .index import Index
from .opening import FORMAT, check_fits, check_pictures, engine_in, open_index, picture_model
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
    patience: float = 0,
    workers: Workers | None = None,
) -> Index:
    """Makes or updates the index in a folder, or in another engine, so that it holds exactly these items, and opens it.

    factors: behaviour (item_factors) by item id; without them, an index that has behaviour keeps it.
    pictures: the model for fields of kind image, if not the one that the schema names. patience: seconds to wait for
    another process that writes into the folder. workers: who encodes the items' texts, if not this process. Items
    already stored unchanged are not written again; others are removed at the end; where nothing differs, nothing is
    written at all.
    Raises CatalogueError for no items or a missing picture, IndexMismatch if the place holds something else, an index
    of another encoder or other blocks, or is being written by another process.
    """
    if not items:
        raise CatalogueError("no items to index")
    check_items(items)
    schema = schema or infer_schema(items)
    Catalogue(items, schema).check()
    pictures = picture_model(schema, pictures)
    if pictures:
        pictures.check(items, schema.of("image"))
    factors = None if factors is None else known_factors(factors, [item.id for item in items])
    build = _Build(items, encoder, schema, factors, pictures, progress, workers)
    if isinstance(where, Path | str):
        return open_index(build.in_folder(Path(where), patience), encoder, pictures)
    with where.alone(patience):
        build.into(where)
    return open_index(where, encoder, pictures)


@dataclass(frozen=True, slots=True)
class _Build:
    """What an index is to be made of. factors: of known items only."""

    items: Sequence[Item]
    encoder: Encoder
    schema: Schema
    factors: Mapping[str, Vectors] | None
    pictures: Pictures | None
    progress: Progress | None
    workers: Workers | None

    def in_folder(self, path: Path, patience: float) -> VectorEngine:
        """Chroma in a folder, with the index in it. Nobody else writes there meanwhile."""
        _check_free(path)
        if is_sealed(path) and self.is_in(engine := engine_in(path)):
            return engine
        _make(path)
        with alone(path, patience):
            check_seal(path)
            break_seal(path)
            engine = ChromaEngine.in_folder(path)
            self.into(engine)
            set_seal(path)
        return engine

    def is_in(self, engine: VectorEngine) -> bool:
        """Whether an engine holds this index already, complete and the same in everything."""
        before = engine.metadata()
        if before is None or before.get("state") != "complete" or "usual" not in before:
            return False
        meta, layout = self._planned(engine, before)
        same = all(before.get(name) == value for name, value in meta.items() if name != "state")
        return same and not self._writer(engine, meta, layout).differs(self.items)

    def into(self, engine: VectorEngine) -> None:
        """Writes the index, and what is known about it before and after."""
        before = engine.metadata()
        meta, layout = self._planned(engine, before)
        if before is None:
            save_projections(engine, layout)
        engine.describe(meta)
        self._writer(engine, meta, layout).write(self.items)
        engine.describe(_finished(meta, self.items, self.encoder))

    def _writer(self, engine: VectorEngine, meta: Mapping[str, Any], layout: Layout) -> Writer:
        scale, behaviour = float(meta["scale"]), str(meta.get("behaviour", ""))
        return Writer(
            engine,
            layout,
            self.encoder,
            self.schema,
            scale,
            behaviour,
            self.factors,
            self.pictures,
            self.progress,
            self.workers,
        )

    def _planned(self, engine: VectorEngine, before: Row | None) -> tuple[dict[str, Any], Layout]:
        """What is known about the unfinished index, and its layout: a new one, or that of the index that is there."""
        scale = prior_scale(self.items, self.schema)
        size = len(next(iter(self.factors.values()))) if self.factors else 0
        meta = self._facts()
        if before is None:
            layout = learned_layout(self.items, self.schema, self.encoder, self.pictures, size)
            return {**meta, "layout": layout.to_json(), "scale": scale, "calibrated_on": 0}, layout
        check_fits(before, self.encoder, engine.place)
        check_pictures(before, self.pictures, engine.place)
        layout = stored_layout(engine, before)
        _check_blocks(layout, Schema.from_json(str(before["schema"])), self.schema, size, engine.place)
        kept = {name: before[name] for name in ("layout", "usual", "calibrated_on", "behaviour") if name in before}
        return {**kept, **meta, "scale": _steady(float(before["scale"]), scale)}, layout

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "format": FORMAT,
            "encoder": self.encoder.fingerprint,
            "pictures": self.pictures.fingerprint if self.pictures else "",
            "schema": self.schema.to_json(),
            "total": len(self.items),
            "state": "building",
        }
        return facts | ({"behaviour": factors_digest(self.factors)} if self.factors else {})


def _check_free(path: Path) -> None:
    """Raises IndexMismatch for a folder that holds other things than an index, or has a name that is no text."""
    if not _is_text(str(path)):
        raise IndexMismatch(f"{path}: the name of an index's folder must be UTF-8; choose another")
    if path.is_file():
        raise IndexMismatch(f"{path} is a file; an index is a folder")
    if path.is_dir() and any(one.name != LOCK for one in path.iterdir()) and not _is_index(path):
        raise IndexMismatch(f"{path} is not empty and holds no index; choose another folder")


def _is_index(path: Path) -> bool:
    return is_database(path) or is_sealed(path)


def _is_text(name: str) -> bool:
    try:
        return bool(name.encode())
    except UnicodeEncodeError:
        return False


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PenchantError(
            f"{path}: the folder cannot be made ({error.strerror}); choose another (of the demo: PENCHANT_HOME)"
        ) from error


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
