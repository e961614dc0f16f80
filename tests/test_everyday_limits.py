"""Limits in everyday words: comparisons, scales, what was earned, and a unit that another column has."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer, find_numbers
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema

CARS = {
    Field("year", "number", unit="year"): [2000.0 + n for n in range(20)],
    Field("selling_price", "number", unit="money", better="less"): [45000.0 + 290000 * n for n in range(20)],
    Field("driven", "number", unit="km"): [3000.0 + 8100 * n for n in range(20)],
    Field("engine", "number", unit="cc"): [796.0 + 111 * n for n in range(20)],
    Field("max_power", "number", unit="hp"): [45.0 + 9 * n for n in range(20)],
}
FILMS = {
    Field("year", "number", unit="year"): [1930.0 + 4 * n for n in range(20)],
    Field("minutes", "number", unit="min"): [70.0 + 6 * n for n in range(20)],
    Field("votes", "number", unit="count", better="more"): [300.0 + 7000 * n * n for n in range(20)],
    Field("gross", "number"): [90000.0 + 9000 * n**4 for n in range(20)],
}


def gazetteer(columns: dict[Field, list[float]]) -> Gazetteer:
    items = [Item(str(n), f"Thing {n}", fields={f.name: c[n] for f, c in columns.items()}) for n in range(20)]
    return Gazetteer(Catalogue(items, Schema(tuple(columns))))


OF_CARS = {
    "we can stretch to twelve lakh, not a rupee more": "selling_price <= 1200000",
    "not a rupee more than 5 lakh": "selling_price <= 500000",
    "I could go to 7 lakhs": "selling_price <= 700000",
    "my budget is eight lakh": "selling_price <= 800000",
    "no more than 1.5 crore": "selling_price <= 15000000",
    "up to 0.4 cr": "selling_price <= 4000000",
    "4 lacs max": "selling_price <= 400000",
    "under 900 grand": "selling_price < 900000",
    "less than two and a half million": "selling_price < 2500000",
    "150 horsepower or above": "max_power >= 150",
    "under 40,000 on the odometer": "driven < 40000",
    "less than 60k on the clock": "driven < 60000",
    "with fewer than 50 thousand kilometres on it": "driven < 50000",
    "the engine should be over 1.5 litres": "engine > 1500",
    "the motor can be at most 1200 cc": "engine <= 1200",
    "a hatchback, four years old or younger": "year >= 2015",
    "not older than 5 years": "year >= 2014",
}
OF_FILMS = {
    "votes north of 100 thousand": "votes > 100000",
    "upwards of half a million votes": "votes > 500000",
    "in excess of 20k votes": "votes > 20000",
    "it must have made more than 200 million": "gross > 200000000",
    "took in at least 50 million dollars": "gross >= 50000000",
    "earned less than a million": "gross < 1000000",
    "over $100 million": "gross > 100000000",
    "a film that grossed north of 300 million": "gross > 300000000",
    "raked in over 20 million": "gross > 20000000",
    "made before 1980": "year < 1980",
    "two hours, not a minute longer": "minutes <= 120",
}


@pytest.mark.parametrize(("text", "expected"), OF_CARS.items(), ids=OF_CARS)
def test_of_a_used_car(text: str, expected: str) -> None:
    assert [f"{r.facet} {r.value}" for r in find_numbers(text, gazetteer(CARS))] == [expected]


@pytest.mark.parametrize(("text", "expected"), OF_FILMS.items(), ids=OF_FILMS)
def test_of_a_film(text: str, expected: str) -> None:
    assert [f"{r.facet} {r.value}" for r in find_numbers(text, gazetteer(FILMS))] == [expected]


def test_takings_are_no_price() -> None:
    """A bare limit is of what things cost, and "cheap" says nothing of what they earned."""
    assert not [r for r in find_numbers("under 60 please, something cheap", gazetteer(FILMS)) if r.facet == "gross"]
    both = {**FILMS, Field("price", "number", unit="USD", better="less"): [2.0 + n for n in range(20)]}
    found = find_numbers("under 10 dollars, and it earned over 50 million dollars", gazetteer(both))
    assert {f"{r.facet} {r.value}" for r in found} == {"price < 10", "gross > 50000000"}


def test_how_old_a_child_is_says_nothing_of_cars() -> None:
    assert not find_numbers("for my son, five years old or younger", gazetteer(CARS))


@pytest.mark.parametrize("text", ["two hours, not a minute longer", "we can stretch to two hours, not a minute more"])
def test_a_limit_said_again_is_one_wish(text: str) -> None:
    found = RuleTagger(gazetteer(FILMS), spans=span_model()).understand(text, Session()).interests
    assert {(i.facet, i.value, i.level) for i in found if i.facet} == {("minutes", "<= 120", "want")}
    assert not [i for i in found if i.level == "never"]
