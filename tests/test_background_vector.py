"""What stands out, on vectors whose answer is known, and the usual message."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from penchant.retriever import Item
from penchant.retriever.ranking.filters import stands_out
from penchant.retriever.vectors.background_vector import background_vector
from penchant.retriever.vectors.layout import Block, Layout

from .conftest import HashEncoder

LAYOUT = Layout((Block("text", "text", 64), Block("genres", "facet", 64), Block("moods", "facet", 64)))


def _catalogue(close: Sequence[float], block: str = "text") -> tuple[np.ndarray, np.ndarray]:
    """Items of which each is so close to a phrase by one block, and the phrase."""
    phrase, other = HashEncoder().encode(["war", "love"])
    vectors = np.zeros((len(close), LAYOUT.dimensions), dtype=np.float32)
    vectors[:, LAYOUT.slices[block]] = [c * phrase + (1 - c) * other for c in close]
    return vectors, phrase


@pytest.mark.parametrize("usual", [0.05, 0.3, 0.45], ids=["rare words", "some", "words close to all"])
def test_what_is_close_compared_with_the_catalogue_stands_out(usual: float) -> None:
    vectors, phrase = _catalogue([usual] * 20 + [usual + 0.02] * 20 + [usual + 0.25])
    found = stands_out(vectors, vectors, phrase, LAYOUT, ("text", "genres"))
    assert found.nonzero()[0].tolist() == [40]


@pytest.mark.parametrize("close", [[0.5] * 30, [0.0] * 30 + [0.2], [0.3, 0.35] * 15], ids=["alike", "far", "spread"])
def test_nothing_stands_out(close: list[float]) -> None:
    vectors, phrase = _catalogue(close)
    assert not stands_out(vectors, vectors, phrase, LAYOUT, ("text",)).any()


def test_what_is_all_but_the_same_stands_out_in_the_smallest_catalogue() -> None:
    vectors, phrase = _catalogue([0.1, 0.8], "moods")
    assert stands_out(vectors, vectors, phrase, LAYOUT, ("moods",)).tolist() == [False, True]
    assert not stands_out(vectors, vectors, phrase, LAYOUT, ("text", "genres")).any()


@pytest.mark.parametrize("count", [1, 3, 7, 500])
def test_the_usual_message_is_the_mean_of_few_messages_that_name_titles(count: int) -> None:
    encoder = HashEncoder()
    items = [Item(str(n), f"title{n}") for n in range(count)]
    found = background_vector(items, encoder)
    assert 5 <= len(encoder.texts) <= 200 and len(encoder.texts) >= min(count, 200)
    named = {
        item.title for item in items if any(item.title in text.replace(".", " ").split() for text in encoder.texts)
    }
    assert len(named) > 0.5 * min(count, 200), "spread over the catalogue"
    np.testing.assert_allclose(found, HashEncoder().encode(encoder.texts).mean(axis=0), atol=1e-6)
