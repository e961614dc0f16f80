"""The vectors of an index in one file beside its engine, so that thousands can be read in a millisecond.

An engine gives vectors by id, Chroma at tens of microseconds each: too slow where a gate leaves 50,000 of a million
items to be compared. The file is a copy that may be deleted: when the index is opened it is made again from the engine,
as is one that does not end with the checksum of what is in it. Knows nothing of what the vectors mean.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..encoding import Vectors
from ..errors import DamagedIndex
from .engines import VectorEngine, pages

_CHUNK = 8192
"""Rows that are multiplied at once: few enough to stay in the processor's cache and to cost little memory."""

_CHECKSUM = 4
"""Bytes."""


def build_name(built: str, row: Mapping[str, int]) -> str:
    """Names a build of an index, by its token, and the order of its rows."""
    parts = [built, *row]
    return hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]


def kept_vectors(engine: VectorEngine, build: str, row: Mapping[str, int], dimensions: int) -> Vectors:
    """The vectors of an engine, (len(row), dimensions), each at the row of its id."""
    return kept(engine.folder, "vectors", build, (len(row), dimensions), lambda array: _fill(array, engine, row))


def kept(
    folder: Path | None, name: str, build: str, shape: tuple[int, int], fill: Callable[[Vectors], None]
) -> Vectors:
    """What `fill` writes into zeros of this shape, mapped from a file.

    The file is made if it is not that of the last build, or damaged; in memory where there is no folder or it cannot be
    written.
    """
    if folder is not None:
        path = folder / f"{name}.{build}.npy"
        if (found := whole(path, shape)) is not None:
            return found
        with suppress(OSError):
            _write(path, shape, fill)
            return np.asarray(np.load(path, mmap_mode="r"))
    array = np.zeros(shape, dtype=np.float32)
    fill(array)
    return array


def whole(path: Path, shape: tuple[int, int]) -> Vectors | None:
    """What is in the file, mapped; None if it is not there, or not as it was written."""
    try:
        found = np.load(path, mmap_mode="r")
        with path.open("rb") as file:
            file.seek(-_CHECKSUM, os.SEEK_END)
            known = file.read()
    except (OSError, ValueError, EOFError):
        return None
    if found.shape != shape or found.dtype != np.float32 or known != _checksum(found):
        return None
    return np.asarray(found)


def _checksum(array: Vectors) -> bytes:
    return zlib.crc32(array.data.cast("B") if array.size else b"").to_bytes(_CHECKSUM, "big")


def _write(path: Path, shape: tuple[int, int], fill: Callable[[Vectors], None]) -> None:
    """Under another name first, so that no process ever reads half a file; then those of earlier builds go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        array = np.lib.format.open_memmap(part, mode="w+", dtype=np.float32, shape=shape)
        _take_room(part)
        fill(array)
        array.flush()
        with part.open("ab") as file:
            file.write(_checksum(array))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    for old in path.parent.glob(f"{path.name.partition('.')[0]}.*.npy"):
        if old != path:
            old.unlink(missing_ok=True)


def _take_room(path: Path) -> None:
    """On a full disk this is an error; a page of the file that finds no room later would end the process."""
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)


def _fill(array: Vectors, engine: VectorEngine, row: Mapping[str, int]) -> None:
    """Raises DamagedIndex unless the engine has a vector of finite numbers for every row."""
    for ids in pages(list(row)):
        found = engine.vectors(ids)
        good = sum(vector.shape == array.shape[1:] and bool(np.isfinite(vector).all()) for vector in found.values())
        if good < len(ids):
            raise DamagedIndex.at(engine.folder, f"{len(ids) - good:,} vectors are missing or no numbers")
        array[[row[name] for name in found]] = list(found.values())


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


def largest(values: Vectors, count: int) -> npt.NDArray[np.int64]:
    """Where the `count` largest values are, largest first; count <= len(values)."""
    best = np.argpartition(-values, count - 1)[:count] if count else np.zeros(0, dtype=np.int64)
    return best[np.argsort(-values[best], kind="stable")]
