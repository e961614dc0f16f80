"""Numbers of fields by their names, yes-or-no fields, and dates, on a catalogue of flats."""

from __future__ import annotations

from functools import cache

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import find_numbers
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.quantities.amount_ranges import find_amounts
from penchant.assistant.understanding.quantities.number_fields import NumberFields
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema, infer_schema

SCHEMA = Schema(
    (
        Field("number_of_baths", "number"),
        Field("beds", "number"),
        Field("star_rating", "number"),
        Field("year", "number"),
        Field("votes", "number"),
    ),
    prior="votes",
)

FOUND = {
    "two baths please": "number_of_baths=2",
    "with 3 bathrooms and one bedroom": "number_of_baths=3 beds=1",
    "three bed rooms": "beds=3",
    "a 4 star hotel": "star_rating=4",
    "rated 4.3 or higher": "star_rating=>=·4.3",
    "a rating of 4.6 or more": "star_rating=>=·4.6",
    "a 4.2 or higher rating": "star_rating=>=·4.2",
    "at least two beds": "beds=>=·2",
    "up to 3 baths": "number_of_baths=<=·3",
    "two or fewer beds": "beds=<=·2",
    "two years ago": "",
    "two votes": "",
    "the bath was cold": "",
    "someone to tell": "",
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=FOUND)
def test_quantities(text: str, expected: str) -> None:
    fields = NumberFields(
        Catalogue([Item(str(n), "A", fields=dict.fromkeys(SCHEMA.of("number"), n)) for n in (1, 3)], SCHEMA)
    )
    found = {f"{r.facet}={r.value}" for r in find_amounts(text, fields, [])}
    assert found == {part.replace("·", " ") for part in expected.split()}


WATCHED = Schema((Field("minutes", "number", unit="min"), Field("price", "number", unit="money")))
SAID = {
    "for eight days in October": "",
    "ten weeks off, something about the sea": "",
    "at least 500 lumens": "",
    "up to 60 please": "price=<=·60",
    "two hours": "minutes=102..138",
    "no longer than two hours": "minutes=<=·120",
    "longer than six hours": "minutes=>·360",
}


@pytest.mark.parametrize(("text", "expected"), SAID.items(), ids=SAID)
def test_an_amount_that_no_item_could_have_says_nothing(text: str, expected: str) -> None:
    items = [Item(f"i{n}", "A", fields={"minutes": 40 + 20 * n, "price": 10.5 + 9 * n}) for n in range(8)]
    found = {f"{r.facet}={r.value}" for r in find_amounts(text, NumberFields(Catalogue(items, WATCHED)), [])}
    assert found == {part.replace("·", " ") for part in expected.split()}


STAYS = Schema((Field("price_per_night", "number", unit="money"), Field("sleeps", "number")))
NUMBERS = {
    "my sisters turn 58 and 61, and it should be by the sea": "",
    "children of three, five, eight and ten": "",
    "my boys are 6 and 8": "",
    "I sit there from nine to six": "",
    "then I would have five of them": "",
    "three nights in a hut": "",
    "between 60 and 80": "price_per_night=60..80",
    "60 to 80 euros": "price_per_night=60..80",
    "60 and 80 euros": "price_per_night=60..80",
    "a price of 60-80": "price_per_night=60..80",
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items(), ids=NUMBERS)
def test_numbers_that_stand_in_a_list_or_count_something_else_are_no_price(text: str, expected: str) -> None:
    items = [Item(f"i{n}", "A", fields={"price_per_night": 5.0 + 10 * n, "sleeps": 2 + n}) for n in range(12)]
    found = {f"{r.facet}={r.value}" for r in find_amounts(text, NumberFields(Catalogue(items, STAYS)), [])}
    assert found == {part.replace("·", " ") for part in expected.split()}


def test_a_time_is_short_and_not_small() -> None:
    items = [Item(f"i{n}", "A", fields={"minutes": 40 + 20 * n, "price": 10.5 + 9 * n}) for n in range(8)]
    fields = NumberFields(Catalogue(items, WATCHED))
    assert fields.degree("short", True, ()) == ("minutes", "<= 75")
    assert fields.degree("small", True, ()) is None


def test_a_number_field_that_no_item_has_is_a_range_all_the_same() -> None:
    items, schema = [Item("a", "A"), Item("b", "B")], Schema((Field("year", "number"),))
    found = (
        RuleTagger(Gazetteer(Catalogue(items, schema)))
        .understand("from the 90s, under 30 minutes", Session())
        .interests
    )
    assert ("year", "1990..1999") in {(i.facet, i.value) for i in found}


FLATS = [
    Item("a", "Elm House", fields={"has_garage": True, "area": "Oakland", "baths": 2, "free_date": "March 3rd"}),
    Item("b", "Oak House", fields={"has_garage": False, "area": "Fremont", "baths": 1, "free_date": "March 4th"}),
]


@cache
def tagger() -> RuleTagger:
    return RuleTagger(Gazetteer(Catalogue(FLATS, infer_schema(FLATS))))


def said(text: str) -> set[tuple[str, str, str]]:
    found = tagger().understand(text, Session()).interests
    return {(i.facet, i.value, i.level) for i in found}


def test_a_field_that_is_true_or_false_is_meant_by_its_name() -> None:
    assert ("has_garage", "True", "want") in said("two baths and a garage")
    assert ("has_garage", "True", "never") in said("no garage please")
    assert not any(facet == "has_garage" for facet, _, _ in said("is that true?"))


def test_a_number_is_a_gate() -> None:
    assert ("baths", "2", "want") in said("two baths and a garage")


def test_dates_are_phrases_where_the_catalogue_has_them() -> None:
    assert ("", "next Thursday", "want") in said("free from next Thursday")
    assert ("", "the 10th", "want") in said("I need it on the 10th")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rated 4 or better, hall rating Class 12", {("rating", ">= 4")}),
        ("hall rating Class 12 or Club", set()),
        ("rated 12 or better", {("rating", ">= 12")}),
    ],
)
def test_a_number_in_a_name_is_no_amount(text: str, expected: set[tuple[str, str]]) -> None:
    named = ("Class 12", "Class 16", "Club")
    items = [
        Item(str(n), f"Item {n}", fields={"hall_rating": (name,), "rating": n + 3}) for n, name in enumerate(named)
    ]
    gazetteer = Gazetteer(Catalogue(items, Schema((Field("hall_rating", "facet"), Field("rating", "number")))))
    assert {(r.facet, r.value) for r in find_numbers(text, gazetteer)} == expected


BOATS = Schema(
    (
        Field("odometer", "number", unit="km"),
        Field("consumption l/100km", "number", unit="l/100km", words=("consumption",)),
        Field("berths", "number", words=("seats",)),
        Field("price", "number", unit="EUR"),
        Field("avg ep", "number", unit="min"),
        Field("#eps", "number"),
    )
)
OF_BOATS = {
    "a two-seater, whatever badge": "berths=2",
    "room for seven": "berths=>=·7",
    "something for the two of us": "berths=>=·2",
    "do you have a 5-seater": "berths=5",
    "we have to stay below 15 grand": "price=<·15000",
    "drinks less than 5 litres": "consumption·l/100km=<·5",
    "less than 120000 on the clock": "odometer=<·120000",
    "fewer than 100 episodes": "#eps=<·100",
    "under 40 minutes": "avg·ep=<·40",
    "room for two weeks of luggage": "",
}


@pytest.mark.parametrize(("text", "expected"), OF_BOATS.items(), ids=OF_BOATS)
def test_what_is_counted_and_what_it_is_counted_in(text: str, expected: str) -> None:
    """A rate by what it counts, people whom nothing names, a number that one column alone can hold."""
    low = {"odometer": 9000, "consumption l/100km": 2, "berths": 2, "price": 2000, "avg ep": 5, "#eps": 30}
    high = {"odometer": 220000, "consumption l/100km": 12, "berths": 7, "price": 40000, "avg ep": 95, "#eps": 1500}
    items = [Item(name, name, fields=fields) for name, fields in (("A", low), ("B", high))]
    found = {f"{r.facet}={r.value}" for r in find_amounts(text, NumberFields(Catalogue(items, BOATS)), [])}
    assert found == {part.replace("·", " ") for part in expected.split()}


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("fewer than 10,000 votes", "Rating Count"),
        ("rated above 4", "Rating Value"),
    ],
)
def test_how_many_have_rated_is_not_how(text: str, facet: str) -> None:
    rows = [{"Rating Value": 3.5 + n % 4 / 3, "Rating Count": 900 + 1111 * n} for n in range(12)]
    items = [Item(str(n), f"Thing {n}", fields=row) for n, row in enumerate(rows)]
    (found,) = find_amounts(text, NumberFields(Catalogue(items, infer_schema(items))), [])
    assert found.facet == facet
