"""An index as it has been stored since format 1, written here by Chroma's own calls: it opens and is not built anew."""

from __future__ import annotations

import json
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings

from penchant.retriever import Interest, Item, build_index, open_index, search

from .conftest import HashEncoder

ITEMS = [
    Item("a", "Alien", "", {"genres": ("horror",), "people": ("Ridley Scott",), "votes": 10}),
    Item("b", "Big", "", {"genres": ("comedy", "drama"), "votes": 3}),
]
SCHEMA = (
    '{"fields": [{"name": "genres", "kind": "facet", "weight": 1.0, "single": false}, '
    '{"name": "people", "kind": "name", "weight": 1.0, "single": false}, '
    '{"name": "votes", "kind": "number", "weight": 1.0, "single": false}], "prior": "votes", "prior_weight": 0.1, '
    '"text_weight": 1.0, "dimensions": DIMENSIONS, "pictures": "", "behaviour_weight": 0.8}'
)
LAYOUT = (
    '{"version": 1, "blocks": [{"name": "text", "kind": "text", "dimensions": TEXT}, '
    '{"name": "genres", "kind": "facet", "dimensions": GENRES}, '
    '{"name": "prior", "kind": "prior", "dimensions": 1}], "projection": "PROJECTION"}'
)
ROWS = [
    {
        "id": "a",
        "item": '{"id":"a","title":"Alien","text":"","fields":{"genres":["horror"],"people":["Ridley Scott"],'
        '"votes":10}}',
        "digest": "5856f57329af0ded",
        "texts": "1c6ee8a3231b6d26",
    },
    {
        "id": "b",
        "item": '{"id":"b","title":"Big","text":"","fields":{"genres":["comedy","drama"],"votes":3}}',
        "digest": "0a11f1859344c8cd",
        "texts": "13ebead3f4db82f5",
    },
]
TEXTS = np.array([[0.40825, 0, 0, 0, 0, 0.40825, 0, 0.8165], [0.44721, 0.89443, 0, 0, 0, 0, 0, 0]], np.float32)
GENRES = np.array([[0, 0, 0, 0, 0, 1, 0, 0], [0.70711, 0.70711, 0, 0, 0, 0, 0, 0]], np.float32)
PRIORS = np.array([[1], [0.57811]], np.float32)


def facts(layout: str, schema: str) -> dict[str, str | int | float]:
    usual = json.dumps([0.1, 0.2, 0.2, 0.1, 0.0, 0.3, 0.1, 0.5])
    known = {"format": 1, "encoder": "hash-8", "pictures": "", "total": 2, "scale": 10.0, "calibrated_on": 2}
    return {
        **known,
        "state": "complete",
        "built": "14b0b9a735d4e163",
        "usual": usual,
        "layout": layout,
        "schema": schema,
    }


def stored(folder: Path, smaller: bool) -> None:
    """Blocks of full size, or of the encoder's first dimensions only."""
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    sizes, fingerprint = ((1, 3), "f4458dde2578a888") if smaller else ((8, 8), "")
    layout = LAYOUT.replace("TEXT", str(sizes[0])).replace("GENRES", str(sizes[1])).replace("PROJECTION", fingerprint)
    items = client.create_collection(
        "penchant-items",
        configuration={"hnsw": {"space": "ip", "ef_search": 1500, "ef_construction": 200, "max_neighbors": 32}},
        metadata=facts(layout, SCHEMA.replace("DIMENSIONS", "5" if smaller else "0")),
        embedding_function=None,
    )
    vectors = np.concatenate([TEXTS[:, : sizes[0]], GENRES[:, : sizes[1]], PRIORS], axis=1)
    items.upsert(ids=["a", "b"], embeddings=vectors, metadatas=ROWS)
    if smaller:
        rows = [("text", 0), ("genres", 0), ("genres", 1), ("genres", 2)]
        client.create_collection("penchant-projections", embedding_function=None).add(
            ids=[f"{block}/{place}" for block, place in rows],
            embeddings=np.eye(8, dtype=np.float32)[[place for _, place in rows]],
            metadatas=[{"block": block, "place": place, "width": 8} for block, place in rows],
        )


@pytest.mark.parametrize("smaller", [False, True], ids=["blocks of full size", "projected blocks"])
def test_a_stored_index_opens_and_nothing_is_encoded_again(tmp_path: Path, smaller: bool) -> None:
    stored(tmp_path, smaller)
    encoder = HashEncoder(8)
    index = open_index(tmp_path, encoder)
    assert sorted(index.catalogue.items, key=lambda item: item.id) == ITEMS
    assert index.layout.dimensions == (5 if smaller else 17)
    np.testing.assert_allclose(index.background_vector, [0.1, 0.2, 0.2, 0.1, 0.0, 0.3, 0.1, 0.5], atol=1e-6)
    assert index.priors == pytest.approx({"a": 1, "b": 0.57811}, abs=1e-4)
    build_index(ITEMS, tmp_path, encoder, index.schema)
    assert encoder.texts == []
    found = search(open_index(tmp_path, encoder), [Interest("genres", "comedy")], 1)
    assert [pick.item.id for pick in found.picks] == ["b"]
