"""What is missed on screen is asked about, what is known is no wish, what is permitted lifts what barred it.

And an item is found by its title, also where that is nothing but small words, or borne by two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import Field, Interest, Item, Schema, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.tools import Recommender, UnknownName

ROWS = {
    "just": ("Just One", "game", 2018, ("party",)),
    "her": ("Her", "film", 2013, ("romance",)),
    "tower-book": ("The Tower", "book", 1999, ("adventure", "party")),
    "tower-film": ("The Tower", "film", 2012, ("adventure", "party")),
    "ruse": ("Ruse", "game", 2012, ("party", "dice rolling")),
    "alarm": ("Alarm", "film", 1979, ("horror",)),
    "picnic": ("Picnic", "film", 1985, ("comedy",)),
    "cellar": ("Cellar", "film", 1991, ("comedy", "horror")),
}
SCHEMA = Schema((Field("kind", "category"), Field("year", "number"), Field("genres", "facet")))


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    items = [
        Item(name, title, fields={"kind": kind, "year": year, "genres": genres})
        for name, (title, kind, year, genres) in ROWS.items()
    ]
    return Assistant(build_index(items, tmp_path_factory.mktemp("index"), HashEncoder(), SCHEMA))


def after(assistant: Assistant, *messages: str) -> Session:
    session = Session()
    for message in messages:
        session = assistant.reply(message, session).session
    return session


def wishes(session: Session) -> set[tuple[str, str, str]]:
    return {(i.level, i.facet, i.value) for i in session.interests}


MISSING = (
    "why not Alarm?",
    "why no Alarm?",
    "Why isn't Alarm there?",
    "and why is Alarm not on the list?",
    "how come Alarm isn't here?",
    "why didn't you suggest Alarm?",
    "how come you didn't show Alarm",
    "Alarm isn't on the list, why?",
    "Why not Alarm then?",
    "为什么没有Alarm？",
)


@pytest.mark.parametrize("question", MISSING)
def test_what_is_missed_is_asked_about_and_nothing_changes(assistant: Assistant, question: str) -> None:
    before = after(assistant, "a comedy")
    said, now = assistant.hear(question, before)
    assert (said.asked.topic, said.about) == ("why", ("alarm",))
    assert (now.interests, now.marks) == (before.interests, before.marks)


@pytest.mark.parametrize("question", ["why not horror?", "why not a horror film?", "why is no horror there?"])
def test_a_value_that_is_missed_is_no_wish(assistant: Assistant, question: str) -> None:
    before = after(assistant, "a comedy")
    assert assistant.hear(question, before)[1].interests == before.interests


@pytest.mark.parametrize("proposal", ["why not something older?", "why not more horror?"])
def test_what_is_proposed_is_no_question(assistant: Assistant, proposal: str) -> None:
    assert assistant.hear(proposal, after(assistant, "a comedy"))[0].asked.topic != "why"


def test_what_is_asked_for_in_vain_is_not_shown_for_it(assistant: Assistant) -> None:
    empty = after(assistant, "a film before 1970")
    reply = assistant.reply("why not Alarm?", empty)
    assert not empty.shown and not reply.picks and "**Alarm** is not here because" in reply.text


@pytest.mark.parametrize("said", ["I have already played Just One", "I have played Just One", "I know Just One"])
def test_a_title_of_small_words_is_one_where_it_is_spelt_so(assistant: Assistant, said: str) -> None:
    session = after(assistant, "something for a party", said)
    assert [mark.item for mark in session.marks] == ["just"]


@pytest.mark.parametrize("said", ["just one please", "I want just one", "something for her", "Just one of them"])
def test_small_words_are_no_title(assistant: Assistant, said: str) -> None:
    session = after(assistant, "something for a party", said)
    assert not [m for m in session.marks if m.item in ("just", "her") and m.kind in ("seen", "disliked")]
    assert not [i for i in session.interests if i.item in ("just", "her")]


def test_what_is_known_is_not_what_is_wanted(assistant: Assistant) -> None:
    session = after(assistant, "a comedy", "I have seen Alarm")
    assert [(m.item, m.kind) for m in session.marks] == [("alarm", "seen")]
    assert not [i for i in session.interests if i.item] and ("want", "genres", "comedy") in wishes(session)


def test_how_something_is_known_is_no_wish_in_own_words(assistant: Assistant) -> None:
    session = after(assistant, "a comedy", "I have seen Alarm years ago")
    assert not [i for i in session.interests if "ago" in i.value]


def test_what_is_known_says_something_where_nothing_else_is_said(assistant: Assistant) -> None:
    assert [i.item for i in after(assistant, "I have seen Alarm").interests if i.item] == ["alarm"]


# two that are called alike


def test_of_two_titles_the_one_on_screen_is_meant(assistant: Assistant) -> None:
    session = after(assistant, "an adventure film").show(["tower-film", "picnic"])
    said, _ = assistant.hear("I have seen The Tower", session)
    assert said.seen == ("tower-film",)
    assert assistant.hear("I have seen The Tower", session.show(["tower-book"]))[0].seen == ("tower-book",)


def test_of_two_titles_by_a_tool_the_one_on_screen_else_neither(assistant: Assistant) -> None:
    recommender = Recommender(assistant)
    shown = recommender.recommend("an adventure", kinds=["film"])
    assert "tower-film" in {pick.id for pick in shown.picks} and "tower-book" not in {pick.id for pick in shown.picks}
    assert recommender.explain("The Tower", shown.session_id).item.id == "tower-film"
    other = recommender.recommend("something", kinds=["game"]).session_id
    with pytest.raises(UnknownName, match=r"2 items 'The Tower'; give one of their ids: tower-\w+, tower-\w+$"):
        recommender.feedback("The Tower", "seen", other)
    assert recommender.explain("tower-book", other).item.id == "tower-book"


# what is permitted


def lifting(assistant: Assistant, refusal: Interest, said: str) -> Session:
    before = after(assistant, "something for a party")
    return assistant.hear(said, replace(before, interests=(*before.interests, refusal)))[1]


DICE = Interest("genres", "dice rolling", level="never", quote="no dice")
BUILDERS = Interest("genres", "dice rolling", level="never", quote="no deck-builders")


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (DICE, "actually dice are fine"),
        (DICE, "dice are fine after all"),
        (DICE, "dice rolling is fine"),
        (DICE, "I don't mind dice"),
        (Interest("genres", "dice rolling", level="never", quote="no dice rolling"), "actually dice are fine"),
        (BUILDERS, "actually deck-builders are fine"),
    ],
)
def test_what_was_refused_is_taken_back_in_the_same_words(assistant: Assistant, refusal: Interest, said: str) -> None:
    now = lifting(assistant, refusal, said)
    assert not [i for i in now.interests if i.level == "never"]
    assert not [i for i in now.interests if "fine" in i.value or "mind" in i.value]


@pytest.mark.parametrize(
    "said", ["anything else is fine", "rolling is fine", "cards are fine", "the first one is fine", "dice are not fine"]
)
def test_other_words_lift_nothing(assistant: Assistant, said: str) -> None:
    assert [i.value for i in lifting(assistant, DICE, said).interests if i.level == "never"] == ["dice rolling"]


@pytest.mark.parametrize("said", ["films are fine too", "a film is ok as well", "films are also fine"])
def test_another_kind_is_let_in_beside_the_first(assistant: Assistant, said: str) -> None:
    session = after(assistant, "an adventure book", said)
    kinds = {i.value for i in session.interests if i.facet == "kind" and i.level == "want"}
    assert kinds == {"book", "film"}
    assert not [i for i in session.interests if "film" in i.value and not i.facet]
