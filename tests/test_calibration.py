"""The calibrated similarity: on vectors whose answer is known, and on what cannot be calibrated."""

from __future__ import annotations

import numpy as np
import pytest

from penchant.retriever import Item
from penchant.retriever.blocks import Block, Layout
from penchant.retriever.calibration import DEFAULT_SIMILARITY, about_similarity, usual_message

from .conftest import HashEncoder

LAYOUT = Layout((Block("text", "text", 64), Block("genres", "facet", 64), Block("moods", "facet", 64)))


def test_threshold_lies_between_holders_and_others() -> None:
    encoder = HashEncoder()
    war, other = encoder.encode(["war", "love"])
    items = [Item(str(n), "T", fields={"genres": ("war",) if n < 10 else ()}) for n in range(40)]
    vectors = np.zeros((40, 192), dtype=np.float32)
    vectors[:10, :64], vectors[10:, :64] = 0.6 * war, 0.2 * war + 0.1 * other
    closest_other = float((0.2 * war + 0.1 * other) @ war)
    assert closest_other < about_similarity(items, vectors, LAYOUT, encoder) <= 0.6 + 1e-6


def test_the_facet_itself_does_not_count() -> None:
    """Every holder has the value in its facet block; if that counted, the threshold would be near 1."""
    encoder = HashEncoder()
    (war,) = encoder.encode(["war"])
    items = [Item(str(n), "T", fields={"genres": ("war",) if n < 10 else ()}) for n in range(40)]
    vectors = np.zeros((40, 192), dtype=np.float32)
    vectors[:10, 64:128], vectors[:10, :64] = war, 0.3 * war
    assert 0 < about_similarity(items, vectors, LAYOUT, encoder) <= 0.3 + 1e-6


@pytest.mark.parametrize("count", [1, 3, 7, 500])
def test_the_usual_message_is_the_mean_of_few_messages_that_name_titles(count: int) -> None:
    encoder = HashEncoder()
    items = [Item(str(n), f"title{n}") for n in range(count)]
    found = usual_message(items, encoder)
    assert 5 <= len(encoder.texts) <= 200 and len(encoder.texts) >= min(count, 200)
    named = {
        item.title for item in items if any(item.title in text.replace(".", " ").split() for text in encoder.texts)
    }
    assert len(named) > 0.5 * min(count, 200), "spread over the catalogue"
    np.testing.assert_allclose(found, HashEncoder().encode(encoder.texts).mean(axis=0), atol=1e-6)


def test_nothing_to_calibrate_on() -> None:
    items = [Item("1", "T"), Item("2", "U")]
    assert about_similarity(items, np.zeros((2, 192), np.float32), LAYOUT, HashEncoder()) == DEFAULT_SIMILARITY
