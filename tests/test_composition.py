"""Weights of interests and their places in the vector."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import (
    MENTION,
    OPEN,
    CompositionConfig,
    Field,
    Interest,
    PenchantError,
    Schema,
    SearchConfig,
    compose,
    is_filter,
    softmax_weights,
)
from penchant.retriever.ranking.interest import unnamed
from penchant.retriever.ranking.query_blocks import Mentioned
from penchant.retriever.vectors.layout import plan_layout

from .conftest import HashEncoder

SCHEMA = Schema(
    (
        Field("genres", "facet", 2.0),
        Field("moods", "facet"),
        Field("people", "name", 3.0),
        Field("year", "number"),
        Field("kind", "category"),
    ),
    prior="year",
    prior_weight=0.1,
    text_weight=0.5,
)
ENCODER = HashEncoder()
LAYOUT = plan_layout(SCHEMA, ENCODER.dimensions)
SLICES = LAYOUT.slices
VECTOR = np.random.default_rng(0).standard_normal(LAYOUT.dimensions).astype(np.float32)
ITEMS = {"m1": Mentioned(VECTOR, frozenset({"ann lee", "bo wu"})), "m2": Mentioned(VECTOR * 0, frozenset())}

wants = st.builds(
    Interest,
    facet=st.sampled_from(["", "genres", "moods", "people"]),
    value=st.sampled_from(["drama", "war", "ann lee", "a slow burn", "unheard of"]),
    strength=st.floats(0.05, 1),
    turn=st.integers(0, 4),
    parked=st.booleans(),
)
anything = st.builds(
    Interest,
    facet=st.sampled_from(["", "genres", "moods", "people", "year", "kind"]),
    value=st.sampled_from(["1990..1999", "1984"]),
    strength=st.floats(0.05, 1),
    level=st.sampled_from(["want", "less", "never"]),
    parked=st.booleans(),
    turn=st.integers(0, 4),
)


def weights(interests: list[Interest], turn: int = 0, **knobs: float) -> np.ndarray:
    return softmax_weights(interests, SCHEMA, turn, CompositionConfig(**knobs))


@given(st.lists(anything, max_size=8))
def test_wants_share_one_and_gates_get_nothing(interests: list[Interest]) -> None:
    found = weights(interests, turn=4)
    moving = [not i.parked and not is_filter(i, SCHEMA) for i in interests]
    wanted = [m and i.level == "want" for m, i in zip(moving, interests, strict=True)]
    assert found[wanted].sum() == pytest.approx(1 if any(wanted) else 0)
    assert np.all(found[wanted] > 0)
    assert np.all(found[~np.array(moving, dtype=bool)] == 0)


@given(st.lists(anything, max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_matter(interests: list[Interest], random) -> None:
    order = random.sample(range(len(interests)), len(interests))
    np.testing.assert_allclose(weights([interests[n] for n in order]), weights(interests)[order], atol=1e-12)


def test_the_example_of_the_documentation() -> None:
    many = [Interest("genres", "drama", 1.0), *(Interest("genres", f"g{n}", 0.2) for n in range(9))]
    assert weights(many, temperature=1)[0] == pytest.approx(math.e / (math.e + 9 * math.exp(0.2)))
    assert weights(many, temperature=1)[0] == pytest.approx(0.198, abs=5e-4)
    assert weights(many)[0] == pytest.approx(1 / (1 + 9 * math.exp(-0.8 / 0.3)))
    assert weights(many)[0] == pytest.approx(0.62, abs=5e-3)


def test_limits_of_the_temperature() -> None:
    pair = [Interest("genres", "drama", 1.0), Interest("genres", "war", 0.5)]
    np.testing.assert_allclose(weights(pair, temperature=1e-3), [1, 0], atol=1e-9)
    np.testing.assert_allclose(weights(pair, temperature=1e6), [0.5, 0.5], atol=1e-6)


@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=8), st.floats(0.05, 2))
def test_stronger_weighs_more(strengths: list[float], temperature: float) -> None:
    found = weights([Interest("genres", "g", s) for s in sorted(strengths)], temperature=temperature)
    assert np.all(np.diff(found) >= 0)


def test_age_weakens() -> None:
    old, new = Interest("genres", "drama", turn=0), Interest("genres", "war", turn=2)
    ratio = math.exp((1 - 0.6**2) / 0.3)
    np.testing.assert_allclose(weights([old, new], turn=2, decay=0.6), [1 / (1 + ratio), ratio / (1 + ratio)])
    np.testing.assert_allclose(weights([old, new], turn=2, decay=1.0), [0.5, 0.5])


def test_age_is_never_negative() -> None:
    later = [Interest("genres", "drama", turn=5), Interest("genres", "war")]
    np.testing.assert_allclose(weights(later, turn=0), [0.5, 0.5])


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_less_is_relative_to_the_mean_want(count: int) -> None:
    wanted = [Interest("genres", f"g{n}", (n + 1) / count) for n in range(count)]
    less = [Interest("moods", "sad", level="less"), Interest("moods", "dark", 0.4, level="less")]
    found = weights([*wanted, *less])
    mean = 1 / max(1, count)
    np.testing.assert_allclose(found[count:], [-0.5 * mean, -0.5 * 0.4 * mean])
    np.testing.assert_allclose(found[:count], weights(wanted), err_msg="outside the softmax")


def composed(*interests: Interest, turn: int = 0, **knobs: float):
    return compose(interests, SCHEMA, LAYOUT, ENCODER, ITEMS, turn, CompositionConfig(**knobs))


def parts(vector: np.ndarray) -> dict[str, np.ndarray]:
    return {name: vector[part] for name, part in SLICES.items() if vector[part].any()}


def test_an_open_interest_goes_to_text() -> None:
    found = parts(composed(Interest(OPEN, "slow burn")).placed[0])
    assert set(found) == {"text"}
    np.testing.assert_allclose(found["text"], 0.5 * ENCODER.encode(["slow burn"])[0], rtol=1e-6)


def test_what_messages_have_in_common_is_taken_out_of_text_alone() -> None:
    interests, common = [Interest(OPEN, "slow burn"), Interest("genres", "drama")], ENCODER.encode(["I would like"])[0]
    plain = compose(interests, SCHEMA, LAYOUT, ENCODER, ITEMS)
    found = compose(interests, SCHEMA, LAYOUT, ENCODER, ITEMS, 0, CompositionConfig(background=0.25), common)
    expected = plain.placed.copy()
    shares = 0.5 * plain.weights * [1.0, 0.3]
    expected[:, SLICES["text"]] -= shares[:, None] * 0.25 * common
    np.testing.assert_allclose(found.placed, expected, atol=1e-6)


def test_a_facet_goes_to_its_block_and_less_to_text() -> None:
    found = parts(composed(Interest("genres", "drama"), text_share=0.3).placed[0])
    assert set(found) == {"text", "genres"}
    np.testing.assert_allclose(found["genres"], 2.0 * ENCODER.encode(["drama"])[0], rtol=1e-6)
    np.testing.assert_allclose(found["text"], 0.5 * 0.3 * ENCODER.encode(["drama"])[0], rtol=1e-6)


def test_a_name_is_counted_and_goes_to_text() -> None:
    composition = composed(Interest("people", "Ann  LEE"), text_share=0.3)
    found = parts(composition.placed[0])
    assert set(found) == {"text"}
    assert composition.names == (frozenset({"ann lee"}),)
    assert composition.factors.tolist() == [3.0]


def test_a_mention_has_equal_parts_in_its_blocks_and_no_prior() -> None:
    composition = composed(Interest(MENTION, "Some", item="m1"), mention=0.8)
    found = parts(composition.placed[0])
    assert set(found) == {"text", "genres", "moods"}
    np.testing.assert_allclose(found["moods"], 0.2 * VECTOR[SLICES["moods"]], rtol=1e-6)
    assert composition.factors.tolist() == pytest.approx([0.1])


@given(
    st.lists(wants | st.just(Interest(MENTION, "Some", item="m1")) | anything, max_size=7),
    st.integers(0, 4),
)
def test_the_vector_is_the_sum_of_the_places_and_the_prior(interests: list[Interest], turn: int) -> None:
    composition = composed(*interests, turn=turn)
    np.testing.assert_allclose(
        composition.vector, composition.placed.sum(axis=0, dtype=np.float64) + composition.prior, atol=1e-5
    )
    assert composition.prior[SLICES["prior"]] == pytest.approx(0.1)
    assert not composition.prior[: SLICES["prior"].start].any()


@given(st.lists(wants, min_size=1, max_size=7))
def test_each_place_is_the_weight_times_the_interest_alone(interests: list[Interest]) -> None:
    composition = composed(*interests)
    for row, interest in enumerate(composition.interests):
        alone = composed(replace(interest, strength=1.0))
        np.testing.assert_allclose(composition.placed[row], composition.weights[row] * alone.placed[0], atol=1e-5)
        np.testing.assert_allclose(composition.factors[row], composition.weights[row] * alone.factors[0], atol=1e-9)


def test_gates_and_parked_are_not_encoded() -> None:
    encoder = HashEncoder()
    interests = [
        Interest("genres", "drama"),
        Interest("genres", "war", level="never"),
        Interest("moods", "sad", parked=True),
        Interest("year", ">= 2000"),
        Interest("kind", "film"),
        Interest(OPEN, "drama"),
    ]
    composition = compose(interests, SCHEMA, LAYOUT, encoder, {})
    assert encoder.texts == ["drama"]
    assert composition.interests == (interests[0], interests[5])


def test_nothing_asked_is_the_prior_alone() -> None:
    assert set(parts(composed().vector)) == {"prior"}


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({"temperature": 0}, "temperature is 0; give a number at least 0.001"),
        ({"temperature": math.nan}, "temperature is nan"),
        ({"temperature": "warm"}, "temperature is 'warm'"),
        ({"decay": 1.1}, r"decay is 1\.1; give a number from 0 to 1"),
        ({"mention_decay": -0.1}, r"mention_decay is -0\.1"),
        ({"less": 0.5}, r"less is 0\.5; give a number from -10 to 0"),
        ({"mention": -1}, "mention is -1"),
        ({"text_share": 2}, "text_share is 2"),
        ({"background": -1}, "background is -1"),
    ],
)
def test_knobs_out_of_their_range_are_refused(knobs: dict[str, object], said: str) -> None:
    with pytest.raises(PenchantError, match=f"CompositionConfig: {said}"):
        CompositionConfig(**knobs)


@pytest.mark.parametrize(
    ("knobs", "said"),
    [
        ({"depth": 0}, "depth is 0; give a number at least 1"),
        ({"lane_depth": 0}, "lane_depth is 0"),
        ({"lanes": -1}, "lanes is -1"),
        ({"scan": -1}, "scan is -1"),
        ({"places": -1}, "places is -1"),
        ({"balance": 1.5}, r"balance is 1\.5; give a number from 0 to 1"),
        ({"current": -0.1}, r"current is -0\.1"),
    ],
)
def test_knobs_of_a_search_out_of_their_range_are_refused(knobs: dict[str, object], said: str) -> None:
    with pytest.raises(PenchantError, match=f"SearchConfig: {said}"):
        SearchConfig(**knobs)


STORY = (
    "My grandfather repaired wooden boats along the river until their harbour closed, and nobody wrote anything down; "
    "tell something about such lives"
)


def test_what_fields_name_is_not_counted_as_own_words() -> None:
    said = "a comedy with horror, please"
    named = [Interest("genres", "comedy", quote="comedy"), Interest("genres", "horror", quote="horror")]
    assert unnamed([Interest(OPEN, said), *named]) == 0
    assert unnamed([Interest(OPEN, STORY, turn=2), Interest(OPEN, said, turn=1)]) == 1
    assert unnamed([Interest(OPEN, STORY, turn=1), Interest(OPEN, said, turn=2), *named]) == 0  # what was said last
    assert unnamed([Interest(OPEN, STORY, parked=True), Interest(OPEN, STORY, level="never")]) == 0
    assert unnamed([]) == 0


@given(st.lists(st.sampled_from(STORY.split()), max_size=20, unique=True))
def test_more_words_never_make_less_of_a_message(words: list[str]) -> None:
    found = [unnamed([Interest(OPEN, " ".join(words[:n]) or "a")]) for n in range(len(words) + 1)]
    assert found == sorted(found)
    assert all(0 <= share <= 1 for share in found)


def test_own_words_count_more_where_they_say_most_of_it() -> None:
    def share(own: str) -> float:
        interests = [Interest(OPEN, own, 0.6), Interest("genres", "boats", 0.6, quote="boats")]
        return float(softmax_weights(interests, SCHEMA, 0, CompositionConfig())[0])

    assert share("boats") == pytest.approx(0.5)
    assert share(STORY) > 0.9


TOLD = "a quiet train journey through snowy mountains with an old friend who hardly ever says anything about himself"


def test_a_wish_told_at_length_is_looked_for_by_its_words_and_keywords_are_not() -> None:
    told, few = Interest("", "the message", told=TOLD), Interest("", "quiet trains")
    composition = compose([told, few], SCHEMA, LAYOUT, ENCODER, ITEMS)
    assert composition.words[0][:4] == ("quiet", "train", "journey", "through")
    assert composition.spoken[0] == pytest.approx(0.8 * composition.weights[0])
    assert composition.spoken[1] == 0


def test_what_is_refused_finds_nothing() -> None:
    refused = Interest("", "snowy mountains", level="never")
    words = compose([Interest("", TOLD), refused], SCHEMA, LAYOUT, ENCODER, ITEMS).words[0]
    assert "train" in words and not {"snowy", "mountain"} & set(words)


def test_a_value_that_a_field_knows_has_no_words_of_its_own() -> None:
    assert compose([Interest("genres", TOLD)], SCHEMA, LAYOUT, ENCODER, ITEMS).words == ((),)
