"""Places, relaxations, first pages, questions and picks for two, against what a brute-force scan says."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, Session, Understanding, merge
from penchant.assistant.clarification import clarifying_questions, nearly_tied
from penchant.retriever import (
    MENTION,
    Catalogue,
    CompositionConfig,
    Field,
    Index,
    Interest,
    Item,
    MemoryEngine,
    Schema,
    SearchConfig,
    Taste,
    choose_questions,
    counterfactual,
    exact_filters,
    first_page,
    infer_schema,
    is_filter,
    relaxations,
    score_items,
    search,
    search_group,
)
from penchant.retriever.index import index as index_module
from penchant.retriever.ranking.cold_start import information
from penchant.retriever.vectors import plan_layout

from .conftest import GENRES, HashEncoder, exact_scores, make_items

WANTS = st.lists(
    st.builds(
        Interest, st.just("genres"), st.sampled_from(GENRES[:8]), st.floats(0.2, 1), st.sampled_from(["want", "less"])
    )
    | st.builds(lambda n: Interest(MENTION, f"i{n}", item=f"i{n}"), st.integers(0, 119)),
    min_size=1,
    max_size=4,
    unique_by=lambda i: i.key,
)
GATES = st.lists(
    st.builds(Interest, st.just("genres"), st.sampled_from(GENRES[8:14]), level=st.just("never"))
    | st.sampled_from([Interest("year", "> 1990"), Interest("kind", "film"), Interest("kind", "book", level="never")]),
    max_size=3,
    unique_by=lambda i: i.key,
)
EXACT = settings(max_examples=25)


@EXACT
@given(WANTS, GATES, st.integers(0, 119))
def test_a_place_is_one_more_than_the_number_of_better_items(
    small_index: Index, wants: list[Interest], gates: list[Interest], item: int
) -> None:
    interests, row = [*wants, *gates], small_index.catalogue.row[f"i{item}"]
    found = counterfactual(small_index, interests, f"i{item}")
    assert found.pick.score == pytest.approx(sum(s.value for s in found.pick.shares), abs=1e-5)

    def place(asked: list[Interest]) -> int:
        allowed = exact_filters(asked, small_index.catalogue).allowed
        scores = exact_scores(small_index, asked)
        return 1 + int((scores[allowed] > scores[row] + 1e-6).sum()) if allowed[row] else 0

    assert abs(found.place - place(interests)) <= 1  # ties within rounding
    for n, (key, without) in enumerate(found.without):
        assert key == interests[n].key
        assert abs(without - place([i for i in interests if i.key != key])) <= 1
    out = [g.label for g in gates if not exact_filters([g], small_index.catalogue).allowed[row]]
    assert found.kept_out_by == tuple(out) and bool(out) == (found.place == 0)


def test_items_are_scored_in_the_order_asked_whatever_the_gates_say(small_index: Index) -> None:
    asked = [Interest("genres", "drama"), Interest("year", "> 3000")]
    scores = exact_scores(small_index, asked)
    picks = score_items(small_index, asked, ["i7", "i3"])
    assert [pick.item.id for pick in picks] == ["i7", "i3"]
    assert [pick.score for pick in picks] == pytest.approx(
        [scores[small_index.catalogue.row[name]] for name in ("i7", "i3")], abs=1e-5
    )


@EXACT
@given(GATES)
def test_a_relaxation_brings_back_what_it_says(small_index: Index, gates: list[Interest]) -> None:
    allowed = exact_filters(gates, small_index.catalogue).allowed.sum()
    for found in relaxations(small_index, gates):
        rest = [gate for gate in gates if gate.key not in (found.key, *found.also)]
        assert found.gains == exact_filters(rest, small_index.catalogue).allowed.sum() - allowed > 0


def test_gates_that_are_the_reason_together_are_named_together(small_index: Index) -> None:
    kinds = [Interest("kind", kind, level="never") for kind in small_index.catalogue.value_counts["kind"]]
    late = Interest("year", "> 3000")
    found = relaxations(small_index, [late, *kinds])
    assert len(kinds) > 1 and {(r.key, *r.also) for r in found} == {(late.key, kind.key) for kind in kinds}
    for one in found:
        rest = [kind for kind in kinds if kind.key not in one.also]
        assert one.gains == exact_filters(rest, small_index.catalogue).allowed.sum() > 0


# a first page


def test_a_first_page_is_well_known_varied_and_behind_the_gates(small_index: Index) -> None:
    gates = [Interest("kind", "film"), Interest("genres", "horror", level="never")]
    page = first_page(small_index, gates, 6).picks
    best = search(small_index, gates, 6).picks
    assert page[0].item == best[0].item and len({pick.item.id for pick in page}) == 6
    assert all("horror" not in pick.item.values("genres") and pick.item.fields["kind"] == "film" for pick in page)
    assert _closeness(small_index, page) < _closeness(small_index, best)
    everyone = small_index.priors
    assert np.mean([everyone[pick.item.id] for pick in page]) > np.quantile(list(everyone.values()), 0.7)


def _closeness(index: Index, picks: tuple) -> float:
    rows = [index.catalogue.row[pick.item.id] for pick in picks]
    texts = index.vectors(rows)[:, index.layout.slices["text"]]
    return float((texts @ texts.T)[np.triu_indices(len(rows), 1)].mean())


def test_of_nothing_there_is_no_first_page(small_index: Index) -> None:
    assert first_page(small_index, [Interest("year", "> 3000")], 5).picks == ()


# questions


def test_information_by_hand() -> None:
    """Two of four equally likely items each: one bit. All items alike, or an answer that everybody gives: none."""
    p = np.full(4, 0.25)
    assert information(np.array([[1], [1], [0], [0]], bool), p) == pytest.approx(1)
    assert information(np.array([[1, 0], [1, 0], [0, 1], [0, 1]], bool), p) == pytest.approx(1)
    assert information(np.ones((4, 1), bool), p) == pytest.approx(0)
    assert information(np.ones((4, 2), bool), p) == pytest.approx(0)
    assert information(np.eye(4, dtype=bool), p) == pytest.approx(2)


@given(st.integers(1, 6), st.integers(1, 4), st.randoms(use_true_random=False))
def test_no_answer_tells_more_than_which_item_it_is(items: int, options: int, random: object) -> None:
    held = np.array([[random.random() < 0.5 for _ in range(options)] for _ in range(items)])
    p = np.array([random.random() + 0.01 for _ in range(items)])
    p /= p.sum()
    entropy = float(-(p * np.log2(p)).sum())
    assert -1e-9 <= information(held, p) <= entropy + 1e-9


def test_the_questions_split_the_catalogue_and_each_adds_to_those_before(small_index: Index) -> None:
    catalogue = small_index.catalogue
    found = choose_questions(catalogue, np.arange(len(catalogue)), np.ones(len(catalogue)), 3)
    assert len({q.facet for q in found}) == 3 and all(2 <= len(q.options) <= 4 and q.bits > 0.3 for q in found)
    assert not {q.facet for q in found} & {"people", "description", "popularity"}
    skipped = choose_questions(catalogue, np.arange(len(catalogue)), np.ones(len(catalogue)), 3, [found[0].facet])
    assert found[0].facet not in {q.facet for q in skipped}


def test_nobody_is_asked_how_good_or_how_well_known_it_should_be() -> None:
    numbers = {"stars": "more", "voters": "more", "chart rank": "less", "price": "less", "width": ""}
    schema = Schema(tuple(Field(name, "number", better=better) for name, better in numbers.items()))
    items = [Item(str(n), f"Thing {n}", fields={name: float(n) for name in numbers}) for n in range(30)]
    found = choose_questions(Catalogue(items, schema), np.arange(30), np.ones(30), 9)
    assert {q.facet for q in found} <= {"price", "width"} and found


def test_among_items_that_are_alike_there_is_nothing_to_ask(small_index: Index) -> None:
    assert choose_questions(small_index.catalogue, np.array([5]), np.ones(1), 2) == ()


def test_questions_are_asked_to_begin_with_and_never_two_turns_running(small_index: Index) -> None:
    assistant = Assistant(small_index)
    reply = assistant.answer(Session())
    assert 2 <= len(reply.questions) <= 3 and reply.text.count("?") == 1, "the others are for whoever shows them"
    session, asked = reply.session, [True]
    for _ in range(8):
        session = merge(session, Understanding("refine", (Interest("genres", "drama"),)), "", small_index.schema, 0.6)
        reply = assistant.answer(session)
        session = reply.session
        asked.append(bool(reply.questions))
        assert not assistant.answer(session).questions, "an edit in the same turn asks again"
    assert not any(a and b for a, b in pairwise(asked))


def test_a_tie_is_when_the_next_page_would_be_as_good(small_index: Index) -> None:
    picks = search(small_index, [Interest("genres", "drama")], 4).picks
    close = [replace(picks[0], score=s) for s in (1.0, 0.9, 0.899, 0.89)]
    clear = [replace(picks[0], score=s) for s in (1.0, 0.9, 0.5, 0.4)]
    assert nearly_tied(close, 2) and not nearly_tied(clear, 2) and not nearly_tied(close[:3], 2)


# two people, one evening


@EXACT
@given(WANTS, GATES, WANTS, GATES)
def test_nobodys_never_is_shown_and_the_least_happy_is_as_happy_as_can_be(
    small_index: Index, one: list[Interest], gates: list[Interest], two: list[Interest], more: list[Interest]
) -> None:
    tastes = [Taste([*one, *gates]), Taste([*two, *more])]
    found = search_group(small_index, tastes, 5)
    every = [i for i in (*gates, *more) if is_filter(i, small_index.schema)]
    allowed = exact_filters(every, small_index.catalogue).allowed
    assert found.agreed == bool(allowed.any())
    if not found.agreed:
        return
    rows = np.flatnonzero(allowed)
    happiness = []
    for wants in (one, two):
        scores = exact_scores(small_index, wants)[rows]
        spread = np.ptp(scores)
        happiness.append((scores - scores.min()) / spread if spread > 1e-6 else np.ones(len(rows)))
    least = np.min(happiness, axis=0)
    shown = [pick.picks[0].item.id for pick in found.picks]
    assert {small_index.catalogue.row[name] for name in shown} <= set(rows)
    assert [min(pick.happiness) for pick in found.picks] == pytest.approx(
        sorted(least, reverse=True)[: len(shown)], abs=1e-3
    )
    for pick in found.picks:
        for own in pick.picks:
            assert own.score == pytest.approx(sum(s.value for s in own.shares), abs=1e-5)


def test_where_two_people_want_different_kinds_only_what_is_ruled_out_holds(small_index: Index) -> None:
    tastes = [
        Taste([Interest("kind", "film"), Interest("genres", "drama"), Interest("genres", "horror", level="never")]),
        Taste([Interest("kind", "book"), Interest("genres", "comedy")], hidden=("i5",)),
    ]
    found = search_group(small_index, tastes, 120)
    items = [pick.picks[0].item for pick in found.picks]
    assert not found.agreed and {item.fields["kind"] for item in items} == {"film", "book"}
    assert all("horror" not in item.values("genres") and item.id != "i5" for item in items)


def test_two_of_a_mind_get_what_one_would(small_index: Index) -> None:
    taste = [Interest("genres", "drama", 0.8), Interest("genres", "war", 0.4)]
    together = search_group(small_index, [Taste(taste), Taste(taste)], 5)
    alone = search(
        small_index,
        taste,
        5,
        search_config=SearchConfig(balance=0, held_first=False, composition_config=CompositionConfig()),
    )
    assert [p.picks[0].score for p in together.picks] == pytest.approx([p.score for p in alone.picks], abs=1e-6)


def cheap_index(size: int) -> Index:
    """An index of so many items whose vectors are of no account."""
    items = make_items(size)
    schema = infer_schema(items)
    layout, engine, ids = plan_layout(schema, 1), MemoryEngine(), [item.id for item in items]
    engine.upsert(ids, np.ones((size, layout.dimensions), np.float32), [{}] * size)
    return Index(engine, {"scale": 1000.0}, HashEncoder(1), schema, layout, items)


def test_the_first_questions_grow_no_faster_than_the_catalogue() -> None:
    """Four times the items take less than three times as long, by the processor's clock; what is read of each item's
    prior is read once."""

    def seconds(index: Index) -> float:
        before = time.process_time()
        assert len(clarifying_questions(index, Session(), (), 5, False)) == 3
        return time.process_time() - before

    small, large = cheap_index(2000), cheap_index(8000)
    for index in (small, large):
        clarifying_questions(index, Session(), (), 5, False)
    ratios = [seconds(large) / seconds(small) for _ in range(15)]
    assert statistics.median(ratios) < 3, ratios


def test_priors_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    index, asked = cheap_index(200), []
    whole = index_module.scaled_prior
    monkeypatch.setattr(index_module, "scaled_prior", lambda item, *rest: asked.append(item) or whole(item, *rest))
    for _ in range(3):
        clarifying_questions(index, Session(), (), 5, False)
        assert len(index.priors) == 200
    assert len(asked) == 200
