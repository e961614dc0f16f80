"""Messages that point nowhere, say no word, permit, or count: they must not become a choice, a wish or a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.assistant import Session
from penchant.assistant.session import SpareTime
from penchant.assistant.understanding.cues import is_beyond
from penchant.assistant.understanding.spans import is_gibberish
from penchant.retriever import OPEN, Interest

from .demo import demo, understand

SIX = tuple(item.id for item in demo().items if item.id.startswith("film"))[:6]
TALK = Session(interests=(Interest("moods", "tense", turn=1),), turn=1).show(SIX)


def own_words(text: str, session: Session = TALK) -> list[str]:
    return [i.value for i in understand(text, session).interests if i.facet == OPEN]


@pytest.mark.parametrize(
    "text",
    [
        "the seventh one",
        "I take number 9",
        "number nine please",
        "what about #12?",
        "seen the eighth one",
        "I have read number 8 already",
        "something like the tenth one but shorter",
        "option 11 it is",
        "第七部",
        "sold!",
    ],
)
def test_what_points_nowhere_takes_nothing(text: str) -> None:
    said = understand(text, TALK)
    assert said.asked.topic == "no such place"
    assert (said.interests, said.seen, said.about) == ((), (), ())


@pytest.mark.parametrize(("text", "place"), [("we'll take the first one then", 0), ("give me number 2", 1)])
def test_a_place_that_is_there_is_taken(text: str, place: int) -> None:
    said = understand(text, TALK)
    assert (said.asked.topic, said.about) == ("accept", (SIX[place],))


@pytest.mark.parametrize(
    "text",
    [
        "Beethoven's symphony number 9",
        "something like her seventh film",
        "anything before the 14th",
        "the seventh book by Ann Leckie",
        "the ninth episode of a series",
    ],
)
def test_other_numbers_are_no_places(text: str) -> None:
    assert not is_beyond(text, 6)


@pytest.mark.parametrize("text", ["thanks", "thanks a lot", "who are you?", "give me a recipe for pancakes"])
def test_courtesy_and_wishes_are_no_choice(text: str) -> None:
    said = understand(text, TALK)
    assert said.asked.topic not in ("accept", "seen") and not said.about and not said.seen


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("not the first one, I have seen it", [0]),
        ("not the second and third, I've seen both", [1, 2]),
        ("skip the last one, I watched it already", [5]),
    ],
)
def test_what_is_left_out_since_it_is_known_is_seen(text: str, places: list[int]) -> None:
    said = understand(text, TALK)
    assert sorted(said.seen) == sorted(SIX[place] for place in places)
    assert not any(i.level == "never" for i in said.interests)


def test_what_is_hated_and_known_stays_out() -> None:
    assert [i.level for i in understand("I hate the first one, seen it twice", TALK).interests if i.item] == ["never"]


@pytest.mark.parametrize("text", ["asdf qwer zxcv", "please asdf", "something lkjhg"])
def test_no_word_is_not_understood(text: str) -> None:
    said = understand(text, TALK)
    assert said.asked.topic == "not understood" and not said.interests


@pytest.mark.parametrize(
    "words",
    [
        ["kurosawa"],
        ["etwas", "lustiges"],
        ["niech", "będzie"],
        ["thriler"],
        ["flibber"],
        ["szczepanski"],
        ["asdf", "film"],
    ],
)
def test_names_slips_and_other_languages_are_words(words: list[str]) -> None:
    assert not is_gibberish(words)


@pytest.mark.parametrize(
    "text",
    ["animated is fine", "no wait, animated is fine", "films are fine too", "subtitled is fine", "newest first"],
)
def test_what_may_be_and_an_order_are_no_wish_in_words(text: str) -> None:
    assert own_words(text) == []


def test_a_wish_beside_a_permission_stays() -> None:
    assert own_words("a comedy, and black and white is fine") == ["a comedy"]
    assert "anything with dragons is fine" in own_words("anything with dragons is fine")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("no more than two", 2),
        ("just three", 3),
        ("at most two please", 2),
        ("only two picks please", 2),
        ("no more than 2 suggestions", 2),
        ("four is enough", 4),
        ("no more than two hours", 0),
        ("just funny", 0),
    ],
)
def test_a_number_alone_counts_picks(text: str, count: int) -> None:
    session = Session(interests=(Interest("minutes", "100..120", turn=1),), turn=1).show(SIX)
    said = understand(text, session)
    assert said.count == count
    assert count == 0 or {i.facet for i in said.interests} <= {"kind"}


def test_an_age_is_no_wish_for_what_is_old() -> None:
    assert "old" not in own_words("something for my 6 year old")
    assert "old" not in own_words("a film for a twelve-year-old")


@pytest.mark.parametrize("text", ["forget the 90 minutes", "never mind the time limit", "actually no time limit"])
def test_time_is_taken_back(text: str) -> None:
    said = understand("I have 90 minutes tonight and want to laugh")
    assert said.time == SpareTime(90)
    session = Session(turn=1).show(SIX)
    timed = replace(session, screen=replace(session.screen, time=SpareTime(90)))
    after = understand(text, timed)
    assert after.time == SpareTime() and not [i for i in after.interests if i.facet != "kind"]


def test_no_time_limit_lifts_limits_of_length() -> None:
    session = Session(interests=(Interest("minutes", "< 100", turn=1),), turn=1).show(SIX)
    assert understand("actually no time limit", session).dropped == (("minutes", "< 100"),)


@pytest.mark.parametrize(
    ("text", "mood"),
    [("something lighter", "light-hearted"), ("something darker", "dark"), ("a bit warmer", "warm"), ("sadder", "sad")],
)
def test_more_of_a_value_is_that_value(text: str, mood: str) -> None:
    assert ("moods", mood) in {(i.facet, i.value) for i in understand(text, TALK).interests}


def test_a_limit_is_dropped_by_its_amount() -> None:
    session = Session(interests=(Interest("minutes", "<= 120", turn=1), Interest("year", "> 1990", turn=1)), turn=1)
    assert understand("drop the two hours", session.show(SIX)).dropped == (("minutes", "<= 120"),)
    assert not [i for i in understand("drop the two hours", TALK).interests if i.facet == "minutes"]
