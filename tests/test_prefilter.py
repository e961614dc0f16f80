"""The short form of the vectors: exact where it loses nothing, near enough where it does, and made again if deleted."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.retriever import Index, MemoryEngine, SearchConfig, build_index, open_index
from penchant.retriever.index import prefilter as sketch
from penchant.retriever.index.prefilter import DIMENSIONS, SPARE, Prefilter, kept_prefilter

from .conftest import HashEncoder, make_items
from .test_search import GATES, SHAPES, Asking, recall

LANED = SearchConfig(balance=0, scan=0, held_first=False)


def vectors(count: int, dimensions: int, rank: int, seed: int = 0) -> np.ndarray:
    """Rows of a rank, the later directions weaker."""
    rng = np.random.default_rng(seed)
    return (
        rng.standard_normal((count, rank)) / np.sqrt(np.arange(1, rank + 1)) @ rng.standard_normal((rank, dimensions))
    ).astype(np.float32)


def made(array: np.ndarray, folder: Path, monkeypatch: pytest.MonkeyPatch, apart: list[int] | None = None) -> Prefilter:
    monkeypatch.setattr(sketch, "LEAST", 1)
    found = kept_prefilter(array, folder, "build", apart or [])
    assert found is not None
    return found


def test_directions_are_orthonormal_and_rows_are_products(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    array = vectors(3000, 200, 150)
    found = made(array, tmp_path, monkeypatch, [7])
    np.testing.assert_array_equal(found.rows[:, 0], array[:, 7])
    assert found.directions.shape == (200, DIMENSIONS) and found.rows.shape == (3000, DIMENSIONS)
    np.testing.assert_allclose(found.directions.T @ found.directions, np.eye(DIMENSIONS), atol=1e-5)
    np.testing.assert_allclose(found.rows, array @ found.directions, rtol=1e-4, atol=1e-3)


@settings(max_examples=30)
@given(st.integers(0, 999), st.floats(0.02, 1))
def test_vectors_of_few_directions_are_found_exactly(seed: int, left: float) -> None:
    """With all directions kept, the products are the true ones, so that exactly the nearest come first."""
    array = vectors(2000, 40, 30, seed)
    whole = Prefilter(np.eye(40, dtype=np.float32), array)
    rng = np.random.default_rng(seed)
    rows, queries = np.flatnonzero(rng.random(2000) < left), array[rng.integers(0, 2000, 3)]
    found = whole.likely(rows, queries, [5, 1, 2])
    scores = queries @ array[rows].T
    best = {
        int(rows[n])
        for column, count in zip(scores, (5, 1, 2), strict=True)
        for n in np.argsort(-column)[: count * SPARE]
    }
    assert set(map(int, found)) == best
    assert np.all(np.diff(found) > 0)


def test_what_is_lost_is_made_good_by_comparing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    array = vectors(30_000, 200, 150)
    found, rng = made(array, tmp_path, monkeypatch), np.random.default_rng(1)
    rows = np.flatnonzero(rng.random(len(array)) < 0.5)
    for query in array[rng.integers(0, len(array), 20)]:
        nearest = rows[np.argsort(-(array[rows] @ query))[:50]]
        assert np.isin(nearest, found.likely(rows, query[None, :], [50])).mean() >= 0.98


def test_a_small_index_has_none(small_index: Index) -> None:
    assert small_index.prefilter is None


def test_the_file_is_kept_and_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketch, "LEAST", 50)
    before = build_index(make_items(60), tmp_path, HashEncoder()).prefilter
    (file,) = tmp_path.glob("sketch.*")
    stamp = file.stat().st_mtime_ns
    again = open_index(tmp_path, HashEncoder()).prefilter
    assert file.stat().st_mtime_ns == stamp, "opened, not made again"
    file.unlink()
    anew = open_index(tmp_path, HashEncoder()).prefilter
    assert before and again and anew and file.is_file()
    np.testing.assert_array_equal(before.rows, again.rows)
    np.testing.assert_array_equal(before.rows, anew.rows)


@pytest.fixture(scope="module")
def sketched(large_index: Index, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The large index with a sketch, as if it were large enough to have one."""
    index = copy.copy(large_index)
    index.engine = MemoryEngine(depth=0)  # never sure, so never asked: everything is compared, by the sketch
    prior = [index.layout.slices["prior"].start]
    with pytest.MonkeyPatch.context() as patch:
        rows = index.vectors(range(len(index.catalogue)))
        index.prefilter = made(rows, tmp_path_factory.mktemp("sketch"), patch, prior)
    return index


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_recall_of_a_search_by_sketch(sketched: Index, shape: str) -> None:
    asking = Asking(list(sketched.catalogue.items), seed=shape)
    gates = ("no gate", "broad years", "never a common genre")
    assert np.mean([recall(sketched, SHAPES[shape](asking), GATES[name], LANED) for name in gates * 2]) >= 0.98
