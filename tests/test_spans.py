"""The model that labels messages: its scores as spans, their sides, and the messages that it learned from."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant.understanding.parsing.sides import sides_of
from penchant.assistant.understanding.spans import ACTS, SIDES, STRESSES, TAGS, Reading, is_english, is_word, span_model
from penchant.assistant.understanding.spans.decoding import act_chances, log_softmax

from .benchmarks.span_model.marked import MESSAGES, parse_marks, read_marked
from .benchmarks.span_model.measure import BLIND

NONE = len(SIDES)


def reading(*words: tuple[int, int, str, int]) -> Reading:
    """A reading of words (start, end, tag, side) of one piece each, of which the model is sure."""
    tags, sides = np.full((len(words), len(TAGS)), -9.0), np.full((len(words), NONE + 1), -9.0)
    for n, (_, _, tag, side) in enumerate(words):
        tags[n, TAGS.index(tag)] = sides[n, side] = 0.0
    pieces = [(start, end, n) for n, (start, end, _, _) in enumerate(words)]
    stresses = log_softmax(np.zeros((len(words), len(STRESSES))))
    return Reading(pieces, log_softmax(tags), log_softmax(sides), stresses, dict.fromkeys(ACTS, 0.0))


def test_marks_are_taken_out_of_a_text() -> None:
    text, spans = parse_marks("a {dark comedy|v+?}, no {songs|w!}")
    assert text == "a dark comedy, no songs"
    assert [(text[s.start : s.end], s.kind, s.side, s.stress) for s in spans] == [
        ("dark comedy", "value", "want", "weak"),
        ("songs", "words", "never", "plain"),
    ]


@pytest.mark.parametrize("marked", ["{comedy|x+}", "{comedy|v}", "{comedy", "a | b", "{|v+}"])
def test_what_is_no_mark_is_an_error(marked: str) -> None:
    with pytest.raises(ValueError, match="mark that cannot be read"):
        parse_marks(marked)


def test_spans_are_runs_of_one_kind() -> None:
    never, want = SIDES.index("never"), SIDES.index("want")
    found = reading(
        (0, 2, "O", NONE),
        (3, 7, "B-value", never),
        (8, 14, "I-value", never),
        (15, 18, "B-value", want),
        (19, 24, "I-name", want),
    ).spans
    assert [(s.start, s.end, s.kind, s.side) for s in found] == [
        (3, 14, "value", "never"),
        (15, 18, "value", "want"),
        (19, 24, "name", "want"),
    ]


def test_a_stretch_is_judged_by_the_mean_of_its_pieces() -> None:
    never, want = SIDES.index("never"), SIDES.index("want")
    found = reading((0, 4, "O", never), (5, 9, "O", never), (10, 14, "O", want), (15, 19, "O", NONE))
    assert found.judge(0, 14)[0] == "never"
    assert found.judge(10, 14)[0] == "want"
    assert found.judge(15, 19)[0] is None
    assert found.judge(20, 30) == (None, 0.0)


def test_acts_are_those_likelier_than_not_or_else_the_likeliest() -> None:
    logits = np.full(len(ACTS), -4.0)
    logits[ACTS.index("ask")] = -1.0
    empty = reading()
    assert Reading((), empty.tags, empty.sides, empty.stresses, act_chances(logits)).acts == {"ask"}
    logits[[ACTS.index("seen"), ACTS.index("more")]] = 2.0
    assert Reading((), empty.tags, empty.sides, empty.stresses, act_chances(logits)).acts == {"seen", "more"}


def test_acts_that_the_sides_of_items_bear_out() -> None:
    """To know an item, to like or to refuse it is an act beside the wish that the model is surer of."""
    found = reading((0, 4, "B-title", SIDES.index("seen")), (5, 9, "B-reference", SIDES.index("never")))
    chances = dict.fromkeys(ACTS, 0.0) | {"recommend": 0.9, "rejected": 0.2}
    assert replace(found, act_scores=chances).acts == {"recommend", "seen", "rejected"}
    assert replace(found, act_scores=chances | {"rejected": 0.0}).acts == {"recommend", "seen"}


@pytest.mark.parametrize(("goes_on", "acts"), [(False, {"recommend"}), (True, {"refine"})])
def test_a_wish_is_the_first_or_goes_on(goes_on: bool, acts: set[str]) -> None:
    chances = dict.fromkeys(ACTS, 0.0) | {"recommend": 0.7, "refine": 0.6}
    assert replace(reading((0, 4, "O", NONE)), act_scores=chances, goes_on=goes_on).acts == acts


def test_who_takes_something_back_and_wishes_refines() -> None:
    chances = dict.fromkeys(ACTS, 0.0) | {"undo": 0.9}
    wishing = reading((0, 4, "B-value", SIDES.index("want")))
    assert replace(wishing, act_scores=chances, goes_on=True).acts == {"undo", "refine"}
    assert replace(reading((0, 4, "O", NONE)), act_scores=chances, goes_on=True).acts == {"undo"}


def test_what_is_refused_is_cut_with_its_words_up_to_what_is_kept() -> None:
    text = "jazz but I can't stand techno, thanks"
    want, never = SIDES.index("want"), SIDES.index("never")
    sides = sides_of(text, reading((0, 4, "B-value", want), (23, 29, "B-value", never)), [])
    assert [(text[s.start : s.end], s.level) for s in sides.rejected] == [("techno", "never")]
    assert [text[start:end] for start, end in sides.cuts] == ["I can't stand techno"]


def test_a_story_around_a_wish_stays_with_it() -> None:
    text = "My aunt visits. A calm film, please. Rain again!"
    assert not sides_of(text, reading((18, 22, "B-value", SIDES.index("want"))), []).cuts


def test_what_only_somebody_else_likes_is_passed_over() -> None:
    text = "my brother likes westerns, I like noir"
    mentioned, want = SIDES.index("mentioned"), SIDES.index("want")
    sides = sides_of(text, reading((17, 25, "B-value", mentioned), (34, 38, "B-value", want)), [])
    assert [text[start:end] for start, end in sides.passed_over] == ["westerns"]
    assert not sides.rejected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_a_reading(text: str, before: str) -> None:
    found = span_model().read(text, before)
    spans = found.spans
    assert all(0 <= s.start < s.end <= len(text) and 0 < s.confidence <= 1 for s in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert found.acts <= set(ACTS)


def test_what_was_said_before_is_context_and_has_no_spans() -> None:
    found = span_model().read("not that", "How about a gory slasher?")
    assert all(s.end <= len("not that") for s in found.spans)


def test_words_that_are_english_are_no_typos() -> None:
    assert is_word("spare") and is_word("Don't") and not is_word("choclate")
    assert is_english("books by zarquon blip".split())
    assert not is_english("una commedia senza violenza".split())


def test_training_messages_are_many_and_none_of_them_is_blind() -> None:
    messages = read_marked(sorted(MESSAGES.glob("*.jsonl")))
    domains = {m.domain for m in messages}
    several = [m for m in messages if sum(m.text.count(end) for end in ".!?") >= 3]
    assert len(messages) >= 6000
    assert len(domains) >= 15
    assert len(several) >= 1000
    blind = read_marked(sorted(BLIND.rglob("*.messages.jsonl")))
    long = {m.text.casefold() for m in messages if len(m.text) > 30}
    assert not [m.text for m in blind if m.text.casefold() in long]
    absent = {m.domain for m in blind} - domains
    assert {"gardens_seeds", "train_journeys", "radio_plays"} <= absent


def test_marked_words_are_whole() -> None:
    """A mark neither begins nor ends inside a word, but where a hyphen, an apostrophe or a misspelling glues two."""
    drawn = random.Random(4).sample(read_marked(sorted(MESSAGES.glob("*.jsonl"))), 2000)
    inside = [
        m.text
        for m in drawn
        for s in m.spans
        if (s.start and m.text[s.start - 1 : s.start + 1].isalpha())
        or (s.end < len(m.text) and m.text[s.end - 1 : s.end + 1].isalpha())
    ]
    assert len(inside) < 60
