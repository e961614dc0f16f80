"""How an item fills its vector."""

from __future__ import annotations

import math

import numpy as np
import pytest

from penchant.retriever import Field, Item, Schema, infer_schema, item_text
from penchant.retriever.catalogue.item_text import facet_texts
from penchant.retriever.vectors.item_vectors import item_vectors, prior_scale
from penchant.retriever.vectors.layout import Layout, plan_layout

from .conftest import HashEncoder, make_items

SCHEMA = Schema(
    (
        Field("kind", "category"),
        Field("genres", "facet"),
        Field("people", "name"),
        Field("director", "name"),
        Field("plot", "text"),
        Field("votes", "number"),
        Field("key", "hidden"),
    ),
    prior="votes",
)
FULL = Item(
    "a",
    "A Title.",
    fields={
        "kind": "film",
        "genres": ("drama", "war"),
        "people": ("Ann Lee", "Bo  WU"),
        "director": "ann lee",
        "plot": "A plot of words.",
        "votes": 99,
        "key": "zzz",
    },
)
BARE = Item("b", "B")


def vectors(items: list[Item], encoder: HashEncoder, schema: Schema = SCHEMA) -> tuple[np.ndarray, Layout]:
    layout = plan_layout(schema, encoder.dimensions)
    values = facet_texts(items, schema)
    facets = dict(zip(values, encoder.encode(values), strict=True))
    texts = encoder.encode([item_text(item, schema) for item in items])
    return item_vectors(items, texts, facets, schema, layout, prior_scale(items, schema)), layout


def test_layout() -> None:
    layout = plan_layout(SCHEMA, 64)
    assert [b.name for b in layout.blocks] == ["text", "genres", "prior"]
    assert layout.slices == {
        "text": slice(0, 64),
        "genres": slice(64, 128),
        "prior": slice(128, 129),
    }
    assert layout.dimensions == 129
    assert Layout.from_json(layout.to_json()) == layout


def test_layout_has_only_the_blocks_that_are_called_for() -> None:
    assert [b.name for b in plan_layout(Schema((Field("year", "number"),)), 64).blocks] == ["text"]


def test_a_full_item(encoder: HashEncoder) -> None:
    rows, layout = vectors([FULL, BARE], encoder)
    full = {name: rows[0, part] for name, part in layout.slices.items()}
    drama, war = encoder.encode(["drama", "war"])
    np.testing.assert_allclose(full["text"], encoder.encode([item_text(FULL, SCHEMA)])[0])
    np.testing.assert_allclose(full["genres"], (drama + war) / np.linalg.norm(drama + war), rtol=1e-6)
    assert full["prior"] == pytest.approx(1)


def test_what_is_unknown_is_zero(encoder: HashEncoder) -> None:
    rows, layout = vectors([FULL, BARE], encoder)
    assert np.linalg.norm(rows[1, layout.slices["text"]]) == pytest.approx(1)
    for name in ("genres", "prior"):
        assert not rows[1, layout.slices[name]].any()


def test_every_semantic_block_has_unit_length_or_is_zero(encoder: HashEncoder) -> None:
    items = make_items(100)
    rows, layout = vectors(items, encoder, infer_schema(items))
    for name in layout.of("text") + layout.of("facet"):
        norms = np.linalg.norm(rows[:, layout.slices[name]], axis=1)
        assert np.all(np.isclose(norms, 1, atol=1e-5) | (norms == 0))


def test_prior_is_logarithmic_and_scaled(encoder: HashEncoder) -> None:
    items = [Item(str(n), "T", fields={"votes": n}) for n in (0, 9, 99, -5)]
    rows, layout = vectors(items, encoder)
    assert rows[:, layout.slices["prior"]].ravel().tolist() == pytest.approx([0, 0.5, 1, 0])
    assert math.isfinite(rows.sum())
