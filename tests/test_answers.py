"""Answers to questions about what is on screen: from rows, shares and texts, changing nothing."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Reply, Session
from penchant.retriever import Field, Item, Schema, build_index

from .conftest import HashEncoder

SCHEMA = Schema(
    (
        Field("grapes", "facet"),
        Field("taste", "facet"),
        Field("maker", "name"),
        Field("price", "number", unit="EUR"),
        Field("year", "number", unit="year"),
    )
)
WINES = [
    Item(
        "a", "Alba", "Goes with fish.", {"grapes": ("riesling",), "taste": ("dry", "fruity"), "price": 12, "year": 2020}
    ),
    Item("b", "Brio", "For the cellar.", {"grapes": ("merlot",), "taste": ("dry",), "price": 9, "maker": ("Ada",)}),
    Item("c", "Corvo", "A summer wine.", {"grapes": ("merlot",), "taste": ("sweet",), "price": 30, "year": 2018}),
]
ANSWERS = {
    "which is the cheapest?": "**Brio** is the cheapest: €9. Next comes **Alba** with €12.",
    "is Corvo the cheapest?": "No. **Brio** is the cheapest: €9. Next comes **Alba** with €12.",
    "how much is Alba?": "**Alba** costs €12.",
    "who made Brio?": "**Brio** is by Ada.",
    "is Alba sweet?": "Not by the catalogue: it does not list **Alba** as sweet; its taste: dry and fruity.",
    "is Corvo sweet?": "Yes, the catalogue lists **Corvo** as sweet.",
    "how long is Alba?": "The catalogue does not say that of **Alba**.",
    "what do you know about me?": "So far you want this: dry.",
    "Alba多少钱？": "**Alba**的价格是€12。",
    "哪个最便宜？": "**Brio**最便宜：€9。其次是**Alba**，€12。",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(WINES, tmp_path_factory.mktemp("wines"), HashEncoder(), SCHEMA))


@pytest.fixture(scope="module")
def wished(assistant: Assistant) -> Reply:
    return assistant.reply("something dry", Session())


@pytest.mark.parametrize(("question", "answer"), ANSWERS.items(), ids=ANSWERS)
def test_a_question_is_answered_and_changes_nothing(
    assistant: Assistant, wished: Reply, question: str, answer: str
) -> None:
    reply = assistant.reply(question, wished.session)
    assert reply.text.startswith(answer)
    assert (reply.session.interests, reply.session.marks) == (wished.session.interests, wished.session.marks)
    assert reply.picks == wished.picks and not reply.news


def test_it_is_what_was_spoken_of_last(assistant: Assistant, wished: Reply) -> None:
    asked = assistant.reply("tell me about Corvo", wished.session)
    assert assistant.reply("how much is it?", asked.session).text == "**Corvo** costs €30."


def test_a_pick_that_is_taken_is_marked_and_one_that_is_known_makes_room(assistant: Assistant) -> None:
    first = assistant.reply("something dry", Session(), k=2)
    taken = assistant.reply("We'll take the first one", first.session)
    assert [(m.item, m.kind) for m in taken.session.marks] == [(first.session.shown[0], "liked")]
    assert taken.session.interests == first.session.interests and taken.session.shown == first.session.shown
    known = assistant.reply("I've had the first one already, I've tried it", first.session)
    assert known.session.shown[1] == first.session.shown[1] and known.session.shown[0] != first.session.shown[0]


STORY = (
    "My aunt keeps a small house by the river where we all meet in August, twenty people at one long table under the "
    "trees, and every year she puts a bottle in the middle; who would bring the next one?"
)


@pytest.mark.parametrize("message", ["do you know anything about Ada?", STORY], ids=["a new name", "told at length"])
def test_a_question_that_means_nothing_on_screen_is_a_wish(assistant: Assistant, message: str) -> None:
    said, session = assistant.hear(message, Session().show(["a", "c"]))
    assert not said.asked.topic
    assert session.turn == 1 and session.interests


def test_a_question_about_a_name_on_screen_is_none(assistant: Assistant) -> None:
    said, session = assistant.hear("who is Ada?", Session().show(["b"]))
    assert said.asked.topic
    assert session.interests == ()


def test_what_a_limit_keeps_out_is_said_as_what_it_is(assistant: Assistant) -> None:
    limited = assistant.reply("under 20 euros", Session())
    assert assistant.reply("what did you rule out?", limited.session).text == "I left out what is at least €20 (1)."


@pytest.mark.parametrize("message", ["不要太贵的", "别太贵"])
def test_not_too_much_of_something_is_a_limit_in_chinese(assistant: Assistant, message: str) -> None:
    reply = assistant.reply(message, Session())
    ruled = [(i.facet, i.value[:2], i.level) for i in reply.session.interests if i.facet == "price"]
    assert ruled == [("price", ">=", "never")]
    assert "Corvo" not in [pick.item.title for pick in reply.picks]
