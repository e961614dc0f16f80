"""The units of columns that state none, units that are so many of one to another, and what nothing has none of."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.quantities import NumberFields, find_amounts
from penchant.retriever import Catalogue, Item
from penchant.retriever.catalogue.inference import infer_schema, typed
from penchant.retriever.catalogue.inference.headers import header_unit, says_measure, spoken_name
from penchant.retriever.catalogue.values import unit_named


def fields_of(columns: dict[str, list[float]]) -> NumberFields:
    rows = zip(*columns.values(), strict=True)
    items = [Item(str(n), f"Thing {n}", fields=dict(zip(columns, row, strict=True))) for n, row in enumerate(rows)]
    return NumberFields(Catalogue(items, infer_schema(items)))


def spread(low: float, high: float, count: int = 21) -> list[float]:
    return [round(low + (high - low) * n / (count - 1), 2) for n in range(count)]


HANDSETS = {
    "Body weight": spread(95, 290),
    "Lens pixels": spread(2, 64),
    "Quick charge": spread(170, 940),
    "price": spread(90, 1300),
}
SACKS = {"Weight": [*spread(0.3, 900, 20), 1400.0], "Volume": spread(200, 750)}
SCOPES = {"Weight": spread(1.5, 38), "Focal length": spread(400, 3000), "Closest focus": spread(2, 30)}
MOWERS = {"Miles_per_Gallon": spread(22, 78), "Pages_per_Minute": spread(8, 60), "range_km": spread(30, 190)}


@pytest.mark.parametrize(
    ("columns", "text", "expected"),
    [
        (HANDSETS, "lighter than 150 g", ["Body weight < 150"]),
        (HANDSETS, "weighing at most 0.2 kg", ["Body weight <= 200"]),
        (HANDSETS, "over a kilo", ["Body weight > 1000"]),
        (HANDSETS, "under five ounces", ["Body weight < 141.7475"]),
        (HANDSETS, "at least 48 megapixels", ["Lens pixels >= 48"]),
        (HANDSETS, "a week on one charge", []),
        (SACKS, "under 500 g", ["Weight < 500"]),
        (SACKS, "at least half a litre", ["Volume >= 500"]),
        (SCOPES, "no heavier than 9000 grams", ["Weight <= 9"]),
        (SCOPES, "it focuses down to 5 metres", ["Closest focus <= 5"]),
        (SCOPES, "we have narrowed it down to three", []),
        (MOWERS, "at least 50 miles per gallon", ["Miles_per_Gallon >= 50"]),
        (MOWERS, "60 mpg or better", ["Miles_per_Gallon >= 60"]),
        (MOWERS, "over 20 km/l", ["Miles_per_Gallon > 47.04292"]),
        (MOWERS, "more than 25 ppm", ["Pages_per_Minute > 25"]),
        (MOWERS, "100 km in one go or more", ["range_km >= 100"]),
        (MOWERS, "it has to reach 120 km", ["range_km >= 120"]),
        (MOWERS, "the quickest from 0 to 60", []),
    ],
)
def test_an_amount_is_of_the_column_and_in_its_unit(
    columns: dict[str, list[float]], text: str, expected: list[str]
) -> None:
    assert [f"{r.facet} {r.value}" for r in find_amounts(text, fields_of(columns), [])] == expected


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("miles per gallon", "mpg"),
        ("kilometres per litre", "km/l"),
        ("litres / 100 km", "l/100km"),
        ("watt hours per km", "Wh/km"),
        ("miles per hour", "mph"),
        ("metres per gallon", ""),
        ("and/or", ""),
    ],
)
def test_so_many_to_one_is_a_unit(written: str, name: str) -> None:
    found = unit_named(written)
    assert (found.name if found else "") == name


def test_a_column_of_so_many_to_one_is_asked_for_by_its_initials() -> None:
    (mileage,) = typed("Miles_per_Gallon", [n % 9 + 20 for n in range(40)])
    (pages,) = typed("Pages_per_Minute", [n % 9 + 20 for n in range(40)])
    (price,) = typed("price_per_night", [n % 9 + 20 for n in range(40)])
    assert (mileage.unit, mileage.words) == ("mpg", ("miles", "mpg", "mileage"))
    assert (pages.words, price.words) == (("pages", "ppm"), ("price",))
    assert spoken_name("Pages_per_Minute") == "Pages per Minute"
    assert header_unit("hours_per_week") == unit_named("h")


@pytest.mark.parametrize("name", ["Weight", "Max resolution", "Focal length", "surface", "Pages", "Height", "duration"])
def test_of_what_is_measured_nothing_has_none(name: str) -> None:
    (column,) = typed(name, [0, *(n % 9 + 3 for n in range(40))])
    assert says_measure(name)
    assert column.values[:2] == [None, 3]


@pytest.mark.parametrize(
    "name", ["Price", "Extra fee", "Climb", "Distance to the sea", "Sugar", "Storage included", "Alcohol by volume"]
)
def test_of_what_may_be_none_it_is_said(name: str) -> None:
    (column,) = typed(name, [0, *(n % 9 + 3 for n in range(40))])
    assert not says_measure(name)
    assert column.values[:2] == [0, 3]
