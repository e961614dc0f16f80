"""Behaviour with a promise: how much one person can change, how much noise that takes, and that little noise learns."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import Rating
from penchant.retriever.catalogue import Scale
from penchant.retriever.errors import TrainingError
from penchant.retriever.vectors import private_behaviour
from penchant.retriever.vectors.private_behaviour import delta_of, noise_for, private_factors

SCALE = Scale(1, 5)
ITEMS = [f"i{n}" for n in range(12)]
PEOPLE = st.lists(st.sets(st.integers(0, 11), max_size=12).map(sorted), min_size=1, max_size=8)


def ratings(count: int) -> list[Rating]:
    """Half like the even items, half the odd ones; the last two nobody rated."""
    return [Rating(f"u{p}", (), f"i{n}", 5.0 if n % 2 == p % 2 else 1.0) for p in range(count) for n in range(10)]


def test_the_noise_is_that_of_the_literature() -> None:
    """3.730632 at epsilon 1 and delta 1e-5 (Balle and Wang 2018); the classical bound would ask for 4.845."""
    assert noise_for(1.0, 1e-5) == pytest.approx(3.730632, rel=1e-5)


@pytest.mark.parametrize("epsilon", [0.1, 1.0, 8.0, 600.0, 1e6])
def test_the_noise_is_the_least_that_keeps_the_promise(epsilon: float) -> None:
    found = noise_for(epsilon, 1e-5)
    assert delta_of(epsilon, found) <= 1e-5 < delta_of(epsilon, 0.99 * found) or found <= 1e-3


@given(st.floats(0.01, 100), st.floats(1e-9, 0.1))
def test_more_privacy_takes_more_noise(epsilon: float, delta: float) -> None:
    assert noise_for(epsilon, delta) >= noise_for(1.1 * epsilon, delta) * 0.999
    assert noise_for(epsilon, delta) >= noise_for(epsilon, 1.1 * delta) * 0.999


@given(PEOPLE, st.integers(0, 7), st.integers(0, 99))
def test_nobody_changes_a_sum_by_more_than_one(people: list[list[int]], who: int, seed: int) -> None:
    seen = np.linalg.qr(np.random.default_rng(seed).standard_normal((12, 4)))[0]
    others = [own for n, own in enumerate(people) if n != who % len(people)]
    change = private_behaviour._sum(people, seen) - private_behaviour._sum(others, seen)
    assert np.linalg.norm(change) <= 1 + 1e-9


def test_what_the_same_people_like_is_near_where_there_is_hardly_any_noise() -> None:
    found = private_factors(ratings(200), ITEMS, SCALE, 1e6, 1e-4, 4, np.random.default_rng(0)).vectors
    assert found.keys() == set(ITEMS) and all(v.shape == (4,) and v.dtype == np.float32 for v in found.values())
    near, far = found["i0"] @ found["i2"], found["i0"] @ found["i1"]
    assert near > 0.4 > 0.1 > abs(far)


def test_what_is_promised_is_on_the_card() -> None:
    found = private_factors(ratings(200), ITEMS, SCALE, 8.0)
    assert found.delta == pytest.approx(200**-1.1) and found.people == 200
    assert found.noise == pytest.approx(noise_for(8.0, found.delta) * 2**0.5)
    assert "(8, 2.9e-03)-differential privacy of each person" in found.card and "- clipping norm" in found.card
    again = private_factors(ratings(200), ITEMS, SCALE, 8.0)
    assert not np.allclose(found.vectors["i0"], again.vectors["i0"])  # whoever knew the noise could take it away


def test_what_cannot_be_promised_is_refused() -> None:
    with pytest.raises(TrainingError, match="no ratings"):
        private_factors([], ITEMS, SCALE, 8.0)
    with pytest.raises(TrainingError, match=r"delta 0\.5: must be below one in 20"):
        private_factors(ratings(20), ITEMS, SCALE, 8.0, 0.5)
