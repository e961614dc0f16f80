"""Who gets a place: the best, but so that every strong interest finds itself on the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from penchant.retriever import (
    CompositionConfig,
    Field,
    Index,
    Interest,
    Item,
    Schema,
    SearchConfig,
    build_index,
    search,
)
from penchant.retriever.ranking.diversify import diversify, reserve_places

from .conftest import HashEncoder


@given(
    st.integers(0, 12).flatmap(
        lambda n: st.tuples(
            arrays(float, n, elements=st.floats(-2, 2)), arrays(float, (n, 3), elements=st.floats(0, 1))
        )
    ),
    st.integers(0, 15),
    st.floats(0, 1),
)
def test_every_item_has_one_place(given_: tuple, places: int, balance: float) -> None:
    scores, matches = given_
    order = diversify(scores, matches, np.array([0.5, 0.3, 0.2]), places, balance)
    assert sorted(order) == list(range(len(scores)))
    rest = scores[order[places:]]
    assert np.all(rest[:-1] >= rest[1:]), "beyond the places the order is that of the scores"


@given(arrays(float, 9, elements=st.floats(-2, 2)), arrays(float, (9, 2), elements=st.floats(0, 1)))
def test_balance_0_is_the_order_of_the_scores(scores: np.ndarray, matches: np.ndarray) -> None:
    assert diversify(scores, matches, np.array([0.5, 0.5]), 9, 0) == list(np.argsort(-scores, kind="stable"))


@given(st.permutations(range(12)))
def test_balance_1_takes_one_of_each_first(order: list[int]) -> None:
    matches = np.zeros((12, 4))
    matches[np.arange(12), np.arange(12) % 4] = 1
    found = diversify(np.array(order, dtype=float), matches, np.full(4, 0.25), 4, 1)[:4]
    assert {n % 4 for n in found} == {0, 1, 2, 3}


def test_a_place_goes_to_the_largest_sum_of_relevance_and_coverage() -> None:
    scores, matches = np.array([1.0, 0.9, 0.0]), np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    # After item 0: item 1 is worth (1 - b) * 0.9 and item 2 is worth b * 0.5, equal at b = 0.9 / 1.4.
    assert diversify(scores, matches, np.array([0.5, 0.5]), 3, 0.64) == [0, 1, 2]
    assert diversify(scores, matches, np.array([0.5, 0.5]), 3, 0.65) == [0, 2, 1]


WANTED = ("drama", "gothic", "sports", "heist")


@pytest.fixture(scope="module")
def lopsided(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Forty dramas that are more popular than the three of each other genre that is wanted."""
    items = [Item(f"d{n}", f"Drama {n}", fields={"genres": ("drama",), "votes": 4000 + n}) for n in range(40)]
    items += [
        Item(f"{g}{n}", f"{g} {n}", fields={"genres": (g,), "votes": 2000 + n}) for g in WANTED[1:] for n in range(3)
    ]
    items += [Item(f"o{n}", f"Other {n}", fields={"genres": ("western",), "votes": 5000 + n}) for n in range(40)]
    schema = Schema((Field("genres", "facet"), Field("votes", "number")), "votes", 0.1)
    return build_index(items, Path(tmp_path_factory.mktemp("lopsided")), HashEncoder(), schema)


@pytest.mark.parametrize("scan", [1000, 0], ids=["all scored", "lanes"])
def test_four_unrelated_interests_each_find_themselves_in_the_first_ten(lopsided: Index, scan: int) -> None:
    asked = [Interest("genres", genre) for genre in WANTED]
    search_config = SearchConfig(scan=scan, depth=20)
    genres = [
        pick.item.values("genres")[0] for pick in search(lopsided, asked, k=10, search_config=search_config).picks
    ]
    assert set(genres) == set(WANTED)
    # By score alone the page is full of the popular ones.
    composition = CompositionConfig(background=0)
    by_score = SearchConfig(scan=scan, balance=0, most_alike=0, held_first=False, composition_config=composition)
    plain = search(lopsided, asked, k=10, search_config=by_score).picks
    assert {pick.item.values("genres")[0] for pick in plain} == {"drama"}


def test_balance_0_shows_the_best_scores_in_order(lopsided: Index) -> None:
    asked = [Interest("genres", genre) for genre in WANTED]
    scores = [
        pick.score
        for pick in search(
            lopsided, asked, k=92, search_config=SearchConfig(balance=0, most_alike=0, held_first=False)
        ).picks
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 89


@given(arrays(float, 14, elements=st.floats(-2, 2)), arrays(bool, (14, 4)), st.integers(0, 14))
def test_each_wanted_column_has_a_seat_if_the_lower_half_has_room(
    scores: np.ndarray, held: np.ndarray, places: int
) -> None:
    matches, order = held.astype(float), [int(n) for n in np.argsort(-scores, kind="stable")]
    seated = reserve_places(order, scores, matches, places, range(4))
    assert sorted(seated) == list(range(14))
    assert seated[: places // 2] == order[: places // 2]
    rest = scores[seated[places:]]
    assert np.all(rest[:-1] >= rest[1:]), "beyond the places the order is that of the scores"
    had = matches[order[:places]].any(axis=0) if places else np.zeros(4, bool)
    has = matches[seated[:places]].any(axis=0) if places else had
    assert np.all(has[had])
    if places >= 8:
        assert np.array_equal(has, matches.any(axis=0))


def test_what_is_faded_but_current_is_sure_of_a_place(lopsided: Index) -> None:
    """Two turns old: a tenth of the weight. Ten turns old: nothing is held free for it."""
    for age, there in ((2, True), (10, False)):
        asked = [Interest("genres", "drama", turn=age), Interest("genres", "heist", 0.9, turn=0)]
        picks = search(lopsided, asked, k=10, turn=age).picks
        assert any("heist" in pick.item.values("genres") for pick in picks) is there
