"""What a message says of works counts, whatever else the message is: a question, thanks, a work known or taken."""

from __future__ import annotations

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import MENTION, Item, MemoryEngine, build_index

from .conftest import HashEncoder
from .demo import ALIEN, DUNE, JAWS, SHOWN, short, understand


@pytest.mark.parametrize(
    ("text", "topic", "opinions"),
    [
        ("I absolutely loved Jaws. Who directed the second one?", "value", {f"item={JAWS}"}),
        ("I hated Jaws. What is Alien about?", "about", {f"-item={JAWS}"}),
        ("Jaws was brilliant, I loved it. Is Alien that good?", "whether", {f"item={JAWS}"}),
    ],
)
def test_a_question_leaves_what_is_said_of_works(text: str, topic: str, opinions: set[str]) -> None:
    found = understand(text, Session().show(SHOWN))
    assert found.asked.topic == topic
    assert {short(i) for i in found.interests} == opinions


@pytest.mark.parametrize("text", ["Is Jaws any good?", "what is Jaws about?", "who made Jaws, and how long is it?"])
def test_to_be_asked_about_is_no_opinion(text: str) -> None:
    assert not understand(text, Session().show(SHOWN)).interests


def test_a_work_that_was_seen_and_loved_pulls_and_is_not_shown_again() -> None:
    found = understand("I've seen Alien and I absolutely loved it", Session().show(SHOWN))
    assert (found.seen, {short(i) for i in found.interests if i.facet == MENTION}) == ((ALIEN,), {f"item={ALIEN}"})


@pytest.mark.parametrize("text", ["I've seen Alien", "I own the second one", "we watched Alien last week"])
def test_to_have_seen_a_work_says_no_more(text: str) -> None:
    found = understand(text, Session().show(SHOWN))
    assert (found.asked.topic, found.interests, found.about) == ("seen", (), (ALIEN,))


@pytest.mark.parametrize(
    "text",
    [
        "I'll add it to my watchlist, thank you for your help!",
        "Thanks so much, I will definitely give it a try. Bye!",
        "I'm going to check that one out, you've been a great help",
    ],
)
def test_thanks_for_what_is_taken_leave_it_taken(text: str) -> None:
    found = understand(text, Session().show([DUNE]))
    assert (found.asked.topic, found.about) == ("accept", (DUNE,))


@pytest.mark.parametrize("text", ["thank you so much, bye!", "great, thanks a lot", "lol, you're funny"])
def test_thanks_alone_take_nothing(text: str) -> None:
    assert understand(text, Session().show(SHOWN)).asked.topic in ("thanks", "goodbye", "remark")


FILMS = [
    Item("a", "Harbour Lights", fields={"genres": ("drama",)}),
    Item("b", "Nine Ladders", fields={"genres": ("comedy",)}),
    Item("c", "The Salt Path Home", fields={"genres": ("drama",)}),
    Item("d", "Rust and Rain", fields={"genres": ("comedy",)}),
]


def test_what_is_taken_is_marked_and_what_is_loved_beside_it_pulls() -> None:
    """In one change, which one undo takes back."""
    assistant = Assistant(build_index(FILMS, MemoryEngine(), HashEncoder()), k=2)
    before = Session().show(["b"])
    reply = assistant.reply("I'll take Nine Ladders, thanks. I absolutely loved Rust and Rain by the way.", before)
    assert {mark.item: mark.kind for mark in reply.session.marks}["b"] == "liked"
    assert {i.item for i in reply.session.interests if i.level == "want"} == {"d"}
    assert len(reply.session.diffs) == 1
    assert "Nine Ladders" in reply.text
