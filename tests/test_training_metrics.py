"""Negatives, figures and calibration against what can be worked out by hand; no model is needed."""

from __future__ import annotations

import inspect
import json
import math
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import OPEN, Index, Interest, Item, build_index, infer_schema, search
from penchant.retriever.catalogue.rating_scale import Scale
from penchant.retriever.errors import TrainingError
from penchant.retriever.training import assessment
from penchant.retriever.training.assessment import assess
from penchant.retriever.training.calibration import Bin, Calibration, calibration_error, fit_calibration, reliability
from penchant.retriever.training.dataset import labelled, triples
from penchant.retriever.training.examples import Example, Split
from penchant.retriever.training.metrics import changes, measure, questions
from penchant.retriever.training.negatives import hard_negatives
from penchant.retriever.training.training import Training
from penchant.ui.cli.training import train as command

from .conftest import HashEncoder, make_items

FLOATS = st.floats(-1, 1, allow_nan=False)


def nothing(done: int, total: int) -> None:
    """No progress bar."""


def example(person: str, query: str, item: str, label: float = 1.0, known: tuple[str, ...] = ()) -> Example:
    return Example(person, query, item, label, known)


# Figures: items are the axes, a query is an axis, so that the ranking is known.


def test_an_encoder_that_knows_has_full_marks_and_a_blind_one_none() -> None:
    asked = questions([example("u", "a", "i3"), example("u", "a", "i4")], {f"i{n}": n for n in range(40)}, 0.7)
    items = np.eye(40, dtype=np.float32)
    np.testing.assert_allclose(measure(asked, (items[3] + items[4])[None], items), [[1, 1]])
    np.testing.assert_allclose(measure(asked, -(items[3] + items[4])[None], items), [[0, 0]])


def test_the_second_place_is_worth_the_logarithm_of_three() -> None:
    asked = questions([example("u", "a", "i1")], {"i0": 0, "i1": 1}, 0.7)
    figures = measure(asked, np.array([[1, 0.5]], np.float32), np.eye(2, dtype=np.float32))
    np.testing.assert_allclose(figures, [[1 / math.log2(3), 1]])


def test_known_items_are_not_ranked_and_ties_go_by_row() -> None:
    asked = questions([example("u", "a", "i1", known=("i0",))], {"i0": 0, "i1": 1, "i2": 2}, 0.7)
    np.testing.assert_allclose(measure(asked, np.ones((1, 3), np.float32), np.eye(3, dtype=np.float32)), [[1, 1]])


def test_only_what_is_liked_is_a_right_answer() -> None:
    rows = {"i0": 0, "i1": 1}
    rated = [example("u", "a", "i0", 0.2), example("u", "a", "i1", 0.8), example("v", "a", "i0", 0.1)]
    asked = questions(rated, rows, 0.7)
    assert [(q.person, q.relevant) for q in asked] == [("u", (1,))]


def test_a_change_that_all_people_share_is_sure_and_one_that_none_has_is_none() -> None:
    asked = questions([example(f"u{n}", "a", "i0") for n in range(8)], {"i0": 0}, 0.7)
    zeros, ones = np.zeros((8, 2)), np.ones((8, 2))
    up, same = changes(asked, zeros, ones)[0], changes(asked, ones, ones)[1]
    assert (up.low, up.high, up.better) == (1, 1, True) and (same.low, same.high, same.better) == (0, 0, False)
    one = changes(asked, zeros, np.vstack([ones[:1], zeros[1:]]))[0]
    assert one.before == 0 and one.after == 1 / 8 and one.low == 0 and not one.better


# Negatives


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_index(make_items(80, seed=3), tmp_path_factory.mktemp("index"), HashEncoder())


def test_negatives_are_disliked_or_unrated_and_near(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("penchant.retriever.training.negatives._DEPTH", 20)
    items = index.catalogue.items
    query = " ".join(items[0].values("genres"))
    examples = [
        example("u", query, items[0].id),
        example("u", query, items[1].id, 0.1),
        example("v", "noir", items[2].id),
    ]
    found = hard_negatives(index, examples, 5, 0.7, 0, nothing, "near")
    assert found[query][0] == items[1].id and items[0].id not in found[query]
    assert all(len(ids) == 5 == len(set(ids)) for ids in found.values())
    scores = index.vectors(range(len(items)))[:, index.layout.slices["text"]] @ index.encoder.encode([query])[0]
    own = scores[0]
    drawn = [scores[index.catalogue.row[item]] for item in found[query][1:]]
    assert max(drawn) < 0.95 * own or own <= 0
    assert np.mean(drawn) > scores.mean()
    assert found == hard_negatives(index, examples, 5, 0.7, 0, nothing, "near")


def test_negatives_from_anywhere_are_unrated_and_even(index: Index) -> None:
    """Each item as often as another, near or not: 400 draws of 3 among the unrated, within five deviations."""
    items = index.catalogue.items
    texts = [f"{value} {n}" for value in items[0].values("genres")[:1] for n in range(400)]
    examples = [
        example("u", text, item.id, label) for text in texts for item, label in zip(items, (1, 0.9), strict=False)
    ]
    found = hard_negatives(index, examples, 3, 0.7, 0, nothing, "any")
    drawn = Counter(item for ids in found.values() for item in dict.fromkeys(ids))
    assert not {items[0].id, items[1].id} & drawn.keys()
    share = 3 / len(items)
    assert all(abs(count - 400 * share) < 5 * (400 * share * (1 - share)) ** 0.5 for count in drawn.values())
    assert len(drawn) == len(items) - 2


def test_a_person_who_rated_everything_has_no_negatives(tmp_path: Path) -> None:
    small = build_index(make_items(3), tmp_path / "small", HashEncoder())
    examples = [example("u", "noir", item.id) for item in small.catalogue.items]
    assert hard_negatives(small, examples, 2, 0.7, 0, nothing, "near") == {"noir": ()}
    two = hard_negatives(small, examples[:2], 4, 0.7, 0, nothing, "near")
    assert two == {"noir": (small.catalogue.items[2].id,) * 4}


def test_columns_hold_each_example_once() -> None:
    examples = [example("u", "a", "i0"), example("u", "a", "i1", 0.2), example("v", "b", "i0")]
    negatives = {"a": ("i1", "i2"), "b": ("i3", "i4")}
    assert triples(examples, negatives, 0.7, str.upper) == {
        "query": ["a", "b"],
        "item": ["I0", "I0"],
        "negative_0": ["I1", "I3"],
        "negative_1": ["I2", "I4"],
        "label": [[math.log(2), 0.0, 0.0], [math.log(2), 0.0, 0.0]],
    }
    rows = labelled(examples, negatives, str.upper)
    pairs = list(zip(rows["query"], rows["item"], rows["label"], strict=True))
    assert pairs[:3] == [("a", "I0", 1.0), ("a", "I1", 0.2), ("b", "I0", 1.0)]
    assert sorted(pairs[3:]) == [("a", "I2", 0.0), ("b", "I3", 0.0), ("b", "I4", 0.0)]
    assert list(triples(examples, {"a": (), "b": ()}, 0.7, str.upper)) == ["query", "item", "label"]


# Calibration


@given(st.lists(st.tuples(FLOATS, st.integers(1, 5)), min_size=2, max_size=60), st.lists(FLOATS, min_size=2))
def test_expected_ratings_rise_with_the_score_and_stay_on_the_scale(
    pairs: list[tuple[float, int]], asked: list[float]
) -> None:
    scores, ratings = np.array([p[0] for p in pairs]), np.array([float(p[1]) for p in pairs])
    calibration = fit_calibration(scores, ratings, 1, 5)
    if calibration is None:
        assert len(set(ratings)) == 1
        return
    expected = calibration.expected(sorted(asked))
    assert (np.diff(expected) >= -1e-9).all() and ratings.min() - 1e-9 <= expected.min()
    assert expected.max() <= ratings.max() + 1e-9
    # On its own data an isotonic regression has the mean of the ratings.
    np.testing.assert_allclose(calibration.expected(scores).mean(), ratings.mean(), atol=1e-5)


def test_a_monotone_relation_is_found(tmp_path: Path) -> None:
    scores = np.linspace(0, 1, 200)
    calibration = fit_calibration(scores, 1 + 4 * scores**2, 1, 5)
    assert calibration is not None
    np.testing.assert_allclose(calibration.expected([0.5, 2.0, -1.0]), [2, 5, 1], atol=0.01)
    calibration.save(tmp_path)
    assert Calibration.load(tmp_path) == calibration
    assert Calibration.load(tmp_path / "none") is None


def test_a_broken_calibration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "calibration.json").write_text(json.dumps({"scores": [1]}), encoding="utf-8")
    with pytest.raises(TrainingError, match=r"calibration\.json: not a calibration"):
        Calibration.load(tmp_path)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=80))
def test_bins_hold_everything_once(pairs: list[tuple[int, int]]) -> None:
    expected, actual = (np.array(values, dtype=float) for values in zip(*pairs, strict=True))
    bins = reliability(expected, actual)
    assert sum(b.count for b in bins) == len(pairs) and len(bins) <= 10
    assert [b.expected for b in bins] == sorted(b.expected for b in bins)
    np.testing.assert_allclose(sum(b.actual * b.count for b in bins), actual.sum())
    assert 0 <= calibration_error(bins) <= 4 and calibration_error(reliability(actual, actual)) < 1e-9


def test_the_calibration_error_by_hand() -> None:
    assert calibration_error([Bin(1.0, 2.0, 3), Bin(4.0, 3.5, 1)]) == pytest.approx(0.875)


def test_calibrated_scores_are_those_of_a_search(tmp_path: Path) -> None:
    items = make_items(40, seed=5)
    schema = replace(infer_schema(items), text_weight=0.8, prior_weight=0.25)
    index = build_index(items, tmp_path / "index", HashEncoder(), schema)
    picks = sorted(search(index, [Interest(OPEN, "a noir heist")], k=40).picks, key=lambda pick: pick.score)
    ratings = {pick.item.id: 1.0 + n for n, pick in enumerate(picks)}
    part = tuple(example("u", "a noir heist", item, (rating - 1) / 39) for item, rating in ratings.items())
    scores, rated = assessment._scored(index, index.encoder, part, Scale(1, 40), 0.5 * index.background_vector)
    np.testing.assert_allclose(scores, [pick.score for pick in picks], atol=1e-5)
    np.testing.assert_allclose(rated, list(ratings.values()))
    found = assess(index, index.encoder, Split(part, part, part), Scale(1, 40), nothing)
    assert all(change.before == pytest.approx(change.after, abs=0.05) for change in found.changes)
    assert calibration_error(found.bins) < 0.2


def test_ratings_that_are_all_alike_give_no_calibration(index: Index) -> None:
    part = tuple(example(f"u{n}", "noir", item.id) for n, item in enumerate(index.catalogue.items[:5]))
    found = assess(index, index.encoder, Split(part, part, part), Scale(1, 1), nothing)
    assert found.calibration is None and found.bins == ()


def test_a_large_catalogue_is_sampled_with_all_right_answers(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assessment, "_RANKED", 10)
    wanted = [item.id for item in index.catalogue.items[30:34]]
    named = [example("u", "noir", wanted[0], known=(wanted[1],)), example("u", "x", wanted[2])]
    rows = assessment._ranked(index, named)
    assert len(rows) == 10 and {index.catalogue.row[item] for item in wanted[:3]} <= set(rows)
    assert Item("x", "x") not in [index.catalogue.items[row] for row in rows]


def test_the_defaults_of_the_command_are_those_of_the_library() -> None:
    offered = {name: option.default for name, option in inspect.signature(command).parameters.items()}
    usual = ("learning_rate", "loss", "private", "delta")  # what is usual for the rest, where it is not given
    known = asdict(Training()) | dict.fromkeys(usual)
    assert {name: offered[name] for name in known} == known
