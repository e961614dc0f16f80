"""What is large or small, where one column of a measure is all that says so; areas and volumes in other units."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.linking import Gazetteer, find_numbers
from penchant.assistant.understanding.quantities.amount_ranges import find_amounts
from penchant.assistant.understanding.quantities.number_fields import NumberFields
from penchant.assistant.understanding.quantities.orders import find_orders
from penchant.retriever import LOWEST, Catalogue, Field, Item, Schema, infer_schema
from penchant.retriever.catalogue.inference.headers import header_unit


def fields_of(**columns: list[float]) -> NumberFields:
    rows = zip(*columns.values(), strict=True)
    items = [Item(str(n), f"Thing {n}", "", dict(zip(columns, row, strict=True))) for n, row in enumerate(rows)]
    return NumberFields(Catalogue(items, infer_schema(items)))


SIZES = [20_000.0, 35_500.0, 90_000.0, 640_100.0, 8_000_000.0]


@pytest.mark.parametrize("name", ["Acres", "sq ft", "Weight (kg)", "lot size", "volume_l"])
@pytest.mark.parametrize(("text", "value"), [("which is the largest of all?", "highest"), ("the tiniest", "lowest")])
def test_one_measure_says_what_is_large(name: str, text: str, value: str) -> None:
    fields = fields_of(**{name: SIZES, "floors": [1.0, 2.0, 3.0, 4.0, 5.0]})
    assert [(r.facet, r.value) for r in find_orders(text, fields)] == [(name, value)]


def test_of_two_measures_neither_says_what_is_large() -> None:
    assert not find_orders("the largest", fields_of(**{"Weight (kg)": SIZES, "volume_l": SIZES[::-1]}))
    assert not find_orders("the largest", fields_of(floors=SIZES))
    ranges = find_orders("the largest", fields_of(**{"Acres": SIZES, "Weight (kg)": SIZES}))
    assert [r.facet for r in ranges] == ["Acres"]  # an area is large, a weight is heavy


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("Acres", "more than 1000 square miles", "> 640000"),
        ("Acres", "above 100 thousand acres", "> 100000"),
        ("Acres", "over 500 km²", "> 123552.690734"),
        ("hectares", "at least 100,000 acres", ">= 40468.564224"),
        ("Acres", "under 40,000 acres", "< 40000"),
        ("engine cc", "no more than 2 litres", "<= 2000"),
        ("engine cc", "a 1.5 litre engine", "1447.5..1552.5"),
        ("engine cc", "over 1200 cc", "> 1200"),
    ],
)
def test_amounts_in_other_units_are_converted(name: str, text: str, value: str) -> None:
    fields = fields_of(**{name: [998.0, 1197.0, 1498.0, 1999.0, 2755.0] if "cc" in name else SIZES})
    assert [(r.facet, r.value) for r in find_amounts(text, fields, [])] == [(name, value)]


@pytest.mark.parametrize(
    ("name", "unit"),
    [("sq ft", "sq ft"), ("living_sq_ft", "sq ft"), ("Height ft", "ft"), ("Acres", "acres"), ("in", "")],
)
def test_a_name_of_two_words_is_one_unit(name: str, unit: str) -> None:
    found = header_unit(name)
    assert (found.name if found else "") == unit


PETS = {
    Field("min_weight", "number", unit="kg", bound="low", words=("weight",)): [2.0 + n for n in range(20)],
    Field("max_weight", "number", unit="kg", bound="high", words=("weight",)): [4.0 + 2 * n for n in range(20)],
    Field("popularity", "number", better="less", words=("popularity",)): [1.0 + 3 * n for n in range(20)],
    Field("Size", "number", words=("size",)): [400.0 + 90 * n for n in range(20)],
    Field("BHK", "number", words=("bhk",)): [1.0 + n % 4 for n in range(20)],
}
OF_PETS = {
    "under 8 kilos": ["max_weight < 8"],
    "at most 12 kg": ["max_weight <= 12"],
    "between 5 and 15 kg": ["min_weight >= 5", "max_weight <= 15"],
    "the most popular one": [f"popularity {LOWEST}"],
    "at least 800 square feet": ["Size >= 800"],
    "a 2bhk please": ["BHK 2"],
}


@pytest.mark.parametrize(("text", "expected"), OF_PETS.items(), ids=OF_PETS)
def test_all_of_a_thing_lies_within_a_limit_and_places_are_best_first(text: str, expected: list[str]) -> None:
    items = [Item(str(n), f"Thing {n}", fields={f.name: c[n] for f, c in PETS.items()}) for n in range(20)]
    found = find_numbers(text, Gazetteer(Catalogue(items, Schema(tuple(PETS)))))
    assert [f"{r.facet} {r.value}" for r in found] == expected
