"""How much of some words texts say: BM25, against the formula worked out by hand."""

import sys
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever.catalogue import terms
from penchant.retriever.catalogue.terms import Terms

TEXTS = ["a red tent for two", "red lamp", "blue lamps, two lamps", "a green tent, old"]


def of(texts: list[str]) -> Terms:
    return Terms(texts.__getitem__, len(texts))


def test_words_are_compared_without_case_or_a_plural() -> None:
    assert terms("Two Lamps, a lamp: LAMPS of 40W") == ("two", "lamp", "40w")


def test_a_share_is_bm25_over_the_rarity_of_what_was_said() -> None:
    texts = ["red tent", "red lamp", "old lamp", "big door"]
    rarity = {n: log(1 + (4 - n + 0.5) / (n + 0.5)) for n in (0, 1, 2)}
    most = rarity[2] + rarity[1] + rarity[0]
    found = of(texts).said(terms("a red tent, canvas"), np.arange(4))
    assert found == pytest.approx([(rarity[2] + rarity[1]) / most, rarity[2] / most, 0, 0])


def test_what_has_nothing_to_compare_says_nothing() -> None:
    assert of(TEXTS).said((), np.arange(4)).tolist() == [0, 0, 0, 0]
    assert of([]).said(("red",), np.zeros(0, dtype=np.int64)).tolist() == []
    assert of(TEXTS).said(("unheard",), np.arange(4)).tolist() == [0, 0, 0, 0]


@given(st.lists(st.sampled_from([*terms(" ".join(TEXTS)), "unheard"]), unique=True), st.permutations(range(4)))
def test_every_text_at_once_is_each_by_itself(words: list[str], rows: list[int]) -> None:
    known, every = of(TEXTS), np.array(rows)
    assert known.said(words, every) == pytest.approx(known.every(words)[every])


@given(st.integers(1, 30))
def test_a_word_said_more_often_counts_more_and_at_most_as_much_as_saturates(often: int) -> None:
    known = of(["tent " * often + "x " * 5 * (30 - often), "tent " * (often + 1) + "x " * 5 * (29 - often)])
    less, more = known.said(("tent",), np.arange(2))
    assert less < more < 2.2


def test_words_that_very_many_have_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Terms.__module__], "_LOOKED_AT", 2)
    assert (of(TEXTS).every(("red", "green")) > 0).tolist() == [False, False, False, True]
