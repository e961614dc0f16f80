"""How much of what a model may truly say of picks is let through, and how much that is false is not."""

from __future__ import annotations

import pytest

from .benchmarks.sentences import Labelled, holds, measure, read


@pytest.mark.parametrize("one", read("own"), ids=lambda one: one.text[:60])
def test_own_sentences(one: Labelled) -> None:
    assert holds(one, "own") == one.true


def test_sentences_of_another_hand() -> None:
    """A little under the figures of 2026-11-29 (docs/log.md)."""
    figures = measure("blind")
    assert (figures.true, figures.false) == (80, 80)
    assert figures.passed >= 69 and figures.refused >= 68
