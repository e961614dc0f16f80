"""Which column an amount is of, where no word names one, by what the columns hold and by meaning; limits that go on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from penchant.assistant.understanding.linking.resumed_limits import beside_before, resumed_limits
from penchant.assistant.understanding.quantities import NumberFields, Range, amounts, find_amounts, find_orders
from penchant.retriever import Catalogue, Interest, Item, infer_schema
from penchant.retriever.encoding.encoder import Vectors


class Likeness:
    """An encoder of three directions: a text goes where its words do."""

    name = fingerprint = "likeness"
    dimensions = 3
    _meant = ("bunks bed beds mattresses", "metre elevation altitude peak", "europe eu")

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [[float(any(w in text.casefold().split() for w in m.split())) for m in self._meant] for text in texts]
        found = np.array(rows, dtype=np.float32)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(np.divide(found, norms, out=np.zeros_like(found), where=norms > 0), dtype=np.float32)

    def forget(self) -> None:
        """Keeps nothing."""


def fields_of(**columns: Sequence[float]) -> NumberFields:
    rows = zip(*columns.values(), strict=True)
    items = [Item(str(n), f"Thing {n}", "", dict(zip(columns, row, strict=True))) for n, row in enumerate(rows)]
    return NumberFields(Catalogue(items, infer_schema(items)), Likeness())


HUTS = {
    "beds": [6.0, 8.0, 24.0, 40.0, 120.0],
    "elev_m": [410.0, 900.0, 1830.0, 2600.0, 2900.0],
    "ascent_m": [120.0, 316.0, 508.0, 900.0, 1100.0],
    "price_eur": [0.0, 12.0, 22.0, 38.0, 55.0],
    "max_load_kg": [90.0, 100.0, 120.0, 140.0, 150.0],
    "dist_to_road_km": [0.1, 0.4, 3.5, 8.2, 9.0],
}


def said(text: str, **columns: Sequence[float]) -> list[str]:
    return [f"{r.facet} {r.value}" for r in find_amounts(text, fields_of(**(columns or HUTS)), [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no more than ten bunks", ["beds <= 10"]),
        ("a peak above 2500 metres", ["elev_m > 2500"]),
        ("nothing further than half a k from the car", ["dist_to_road_km <= 0.5"]),
        ("under a tenner", ["price_eur < 10"]),
        ("not over 50", ["price_eur <= 50"]),
        ("at least 500 lumens", []),
        ("I weigh 138 kg, will they hold me?", ["max_load_kg >= 138"]),
        ("my brother weighs 138 kg", ["max_load_kg >= 138"]),
    ],
)
def test_a_column_is_found_by_meaning_or_by_what_it_holds(text: str, found: list[str]) -> None:
    assert said(text) == found


SALES = {"EU_Sales": [0.02, 0.5, 3.5, 8.0], "JP_Sales": [0.01, 0.2, 1.0, 2.0], "Global_Sales": [0.05, 1.2, 6.0, 12.0]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sold over 3 million in europe", ["EU_Sales > 3"]),
        ("sold over 3 million", ["Global_Sales > 3"]),
        ("fewer than a hundred thousand sold", ["Global_Sales < 0.1"]),
    ],
)
def test_of_columns_called_alike_the_total_is_meant_where_no_part_is_named(text: str, found: list[str]) -> None:
    assert said(text, **SALES) == found


def test_what_sold_the_most_is_an_order_of_that_column() -> None:
    assert [(r.facet, r.value) for r in find_orders("which one sold the most?", fields_of(**SALES))] == [
        ("Global_Sales", "highest")
    ]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("around 800 euros, give or take a hundred", (700, 900, "..")),
        ("minus seven or colder", (-7, -7, "<=")),
        ("sub 500", (500, 500, "<")),
        ("700 watt hours or more", (700, 700, ">=")),
        ("12 measly kilos", (12, 12, "")),
        ("12 kilos so please nothing above.", (12, 12, "<=")),
        ("800 watts of motor at the very least", (800, 800, ">=")),
        ("between fifteen hundred and two thousand", (1500, 2000, "..")),
        ("half a dozen mates", (6, 6, "")),
        ("the Air 2 Max", (2, 2, "")),
    ],
)
def test_amounts_as_people_say_them(text: str, bounds: tuple[float, float, str]) -> None:
    (amount,) = amounts(text, ())
    assert (amount.low, amount.high, amount.sign) == bounds


@pytest.mark.parametrize(
    ("before", "text", "value"),
    [
        ("<= 40", "hmm make it 30", "<= 30"),
        ("< 4000", "below three then", "< 3000"),
        ("<= 200", "twice that is fine", "<= 400"),
        ("<= 200", "I saw it 3 years ago on my phone", None),
    ],
)
def test_a_limit_goes_on_from_the_one_before(before: str, text: str, value: str | None) -> None:
    fields = fields_of(price_eur=[150.0, 900.0, 2000.0, 3500.0, 6000.0])
    found = resumed_limits(text, fields, [Interest("price_eur", before)], [])
    assert [r.value for r in found] == ([value] if value else [])


def test_one_bound_leaves_the_other_end_of_a_range() -> None:
    wanted = [Interest("price", "1500..2000")]
    assert beside_before([Range("price", "<= 2500", 0, 5)], wanted)[0].value == "1500..2500"
    assert beside_before([Range("price", "<= 900", 0, 5)], wanted)[0].value == "<= 900"
    assert beside_before([Range("price", "<= 2500", 0, 5)], [])[0].value == "<= 2500"


SHEDS = {
    "rent": [300.0, 650.0, 900.0, 2400.0, 5200.0],
    "storage": [4.0, 18.0, 40.0, 66.0, 90.0],
    "engine_power": [15.0, 40.0, 120.0, 300.0, 440.0],
    "doors": [1.0, 2.0, 3.0, 4.0, 5.0],
    "miles_driven": [900.0, 7000.0, 12000.0, 40000.0, 90000.0],
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("three doors and fewer than 9000 miles driven", ["doors 3", "miles_driven < 9000"]),
        ("three doors and under 9000 miles driven", ["doors 3", "miles_driven < 9000"]),
        ("two doors and more than 100 engine power", ["doors 2", "engine_power > 100"]),
        ("three doors and fewer", ["doors <= 3"]),
        ("three doors and up", ["doors >= 3"]),
        ("three doors or more", ["doors >= 3"]),
    ],
)
def test_what_compares_another_amount_leaves_the_first_as_it_is(text: str, found: list[str]) -> None:
    assert said(text, **SHEDS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the biggest storage under 2000", ["rent < 2000"]),
        ("the strongest engine under 3000", ["rent < 3000"]),
        ("the biggest storage under 50", ["storage < 50"]),
        ("an engine power under 300", ["engine_power < 300"]),
    ],
)
def test_a_bound_beyond_what_is_ordered_is_of_the_price(text: str, found: list[str]) -> None:
    assert said(text, **SHEDS) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a big storage, at least 60", ["storage >= 60"]),
        ("lots of storage, 40 or more", ["storage >= 40"]),
        ("a strong engine, 200 or more", ["engine_power >= 200"]),
        ("a big storage, under 2000", ["rent < 2000"]),
        ("a place with storage, under 700", ["rent < 700"]),
    ],
)
def test_a_bound_behind_a_comma_is_of_what_leads_up_to_it(text: str, found: list[str]) -> None:
    assert said(text, **SHEDS) == found
