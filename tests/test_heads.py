"""How many people something is for, whatever the column is called that says so."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer, find_numbers
from penchant.assistant.understanding.quantities.heads import head_counts
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema


def gazetteer(*fields: Field, **columns: list[float]) -> Gazetteer:
    items = [Item(str(n), f"Thing {n}", fields={name: c[n] for name, c in columns.items()}) for n in range(12)]
    return Gazetteer(Catalogue(items, Schema(fields)))


def huts(name: str) -> Gazetteer:
    return gazetteer(
        Field(name, "number"),
        Field("bedrooms", "number"),
        Field("price", "number", unit="USD"),
        Field("nights", "number"),
        **{
            name: [1.0 + n for n in range(12)],
            "bedrooms": [1.0 + n % 4 for n in range(12)],
            "price": [40.0 + 20 * n for n in range(12)],
            "nights": [1.0 + n % 3 for n in range(12)],
        },
    )


COUNTED = {
    "there will be three of us and a toddler": 4,
    "my wife, me and the two boys, so four people": 4,
    "five adults and 3 children, near a lake": 8,
    "we're nine": 9,
    "a party of eleven": 11,
    "something for two couples": 4,
    "a place that sleeps 6": 6,
    "room for ten friends": 10,
    "we are a family of seven": 7,
    "it has to take six heads": 6,
    "something for 6": 6,
    "My wife, me and our four children all have to fit in": 6,
    "the two of us and grandma": 3,
    "five kids, my wife and I": 7,
    "us two and another couple": 4,
    "a family of four and the nanny": 5,
    "a party of six and a guide": 7,
    "my parents, my brother and me": 4,
    "my girlfriend, her two boys and myself need to get in": 4,
    "mum, dad and three kids": 5,
    "just my husband and I": 2,
    "two adults, two kids and a nanny": 5,
    "we're six, four adults and two kids": 6,
}
NOBODY = (
    "for two nights in June",
    "my son is 7",
    "we are 30 and 34",
    "two 8 year olds",
    "my kids are 4 and 6",
    "we are 30 years old",
    "a girl of 16",
    "for 120",
    "my wife is a teacher and my kids like the sea",
    "my boss and I like diesels",
    "my brother drives one with my dad",
    "a story about a boy and a dragon",
    "for me and my guitar",
    "the king and I went out",
)


@pytest.mark.parametrize(("text", "count"), COUNTED.items(), ids=COUNTED)
@pytest.mark.parametrize("name", ["sleeps", "accommodates", "max_guests", "Schlafplätze", "可住人数"])
def test_so_many_people_ask_for_room_for_at_least_so_many(text: str, count: int, name: str) -> None:
    assert [(r.facet, r.value) for r in find_numbers(text, huts(name))] == [(name, f">= {count}")]


@pytest.mark.parametrize("text", NOBODY)
def test_ages_prices_and_nights_are_no_people(text: str) -> None:
    assert not list(head_counts(text))
    assert not [r for r in find_numbers(text, huts("sleeps")) if r.facet == "sleeps"]


LIMITS = {
    "no more than 4 people": {"sleeps <= 4"},
    "at least eight guests": {"sleeps >= 8"},
    "under 120 for four people": {"price < 120", "sleeps >= 4"},
    "at most 90 dollars for two": {"price <= 90", "sleeps >= 2"},
    "3 bedrooms for seven people": {"bedrooms 3", "sleeps >= 7"},
}


@pytest.mark.parametrize(("text", "expected"), LIMITS.items(), ids=LIMITS)
def test_beside_other_numbers(text: str, expected: set[str]) -> None:
    assert {f"{r.facet} {r.value}" for r in find_numbers(text, huts("sleeps"))} == expected


def test_of_two_ends_people_lie_between() -> None:
    games = gazetteer(
        Field("min_players", "number", bound="low", words=("players",)),
        Field("max_players", "number", bound="high", words=("players",)),
        min_players=[1.0 + n % 3 for n in range(12)],
        max_players=[2.0 + n % 6 for n in range(12)],
    )
    found = {f"{r.facet} {r.value}" for r in find_numbers("we are five", games)}
    assert found == {"min_players <= 5", "max_players >= 5"}


def test_where_nothing_says_for_how_many_nothing_is_asked() -> None:
    crowd = gazetteer(Field("members", "number", unit="count"), members=[900.0 * n for n in range(12)])
    assert not find_numbers("we are seven", crowd)


@pytest.mark.parametrize("text", ["we are a family of seven", "We are a large family, seven heads with my parents"])
def test_who_says_how_many_they_are_wishes_for_room(text: str) -> None:
    """Though nothing in it sounds like a wish."""
    found = RuleTagger(huts("seats"), spans=span_model()).understand(text, Session()).interests
    assert "seats >= 7" in {f"{i.facet} {i.value}" for i in found}
