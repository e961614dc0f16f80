"""The vectors of an index in one file beside Chroma, so that thousands can be read in a millisecond.

Chroma gives vectors by id, at tens of microseconds each: too slow where a gate leaves 50,000 of a million items to be
compared. The file is a copy that may be deleted: it is made again from Chroma when the index is opened. Knows nothing
of what the vectors mean.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from .encoder import Vectors

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_PAGE = 4000
_CHUNK = 8192
"""Rows that are multiplied at once: few enough to stay in the processor's cache and to cost little memory."""


def kept_vectors(collection: Collection, folder: Path, row: Mapping[str, int], dimensions: int) -> Vectors:
    """The vectors of a collection, (len(row), dimensions), each at the row of its id.

    Mapped from the file, which is made if it is not that of the last build; in memory where it cannot be written.
    """
    parts = [str(collection.metadata.get("built", "")), *row]
    path = folder / f"vectors.{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}.npy"
    shape = (len(row), dimensions)
    try:
        if not path.exists():
            _write(path, collection, row, shape)
        return np.asarray(np.load(path, mmap_mode="r"))
    except OSError:
        found = np.empty(shape, dtype=np.float32)
        _fill(found, collection, row)
        return found


def _write(path: Path, collection: Collection, row: Mapping[str, int], shape: tuple[int, int]) -> None:
    """Under another name first, so that no process ever reads half a file; then those of earlier builds go."""
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        array = np.lib.format.open_memmap(part, mode="w+", dtype=np.float32, shape=shape)
        _fill(array, collection, row)
        array.flush()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    for old in path.parent.glob("vectors.*.npy"):
        if old != path:
            old.unlink(missing_ok=True)


def _fill(array: Vectors, collection: Collection, row: Mapping[str, int]) -> None:
    ids = list(row)
    for start in range(0, len(ids), _PAGE):
        found = collection.get(ids=ids[start : start + _PAGE], include=["embeddings"])
        array[[row[name] for name in found["ids"]]] = found["embeddings"]


def products(vectors: Vectors, rows: npt.NDArray[np.int64], queries: Vectors) -> npt.NDArray[np.float32]:
    """The products of the vectors at these rows with query vectors (m, d), shape (len(rows), m)."""
    # To read all in one go is quicker than to pick out half of them.
    if 2 * len(rows) > len(vectors):
        return _multiplied(vectors, queries)[rows]
    chunks = [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]
    return np.concatenate([vectors[chunk] @ queries.T for chunk in chunks] or [np.zeros((0, len(queries)), np.float32)])


def _multiplied(vectors: Vectors, queries: Vectors) -> npt.NDArray[np.float32]:
    chunks = range(0, len(vectors), _CHUNK)
    return np.concatenate([vectors[start : start + _CHUNK] @ queries.T for start in chunks])
