"""Smaller blocks: products are kept where they can be, what is lost is the least possible, and an index keeps them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import (
    MENTION,
    OPEN,
    CatalogueError,
    Index,
    IndexMismatch,
    Interest,
    SearchConfig,
    build_index,
    infer_schema,
    open_index,
    search,
)
from penchant.retriever.vectors.projection import leading

from .conftest import HashEncoder, exact_scores, make_items
from .test_search import ASKED as CHROMA
from .test_search import GATES, SHAPES, Asking, recall

ITEMS = make_items(120, seed=1)  # the items of small_index
SCHEMA = infer_schema(ITEMS)


def sample(seed: int, count: int, dimensions: int, rank: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    scales = np.linspace(1, 3, rank)
    return (rng.standard_normal((count, rank)) * scales @ rng.standard_normal((rank, dimensions))).astype(np.float32)


@given(st.integers(0, 99), st.integers(2, 30))
def test_directions_are_orthonormal_and_as_many_as_asked(seed: int, count: int) -> None:
    found = leading({"a": sample(seed, 50, 24, 20), "b": sample(seed + 1, 50, 16, 12)}, count)
    assert sum(matrix.shape[1] for matrix in found.values()) == count
    for matrix in found.values():
        assert matrix.shape[1] >= 1
        np.testing.assert_allclose(matrix.T @ matrix, np.eye(matrix.shape[1]), atol=1e-5)


@given(st.integers(0, 99))
def test_products_with_what_was_seen_are_kept_once_all_directions_are(seed: int) -> None:
    seen, query = sample(seed, 40, 24, 5), sample(seed + 1, 1, 24, 24)[0]
    matrix = leading({"a": seen}, 24)["a"]
    assert matrix.shape == (24, 5)
    np.testing.assert_allclose((seen @ matrix) @ (query @ matrix), seen @ query, rtol=1e-3, atol=1e-2)


@pytest.mark.parametrize("count", [2, 7, 15])
def test_no_other_directions_lose_less(count: int) -> None:
    """The mean squared loss is the sum of what is left of the spectrum, block by block, whatever the block."""
    samples = {"a": sample(3, 60, 20, 20), "b": 2 * sample(4, 80, 20, 20)}
    found = leading(samples, count)
    loss = sum(np.square(x - x @ found[name] @ found[name].T).sum() / len(x) for name, x in samples.items())
    spectra = [np.linalg.svd(x.astype(float), compute_uv=False) ** 2 / len(x) for x in samples.values()]
    rest = np.sort(np.concatenate([spectrum[1:] for spectrum in spectra]))[: 40 - count]
    assert loss == pytest.approx(rest.sum(), rel=1e-3)


def test_a_block_that_counts_more_gets_more() -> None:
    samples = {"a": sample(3, 60, 20, 20), "b": sample(4, 80, 20, 20)}
    even, uneven = (leading(samples, 16, weights) for weights in (None, {"b": 4.0}))
    assert uneven["b"].shape[1] > even["b"].shape[1]
    assert uneven["a"].shape[1] + uneven["b"].shape[1] == 16
    np.testing.assert_array_equal(uneven["a"], even["a"][:, : uneven["a"].shape[1]])


def test_a_block_of_nothing_keeps_one_direction() -> None:
    found = leading({"a": sample(5, 60, 20, 20), "empty": np.zeros((0, 20), np.float32)}, 10)
    assert {name: matrix.shape for name, matrix in found.items()} == {"a": (20, 9), "empty": (20, 1)}


@pytest.fixture(scope="module")
def smaller(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("smaller")
    return build_index(ITEMS, folder, HashEncoder(), replace(SCHEMA, dimensions=60))


def test_blocks_are_as_small_as_asked(smaller: Index) -> None:
    assert smaller.layout.dimensions == 60
    assert [block.kind for block in smaller.layout.blocks] == ["text", "facet", "facet", "prior"]
    vectors = smaller.vectors(range(120))
    for name in ("text", "genres", "themes"):
        assert np.all(np.linalg.norm(vectors[:, smaller.layout.slices[name]], axis=1) <= 1 + 1e-5)


def test_a_facet_of_few_values_needs_few_dimensions(smaller: Index) -> None:
    """And what does not need to be lost is not: each genre is as near to its own items as before."""
    size = {block.name: block.dimensions for block in smaller.layout.blocks}
    assert size["genres"] <= len(smaller.catalogue.value_counts["genres"])


ASKED = [
    Interest("genres", "drama"),
    Interest(OPEN, "drama3 comedy5"),
    Interest("people", ITEMS[0].values("people")[0]),
    Interest(MENTION, ITEMS[5].title, item=ITEMS[5].id),
    Interest("genres", "war", level="less"),
]
UNKNOWN = Interest(OPEN, "drama4 of the war", level="never")


@pytest.mark.parametrize("scan", [1000, 0], ids=["all scored", "lanes"])
def test_shares_add_up_to_the_exact_score(smaller: Index, scan: int) -> None:
    exact = exact_scores(smaller, ASKED)
    picks = search(smaller, ASKED, 30, search_config=SearchConfig(scan=scan)).picks
    assert len(picks) == 30
    for pick in picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
        assert pick.score == pytest.approx(exact[smaller.catalogue.row[pick.item.id]], abs=1e-5)


def test_with_room_for_everything_nothing_changes(small_index: Index, tmp_path: Path) -> None:
    """Scores, gates that go by similarity, and the similarity they go by."""
    roomy = build_index(ITEMS, tmp_path, HashEncoder(), replace(SCHEMA, dimensions=500))
    assert roomy.layout.dimensions < small_index.layout.dimensions
    full, same = (search(index, [*ASKED, UNKNOWN], 120) for index in (small_index, roomy))
    assert full.excluded == same.excluded
    assert full.excluded[0].approximate
    scores = {pick.item.id: pick.score for pick in full.picks}
    assert {pick.item.id: pick.score for pick in same.picks} == pytest.approx(scores, abs=1e-5)


def test_an_index_comes_back_with_its_projections(smaller: Index, tmp_path: Path) -> None:
    built = build_index(ITEMS, tmp_path, HashEncoder(), smaller.schema)
    opened = open_index(tmp_path, HashEncoder())
    assert opened.layout == built.layout
    for name, matrix in built.layout.projections.items():
        np.testing.assert_array_equal(opened.layout.projections[name], matrix)
    assert search(opened, ASKED, 20).picks == search(built, ASKED, 20).picks


def test_an_update_keeps_the_projections_and_encodes_what_changed(tmp_path: Path) -> None:
    schema = replace(SCHEMA, dimensions=60)
    before = build_index(ITEMS, tmp_path, HashEncoder(), schema)
    encoder = HashEncoder()
    items = [*ITEMS[:119], replace(ITEMS[119], title="A new title")]
    after = build_index(items, tmp_path, encoder, schema)
    assert len(encoder.texts) <= 10
    assert after.layout == before.layout
    text = before.layout.slices["text"]
    whole = HashEncoder().encode([encoder.texts[-1]])[0]
    found = after.vectors([after.catalogue.row[ITEMS[119].id]])[0]
    np.testing.assert_allclose(found[text], whole @ before.layout.projections["text"], atol=1e-5)


@pytest.mark.parametrize(("before", "after"), [(60, 0), (0, 60), (60, 61)])
def test_another_size_is_refused(tmp_path: Path, before: int, after: int) -> None:
    build_index(ITEMS[:20], tmp_path, HashEncoder(), replace(SCHEMA, dimensions=before))
    with pytest.raises(IndexMismatch, match=r"dimensions in all.*index into a new folder"):
        build_index(ITEMS[:20], tmp_path, HashEncoder(), replace(SCHEMA, dimensions=after))
    assert len(open_index(tmp_path, HashEncoder()).catalogue) == 20


def test_too_few_dimensions(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="3 dimensions are too few for 3 blocks"):
        build_index(ITEMS, tmp_path, HashEncoder(), replace(SCHEMA, dimensions=3))


def client(folder: Path) -> chromadb.ClientAPI:
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))


@pytest.mark.parametrize("damage", ["gone", "changed"])
def test_damaged_projections_are_noticed(tmp_path: Path, damage: str) -> None:
    build_index(ITEMS[:20], tmp_path, HashEncoder(), replace(SCHEMA, dimensions=60))
    if damage == "gone":
        client(tmp_path).delete_collection("penchant-projections")
    else:
        client(tmp_path).get_collection("penchant-projections", embedding_function=None).delete(ids=["text/3"])
    for use in (lambda: open_index(tmp_path, HashEncoder()), lambda: rebuild(tmp_path)):
        with pytest.raises(IndexMismatch, match=r"damaged \(the projections of its blocks .*penchant repair"):
            use()


def rebuild(folder: Path) -> Index:
    return build_index(ITEMS[:20], folder, HashEncoder(), replace(SCHEMA, dimensions=60))


def test_a_build_stopped_before_the_first_item_starts_again(tmp_path: Path) -> None:
    rebuild(tmp_path)
    client(tmp_path).delete_collection("penchant-items")  # as if it had been stopped right after the projections
    assert rebuild(tmp_path).layout.dimensions == 60


def test_an_index_made_before_there_were_projections_opens(tmp_path: Path) -> None:
    build_index(ITEMS[:20], tmp_path, HashEncoder())
    collection = client(tmp_path).get_collection("penchant-items", embedding_function=None)
    old = {key: str(collection.metadata[key]) for key in ("layout", "schema")}
    old["layout"] = old["layout"].replace(', "projection": ""', "")
    old["schema"] = old["schema"].replace(', "dimensions": 0', "")
    assert "projection" not in old["layout"] and "dimensions" not in old["schema"]
    collection.modify(metadata={**collection.metadata, **old})
    assert search(open_index(tmp_path, HashEncoder()), ASKED).picks
    assert len(build_index(ITEMS[:30], tmp_path, HashEncoder()).catalogue) == 30


@pytest.fixture(scope="module")
def large_smaller(tmp_path_factory: pytest.TempPathFactory) -> Index:
    items = make_items(10_000)
    schema = replace(infer_schema(items), dimensions=100)
    return build_index(items, tmp_path_factory.mktemp("large"), HashEncoder(), schema)


@pytest.mark.slow
@pytest.mark.parametrize("gate", ["no gate", "narrow years"])
@pytest.mark.parametrize("shape", SHAPES)
def test_recall_against_an_exact_scan(large_smaller: Index, shape: str, gate: str) -> None:
    asking = Asking(list(large_smaller.catalogue.items), seed=shape)
    found = [recall(large_smaller, SHAPES[shape](asking), GATES[gate], CHROMA) for _ in range(5)]
    assert np.mean(found) >= 0.98, [round(r, 2) for r in found]
