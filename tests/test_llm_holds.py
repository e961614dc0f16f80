"""What a person ruled out holds, whatever a language model answers; and what it is asked for has its place."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from penchant.assistant import Assistant, LanguageModel, Session, Understanding, Usage
from penchant.assistant.llm.answers import CheckedResponse, Works
from penchant.assistant.llm.answers.response import read_response
from penchant.assistant.llm.prompts import instructions
from penchant.assistant.session import merge
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.wiring import make_assistant
from penchant.retriever import MENTION, OPEN, Catalogue, Index, Interest, Item, build_index, infer_schema
from penchant.retriever.encoding import HashEncoder

from .openai_server import OpenAIServer, Words
from .scripted_model import answer, tag
from .test_llm_parser import ANSWERS

NEVER = ("genres", "Horror", "never")

TAGS = st.builds(
    tag,
    st.sampled_from(["genres", "", "kind", "people", MENTION]),
    st.sampled_from(["Horror", "horror", "Drama", "scary", "Get Out", "film"]),
    st.sampled_from(["want", "less", "never", "seen", "unseen", "later", "about"]),
    quote=st.sampled_from(["", "horror", "no horror", "please"]),
)
HOSTILE = st.builds(
    lambda tags, intent, wish, back, examples: answer(
        *tags, intent=intent, wish=wish, taken_back=back, examples=examples
    ),
    st.lists(TAGS, max_size=4),
    st.sampled_from(["recommend", "refine", "more", "new_topic", "ask", "compare", "feedback", "small_talk"]),
    st.sampled_from(["", "horror", "a horror film"]),
    st.lists(st.sampled_from(["Horror", "horror", "genres: Horror", "genres", ""]), max_size=2),
    st.lists(st.sampled_from(["Get Out (2017)", "Gladiator"]), max_size=2),
)


@pytest.fixture(scope="module")
def assistant(index: Index) -> Assistant:
    return Assistant(index)


def read(one: Assistant, message: str, said: str, session: Session) -> Understanding:
    response = read_response(said)
    return CheckedResponse(message, session, response, one.gazetteer, Works(one.gazetteer), one.rules).understanding()


def after(one: Assistant, session: Session, message: str, said: str) -> Session:
    try:
        found = read(one, message, said, session)
    except ValueError:
        found = one.rules.understand(message, session, Usage())
    return merge(session, found, message, one.index.schema, 0.8)


def keys(interests: tuple[Interest, ...]) -> set[tuple[str, str, str]]:
    return {(i.facet, i.value, i.level) for i in interests if not i.parked}


@settings(max_examples=60)
@given(said=HOSTILE | ANSWERS.map(json.dumps), message=st.sampled_from(["no horror please", "a drama, without horror"]))
def test_a_never_holds_in_its_message(assistant: Assistant, said: str, message: str) -> None:
    assert NEVER in keys(after(assistant, Session(), message, said).interests)


@settings(max_examples=60)
@given(said=HOSTILE | ANSWERS.map(json.dumps), message=st.sampled_from(["something funny please", "more", "thanks"]))
def test_a_never_holds_in_later_messages_that_say_nothing_of_it(assistant: Assistant, said: str, message: str) -> None:
    before = Session(interests=(Interest("genres", "Horror", level="never", quote="no horror"),))
    assert NEVER in keys(after(assistant, before, message, said).interests)


def test_every_value_that_a_refusal_means_is_barred_where_the_model_names_one(index: Index) -> None:
    said = answer(tag("genres", "Romance", "never", quote="no romance"), wish="science fiction")
    found = hear(index, "sci-fi, no romance", said)
    assert {("genres", "Romance", "never"), ("genres", "爱情", "never")} <= keys(found.interests) and not found.note


def hear(index: Index, message: str, said: str, session: Session | None = None) -> Understanding:
    """What is understood where a server with an OpenAI-compatible interface answers this."""
    with OpenAIServer(lambda *_: Words(said)) as server:
        one = make_assistant(index, LanguageModel.from_settings(server.settings()))
        return one.hear(message, session or Session())[0]


DATE = {"value": "for a date", "quote": "für ein Date", "children": False}
KIDS = {"value": "with children", "quote": "mit meinen Kindern", "children": True}


def test_an_occasion_is_a_wish_in_words(index: Index) -> None:
    found = hear(index, "etwas für ein Date", answer(occasion=DATE, wish="something for a date"))
    (one,) = (i for i in found.interests if i.value == "for a date")
    assert (one.facet, one.level, one.quote) == (OPEN, "want", "für ein Date")


@pytest.mark.parametrize(
    ("occasion", "tags", "kept"),
    [
        (KIDS, [], True),
        (KIDS | {"quote": "MIT  meinen kindern"}, [], True),
        (KIDS | {"children": "yes"}, [], True),
        (KIDS | {"quote": "with my kids"}, [], False),
        (KIDS | {"quote": ""}, [], False),
        (KIDS | {"children": False}, [], False),
        (KIDS, [tag("genres", "Horror", quote="Grusel")], False),
        (None, [], False),
    ],
)
def test_children_are_kept_from_what_is_not_for_them_where_the_message_speaks_of_them(
    index: Index, occasion: dict[str, Any] | None, tags: list[dict[str, Any]], kept: bool
) -> None:
    found = hear(index, "Grusel mit meinen Kindern", answer(*tags, occasion=occasion, wish="something"))
    assert (NEVER in keys(found.interests)) is kept


@pytest.mark.parametrize("said", [None, 7, [], "for a date", {"value": 3}, {"children": "perhaps"}, {"value": None}])
def test_an_occasion_that_cannot_be_read_costs_itself_only(index: Index, said: Any) -> None:
    written = json.loads(answer(tag("genres", "Drama"))) | {"occasion": said}
    assert ("genres", "Drama", "want") in keys(hear(index, "a drama", json.dumps(written)).interests)


def test_a_question_has_no_occasion(index: Index) -> None:
    found = hear(index, "ist das was mit meinen Kindern?", answer(occasion=KIDS, intent="ask"))
    assert not found.interests


@pytest.mark.parametrize("value", ["Comedy or Horror", "comedy / horror", "Comedy, Horror", "Comedy或Horror"])
@pytest.mark.parametrize("level", ["want", "never"])
def test_alternatives_in_one_tag_are_one_interest_each(index: Index, value: str, level: str) -> None:
    message = "a comedy or horror, either" if level == "want" else "neither comedy nor horror, no comedy, no horror"
    found = hear(index, message, answer(tag("genres", value, level, quote="comedy")))
    assert {("genres", "Comedy", level), ("genres", "Horror", level)} <= keys(found.interests)


def test_a_value_with_or_in_it_stays_whole(tmp_path: Path) -> None:
    items = [Item(f"d{n}", f"D {n}", fields={"genres": ("Truth or Dare", "Dare")[n % 2]}) for n in range(6)]
    found = hear(build_index(items, tmp_path, HashEncoder(48)), "truth or dare", answer(tag("genres", "truth or dare")))
    assert ("genres", "Truth or Dare", "want") in keys(found.interests)


def test_what_was_ruled_out_is_taken_back_where_the_message_speaks_of_it(index: Index) -> None:
    before = Session(interests=(Interest("genres", "Horror", level="never", quote="nothing scary"),))
    for message in ("horror is fine after all", "Horror geht doch", "scary is fine now"):
        assert hear(index, message, answer(taken_back=["Horror"]), before).dropped == (("genres", "horror"),)
    found = hear(index, "something else", answer(taken_back=["Horror"]), before)
    assert not found.dropped and "“Horror”" in found.note and "that holds" in found.note


def test_what_is_free_of_something_is_not_barred_with_it(tmp_path: Path) -> None:
    milks = ["whole milk with lactose", "lactose-free milk", "milk without lactose", "oat drink"]
    items = [Item(f"m{n}", text.title(), text=text) for n, text in enumerate(milks)]
    index = build_index(items, tmp_path, HashEncoder(48))
    with OpenAIServer(lambda *_: Words(answer(tag("", "lactose", "never", quote="no lactose"), wish="milk"))) as server:
        one = make_assistant(index, LanguageModel.from_settings(server.settings()))
        _, session = one.hear("milk, no lactose", Session())
    assert {pick.item.id for pick in one.rank(session, 4).picks} == {"m1", "m2", "m3"}


def test_the_instructions_are_the_same_in_whatever_order_the_items_are() -> None:
    items = [
        Item(
            f"i{n:02}",
            f"Film {n}",
            fields={"genres": (("a", "B")[n % 2], "c"), "people": (f"P {n % 5}",), "year": 1990 + n},
        )
        for n in range(24)
    ]
    found = set()
    for seed in range(5):
        random.Random(seed).shuffle(items)
        known = Gazetteer(Catalogue(items, infer_schema(items)))
        found.add(instructions(known, Works(known)))
    assert len(found) == 1
