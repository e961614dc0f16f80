"""What is too long or too dear is so in earnest: by a quarter, where there is anything beyond that."""

from __future__ import annotations

from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.cues.comparatives import comparatives, relative_range
from penchant.retriever.ranking import parse_range

NUMBERS = st.lists(st.floats(10, 1e6), min_size=2, max_size=5)


@pytest.mark.parametrize("text", ["too expensive", "not so expensive", "way too long", "not as long", "too costly"])
@given(shown=NUMBERS)
def test_what_is_left_is_clearly_less(text: str, shown: list[float]) -> None:
    (found,) = comparatives(text)
    low, high = parse_range(relative_range(found, shown, [1.0]))
    bound = low if found.kind == "complaint" else high
    assert bound <= 0.8 * median_low(shown)


@given(shown=NUMBERS)
def test_where_nothing_is_clearly_less_it_is_less_than_the_middle(shown: list[float]) -> None:
    (found,) = comparatives("too expensive")
    low, _ = parse_range(relative_range(found, shown, shown if min(shown) > 0.8 * max(shown) else []))
    assert low == pytest.approx(median_low(shown), rel=1e-9)


@pytest.mark.parametrize(("text", "value"), [("too expensive", ">= 100"), ("cheaper", "< 100"), ("too old", "<= 100")])
def test_of_one_of_a_wish_and_of_years_there_is_no_part(text: str, value: str) -> None:
    (found,) = comparatives(text)
    assert relative_range(found, [100.0] if text == "too expensive" else [100.0, 100.0], [1.0, 500.0]) == value
