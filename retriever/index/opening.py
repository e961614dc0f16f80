"""Opens an index from a folder or an engine alone, and only with the encoder, picture model and format that it was
made with.

Knows nothing of how an index is built (building) or searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..catalogue import Item, Schema
from ..encoding import Encoder, Pictures
from ..errors import IndexMismatch
from .chroma_engine import ChromaEngine, is_database
from .engine import Row, VectorEngine, pages
from .index import Index
from .projection_store import stored_layout

FORMAT = 1


def open_index(where: Path | str | VectorEngine, encoder: Encoder, pictures: Pictures | None = None) -> Index:
    """Opens the index in a folder, or in another engine.

    pictures: the picture model of an index with images; without one, the model that its schema names, which lets no
    interest point to a picture. Raises IndexMismatch if there is none, if it was made with another encoder, picture
    model or format, or was never finished.
    """
    engine = _in_folder(Path(where)) if isinstance(where, Path | str) else where
    meta = engine.metadata()
    if meta is None:
        raise IndexMismatch(f"{engine.place} holds no index of Penchant; choose another place or build one there")
    check_fits(meta, encoder, engine.place)
    if meta["state"] != "complete":
        done, total = len(engine.ids()), meta["total"]
        counts = f"{done:,} of {total:,} items"
        raise IndexMismatch(f"{engine.place}: the index is unfinished ({counts}); run penchant index again to go on")
    items = [Item.from_json(str(row["item"])) for row in stored_rows(engine)]
    schema = Schema.from_json(str(meta["schema"]))
    pictures = picture_model(schema, pictures)
    check_pictures(meta, pictures, engine.place)
    return Index(engine, meta, encoder, schema, stored_layout(engine, meta), items, pictures)


def _in_folder(path: Path) -> VectorEngine:
    if not is_database(path):
        raise IndexMismatch(f"{path} is not an index; make one with: penchant index ITEMS --into {path}")
    return ChromaEngine.in_folder(path)


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
