"""Opens an index from its folder alone, and only with the encoder, picture model and format that it was made with.

Knows nothing of how an index is built (building) or searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..catalogue import Item, Schema
from ..encoding import Encoder, Pictures
from ..errors import IndexMismatch
from .chroma import FORMAT, connect, find_collection, is_database
from .index import Index
from .projection_store import stored_layout

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

T = TypeVar("T")


_PAGE = 4000


def open_index(path: Path | str, encoder: Encoder, pictures: Pictures | None = None) -> Index:
    """Opens the index in a folder.

    pictures: the picture model of an index with images; without one, the model that its schema names, which lets no
    interest point to a picture. Raises IndexMismatch if there is none, if it was made with another encoder, picture
    model or format, or was never finished.
    """
    path = Path(path)
    if not is_database(path):
        raise IndexMismatch(f"{path} is not an index; make one with: penchant index ITEMS --into {path}")
    client = connect(path)
    collection = find_collection(client)
    if collection is None:
        raise IndexMismatch(f"{path} holds a Chroma database, but no index of Penchant; choose another folder")
    meta = collection.metadata
    check_fits(meta, encoder, path)
    if meta["state"] != "complete":
        done, total = collection.count(), meta["total"]
        raise IndexMismatch(
            f"{path}: the index is unfinished ({done:,} of {total:,} items); run penchant index again to go on"
        )
    items = [Item.from_json(str(row["item"])) for row in stored_rows(collection)]
    schema = Schema.from_json(meta["schema"])
    pictures = picture_model(schema, pictures)
    check_pictures(meta, pictures, path)
    return Index(collection, encoder, schema, stored_layout(client, meta, path), items, path, pictures)


def check_fits(meta: Mapping[str, Any], encoder: Encoder, path: Path) -> None:
    """Raises IndexMismatch unless the stored format and encoder are ours."""
    if meta.get("format") != FORMAT:
        raise IndexMismatch(f"{path}: index format {meta.get('format')} is not {FORMAT}; index into a new folder")
    if meta["encoder"] != encoder.fingerprint:
        message = f"was made with the encoder {meta['encoder']}, not {encoder.fingerprint}"
        raise IndexMismatch(f"{path}: the index {message}; name that encoder or index into a new folder")


def picture_model(schema: Schema, given: Pictures | None) -> Pictures | None:
    """The model that sees a catalogue's pictures: the one given, else the one its schema names; None without images."""
    if not schema.of("image"):
        return None
    return given or Pictures(schema.pictures)


def check_pictures(meta: Mapping[str, Any], pictures: Pictures | None, path: Path) -> None:
    """Raises IndexMismatch unless the stored picture model is ours."""
    if meta.get("pictures", "") != (pictures.fingerprint if pictures else ""):
        made = meta.get("pictures") or "no picture model"
        raise IndexMismatch(f"{path}: the index was made with {made}; name that model or index into a new folder")


def stored_rows(collection: Collection) -> Iterator[Mapping[str, Any]]:
    """What is stored beside each vector: id, item (JSON), digest, texts; always in the same order.

    Asked for by ids: with an offset, Chroma counts through all that comes before it.
    """
    for ids in pages(collection.get(include=[])["ids"], _PAGE):
        found = collection.get(ids=list(ids), include=["metadatas"])
        rows = dict(zip(found["ids"], found["metadatas"] or [], strict=True))
        yield from (rows[name] for name in ids)


def pages(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]
