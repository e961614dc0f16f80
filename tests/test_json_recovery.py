"""What is read from a model's text, whatever it wrote."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant.explanation.sentences import sentences
from penchant.assistant.llm.answers.json_recovery import read_object, spoken
from penchant.assistant.llm.answers.response import plain_range, read_response
from penchant.retriever import parse_range

from .scripted_model import answer, tag

DRAMA = {"tags": [{"value": "drama"}]}
PIECES = st.sampled_from(
    [
        *'{}[]",:\\ \n\t.!?。',
        "{}",
        "[]",
        "null",
        "1e999",
        "-0",
        "NaN",
        "9" * 5000,
        "<think>",
        "</think>",
        "```json",
        '"tags"',
        '"level": "never"',
        "tags",
        "\ud800",
        "\u2028",
        "，",
        " " * 50,
        "[" * 300,
        '{"a":' * 300,
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@pytest.mark.parametrize(
    "text",
    [
        '{"tags": [{"value": "drama"}]}',
        'Sure: {"tags": [{"value": "drama"}]} [1] {"note": "a long remark, longer than what it is about, by far"}',
        '```json\n{"tags": [{"value": "drama"},],}\n```',
        '<think>{"tags": [{"value": "horror and many more words"}]}</think>{"tags": [{"value": "drama"}]}',
        '<thinking>\nno end?</thinking>{"tags": [{"value": "drama"}]}',
        'still thinking {"tags": []} </think> {"tags": [{"value": "drama"}]}',
        '[{"value": "drama"}]',
        'A list [of things]: [{"value": "drama"}]',
        '{"tags": [{"value": "drama"}',
        '{"tags": [{"value": "drama"}], "intent": "rec',
        '{broken {"tags": [{"value": "drama"}]}',
    ],
)
def test_the_object_meant_is_found(text: str) -> None:
    assert read_object(text, "tags") == DRAMA


def test_commas_in_values_stay() -> None:
    assert read_object('{"tags": [{"value": "one,]"}]}', "tags") == {"tags": [{"value": "one,]"}]}


@given(TEXTS)
@settings(max_examples=300)
def test_any_text_is_an_object_or_a_value_error(text: str) -> None:
    for read in (lambda t: read_object(t, "tags"), read_response):
        with suppress(ValueError):
            assert read(text) is not None


@pytest.mark.parametrize(
    "text", ["{" * 40_000, '{"' * 20_000, " \n" * 50_000 + "{", ", " * 50_000, "<think>" * 10_000, "[{}," * 30_000]
)
def test_hostile_texts_take_no_long_time(text: str) -> None:
    """Eight times the text is about eight times the work, and not sixty-four times."""
    assert _seconds(text) < 24 * _seconds(text[: len(text) // 8]) + 1e-3


def _seconds(text: str) -> float:
    """Of this process alone, the least of three."""
    found = []
    for _ in range(3):
        began = time.process_time()
        with pytest.raises(ValueError):
            read_response(text)
        found.append(time.process_time() - began)
    return min(found)


@given(st.data())
def test_of_a_cut_answer_no_tag_is_changed(data: st.DataObject) -> None:
    """A rejection must not turn into a wish because the end of it is missing."""
    tags = [tag("genres", "drama", "never", 0.5, "no drama"), tag("", "slow", "less"), tag("people", "Nolan")]
    text = answer(*tags, wish="a film")
    cut = text[: data.draw(st.integers(0, len(text)))]
    try:
        found = read_response(cut)
    except ValueError:
        return
    whole = read_response(text)
    for got, meant in zip(found.tags, whole.tags, strict=False):
        assert (got.value, got.level) == (meant.value, meant.level)


def test_bad_tags_are_dropped_and_good_ones_kept() -> None:
    good = tag("genres", "drama", "disliked", "high")
    bad = [{"value": ""}, "drama", None, 7, [], {"value": "x", "level": "sideways"}, {"level": "want"}, {"value": {}}]
    found = read_response(answer(*bad, good, {"value": 1999, "level": "WANT", "facet": None}, intent="Refine!"))  # type: ignore[arg-type]
    assert [(t.facet, t.value, t.level, t.strength) for t in found.tags] == [
        ("genres", "drama", "never", 1.0),
        ("", "1999", "want", 1.0),
    ]
    assert found.intent == "recommend"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("high", 1.0), ("80%", 0.8), (70, 0.7), ("0.4", 0.4), (0, 0.05), (-3, 0.05), (None, 1.0), ("NaN", 1.0), ([], 1.0)],
)
def test_strengths_are_clamped(said: object, meant: float) -> None:
    assert read_response(answer(tag("", "x", strength=said))).tags[0].strength == pytest.approx(meant)


@pytest.mark.parametrize("text", ["Hello", '{"tags": "drama"}', '{"tags": [{"v": 1}]}', '{"genre": "x"}'])
def test_an_answer_of_no_use_is_an_error(text: str) -> None:
    with pytest.raises(ValueError):
        read_response(text)


def test_small_talk_needs_no_tags() -> None:
    assert read_response(answer(intent="small_talk")).tags == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("1990s", 1990, 1999), ("1990-1999", 1990, 1999), ("90 to 120", 90, 120), (" 2001 ", 2001, 2001), ("1..2", 1, 2)],
)
def test_ranges_are_read_as_models_write_them(text: str, low: float, high: float) -> None:
    assert parse_range(plain_range(text)) == (low, high)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Hello ", "there"], "Hello there"),
        (["<th", "ink>let me", " see</thi", "nk>\n", "Hello"], "Hello"),
        (["<thinking>a</thinking>Hello"], "Hello"),
        (["<think>never ends"], ""),
        (["<", "3 films"], "<3 films"),
    ],
)
def test_thinking_is_not_said(words: list[str], said: str) -> None:
    assert "".join(spoken(words)).strip() == said


@pytest.mark.parametrize(
    "parts",
    [
        ["One ends. ", "Two (with a bracket!) ", "goes on."],
        ["Dr. Strange and J. K. Rowling vs. Mr. X met. ", "They left."],
        ["Here:", "\n\n", "1. **One** is good. ", "It is long.", "\n", "2. **Two**, too."],
        ["“Really?” ", "Yes…"],
        ["第一句。", "第二句！", "“第三句。”", "《四》"],
        ["It is rated 7.8 out of 10. ", "Good."],
    ],
)
def test_sentences_are_cut_where_they_end(parts: list[str]) -> None:
    assert list(sentences(["".join(parts)])) == list(sentences("".join(parts))) == parts


@given(TEXTS)
def test_sentences_lose_nothing_however_they_come(text: str) -> None:
    assert "".join(sentences([text])) == "".join(sentences(text[:300])) + text[300:]
