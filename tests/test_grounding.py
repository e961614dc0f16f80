"""How much of what a model may truly say of picks is let through, and how much that is false is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.explanation.grounding import Facts
from penchant.retriever import Pick

from .benchmarks.sentences import Labelled, holds, measure, read
from .demo import demo, gazetteer

WORDS = tuple(
    "the a one other both of more less than twice not never you love like since , ; : ( ) . two hours 1990s $5"
    " directed by and Nosferatu newest cheaper"
    " – ** “ ’s they all older years between half same director 《 》 由".split()
)


@pytest.mark.parametrize("one", read("own"), ids=lambda one: one.text[:60])
def test_own_sentences(one: Labelled) -> None:
    assert holds(one, "own") == one.true


@given(text=st.lists(st.sampled_from(WORDS) | st.text(max_size=12), max_size=30).map(" ".join), about=st.booleans())
def test_any_text_is_judged(text: str, about: bool) -> None:
    """Whatever a model writes, the answer is yes or no, and the same again."""
    items = demo().items[:4]
    facts = Facts("I love Fritz Lang", [], [Pick(item, 1.0, ()) for item in items], gazetteer())
    held = facts.hold(text, [0, 2] if about else [])
    assert held is facts.hold(text, [0, 2] if about else [])
    assert set(facts.named(text)) <= set(range(len(items)))


def test_what_is_too_long_for_a_sentence_does_not_pass() -> None:
    facts = Facts("", [], [Pick(demo().items[0], 1.0, ())], gazetteer())
    assert facts.hold("good " * 100) and not facts.hold("good " * 1000)


def test_sentences_of_another_hand() -> None:
    """A little under the figures of 2026-11-29 (docs/log.md)."""
    figures = measure("blind")
    assert (figures.true, figures.false) == (80, 80)
    assert figures.passed >= 69 and figures.refused >= 68
