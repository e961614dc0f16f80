"""Opens an index from a folder or an engine alone, and only with the encoder, picture model and format that it was
made with.

Knows nothing of how an index is built (building) or searched.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..catalogue import Item, Schema
from ..encoding import Encoder, Pictures
from ..errors import DamagedIndex, IndexMismatch, PenchantError
from .engines import ChromaEngine, Overlay, Row, VectorEngine, pages
from .folder import check_seal, is_database, is_sealed
from .index import Index
from .projection_store import stored_layout

FORMAT = 1
CHANGE = "change"
"""Of how many items a change is that was decided on, and may be written in part. See Overlay."""
_PAUSES = (0, 0.1, 0.2, 0.4, 0.8)
"""Seconds after which an index is opened once more whose items were changed meanwhile."""


def open_index(where: Path | str | VectorEngine, encoder: Encoder, pictures: Pictures | None = None) -> Index:
    """Opens the index in a folder, or in another engine.

    pictures: the picture model of an index with images; without one, the model that its schema names, which lets no
    interest point to a picture. Raises IndexMismatch if there is none, if it was made with another encoder, picture
    model or format, or was never finished; DamagedIndex if a part of it is missing or not as it was written.
    """
    damage: DamagedIndex | None = None
    place = str(where)
    for seconds in _PAUSES:
        engine = engine_in(Path(where)) if isinstance(where, Path | str) else where
        meta, place = engine.metadata() or {}, engine.place
        try:
            index = _opened(where, engine, meta or None, encoder, pictures)
        except DamagedIndex as error:
            unchanged = (engine.metadata() or {}) == meta
            if CHANGE not in meta and unchanged:
                raise
            damage = error if unchanged else None  # else what was read was being written
        else:
            if _same(engine.metadata() or {}, meta):
                return index
        time.sleep(seconds)
    raise damage or IndexMismatch(f"{place}: another process is writing this index; wait until it is done")


def _opened(
    where: Path | str | VectorEngine,
    engine: VectorEngine,
    meta: Row | None,
    encoder: Encoder,
    pictures: Pictures | None,
) -> Index:
    if meta is not None:
        check_fits(meta, encoder, engine.place)
    meta = check_finished(engine, meta)
    engine = with_change(engine, meta)
    origin = Path(where) if isinstance(where, Path | str) else where
    schema = stored_schema(engine, meta)
    pictures = picture_model(schema, pictures)
    check_pictures(meta, pictures, engine.place)
    layout = stored_layout(engine, meta)
    index = Index(engine, meta, encoder, schema, layout, _items(engine, meta), pictures, origin)
    engine.query(np.zeros((1, layout.dimensions), dtype=np.float32), 1)  # what it reads from disk is then known good
    return index


def with_change(engine: VectorEngine, meta: Row) -> VectorEngine:
    """The engine, with the change that was decided on but is not all written yet, if there is one."""
    return Overlay.saved(engine, int(meta[CHANGE])) if CHANGE in meta else engine


def _same(now: Row, before: Row) -> bool:
    """Whether an index is what it was; that a change of items is all written by now makes no other of it."""
    return {**now, CHANGE: 0} == {**before, CHANGE: 0}


def check_index(where: Path | VectorEngine) -> None:
    """Raises IndexMismatch or DamagedIndex if there is no finished index in a place; whose it is, is not asked."""
    engine = engine_in(where) if isinstance(where, Path) else where
    check_finished(engine, engine.metadata())


def built(engine: VectorEngine) -> str | None:
    """Another text after each build and change; None while it is being built, and where it cannot be asked."""
    try:
        meta = engine.metadata() or {}
    except PenchantError:
        return None
    return str(meta.get("built", "")) if meta.get("state") == "complete" else None


def check_finished(engine: VectorEngine, meta: Row | None) -> Row:
    """What is known about an index. Raises IndexMismatch if there is none or it was never finished, DamagedIndex."""
    if meta is None:
        if engine.folder and is_sealed(engine.folder):
            raise DamagedIndex.at(engine.folder, "its database is empty")
        raise IndexMismatch(f"{engine.place} holds no index of Penchant; choose another place or build one there")
    if meta.get("state") != "complete":
        done, total = len(engine.ids()), meta["total"]
        counts = f"{done:,} of {total:,} items"
        raise IndexMismatch(f"{engine.place}: the index is unfinished ({counts}); run penchant index again to go on")
    return meta


def engine_in(path: Path) -> VectorEngine:
    """The engine of the index in a folder, to be read. Raises IndexMismatch if there is none, DamagedIndex."""
    if not is_database(path):
        if is_sealed(path):
            raise DamagedIndex.at(path, "its database is missing")
        raise IndexMismatch(f"{path} is not an index; make one with: penchant index ITEMS --into {path}")
    check_seal(path)
    return ChromaEngine.to_read(path)


def stored_schema(engine: VectorEngine, meta: Mapping[str, Any]) -> Schema:
    """Raises DamagedIndex."""
    try:
        return Schema.from_json(str(meta["schema"]))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedIndex.at(engine.folder, "its schema cannot be read") from error


def _items(engine: VectorEngine, meta: Mapping[str, Any]) -> list[Item]:
    """All items. Raises DamagedIndex unless they are as many as were written."""
    try:
        items = [Item.from_json(str(row["item"])) for row in stored_rows(engine)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndex.at(engine.folder, "an item cannot be read") from error
    if len(items) != meta["total"]:
        raise DamagedIndex.at(engine.folder, f"{len(items):,} of {meta['total']:,} items are there")
    return items


def check_fits(meta: Mapping[str, Any], encoder: Encoder, place: str) -> None:
    """Raises IndexMismatch unless the stored format and encoder are ours."""
    if meta.get("format") != FORMAT:
        raise IndexMismatch(f"{place}: index format {meta.get('format')} is not {FORMAT}; index into a new folder")
    if meta["encoder"] != encoder.fingerprint:
        message = f"was made with the encoder {meta['encoder']}, not {encoder.fingerprint}"
        raise IndexMismatch(f"{place}: the index {message}; name that encoder or index into a new folder")


def picture_model(schema: Schema, given: Pictures | None) -> Pictures | None:
    """The model that sees a catalogue's pictures: the one given, else the one its schema names; None without images."""
    if not schema.of("image"):
        return None
    return given or Pictures(schema.pictures)


def check_pictures(meta: Mapping[str, Any], pictures: Pictures | None, place: str) -> None:
    """Raises IndexMismatch unless the stored picture model is ours."""
    if meta.get("pictures", "") != (pictures.fingerprint if pictures else ""):
        made = meta.get("pictures") or "no picture model"
        raise IndexMismatch(f"{place}: the index was made with {made}; name that model or index into a new folder")


def stored_rows(engine: VectorEngine) -> Iterator[Row]:
    """What is stored beside each vector: id, item (JSON), digest, texts; always in the same order."""
    for ids in pages(engine.ids()):
        rows = engine.rows(ids)
        yield from (rows[name] for name in ids)
