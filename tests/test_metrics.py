"""Measures that are known by hand, and an interval that is scipy's."""

from __future__ import annotations

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever.metrics import interval, judged

VALUES = st.lists(st.tuples(st.floats(-1, 1, allow_subnormal=False), st.integers(0, 6)), min_size=1, max_size=40)


@pytest.mark.parametrize("place", range(12))
def test_one_right_answer_is_worth_its_place(place: int) -> None:
    ranking = {f"i{n}": -float(n) for n in range(12)}
    found = judged(["nDCG@10", "R@10", "RR"], {"q": [f"i{place}"]}, {"q": ranking, "of nobody": ranking})
    worth = [1 / log2(place + 2) if place < 10 else 0, float(place < 10), 1 / (place + 1)]
    assert [found[name]["q"] for name in ("nDCG@10", "R@10", "RR")] == pytest.approx(worth)
    assert found["RR"].keys() == {"q"}


def test_what_has_no_ranking_is_worth_nothing() -> None:
    assert judged(["R@1"], {"none": ["a"], "empty": ["a"]}, {"empty": {}}) == {"R@1": {"none": 0.0, "empty": 0.0}}


@given(VALUES)
def test_the_interval_is_that_of_scipy(cases: list[tuple[float, int]]) -> None:
    """scipy draws the same people from the same seed; it refuses one alone."""
    from scipy.stats import bootstrap  # type: ignore[import-untyped]

    values, groups = np.array([value for value, _ in cases]), [f"g{group}" for _, group in cases]
    low, high = interval(values, groups)
    of = {group: [v for v, g in zip(values, groups, strict=True) if g == group] for group in groups}
    if len(of) == 1:
        assert low == pytest.approx(values.mean()) == high
        return
    sums, counts = np.array([sum(v) for v in of.values()]), np.array([len(v) for v in of.values()])
    ends = bootstrap(
        (sums, counts),
        lambda s, c, axis: s.sum(axis=axis) / c.sum(axis=axis),
        paired=True,
        n_resamples=1000,
        method="percentile",
        rng=np.random.default_rng(20261124),
    ).confidence_interval
    assert [low, high] == pytest.approx([ends.low, ends.high], abs=1e-12)


@given(VALUES)
def test_measures_have_the_intervals_that_they_have_alone(cases: list[tuple[float, int]]) -> None:
    values, groups = np.array([[value, -value] for value, _ in cases]), [f"g{group}" for _, group in cases]
    low, high = interval(values, groups)
    for n in range(2):
        assert (low[n], high[n]) == pytest.approx(interval(values[:, n], groups))
