"""Behaviour: who liked what becomes a block, and adds up with what was said."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from penchant.assistant import Assistant, Session
from penchant.assistant.session import edit
from penchant.retriever import (
    MENTION,
    Index,
    IndexMismatch,
    Interest,
    Rating,
    SearchConfig,
    TrainingError,
    build_index,
    infer_schema,
    item_factors,
    open_index,
    read_catalogue,
    search,
)
from penchant.retriever.catalogue import Scale
from penchant.retriever.index import BEHAVIOUR, Promised, index_catalogue
from penchant.retriever.ranking.composition import CompositionConfig, can_place, softmax_weights
from penchant.tools.api.arguments import InterestEdit
from penchant.tools.api.naming import edit_meant

from .conftest import HashEncoder, exact_scores, make_items, write_jsonl
from .test_search import ASKED as CHROMA
from .test_search import SHAPES, Asking, recall

pytestmark = pytest.mark.extra("train")

ITEMS = make_items(120, seed=1)
SCHEMA = infer_schema(ITEMS)
CIRCLES = tuple(tuple(item.id for item in ITEMS[start:100:5]) for start in range(5))
"""Five circles of people share their likes; the last 20 items were never rated."""


def ratings(people: int = 200, seed: int = 0) -> list[Rating]:
    """Everyone likes six items of their circle, and dislikes two of another."""
    rng = random.Random(seed)
    rows = []
    for person in range(people):
        own, other = CIRCLES[person % 5], CIRCLES[(person + 1) % 5]
        rows += [Rating(f"p{person}", (), item, rng.choice([4, 5])) for item in rng.sample(own, 6)]
        rows += [Rating(f"p{person}", (), item, rng.choice([1, 2])) for item in rng.sample(other, 2)]
    return rows


@cache
def factors() -> Mapping[str, np.ndarray]:
    return item_factors(ratings(), 5)


def test_items_that_the_same_people_like_are_near_each_other() -> None:
    same = [factors()[a] @ factors()[b] for circle in CIRCLES for a in circle for b in circle if a != b]
    apart = [factors()[a] @ factors()[b] for a in CIRCLES[0] for b in CIRCLES[1]]
    assert min(same) > 0.5 > 0.25 > max(apart)


def test_length_says_how_many_like_an_item() -> None:
    known = [Rating(f"u{n}", (), item, 1) for n in range(9) for item in ("often", "also")]
    found = item_factors([*known, Rating("u0", (), "once", 1)], 4)
    assert np.linalg.norm(found["often"]) == pytest.approx(np.sqrt(9 / 12), rel=1e-5)
    assert np.linalg.norm(found["once"]) == pytest.approx(np.sqrt(1 / 4), rel=1e-5)


def test_what_nobody_likes_has_no_factors() -> None:
    assert set(item_factors([Rating("a", (), "good", 5), Rating("a", (), "bad", 1)], 2)) == {"good"}


def test_saying_it_twice_changes_nothing_and_a_seed_decides() -> None:
    rows = ratings(50)
    once, twice = item_factors(rows, 8), item_factors([*rows, *rows], 8)
    for item, vector in once.items():
        np.testing.assert_allclose(vector, twice[item], atol=1e-6)
    assert all(np.array_equal(vector, item_factors(rows, 8)[item]) for item, vector in list(once.items())[:2])


def test_no_ratings() -> None:
    with pytest.raises(TrainingError, match="no ratings"):
        item_factors([])


@pytest.fixture(scope="module")
def behaving(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_index(ITEMS, tmp_path_factory.mktemp("behaving"), HashEncoder(), factors=factors())


def behaviour(index: Index, item: str) -> np.ndarray:
    return index.vectors([index.catalogue.row[item]])[0][index.layout.slices["behaviour"]]


def test_the_block(behaving: Index) -> None:
    assert behaving.layout.blocks[-1].name == "behaviour"
    np.testing.assert_allclose(behaviour(behaving, ITEMS[0].id), factors()[ITEMS[0].id], atol=1e-6)
    assert not behaviour(behaving, ITEMS[110].id).any()


def test_people_who_liked_it_is_a_share_of_its_own(behaving: Index) -> None:
    liked = Interest(MENTION, ITEMS[0].title, item=ITEMS[0].id)
    picks = search(behaving, [liked], 120, search_config=SearchConfig(balance=0, held_first=False)).picks
    found = {pick.item.id: {s.block: s.value for s in pick.shares} for pick in picks}
    weight = SCHEMA.behaviour_weight
    for item in (ITEMS[5].id, ITEMS[1].id):
        assert found[item]["behaviour"] == pytest.approx(weight * factors()[ITEMS[0].id] @ factors()[item], abs=1e-6)
    assert found[ITEMS[110].id].keys() <= {"text", "genres", "themes", "identity", "prior"}


def test_liked_by_the_same_people_comes_first_and_new_items_still_rank_by_text(
    small_index: Index, behaving: Index
) -> None:
    liked = Interest(MENTION, ITEMS[0].title, item=ITEMS[0].id)
    picks = search(
        behaving, [liked], 20, hidden=[ITEMS[0].id], search_config=SearchConfig(balance=0, held_first=False)
    ).picks
    assert sum(pick.item.id in CIRCLES[0] for pick in picks) >= 19
    new = {item.id for item in ITEMS[100:]}
    before, after = (
        [pick.item.id for pick in search(i, [liked], 120).picks if pick.item.id in new] for i in (small_index, behaving)
    )
    assert before == after


def history(*items: str) -> Interest:
    return Interest(MENTION, "what you liked", source="profile", items=items)


def test_what_a_whole_history_is_liked_with_comes_first(behaving: Index) -> None:
    liked = history(*CIRCLES[0][:4], *CIRCLES[1][:4])
    picks = search(behaving, [liked], 12, hidden=liked.items, search_config=SearchConfig(balance=0)).picks
    assert {share.block for pick in picks for share in pick.shares} <= {"behaviour", "prior"}
    total = sum(factors()[item] for item in liked.items)
    longest = max(np.linalg.norm(factors()[item]) for item in liked.items)
    (share,) = (share.value for share in picks[0].shares if share.block == "behaviour")
    expected = SCHEMA.behaviour_weight * longest * (total / np.linalg.norm(total)) @ factors()[picks[0].item.id]
    assert share == pytest.approx(expected, abs=1e-6)
    found = {pick.item.id for pick in picks}
    assert found <= {*CIRCLES[0], *CIRCLES[1]} and found & set(CIRCLES[0]) and found & set(CIRCLES[1])


def test_a_history_takes_no_weight_from_what_is_said_and_gives_way_to_own_words(behaving: Index) -> None:
    """Values are put first whatever the history adds; nothing puts own words first, so it would drown them."""
    liked, comedy, own = history(*CIRCLES[0][:4]), Interest("genres", "comedy"), Interest("", "a ship in the ice")
    turns = [(liked,), (comedy, liked), (comedy, own, liked), (own, liked)]
    alone, valued, both, worded = (softmax_weights(turn, SCHEMA, 0, CompositionConfig()) for turn in turns)
    assert (alone[-1], valued[0], valued[-1]) == (1.0, 1.0, 1.0)
    assert worded[-1] == pytest.approx(0.0) and both[-1] == pytest.approx((1 - both[1]) ** 2)


def test_what_was_liked_is_parked_and_comes_back_by_hand(behaving: Index) -> None:
    liked = history(*CIRCLES[0][:4])
    assistant, begun = Assistant(behaving), Session(profile=(liked,))
    named = edit_meant(InterestEdit(facet="item", value="What you liked", parked=True), begun, assistant)
    parked = edit(begun, [named], behaving.catalogue)
    assert [(one.items, one.parked) for one in parked.effective_interests] == [(liked.items, True)]
    assert not any(assistant.rank(parked, 5).weights)
    back = edit(parked, [replace(named, parked=False)], behaving.catalogue)
    assert assistant.rank(back, 5).weights == (1.0,)


def test_where_nobody_rated_a_history_says_nothing(small_index: Index, behaving: Index) -> None:
    liked = history(*CIRCLES[0][:4])
    assert not can_place(small_index, liked) and not can_place(behaving, history("gone"))
    assert can_place(behaving, history("gone", CIRCLES[0][0]))


ASKED = [
    Interest("genres", "drama"),
    Interest("", "drama3 comedy5"),
    Interest("people", ITEMS[0].values("people")[0]),
    Interest(MENTION, ITEMS[5].title, item=ITEMS[5].id),
    Interest(MENTION, ITEMS[111].title, item=ITEMS[111].id),
    Interest(MENTION, ITEMS[7].title, level="less", item=ITEMS[7].id),
]


@pytest.mark.parametrize("scan", [1000, 0], ids=["all scored", "lanes"])
def test_shares_add_up_to_the_exact_score(behaving: Index, scan: int) -> None:
    exact = exact_scores(behaving, ASKED)
    for pick in search(behaving, ASKED, 30, search_config=SearchConfig(scan=scan)).picks:
        assert sum(share.value for share in pick.shares) == pytest.approx(pick.score, abs=1e-5)
        assert pick.score == pytest.approx(exact[behaving.catalogue.row[pick.item.id]], abs=1e-5)


def test_an_update_without_ratings_keeps_what_was_learned(tmp_path: Path) -> None:
    build_index(ITEMS, tmp_path, HashEncoder(), factors=factors())
    encoder = HashEncoder()
    changed = [replace(ITEMS[0], title="Another title"), replace(ITEMS[1], fields={**ITEMS[1].fields, "year": 1911})]
    index = build_index([*changed, *ITEMS[2:], *make_items(125, seed=1)[120:]], tmp_path, encoder)
    assert index.catalogue.get(ITEMS[1].id).fields["year"] == 1911
    for item in ITEMS[:3]:
        np.testing.assert_allclose(behaviour(index, item.id), factors()[item.id], atol=1e-6)
    assert not behaviour(index, "i122").any()
    assert len(build_index(ITEMS, tmp_path, HashEncoder()).catalogue) == 120


def test_new_ratings_change_the_block_and_encode_nothing(tmp_path: Path) -> None:
    build_index(ITEMS, tmp_path, HashEncoder(), factors=factors())
    encoder = HashEncoder()
    later = item_factors(ratings(seed=5)[:400], 5)
    index = build_index(ITEMS, tmp_path, encoder, factors=later)
    assert encoder.texts == []
    for item in (ITEMS[0].id, ITEMS[7].id):
        np.testing.assert_allclose(behaviour(index, item), later[item], atol=1e-6)


def test_an_interrupted_change_of_ratings_goes_on(tmp_path: Path) -> None:
    items = make_items(300, seed=2)
    first = {item.id: np.ones(4, np.float32) for item in items}
    second = {item.id: np.full(4, 0.5, np.float32) for item in items}
    build_index(items, tmp_path, HashEncoder(), factors=first)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(items, tmp_path, HashEncoder(), progress=stop, factors=second)
    with pytest.raises(IndexMismatch, match="unfinished"):
        open_index(tmp_path, HashEncoder())
    index = build_index(items, tmp_path, HashEncoder(), factors=second)
    assert all(behaviour(index, item.id) == pytest.approx(0.5) for item in items)


@pytest.mark.parametrize("before", [None, {"i1": np.ones(4, np.float32)}], ids=["none", "another size"])
def test_other_blocks_are_refused(tmp_path: Path, before: dict | None) -> None:
    build_index(ITEMS[:20], tmp_path, HashEncoder(), factors=before)
    with pytest.raises(IndexMismatch, match="other blocks"):
        build_index(ITEMS[:20], tmp_path, HashEncoder(), factors=factors())


def test_ratings_of_another_catalogue(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="none of the items rated is in the catalogue"):
        build_index(ITEMS, tmp_path, HashEncoder(), factors={"tt1": np.ones(4, np.float32)})


def test_it_fits_into_the_dimensions_allowed(tmp_path: Path) -> None:
    index = build_index(ITEMS, tmp_path, HashEncoder(), replace(SCHEMA, dimensions=60), factors=factors())
    assert index.layout.dimensions == 60
    np.testing.assert_allclose(behaviour(index, ITEMS[0].id), factors()[ITEMS[0].id], atol=1e-6)


@pytest.fixture(scope="module")
def large_behaving(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Factors of varied length in 20 clusters, none for every fourth item."""
    items, rng = make_items(10_000), np.random.default_rng(0)
    centres = rng.standard_normal((20, 32))
    raw = centres[rng.integers(0, 20, 10_000)] + 0.7 * rng.standard_normal((10_000, 32))
    raw *= rng.uniform(0.2, 1, (10_000, 1)) / np.linalg.norm(raw, axis=1, keepdims=True)
    factors = {item.id: raw[n].astype(np.float32) for n, item in enumerate(items) if n % 4}
    return build_index(items, tmp_path_factory.mktemp("large"), HashEncoder(), factors=factors)


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["a mention", "mention and genre", "everything", "genre and text"])
def test_recall_against_an_exact_scan(large_behaving: Index, shape: str) -> None:
    asking = Asking(list(large_behaving.catalogue.items), seed=shape)
    found = [recall(large_behaving, SHAPES[shape](asking), [], CHROMA) for _ in range(10)]
    assert np.mean(found) >= 0.98, [round(r, 2) for r in found]


def test_who_has_withdrawn_is_not_in_the_block(tmp_path: Path) -> None:
    items = write_jsonl(tmp_path / "items.jsonl", [{"id": i.id, "title": i.title, **i.fields} for i in ITEMS])
    rated = [{"user": r.user, "item": r.item, "rating": r.rating} for r in ratings(60)]
    everybody = write_jsonl(tmp_path / "ratings.jsonl", rated)
    some = write_jsonl(tmp_path / "some.jsonl", [row for row in rated if row["user"] not in ("p1", "p2")])
    gone = tmp_path / "gone.txt"
    gone.write_text("p1\np2\n", encoding="utf-8")

    def block(name: str, ratings: Path, withdrawn: Path | None) -> np.ndarray:
        read = read_catalogue([items])
        made = index_catalogue(read, tmp_path / name, HashEncoder(), ratings=ratings, withdrawn=withdrawn)
        return np.stack([behaviour(made, item.id) for item in ITEMS])

    without = block("one", everybody, gone)
    np.testing.assert_array_equal(without, block("other", some, None))
    assert not np.allclose(without, block("all", everybody, None))


def test_a_promise_to_who_rated_is_written_beside_the_index_and_goes_with_it(tmp_path: Path) -> None:
    items = write_jsonl(tmp_path / "items.jsonl", [{"id": i.id, "title": i.title, **i.fields} for i in ITEMS])
    rated = [{"user": r.user, "item": r.item, "rating": r.rating} for r in ratings(60)]
    people = write_jsonl(tmp_path / "ratings.jsonl", rated)
    gone = tmp_path / "gone.txt"
    gone.write_text("p1\n", encoding="utf-8")

    def made(promised: Promised | None) -> np.ndarray:
        read = read_catalogue([items])
        index = index_catalogue(read, tmp_path / "x", HashEncoder(), ratings=people, withdrawn=gone, promised=promised)
        return np.stack([behaviour(index, item.id) for item in ITEMS])

    private = made(Promised(8.0, Scale(1, 5)))
    card = (tmp_path / "x" / BEHAVIOUR).read_text(encoding="utf-8")
    assert "(8, " in card and "- people: 59 " in card and np.abs(private).max() > 0
    assert not np.allclose(private, made(Promised(8.0, Scale(1, 5))))  # other noise each time
    np.testing.assert_array_equal(made(None), made(None))
    assert not (tmp_path / "x" / BEHAVIOUR).exists()
