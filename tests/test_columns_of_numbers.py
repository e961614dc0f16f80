"""Numbers reach the column that they can tell apart, in its unit, and the right way round."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.degrees import find_extremes
from penchant.assistant.understanding.quantities import NumberFields, find_amounts
from penchant.retriever import Catalogue, Encoder, Item
from penchant.retriever.catalogue.inference import infer_schema


def fields_of(columns: dict[str, list[float]], encoder: Encoder | None = None) -> NumberFields:
    rows = zip(*columns.values(), strict=True)
    items = [Item(str(n), f"Thing {n}", fields=dict(zip(columns, row, strict=True))) for n, row in enumerate(rows)]
    return NumberFields(Catalogue(items, infer_schema(items)), encoder)


def spread(low: float, high: float, count: int = 21) -> list[float]:
    return [round(low + (high - low) * n / (count - 1), 2) for n in range(count)]


NIGHTS = [1.0, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 7, 7, 10, 14, 14, 21, 28, 30, 30, 30]
AGES = [float(18 + 3 * n % 20) for n in range(21)]
COUNTS = [float(n % 7 + 1) for n in range(21)]
BARS = {"cocoa_percent": spread(50, 100), "rating": spread(1.5, 4), "price": spread(2, 9)}
ROOMS = {"price": spread(35, 400), "minimum_nights": NIGHTS, "number_of_reviews": spread(0, 300)}
PLAYERS = {"age": AGES, "height_cm": spread(160, 200), "wage_eur": spread(10000, 500000)}
PHONES = {
    "price": spread(8000, 90000),
    "rating": spread(60, 90),
    "battery_capacity": spread(2000, 6000),
    "screen_size": spread(5, 7),
}
CARS = {"Price": spread(7.4, 61.9), "Rear.seat.room": spread(19, 36), "Passengers": COUNTS, "cyl": COUNTS}
ANIMALS = {"brainwt": spread(0.001, 5), "bodywt": spread(0.01, 6000)}
PEOPLE = {"height": spread(66, 264), "mass": spread(15, 158)}


@pytest.mark.parametrize(
    ("columns", "text", "expected"),
    [
        (BARS, "the most cocoa that still got 3.5 or better", "rating >= 3.5"),
        (BARS, "75 or more of cocoa", "cocoa_percent >= 75"),
        (PHONES, "by rating below 35000", "price < 35000"),
        (PHONES, "a rating above 80", "rating > 80"),
        (ROOMS, "from 250 a night upwards", "price >= 250"),
        (ROOMS, "80 a night tops", "price <= 80"),
        (PLAYERS, "28 and up", "age >= 28"),
        (PLAYERS, "a striker below 36", "age < 36"),
        (PLAYERS, "nobody past 30", "age <= 30"),
        (PLAYERS | {"value_eur": spread(1500000, 90000000)}, "not over 50 million", "value_eur <= 50000000"),
        (PLAYERS | {"value_eur": spread(1500000, 90000000)}, "at most 40000", "wage_eur <= 40000"),
        (PLAYERS, "1.90 m plus", "height_cm >= 190"),
        (CARS, "under 15k", "Price < 15"),
        (CARS, "no more than 20 grand", "Price <= 20"),
        (CARS, "under 15000", "Price < 15"),
        (CARS, "seats 7 or more", "Passengers >= 7"),
        (CARS | {"Min.Price": spread(6, 50), "Max.Price": spread(8, 80)}, "under 25k", "Price < 25"),
        (CARS, "room for 6 under the roof", "Passengers >= 6"),
        (CARS, "four cylinders", "cyl 4"),
        (PEOPLE, "taller than two metres", "height > 200"),
        (PEOPLE, "taller than 170", "height > 170"),
        (PEOPLE, "below one metre fifty", "height < 150"),
        (PEOPLE, "under 100 kilos", "mass < 100"),
        (PLAYERS, "at least 6'2", "height_cm >= 187.96"),
        (PLAYERS, "over six foot two", "height_cm > 187.96"),
        (PLAYERS, "anyone above the age of 33", "age > 33"),
        (PLAYERS, "aged 19 through 23", "age 19..23"),
        (PLAYERS, "under 21s only", "age < 21"),
        (BARS, "at least 80", "cocoa_percent >= 80"),
        (
            {"difficulty_rating": spread(1, 7), "price": spread(20, 90)},
            "difficulty of 3 or easier",
            "difficulty_rating <= 3",
        ),
        (BARS, "a rating of 2 or worse", "rating <= 2"),
        (PHONES, "the best you have for 15000", "price <= 15000"),
        (PHONES, "0.3 lakhs tops", "price <= 30000"),
        (ANIMALS, "heavier than 100 kilos", "bodywt > 100"),
        (ANIMALS, "over a ton", "bodywt > 1000"),
        (PEOPLE, "nobody above 1.70 m", "height <= 170"),
        (BARS, "three point five and above", "rating >= 3.5"),
        ({"abv": spread(0.03, 0.1), "ounces": COUNTS}, "abv of 5 tops", "abv <= 0.05"),
        (ANIMALS, "a brain under 100 grams", "brainwt < 0.1"),
    ],
)
def test_of_the_column_that_it_tells_apart(columns: dict[str, list[float]], text: str, expected: str) -> None:
    assert [f"{r.facet} {r.value}" for r in find_amounts(text, fields_of(columns), [])] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we only stay 3 nights", "<= 3"),
        ("we are there for a week", "<= 7"),
        ("we want to stay at least ten days", "<= 10"),
        ("I need it for two weeks", "<= 14"),
        ("a minimum stay of 2 nights", "<= 2"),
        ("minimum nights no more than 4", "<= 4"),
    ],
)
def test_who_stays_so_long_can_have_what_asks_for_less(text: str, expected: str) -> None:
    assert [f"{r.facet} {r.value}" for r in find_amounts(text, fields_of(ROOMS), [])] == [f"minimum_nights {expected}"]


@pytest.mark.parametrize(
    ("text", "sure"),
    [("we only stay 3 nights", True), ("we stayed there 3 nights", False), ("3 nights", False)],
)
def test_a_stay_that_is_over_decides_nothing(text: str, sure: bool) -> None:
    assert [r.sure for r in find_amounts(text, fields_of(ROOMS), [])] == [sure]


@pytest.mark.parametrize("text", ["in 3 weeks we come", "half past 8", "we went past 20 houses"])
def test_no_limits(text: str) -> None:
    assert not find_amounts(text, fields_of(ROOMS), [])


def test_a_high_bound_is_met_from_below() -> None:
    fields = fields_of({"price": spread(10, 90), "max_load": spread(80, 200)})
    assert [(r.facet, r.value) for r in find_amounts("a load of 120", fields, [])] == [("max_load", ">= 120")]


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("the battery as big as possible", "battery_capacity"),
        ("with the screen as large as it gets", "screen_size"),
        ("the price as low as possible", "price"),
    ],
)
def test_what_stands_before_is_as_big_as_can_be(text: str, facet: str) -> None:
    assert [r.facet for r in find_extremes(text, fields_of(PHONES))] == [facet]
