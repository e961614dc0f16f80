"""Several values that the same words stand for ("European") are one wish, with one wish's weight and one place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.explanation.words import speech, wished
from penchant.retriever import (
    Catalogue,
    CompositionConfig,
    Field,
    Interest,
    Item,
    MemoryEngine,
    Schema,
    build_index,
)
from penchant.retriever.encoding import HashEncoder
from penchant.retriever.ranking import alternatives, search
from penchant.retriever.ranking.composition import softmax_weights
from penchant.retriever.ranking.ordering import held

SCHEMA = Schema((Field("country", "facet"), Field("mood", "facet")))
NORDIC = ("Norway", "Sweden", "Finland")
ROMANTIC = Interest("mood", "romantic", quote="romantic")


def nordic(turn: int = 0) -> list[Interest]:
    return [Interest("country", name, quote="Nordic", turn=turn) for name in NORDIC]


def test_it_weighs_as_much_as_another_wish() -> None:
    *countries, mood = softmax_weights([*nordic(), ROMANTIC], SCHEMA, 0, CompositionConfig())
    assert sum(countries) == pytest.approx(mood)
    assert countries == pytest.approx([countries[0]] * 3)


@given(st.integers(1, 9), st.integers(0, 3))
def test_however_many_there_are_the_others_keep_their_weight(count: int, others: int) -> None:
    one = [Interest("country", f"land {n}", quote="somewhere") for n in range(count)]
    rest = [Interest("mood", f"mood {n}", quote=f"mood {n}") for n in range(others)]
    weights = softmax_weights([*one, *rest], SCHEMA, 0, CompositionConfig())
    assert weights.sum() == pytest.approx(1)
    assert weights[count:] == pytest.approx([1 / (others + 1)] * others)


def test_values_that_are_said_are_wishes_of_their_own() -> None:
    both = [Interest("mood", mood, quote="dark and funny") for mood in ("dark", "funny")]
    assert alternatives(both) == [1, 1]
    assert alternatives([*nordic(), *nordic(turn=2), ROMANTIC]) == [3, 3, 3, 3, 3, 3, 1]


ITEMS = [
    Item("all", "All Over", fields={"country": NORDIC, "mood": ("grim",)}),
    Item("both", "Both", fields={"country": ("Norway",), "mood": ("romantic",)}),
    Item("mood", "Mood", fields={"country": ("Peru",), "mood": ("romantic",)}),
    *(Item(f"x{n}", f"Other {n}", fields={"country": ("Peru", "Chile"), "mood": ("grim",)}) for n in range(5)),
]


def test_what_holds_each_wish_comes_before_what_holds_one_in_many_ways() -> None:
    catalogue = Catalogue(ITEMS, SCHEMA)
    tiers = dict(zip([item.id for item in ITEMS], held([*nordic(), ROMANTIC], catalogue), strict=True))
    assert tiers["both"] == 2
    assert tiers["all"] == tiers["mood"] == 1
    index = build_index(ITEMS, MemoryEngine(), HashEncoder(), SCHEMA)
    assert search(index, [*nordic(), ROMANTIC], 3).picks[0].item.id == "both"


def test_it_is_said_in_the_person_s_words() -> None:
    index = build_index(ITEMS, MemoryEngine(), HashEncoder(), SCHEMA)
    picks = search(index, [*nordic(), ROMANTIC], 1).picks
    text = wished([*nordic(), ROMANTIC], picks, SCHEMA, speech("en"))
    assert "Nordic" in text
    assert not any(name in text for name in NORDIC)
