"""Makes a damaged index anew from what is whole of it, in the place of the damaged one, which is kept beside it.

Items are in the rows of the database; a vector is taken from the file of vectors, or else from the engine, and what has
none is encoded. Knows nothing of how an index is built (building).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..catalogue import Item, Schema
from ..encoding import Encoder, Pictures, Vectors
from ..errors import DamagedIndex, PenchantError
from ..progress import Progress
from ..vectors import Layout
from .building import build_index
from .engines import ChromaEngine, Row, pages
from .folder import alone, check_seal, rescued
from .opening import check_fits, open_index
from .projection_store import save_projections, stored_layout
from .vector_file import build_name, whole

_BATCH = 128


@dataclass(frozen=True, slots=True)
class Repair:
    """What was wrong (empty: nothing), how many items there are now of how many there were, how many of those were
    encoded again, and where the damaged folder is kept."""

    found: str = ""
    items: int = 0
    of: int = 0
    encoded: int = 0
    kept: Path | None = None


def repair_index(
    folder: Path, encoder: Encoder, progress: Progress | None = None, pictures: Path | None = None
) -> Repair:
    """Opens an index, and if it is damaged makes it anew. pictures: where those of the items lie.

    Raises IndexMismatch for what no repair mends, DamagedIndex if no item can be read any more.
    """
    try:
        count = len(open_index(folder, encoder).catalogue)
        return Repair(items=count, of=count)
    except DamagedIndex as error:
        found = str(error).partition("(")[2].rpartition(")")[0]
    with alone(folder):
        meta, rows = rescued(folder)
        items = [item for row in rows if (item := _item(row))]
        if not items:
            raise DamagedIndex(f"{folder}: none of its items can be read; index your file again into a new folder")
        if meta:
            check_fits(meta, encoder, str(folder))
        layout, vectors = _whole(folder, meta, [item.id for item in items])
        made = _beside(folder, "repaired")
        if layout:
            _put(made, {**meta, "total": len(items), "state": "building"}, layout, rows, vectors)
        schema = _schema(meta)
        seen = Pictures(schema.pictures, items=pictures or Path()) if schema and schema.of("image") else None
        build_index(items, made, encoder, schema, progress, pictures=seen)
        kept = _exchange(folder, made)
    return Repair(found, len(items), int(meta.get("total", len(items))), len(items) - len(vectors), kept)


def _item(row: Row) -> Item | None:
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return Item.from_json(str(row["item"]))
    return None


def _schema(meta: Mapping[str, Any]) -> Schema | None:
    """None where it is lost: it is then inferred again."""
    with suppress(ValueError, KeyError, TypeError):
        return Schema.from_json(str(meta["schema"]))
    return None


def _whole(folder: Path, meta: Row, ids: list[str]) -> tuple[Layout | None, Mapping[str, Vectors]]:
    """The layout, and the vectors of finite numbers by id; None and none where the projections are lost."""
    try:
        engine = ChromaEngine.to_read(folder)
        layout = stored_layout(engine, meta)
    except (PenchantError, ValueError, KeyError, TypeError):
        return None, {}
    shape = len(ids), layout.dimensions
    file = folder / f"vectors.{build_name(str(meta.get('built', '')), dict.fromkeys(ids, 0))}.npy"
    if (copied := whole(file, shape)) is not None:
        return layout, dict(zip(ids, copied, strict=True))
    found: dict[str, Vectors] = {}
    with suppress(PenchantError):
        check_seal(folder)
        for page in pages(ids):
            found |= engine.vectors(page)
    return layout, {name: one for name, one in found.items() if one.shape == shape[1:] and np.isfinite(one).all()}


def _put(made: Path, meta: Row, layout: Layout, rows: Sequence[Row], vectors: Mapping[str, Vectors]) -> None:
    """What is whole, as an unfinished index."""
    made.mkdir()
    engine = ChromaEngine.in_folder(made)
    save_projections(engine, layout)
    engine.describe(meta)
    good = [row for row in rows if str(row["id"]) in vectors]
    for page in pages(good, _BATCH):
        names = [str(row["id"]) for row in page]
        engine.upsert(names, np.stack([vectors[name] for name in names]), page)


def _exchange(folder: Path, made: Path) -> Path:
    """Puts the new folder in the place of the old one, with what else lay there; where the old one is kept."""
    for path in folder.iterdir():
        if path.is_file() and path.suffix == ".csv":
            shutil.copy2(path, made / path.name)
    kept = _beside(folder, "damaged")
    try:
        folder.rename(kept)
        made.rename(folder)
    except OSError as error:
        raise PenchantError(
            f"{folder}: the repaired index is {made}, but cannot take its place ({error.strerror}); use it there"
        ) from error
    return kept


def _beside(folder: Path, what: str) -> Path:
    """A path beside the folder at which there is nothing."""
    full = folder.resolve()
    names = (full.with_name(f"{full.name}.{what}{n or ''}") for n in range(1000))
    return next(path for path in names if not path.exists())
