"""What a message only tells is no wish: the past, what somebody else says, what one has already."""

import pytest

from penchant.assistant.session import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.quantities.amounts import amounts
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.text import told
from penchant.retriever import Catalogue, Field, Item, Schema

_TOLD = [
    ("we used to rent canoes, now it is kayaks", "we used to rent canoes"),
    ("the last tent leaked. My old stove broke and I need a gas one", "My old stove broke"),
    ("my brother says a canoe but i want a kayak", "my brother says a canoe"),
    ("we already have a tent, looking for a stove", "we already have a tent"),
    ("my tent ripped need a bigger one", "my tent ripped"),
    ("our neighbour drives a van but its too big for us, a kayak then", "our neighbour drives a van"),
]
_ASKED = [
    "my brother wants a canoe",
    "my brother wants a canoe but i can't spend more than 200",
    "i was looking for a stove",
    "we had a canoe last year, something like that",
    "i've always loved canoes and want one",
    "used tents for two",
    "a stove that is used to wind",
    "the tent i want has two doors",
    "a tent made in Norway, the best rated",
    "the most used, please",
]


@pytest.mark.parametrize(("message", "stretch"), _TOLD)
def test_what_was_or_others_say_is_told(message: str, stretch: str) -> None:
    assert stretch in [message[start:end].strip() for start, end in told(message)]


@pytest.mark.parametrize("message", _ASKED)
def test_a_wish_is_not_told(message: str) -> None:
    assert not told(message)


def _tagger() -> RuleTagger:
    rows = [
        ("1", "Pike", "kayak", "yes", 300),
        ("2", "Otter", "canoe", "no", 900),
        ("3", "Heron", "raft", "no", 120),
        ("4", "Teal", "kayak", "yes", 450),
        ("5", "Coot", "canoe", "no", 700),
    ]
    items = [Item(i, title, fields={"hull": (h,), "Outdoor Seating": (s,), "price": p}) for i, title, h, s, p in rows]
    fields = (Field("hull", "facet"), Field("Outdoor Seating", "facet"), Field("price", "number", unit="money"))
    return RuleTagger(Gazetteer(Catalogue(items, Schema(fields))), spans=span_model())


def _heard(message: str) -> set[tuple[str, str, str]]:
    said = _tagger().understand(message, Session())
    return {(i.facet, i.value, i.level) for i in said.interests if i.facet}


def test_what_is_told_beside_a_wish_is_none() -> None:
    heard = _heard("my old canoe sank last year after 900 trips, I want a kayak now, under 400")
    assert ("hull", "kayak", "want") in heard
    assert ("price", "< 400", "want") in heard
    assert not any(value == "canoe" for _, value, _ in heard)


def test_where_nothing_else_is_asked_the_story_is_the_wish() -> None:
    assert ("hull", "canoe", "want") in _heard("our old canoe was perfect for the lake")


def test_a_pronoun_that_is_refused_is_what_was_named_before_it() -> None:
    heard = _heard("my ex had a raft and i cant stand it anymore, a kayak please")
    assert ("hull", "raft", "never") in heard
    assert ("hull", "kayak", "want") in heard


def test_what_a_pronoun_before_a_refusal_stands_for_is_refused() -> None:
    assert ("hull", "raft", "never") in _heard("been on a raft for years and honestly it makes me sick, want a kayak")


def test_a_pronoun_of_what_is_wished_for_refuses_nothing() -> None:
    assert ("hull", "raft", "never") not in _heard("i want a raft but my wife can't stand it")


def test_a_phrase_may_speak_of_a_field_of_yes_and_no() -> None:
    assert ("Outdoor Seating", "yes", "want") in _heard("a kayak with outdoor seats")


@pytest.mark.parametrize(
    ("said", "number", "sign"),
    [
        ("a grand and a half", 1500, ""),
        ("up to a hundred n fifty", 150, "<="),
        ("couple hundred tops", 200, "<="),
        ("not more than hundred", 100, "<="),
        ("fifty-ish", 50, "~"),
        ("120ish", 120, "~"),
        ("nowt over 20", 20, "<="),
        ("two and a half grand max", 2500, "<="),
    ],
)
def test_amounts_as_people_type_them(said: str, number: float, sign: str) -> None:
    (amount,) = amounts(said, ())
    assert (amount.low, amount.high, amount.sign) == (number, number, sign)
