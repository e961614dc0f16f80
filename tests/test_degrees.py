"""Degrees of any number column: compared with an item, as far as possible, nearest to an amount, from a place on."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.understanding.degrees import column_comparatives, column_of, find_extremes
from penchant.assistant.understanding.quantities import NumberFields
from penchant.retriever import (
    DEFAULT_MODEL,
    HIGHEST,
    LOWEST,
    Catalogue,
    Field,
    Item,
    MemoryEngine,
    Schema,
    build_index,
    from_place,
    nearest_to,
    nearness,
    order_from,
    says_order,
)
from penchant.retriever.encoding import encoder_named

SCHEMA = Schema(
    (
        Field("setting", "category"),
        Field("price_per_night", "number", unit="EUR", better="less", words=("price",)),
        Field("distance_to_beach", "number", unit="km", words=("distance", "to", "beach")),
        Field("accommodates", "number"),
        Field("moorings", "number"),
        Field("ranking", "number", better="less"),
        Field("rating", "number", unit="rating", better="more"),
        Field("wireless_charging", "category", unit="yes/no", words=("wireless", "charging")),
    )
)
NAMES = "Gannet Fern Otter Kestrel Juniper Salt Larch Plover Heron".split()
ITEMS = [
    Item(
        str(n),
        f"{name} House",
        "A house by the water.",
        {
            "setting": (("Harbour", "Dune")[n % 2],),
            "price_per_night": 60.0 + 25 * (n * 4 % 9),
            "distance_to_beach": 0.4 + 0.7 * (n * 2 % 9),
            "accommodates": 2.0 + (n * 5 % 9),
            "moorings": float(n * 7 % 9),
            "ranking": 1.0 + (n * 4 + 3) % 9,
            "rating": 3.0 + (n * 5 % 9) / 5,
            "wireless_charging": (("yes", "no")[n % 2],),
        },
    )
    for n, name in enumerate(NAMES)
]
BY_PRICE = sorted(ITEMS, key=lambda item: item.number("price_per_night"))


@pytest.fixture(scope="module")
def houses() -> Assistant:
    return Assistant(build_index(ITEMS, MemoryEngine(), encoder_named(DEFAULT_MODEL), SCHEMA), k=4)


def said(houses: Assistant, *turns: str) -> Reply:
    session = Session()
    for turn in turns:
        reply = houses.reply(turn, session)
        session = reply.session
    return reply


def numbers(reply: Reply, field: str) -> list[float]:
    return [pick.item.number(field) for pick in reply.picks]


COMPARED = {
    "like the second but closer to the beach": ("distance_to_beach", "<"),
    "the second one, only with more moorings": ("moorings", ">"),
    "the second but bigger": ("accommodates", ">"),
    "something less expensive than the second": ("price_per_night", "<"),
    "better rated than the second please": ("rating", ">"),
    "the second, with fewer moorings": ("moorings", "<"),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", COMPARED)
def test_a_comparison_with_an_item_holds_strictly_against_its_own_number(houses: Assistant, text: str) -> None:
    field, sign = COMPARED[text]
    before = said(houses, "a house by the water")
    own = before.picks[1].item.number(field)
    after = houses.reply(text, before.session)
    assert after.picks
    assert all(n < own if sign == "<" else n > own for n in numbers(after, field))


ORDERED = {
    "as close to the beach as possible": ("distance_to_beach", 1),
    "a house with as many moorings as possible": ("moorings", -1),
    "the highest ranked house": ("ranking", 1),
    "the worst ranked house": ("ranking", -1),
    "the biggest house": ("accommodates", -1),
    "houses with the best rating": ("rating", -1),
}


@pytest.mark.slow
@pytest.mark.parametrize("text", ORDERED)
def test_orders_that_no_superlative_alone_says(houses: Assistant, text: str) -> None:
    field, sign = ORDERED[text]
    found = [sign * n for n in numbers(said(houses, text), field)]
    assert found == sorted(sign * item.number(field) for item in ITEMS)[: len(found)]


@pytest.mark.slow
def test_nearest_to_an_amount(houses: Assistant) -> None:
    reply = said(houses, "between 100 and 250 a night, nearest to 160")
    prices = [n for n in (item.number("price_per_night") for item in ITEMS) if 100 <= n <= 250]
    assert [abs(n - 160) for n in numbers(reply, "price_per_night")] == sorted(abs(n - 160) for n in prices)[:4]
    assert "nearest to €160" in reply.text


@pytest.mark.slow
@pytest.mark.parametrize(("text", "place"), [("the second cheapest house", 2), ("third cheapest", 3), ("cheapest", 1)])
def test_an_order_from_a_place_on(houses: Assistant, text: str, place: int) -> None:
    assert said(houses, text).picks[0].item.id == BY_PRICE[place - 1].id


COUNTS = {
    "the three cheapest houses": 3,
    "the cheapest two": 2,
    "the three best rated houses": 3,
    "a couple of houses by the water": 2,
    "no more than 3 houses, closest to the beach": 3,
    "houses on the dunes, just one": 1,
    "the two of us want a house by the water": 4,
    "a house for my two youngest": 4,
    "a house for a couple of days": 4,
    "a house with two moorings or more": 4,
    "a couple of friends and I want a house": 4,
    "three houses burned down in our street, find one by the water": 4,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", COUNTS)
def test_how_many_are_asked_for(houses: Assistant, text: str) -> None:
    assert len(said(houses, text).picks) == COUNTS[text]


@pytest.mark.slow
def test_what_charges_otherwise_is_no_yes(houses: Assistant) -> None:
    before = said(houses, "a house by the water")
    assert not houses.reply("does the first one have fast charging?", before.session).text.startswith(("Yes", "No"))
    assert houses.reply("does the first have wireless charging?", before.session).text.startswith(("Yes", "No"))


STORIES = ("we met on the corner", "I like older houses", "never a longer way")


@pytest.mark.parametrize("text", STORIES)
def test_no_comparison(text: str) -> None:
    assert not column_comparatives(text, NumberFields(Catalogue(ITEMS, SCHEMA)), lambda word: False)


def test_a_column_is_chosen_by_its_own_words_before_an_adjective() -> None:
    fields = NumberFields(Catalogue(ITEMS, SCHEMA))
    assert (column := column_of("closer", "beach", fields)) and column.fields[0].name == "distance_to_beach"
    assert not column.much
    assert column_of("better", "paid", fields) is None
    assert not find_extremes("as soon as possible", fields)


@given(st.sampled_from([HIGHEST, LOWEST]), st.integers(1, 99), st.decimals(-9999, 9999, places=2))
def test_values_of_orders_read_as_they_were_written(end: str, place: int, number: object) -> None:
    assert order_from(from_place(end, place)) == (end, place)
    assert says_order(from_place(end, place)) and says_order(nearest_to(str(number)))
    assert math.isclose(nearness(nearest_to(str(number))) or 0.0, float(str(number)), abs_tol=1e-9)
