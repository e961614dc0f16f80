"""Years, decades, durations, pages and prices as people write them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.quantities import ranges
from penchant.assistant.understanding.quantities.ranges import find_ranges
from penchant.retriever import Field, Schema, parse_range

SCHEMA = Schema(tuple(Field(name, "number") for name in ("year", "minutes", "pages", "price", "popularity")))


def found(text: str) -> list[str]:
    return [f"{r.facet} {r.value}" for r in find_ranges(text, SCHEMA)]


ONE = {
    "from the 90s": "year 1990..1999",
    "the '90s": "year 1990..1999",
    "1990s": "year 1990..1999",
    "the 1920s": "year 1920..1929",
    "early 2000s": "year 2000..2009",
    "the 00s": "year 2000..2009",
    "the nineties": "year 1990..1999",
    "90年代的电影": "year 1990..1999",
    "八十年代": "year 1980..1989",
    "between 1990 and 2000": "year 1990..2000",
    "between 2000 and 1990": "year 1990..2000",
    "from 1990 to 1999": "year 1990..1999",
    "before 1950": "year < 1950",
    "older than 1950": "year < 1950",
    "pre-1960": "year < 1960",
    "after 2010": "year > 2010",
    "post-2000": "year > 2000",
    "since 2015": "year >= 2015",
    "from 2015 on": "year >= 2015",
    "from 1999": "year 1999",
    "in 1984": "year 1984",
    "released in 1984": "year 1984",
    "2000年以后": "year >= 2000",
    "1980年之前": "year < 1980",
    "under 100 minutes": "minutes < 100",
    "below 90 mins": "minutes < 90",
    "shorter than 100 min": "minutes < 100",
    "at most 90 minutes": "minutes <= 90",
    "no longer than 90 minutes": "minutes <= 90",
    "not more than 2 hours": "minutes <= 120",
    "up to 2 hours": "minutes <= 120",
    "under two hours": "minutes < 120",
    "under an hour": "minutes < 60",
    "under an hour and a half": "minutes < 90",
    "under one and a half hours": "minutes < 90",
    "under 1.5 hours": "minutes < 90",
    "over 3 hours": "minutes > 180",
    "at least two hours": "minutes >= 120",
    "between 90 and 120 minutes": "minutes 90..120",
    "90-120 min": "minutes 90..120",
    "100分钟以内": "minutes <= 100",
    "2小时以内": "minutes <= 120",
    "两个小时以内": "minutes <= 120",
    "at least 300 pages": "pages >= 300",
    "less than 300 pages": "pages < 300",
    "200 to 300 pages": "pages 200..300",
    "under ninety minutes": "minutes < 90",
    "less than two and a half hours": "minutes < 150",
    "one hundred and twenty minutes or less": "minutes <= 120",
    "one to two hours": "minutes 60..120",
    "about 90 minutes": "minutes 76..103",
    "a two hour movie": "minutes 102..138",
    "under three hundred pages": "pages < 300",
    "at least a hundred pages": "pages >= 100",
    "under 1,000 pages": "pages < 1000",
    "mid-nineties": "year 1990..1999",
    "三百页以下的书": "pages <= 300",
    "不超过300页": "pages <= 300",
    "一个半小时以内": "minutes <= 90",
    "九十分钟以内": "minutes <= 90",
    "超过两个小时": "minutes > 120",
    "大约两小时": "minutes 102..138",
    "五十块以内": "price <= 50",
    "不到二十块钱": "price < 20",
    "二〇一〇年之后": "year >= 2010",
    "1990年到2000年": "year 1990..2000",
    "上世纪八十年代": "year 1980..1989",
    "八九十年代": "year 1980..1999",
    "2010年的电影": "year 2010",
    "under $20": "price < 20",
    "cheaper than 15 euros": "price < 15",
    "at most £9.50": "price <= 9.5",
}
NONE = [
    "90",
    "I am 30",
    "2001: A Space Odyssey",
    "the 9th",
    "catch 22",
    "minutes",
    "under pressure",
    "over the moon",
    "2001年太空漫游",
]
NONE += ["about a man", "over a hundred films", "two hearts", "半页", "a thousand and one nights"]


@pytest.mark.parametrize(("text", "expected"), ONE.items(), ids=ONE)
def test_range(text: str, expected: str) -> None:
    assert found(text) == [expected]


@pytest.mark.parametrize("text", NONE)
def test_no_range(text: str) -> None:
    assert found(text) == []


def test_several_ranges() -> None:
    assert set(found("from the 80s or 90s, under 2 hours")) == {
        "year 1980..1989",
        "year 1990..1999",
        "minutes < 120",
    }


def test_a_unit_that_the_catalogue_lacks_says_nothing() -> None:
    assert find_ranges("under 100 minutes, from the 90s", Schema((Field("year_of_birth", "number"),))) == []


def test_the_field_is_known_by_its_name() -> None:
    schema = Schema((Field("cook_time", "number"), Field("published", "number")))
    assert {r.facet for r in find_ranges("under 30 minutes, from the 90s", schema)} == {"cook_time", "published"}


def test_positions_are_those_of_the_words() -> None:
    text = "films from the 90s under 100 minutes"
    assert {text[r.start : r.end].strip() for r in find_ranges(text, SCHEMA)} == {"the 90s", "under 100 minutes"}


PIECES = (
    "between ",
    "from ",
    "under ",
    "over ",
    "and ",
    "to ",
    "the ",
    "1990",
    "2000",
    "90",
    "0",
    "99999",
    "1.5",
    "s ",
    " ",
)
PIECES += (
    "minutes",
    " hours",
    " and a half",
    "an",
    "half an",
    "$",
    "年代",
    "八十",
    "三百",
    "半",
    "零",
    "two",
    "a hundred",
    "and",
    "小时以内",
    "٩٩",
    "²",
    "年以后",
    "pages",
    "'",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_every_amount_has_is_in_every_text_with_one(text: str) -> None:
    """The patterns of amounts are asked only where it is."""
    if [*ranges._spans(text), *ranges._amounts(text)]:
        assert ranges._MEASURED.search(text)


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_every_range_of_any_text_parses_and_is_apart(text: str) -> None:
    stated = sorted(find_ranges(text, SCHEMA), key=lambda r: r.start)
    for r in stated:
        low, high = parse_range(r.value)
        assert low <= high and 0 <= r.start < r.end <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(stated))
