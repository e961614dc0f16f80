"""A page in the order that its owner's knobs make: what they promise, and that no score or share is another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, Session
from penchant.retriever import Index, Interest, PenchantError, SearchConfig, counterfactual, search
from penchant.retriever.ranking.reordering import (
    SELDOM_SHOWN,
    VARIETY,
    Distribution,
    calibrated,
    divergence,
    exposure_of_places,
    of_item,
    with_floor,
)
from penchant.retriever.ranking.reordering.distributions import mixed
from penchant.ui.page.view.decision_path import decision_path
from penchant.ui.page.words import page_speech

from .conftest import GENRES

INTERESTS = (Interest("genres", "drama"), Interest("genres", "heist"), Interest("genres", "war", level="never"))
distributions = st.dictionaries(st.sampled_from("abcd"), st.floats(0.01, 1), max_size=3).map(
    lambda weights: mixed([({value: 1.0}, weight) for value, weight in weights.items()])
)


def test_the_divergence_is_that_of_its_definition() -> None:
    assert divergence({"a": 0.5, "b": 0.5}, {"a": 0.5, "b": 0.5}) == pytest.approx(0)
    expected = 0.5 * np.log(0.5 / (0.99 * 1 + 0.005)) + 0.5 * np.log(0.5 / 0.005)
    assert divergence({"a": 0.5, "b": 0.5}, {"a": 1.0}) == pytest.approx(expected)
    assert divergence({"a": 1.0}, {}) == pytest.approx(np.log(100))


@given(
    st.lists(distributions, min_size=1, max_size=12), distributions.filter(bool), st.integers(1, 12), st.floats(0, 1)
)
def test_calibration_is_an_order_and_off_at_nothing(
    genres: list[Distribution], taste: Distribution, places: int, weight: float
) -> None:
    relevance = np.linspace(1, 0, len(genres))
    order = calibrated(relevance, genres, taste, places, weight)
    assert sorted(order) == list(range(len(genres)))
    assert calibrated(relevance, genres, taste, places, 0.0) == list(range(len(genres)))
    values = [(1 - weight) * relevance[n] - weight * divergence(taste, genres[n]) for n in range(len(genres))]
    assert values[order[0]] == pytest.approx(max(values)), "the first place is by the definition alone"


def test_calibration_gives_a_page_the_genres_of_a_taste() -> None:
    genres: list[Distribution] = [{"a": 1.0}] * 5 + [{"b": 1.0}] * 5
    order = calibrated(np.linspace(1, 0, 10), genres, {"a": 0.5, "b": 0.5}, 4, 0.9)
    assert sorted(n >= 5 for n in order[:4]) == [False, False, True, True]
    assert order[0] == 0, "what is nearest stays first"


@given(st.lists(st.booleans(), max_size=30), st.integers(1, 10), st.floats(0, 1))
def test_the_floor_holds_as_far_as_there_are_any(least: list[bool], places: int, floor: float) -> None:
    mask, before = np.array(least, dtype=bool), list(range(len(least)))
    after = with_floor(before, mask, places, floor)
    assert sorted(after) == before
    page = after[:places]
    own = exposure_of_places(len(page))[mask[page]].sum() if page else 0.0
    was = exposure_of_places(len(page))[mask[before[:places]]].sum() if page else 0.0
    assert own >= was
    assert own >= floor - 1e-9 or not any(mask[n] for n in after[places:]) or mask[page].all()
    kept = [n for n in page if n in before[:places]]
    assert kept == sorted(kept) and all(mask[n] for n in set(page) - set(kept))
    if was >= floor:
        assert after == before


def page_of(index: Index, **knobs: object) -> list[str]:
    config = replace(SearchConfig(), **knobs)  # type: ignore[arg-type]
    return [pick.item.id for pick in search(index, INTERESTS, 30, search_config=config).picks]


@pytest.mark.parametrize("knob", ["exposure", "calibration"])
def test_knobs_change_places_and_no_score(small_index: Index, knob: str) -> None:
    usual = search(small_index, INTERESTS, 30).picks
    least = tuple(pick.item.id for pick in usual[15:])
    config = replace(SearchConfig(), least_shown=least, **{knob: 0.6})
    found = search(small_index, INTERESTS, 30, search_config=config).picks
    assert [p.item.id for p in found] != [p.item.id for p in usual]
    scores = {pick.item.id: (pick.score, pick.shares) for pick in usual}
    for pick in found:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score)
        assert scores.get(pick.item.id, (pick.score, pick.shares)) == (pick.score, pick.shares)
        assert not pick.item.values("genres").count("war")
    why = {"exposure": SELDOM_SHOWN, "calibration": VARIETY}[knob]
    lifted = [pick.item.id for pick in found if pick.lifted]
    assert lifted and {pick.lifted for pick in found} == {"", why}
    before, after = [p.item.id for p in usual], [p.item.id for p in found]
    assert all(after.index(item) < before.index(item) for item in lifted if item in before)
    assert set(lifted) <= set(after[:10]) and not any(pick.lifted for pick in usual)


def test_the_floor_is_met_in_a_search(small_index: Index) -> None:
    usual = page_of(small_index)
    page = page_of(small_index, exposure=0.3, least_shown=tuple(usual[12:]))[:10]
    assert exposure_of_places(10)[[item in usual[12:] for item in page]].sum() >= 0.3
    assert page[:3] == usual[:3]


def test_calibration_brings_genres_nearer_to_the_taste(small_index: Index) -> None:
    catalogue = small_index.catalogue
    taste = mixed(
        (of_item(catalogue.items[row], "genres"), 1.0) for g in ("drama", "heist") for row in _holders(small_index, g)
    )

    def drift(page: list[str]) -> float:
        parts = exposure_of_places(10).tolist()
        return divergence(
            taste, mixed((of_item(catalogue.get(i), "genres"), p) for i, p in zip(page, parts, strict=True))
        )

    assert drift(page_of(small_index, calibration=0.6)[:10]) < drift(page_of(small_index)[:10])


def _holders(index: Index, genre: str) -> list[int]:
    assert genre in GENRES
    return [int(row) for row in index.catalogue.postings["genres"][genre]]


@pytest.mark.parametrize("knob", ["exposure", "calibration"])
def test_a_knob_out_of_its_range_is_refused(knob: str) -> None:
    with pytest.raises(PenchantError, match=f"{knob} is 1.5"):
        SearchConfig(**{knob: 1.5})


def test_the_path_says_what_was_moved_up_also_after_a_question(small_index: Index) -> None:
    config = replace(SearchConfig(), exposure=0.4, least_shown=tuple(page_of(small_index)[12:]))
    assistant = Assistant(small_index, search_config=config, k=10)
    reply = assistant.answer(Session(interests=INTERESTS))
    after = assistant.reply("why is the first one there?", reply.session)
    for told in (reply, after):
        moved = [n for n, pick in enumerate(told.picks) if pick.lifted]
        assert moved
        for n, pick in enumerate(told.picks):
            path = decision_path(
                told, n, counterfactual(small_index, INTERESTS, pick.item.id), small_index.schema, page_speech()
            )
            assert ("moved up as it is seldom shown" in path["standing"]) == (n in moved)
            assert ("moved up as it is seldom shown" in path["steps"][-1]["lines"][0]) == (n in moved)
