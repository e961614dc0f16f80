"""The file of vectors beside the engine: it is made, made again when it should be, and never needed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import Index, build_index, open_index
from penchant.retriever.index.vector_file import products

from .conftest import HashEncoder, make_items

ITEMS = make_items(60, seed=3)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("vectors.*"))


def stored(index: Index) -> np.ndarray:
    """What the engine has, row by row."""
    ids = [item.id for item in index.catalogue.items]
    by_id = index.engine.vectors(ids)
    return np.array([by_id[name] for name in ids], dtype=np.float32)


def check(index: Index) -> None:
    np.testing.assert_array_equal(index.vectors(range(len(index.catalogue))), stored(index))


def test_an_index_has_one_file_of_what_its_engine_has(tmp_path: Path) -> None:
    check(build_index(ITEMS, tmp_path, HashEncoder()))
    (file,) = files(tmp_path)
    before = file.stat()
    check(open_index(tmp_path, HashEncoder()))
    assert files(tmp_path) == [file] and file.stat().st_mtime_ns == before.st_mtime_ns, "opened, not made again"


def test_another_build_has_another_file(tmp_path: Path) -> None:
    index = build_index(ITEMS, tmp_path, HashEncoder())
    (before,) = files(tmp_path)
    changed = build_index([*ITEMS[1:], *make_items(70)[60:]], tmp_path, HashEncoder())
    check(changed)
    (after,) = files(tmp_path)
    assert before != after
    assert len(index.vectors(range(60))) == 60, "an index that is open keeps what it had"


def test_a_file_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    build_index(ITEMS, tmp_path, HashEncoder())
    (file,) = files(tmp_path)
    file.unlink()
    check(open_index(tmp_path, HashEncoder()))
    assert files(tmp_path) == [file]


def test_where_no_file_can_be_written_vectors_are_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(ITEMS, tmp_path, HashEncoder())
    (file,) = files(tmp_path)
    file.unlink()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np.lib.format, "open_memmap", full)
    check(open_index(tmp_path, HashEncoder()))
    assert files(tmp_path) == []


@given(st.integers(0, 10), st.integers(1, 3), st.data())
def test_products_are_those_of_the_rows_in_their_order(count: int, queries: int, data: st.DataObject) -> None:
    rng = np.random.default_rng(0)
    vectors, asked = rng.standard_normal((10, 4)), rng.standard_normal((queries, 4))
    rows = np.array(data.draw(st.permutations(range(10)))[:count], dtype=np.int64)
    found = products(vectors.astype(np.float32), rows, asked.astype(np.float32))
    np.testing.assert_allclose(found, vectors[rows] @ asked.T, atol=1e-5)
    assert found.shape == (count, queries)


def test_products_of_more_rows_than_are_multiplied_at_once() -> None:
    vectors = np.arange(20_000, dtype=np.float32)[:, None]
    for rows in (np.arange(9000), np.arange(0, 20_000, 3), np.arange(20_000)[::-1]):
        np.testing.assert_array_equal(products(vectors, rows, np.ones((1, 1), np.float32))[:, 0], rows)
