"""How wide, high and deep a thing may be, in another unit than its column's."""

from __future__ import annotations

import pytest

from penchant.assistant.understanding.quantities import NumberFields, find_amounts, find_orders
from penchant.retriever import HIGHEST, LOWEST, Catalogue, Item
from penchant.retriever.catalogue.inference import infer_schema

WARDROBES = [
    Item(str(n), f"Wardrobe {n}", fields={"Depth (cm)": 35 + n, "Height (cm)": 150 + 12 * n, "Width (cm)": 60 + 25 * n})
    for n in range(16)
]
SAID = {
    "wider than 3 metres": "Width (cm) > 300",
    "taller than 3 m": "Height (cm) > 300",
    "no wider than 1.2m": "Width (cm) <= 120",
    "at most 1 m wide": "Width (cm) <= 100",
    "under 2 m tall": "Height (cm) < 200",
    "narrower than 90 cm": "Width (cm) < 90",
    "deeper than 40 cm": "Depth (cm) > 40",
    "less than half a metre deep": "Depth (cm) < 50",
    "at least 2 metres high": "Height (cm) >= 200",
}


def fields() -> NumberFields:
    return NumberFields(Catalogue(WARDROBES, infer_schema(WARDROBES)))


@pytest.mark.parametrize(("text", "expected"), SAID.items(), ids=SAID)
def test_sizes_in_other_units(text: str, expected: str) -> None:
    assert [f"{r.facet} {r.value}" for r in find_amounts(text, fields(), [])] == [expected]


@pytest.mark.parametrize(
    ("text", "facet", "end"),
    [
        ("the widest wardrobe", "Width (cm)", HIGHEST),
        ("the narrowest", "Width (cm)", LOWEST),
        ("the tallest of them", "Height (cm)", HIGHEST),
        ("which is the shallowest?", "Depth (cm)", LOWEST),
    ],
)
def test_the_ends_of_sizes(text: str, facet: str, end: str) -> None:
    assert [(r.facet, r.value) for r in find_orders(text, fields())] == [(facet, end)]


def test_no_minutes_and_no_millions_become_metres() -> None:
    for text in ("longer than 3 m", "a budget of 3m", "over 2m sold"):
        assert not any("00" in r.value and "000" not in r.value for r in find_amounts(text, fields(), []))
