"""On which column an amount lands, where words come only near one; and which way a bound goes by its whole clause."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer, find_numbers
from penchant.assistant.understanding.quantities import NumberFields, amounts, find_amounts, spare_time
from penchant.assistant.understanding.quantities.field_words import are_people
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema
from penchant.retriever.encoding.encoder import Vectors

PHONES = {
    Field("price", "number", unit="money", better="less"): [1299.0 + 9000 * n for n in range(20)],
    Field("rating", "number", unit="rating", better="more"): [60.0 + 1.5 * n for n in range(20)],
    Field("battery_capacity", "number"): [800.0 + 400 * n for n in range(20)],
    Field("fast_charging", "number"): [10.0 + 9 * n for n in range(20)],
    Field("screen_size", "number"): [4.0 + 0.2 * n for n in range(20)],
    Field("refresh_rate", "number"): [60.0] * 10 + [120.0] * 8 + [144.0, 165.0],
}
JOBS = {
    Field("salary", "number", unit="USD"): [40000.0 + 11000 * n for n in range(20)],
    Field("revenue", "number", unit="USD"): [10.0] * 5 + [1e6 * 3**n for n in range(15)],
    Field("employees", "number"): [30.0 * 2**n for n in range(20)],
    Field("rating", "number", unit="rating", better="more"): [2.6 + 0.12 * n for n in range(20)],
    Field("founded", "number", unit="year"): [1923.0 + 5 * n for n in range(20)],
}
BEERS = {
    Field("abv", "number"): [0.03 + 0.004 * n for n in range(20)],
    Field("ibu", "number"): [5.0 + 5 * n for n in range(20)],
    Field("minutes", "number", unit="min"): [20.0 + n for n in range(20)],
}


class Likeness:
    """An encoder of a few directions: a text goes where its words do."""

    name = fingerprint = "likeness"
    _meant = ("hz refresh", "mah battery", "charge charging", "display screen")
    dimensions = len(_meant)

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [[float(any(w in text.casefold() for w in m.split())) for m in self._meant] for text in texts]
        found = np.array(rows, dtype=np.float32)
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(np.divide(found, norms, out=np.zeros_like(found), where=norms > 0), dtype=np.float32)

    def forget(self) -> None:
        """Keeps nothing."""


def catalogue(columns: dict[Field, list[float]]) -> Catalogue:
    items = [Item(str(n), f"Thing {n}", fields={f.name: c[n] for f, c in columns.items()}) for n in range(20)]
    return Catalogue(items, Schema(tuple(columns)))


def said(text: str, columns: dict[Field, list[float]]) -> list[str]:
    return [f"{r.facet} {r.value}" for r in find_amounts(text, NumberFields(catalogue(columns), Likeness()), [])]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the display should do 144hz or better", "refresh_rate >= 144"),  # a screen has no 144 inches
        ("a display above 6.5", "screen_size > 6.5"),
        ("a screen size above 20", "screen_size > 20"),  # its own words, be there no such screen
        ("4500-5500 mah", "battery_capacity 4500..5500"),
        ("should charge quicker than 50 watts", "fast_charging > 50"),
        ("80 and up please", "rating >= 80"),
        ("30000 and up please", "price >= 30000"),
        ("9000 or less please", "price <= 9000"),
    ],
)
def test_the_column_that_a_bound_tells_apart(text: str, found: str) -> None:
    assert said(text, PHONES) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("could be 150 grand or more", "salary >= 150000"),  # no revenue is anywhere near
        ("at least 30 million dollars", "revenue >= 30000000"),
        ("500 staff at most", "employees <= 500"),
        ("over a thousand people", "employees > 1000"),
        ("4.2 and up", "rating >= 4.2"),
        ("people rate it above 4", "rating > 4"),
    ],
)
def test_where_the_numbers_of_a_column_lie(text: str, found: str) -> None:
    assert said(text, JOBS) == [found]


def test_parts_of_one_and_the_only_column() -> None:
    assert said("nothing stronger than 5 percent", BEERS) == ["abv <= 0.05"]
    assert said("a bitterness of 60 or more", BEERS) == ["ibu >= 60"]


def test_what_is_quick_takes_less_time() -> None:
    assert said("ready quicker than 30 minutes", BEERS) == ["minutes < 30"]
    assert said("slower than 30 minutes is fine", BEERS) == ["minutes > 30"]


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("66000 is where I draw the line", "<="),
        ("fifteen is the most I'd spend", "<="),
        ("300 is the heaviest I could wear", "<="),
        ("90 is the least I'd take", ">="),
        ("15000 is all I have", "<="),
        ("900, that's as high as I go", "<="),
        ("3 is as low as I'd go", ">="),
        ("the most I can spend is 40", "<="),
        ("can go to 150 or more", ">="),
        ("I can spend 150", "<="),
        ("dont want more than 600", "<="),
        ("I want less than 600", "<"),
        ("we don't want to shell out over 800", "<="),
        ("won't take less than 7", ">="),
        ("under 4 is out", ">="),
        ("anything over 40 is too much", "<="),
        ("800 is too much for me", "<"),
        ("800 is too little for me", ">"),
        ("up to 12, not one more", "<="),
        ("144 is the fastest", ""),
    ],
)
def test_which_way_a_bound_goes(text: str, sign: str) -> None:
    assert [amount.sign for amount in amounts(text, ())] == [sign]


@pytest.mark.parametrize(
    "text", ["we dont want to pay more than 60000", "we'd rather not spend over 60000", "over 60000 is out"]
)
def test_a_refusal_counts_once(text: str) -> None:
    heard = RuleTagger(Gazetteer(catalogue(PHONES))).understand(text, Session())
    assert [(i.facet, i.value, i.level) for i in heard.interests if i.facet] == [("price", "<= 60000", "want")]


def test_the_most_that_is_paid_orders_nothing() -> None:
    phones = Gazetteer(catalogue(PHONES))
    assert [r.value for r in find_numbers("15000 is the most I'd pay", phones)] == ["<= 15000"]
    assert [r.value for r in find_numbers("the cheapest phone", phones)] == ["lowest"]


def test_ten_minutes_that_somebody_has_got() -> None:
    assert [
        found.time.minutes
        for text in ("got like ten min on the bus", "I only got 10 min")
        if (found := spare_time(text))
    ] == [10, 10]
    assert spare_time("got 30 minute ones?") is None


def test_who_is_people() -> None:
    assert all(map(are_people, ("people", "staff", "employee", "students", "folks")))
    assert not any(map(are_people, ("", "ratings", "episodes", "price", "battery")))


@given(st.lists(st.floats(-1e6, 1e6).map(lambda n: round(n, 3)), min_size=2, max_size=30), st.floats(-1e6, 1e6))
def test_a_bound_divides_as_its_opposite_does(column: list[float], bound: float) -> None:
    items = [Item(str(n), f"Thing {n}", fields={"width": value}) for n, value in enumerate(column)]
    fields = NumberFields(Catalogue(items, Schema((Field("width", "number"),))))
    share = fields.divided("width", f"< {bound:.3f}")
    assert (share == 0) == (fields.divided("width", f">= {bound:.3f}") == 0)
    assert 0 <= share <= 0.5
    assert (share == 0) == (all(v < round(bound, 3) for v in column) or all(v >= round(bound, 3) for v in column))
