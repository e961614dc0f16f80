"""Whether a message wishes for anything: the judge that learned from blind messages, and what follows from it."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant.understanding.spans import (
    ACTS,
    BIAS,
    SIDES,
    STRESSES,
    TAGS,
    Reading,
    WishJudge,
    features,
    span_model,
    wish_judge,
)
from penchant.assistant.understanding.spans.decoding import log_softmax

from .benchmarks.span_model.wishes import LEARNED_FROM, fit, left_out


def nothing(**chances: float) -> Reading:
    """A reading of no words, with the chances of some acts."""
    none = [log_softmax(np.zeros((0, n))) for n in (len(TAGS), len(SIDES) + 1, len(STRESSES))]
    return Reading((), *none, dict.fromkeys(ACTS, 0.5) | chances)  # type: ignore[arg-type]


def test_the_chance_is_the_logistic_function_of_the_weighted_features() -> None:
    """An act of even chance says nothing, so the bias alone is left; one of three quarters says the log of three."""
    weights = dict.fromkeys(features(nothing()), 0.0) | {BIAS: 0.0, "act chat": -1.0}
    assert WishJudge(weights).chance(nothing()) == pytest.approx(0.5)
    assert WishJudge(weights).chance(nothing(chat=0.75)) == pytest.approx(0.25)
    assert WishJudge(weights | {BIAS: np.log(3)}).chance(nothing(chat=0.75)) == pytest.approx(0.5)


@given(st.dictionaries(st.sampled_from(ACTS), st.floats(0, 1)))
def test_however_sure_the_model_is_the_chance_is_one(chances: dict[str, float]) -> None:
    assert 0 < wish_judge().chance(nothing(**chances)) < 1


def test_the_weights_of_the_package_are_those_of_the_features() -> None:
    assert set(wish_judge().weights) == {*features(nothing()), BIAS}


def test_a_judge_learns_what_tells_messages_apart() -> None:
    likely, unlikely = nothing(recommend=0.9), nothing(recommend=0.1)
    judge = fit([likely, unlikely] * 20, [True, False] * 20)
    assert judge.chance(likely) > 0.7 > 0.3 > judge.chance(unlikely)


def test_no_message_is_judged_by_those_of_its_own_catalogue() -> None:
    """Of two catalogues that say the contrary, each is judged by the other, and so wrongly."""
    readings = [nothing(recommend=chance) for _, chance in product("ab", (0.9, 0.1))] * 10
    chances = left_out(readings, [True, False, False, True] * 10, ["one", "one", "other", "other"] * 10)
    assert (chances[:4] > 0.5).tolist() == [False, True, True, False]


def test_the_new_messages_are_not_learned_from() -> None:
    assert not any(folder.name == "acts_2" for folder in LEARNED_FROM)


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_has_a_chance(text: str, before: str) -> None:
    assert 0 < wish_judge().chance(span_model().read(text, before)) < 1
