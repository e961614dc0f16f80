"""Cells as values: numbers with units, the column's habit of commas, dates, lists, yes and no, markup, codes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever.catalogue.values import (
    as_code_names,
    as_dates,
    as_lists,
    as_quantities,
    as_yes_no,
    is_missing,
    plain_text,
    unit_named,
)
from penchant.retriever.catalogue.values.lists import split_cell
from penchant.retriever.catalogue.values.quantities import parse_quantity

QUANTITIES: dict[str, tuple[float, float, str]] = {
    "90 min": (90, 90, "min"),
    "2 Seasons": (2, 2, "season"),
    "$1,299.00": (1299, 1299, "USD"),
    "1.37kg": (1.37, 1.37, "kg"),
    "8GB": (8, 8, "GB"),
    "45%": (45, 45, "%"),
    "2h 10m": (130, 130, "min"),
    "1:45:00": (105, 105, "min"),
    "3-6 years": (3, 6, "years"),
    "$60k-$80k": (60_000, 80_000, "USD"),
    "1.5-2 m": (1.5, 2, "m"),
    "Rs 1,29,999": (129_999, 129_999, "INR"),
    "9.78E+12": (9.78e12, 9.78e12, ""),
    "1 234": (1234, 1234, ""),
    "18+": (18, 18, ""),
    "Free": (0, 0, ""),
    "110 kW (150 PS)": (110, 110, "kW"),
    '13.3"': (13.3, 13.3, "inch"),
}


@pytest.mark.parametrize(("cell", "expected"), QUANTITIES.items(), ids=QUANTITIES)
def test_one_cell(cell: str, expected: tuple[float, float, str]) -> None:
    found = parse_quantity(cell)
    assert found and (found.low, found.high, found.unit) == expected


@pytest.mark.parametrize("cell", ["PG-13", "Intel i5", "1st", "5 x 3", "A9", "", "two", "2 friends walk to the sea"])
def test_what_is_no_quantity(cell: str) -> None:
    assert parse_quantity(cell) is None


HABITS = {
    "decimal commas": (["8,79", "1.299,00", "12"], [8.79, 1299, 12]),
    "decimal points": (["8.79", "1,299.00", "12"], [8.79, 1299, 12]),
    "points for thousands": (["12.990 €", "7.480 €", "103.000 €"], [12990, 7480, 103000]),
    "out of five": (["4.5/5", "3/5", "5/5"], [4.5, 3, 5]),
    "one odd cell in fifty": (["1 kg"] * 49 + ["heavy"], [1.0] * 49 + [None]),
}


@pytest.mark.parametrize(("cells", "expected"), HABITS.values(), ids=HABITS)
def test_a_column_has_one_habit(cells: list[str], expected: list[float | None]) -> None:
    found = as_quantities(cells)
    assert found and [quantity and quantity.low for quantity in found] == expected


def test_texts_with_some_numbers_are_no_numbers() -> None:
    assert as_quantities(["1", "two", "three", "4"]) is None


@given(st.lists(st.floats(0, 1e6).map(lambda x: round(x, 2)), min_size=3))
def test_numbers_written_either_way_are_the_same(numbers: list[float]) -> None:
    numbers = [*numbers, 1234.56]
    english = as_quantities([f"${n:,.2f}" for n in numbers])
    german = as_quantities([f"{n:,.2f} €".translate(str.maketrans(",.", ".,")) for n in numbers])
    assert english and german
    assert [q.low for q in english if q] == [q.low for q in german if q] == numbers


DATES = {
    "English": (["Jun 12 1998", "Aug 07 1998"], ["1998-06-12", "1998-08-07"]),
    "two forms": (["Aug 3, 2020", "14 Jun, 2016"], ["2020-08-03", "2016-06-14"]),
    "the day first": (["12.03.2019", "30.04.2020"], ["2019-03-12", "2020-04-30"]),
    "the month first": (["03/30/2019", "04/03/2020"], ["2019-03-30", "2020-04-03"]),
    "months": (["EZ 03/2018", "EZ 11/2020"], ["2018-03", "2020-11"]),
    "seasons": (["Fall 2016", "Spring 2015"], ["2016", "2015"]),
    "German": (["3 März 2019", "5 Mai 2020"], ["2019-03-03", "2020-05-05"]),
    "Chinese": (["2018年3月", "2020年"], ["2018-03", "2020"]),
    "times": (["2011-07-09T05:43:31Z"], ["2011-07-09"]),
    "a librarian's": (["c2014", "2009.", "[2018]"], ["2014", "2009", "2018"]),
}


@pytest.mark.parametrize(("cells", "expected"), DATES.values(), ids=DATES)
def test_dates(cells: list[str], expected: list[str]) -> None:
    assert as_dates(cells) == expected


@pytest.mark.parametrize("cells", [["28.07.2006", "01.02.1999"], ["28.07.06", "01.02.99"], ["1.12.2024", "13.1.1980"]])
def test_dates_with_points_are_no_numbers(cells: list[str]) -> None:
    assert as_quantities(cells) is None and as_dates(cells)


def test_points_between_thousands_are_heard_where_others_are_of_decimals() -> None:
    """It ended the reading of the whole file."""
    found = as_quantities(["1.234.567", "1.5", "2.5", "3.25"])
    assert found and [q and q.low for q in found] == [1234567, 1.5, 2.5, 3.25]


def test_texts_are_no_dates() -> None:
    assert as_dates(["May", "1984 was a year", "blue"]) is None


LISTS: dict[str, tuple[list[Any], list[tuple[str, ...]] | None]] = {
    "JSON": (['["a", "b"]', '["b"]'], [("a", "b"), ("b",)]),
    "Python": (["['a', 'b']", "['b']"], [("a", "b"), ("b",)]),
    "objects": (['[{"id": 1, "name": "PC"}]', '[{"id": 2, "name": "Mac"}]'], [("PC",), ("Mac",)]),
    "flags": (['{"wifi": true, "pool": false}', '{"wifi": true, "pool": true}'], [("wifi",), ("wifi", "pool")]),
    "bars": (["drama|war", "war|noir", "noir"], [("drama", "war"), ("war", "noir"), ("noir",)]),
    "people": (["Ann Lee, Bo Wu", "Cy Oz, Di Ey"], [("Ann Lee", "Bo Wu"), ("Cy Oz", "Di Ey")]),
    "people by a bare slash": (
        ["Ann Lee/Bo Wu", "Cy Oz/Di Ey", "Cy Oz"],
        [("Ann Lee", "Bo Wu"), ("Cy Oz", "Di Ey"), ("Cy Oz",)],
    ),
    "one word with a slash": (["Entire home/apt", "Private room", "Entire home/apt", "AC/DC"], None),
    "codes": (
        ["JAN FEB", "FEB", "MAR APR", "JAN APR", "FEB MAR"],
        [("JAN", "FEB"), ("FEB",), ("MAR", "APR"), ("JAN", "APR"), ("FEB", "MAR")],
    ),
    "two codes that are one": (["FULL HD", "HD", "UHD", "FULL HD"], None),
    "prose": (
        ["It rained, and it poured, all day long, as it does.", "She left, he stayed behind, nobody knew why."],
        None,
    ),
    "titles": (["Lentil, Apple, and Turkey Wrap", "Boudin Blanc Terrine", "Ham and Eggs, Fried"], None),
}


@pytest.mark.parametrize(("cells", "expected"), LISTS.values(), ids=LISTS)
def test_lists(cells: list[Any], expected: list[tuple[str, ...]] | None) -> None:
    assert as_lists(cells) == expected


def test_yes_and_no() -> None:
    assert as_yes_no(["TRUE", "FALSE", None]) == ["yes", "no", None]
    assert as_yes_no(["ja", "nein"]) == ["yes", "no"]
    assert as_yes_no(["是", "否"]) == ["yes", "no"]
    assert as_yes_no(["red", "blue"]) is None


def test_codes_have_names() -> None:
    assert as_code_names(["eng", "en-US", "ger"], expected=True) == ["English", "English", "German"]
    assert as_code_names(["US", "Spain", "France"], expected=True) == ["United States", "Spain", "France"]
    assert as_code_names(["Jun-Aug", "Mar-Apr", "May-Jul"], expected=False) is None


BOTH = ["CA", "IN", "CO", "AL"]
"""Canada, India, Colombia and Albania, or four of the United States; two of them are Italian provinces."""


@pytest.mark.parametrize(
    ("values", "place", "state", "named"),
    [
        (BOTH, True, False, ["Canada", "India", "Colombia", "Albania"]),
        (BOTH, False, True, ["California", "Indiana", "Colorado", "Alabama"]),
        ([*BOTH, "UT"], True, False, ["California", "Indiana", "Colorado", "Alabama", "Utah"]),
        ([*BOTH, "UT"], False, False, ["California", "Indiana", "Colorado", "Alabama", "Utah"]),
        (["AB", "BC", "ON", None], False, True, ["Alberta", "British Columbia", "Ontario", None]),
        (["NSW", "VIC", "NT"], False, True, ["New South Wales", "Victoria", "Northern Territory"]),
        (["US-NM", "US-UT", "US-ME"], False, True, ["New Mexico", "Utah", "Maine"]),
        (["UT", "Nevada", "NM", "AZ"], False, True, ["Utah", "Nevada", "New Mexico", "Arizona"]),
        ([("CA", "NV"), ("UT",), None, ("ID", "MT", "WY")], False, True,
         [("California", "Nevada"), ("Utah",), None, ("Idaho", "Montana", "Wyoming")]),
    ],
)  # fmt: skip
def test_codes_of_states_have_names(values: list[Any], place: bool, state: bool, named: list[Any]) -> None:
    """What has most of the values decides: countries, or the states of one country."""
    assert as_code_names(values, place, state) == named


@pytest.mark.parametrize(
    "values", [["UT", "XX", "QQ", "ZZ"], ["new", "used", "sold"], ["AL"], ["S", "M", "XL"]], ids=str
)
def test_other_codes_in_a_column_of_states_stay(values: list[str]) -> None:
    """A single code is one of several countries'; the state of a thing may be that it is new."""
    assert as_code_names(values, False, True) is None


@pytest.mark.parametrize(
    "cell", ["", " ", "N/A", r"\N", "-", "Unknown", "null", None, float("nan"), [], "未知"], ids=repr
)
def test_unknown(cell: object) -> None:
    assert is_missing(cell)


def test_markup_is_text() -> None:
    assert plain_text("<p>Fish &amp; chips</p><script>alert(1)</script>") == "Fish & chips"
    assert plain_text("a < b") == "a < b"


def test_units_are_converted_within_a_dimension() -> None:
    hour, minute = unit_named("hrs"), unit_named("minutes")
    assert hour and minute and hour.to(minute) == 60
    assert unit_named("banana") is None


def test_of_a_time_from_day_to_day_the_first_is_its_date() -> None:
    aired = ["Apr 3, 1998 to Apr 24, 1999", "Sep 1, 2001", "Oct 20, 1999 to ?", "Jan 2020 to Mar 2020", None]
    assert as_dates(aired) == ["1998-04-03", "2001-09-01", "1999-10-20", "2020-01", None]


def test_what_stands_in_brackets_is_not_cut() -> None:
    assert split_cell("Jan Steen (Dutch, 1626–1679), Anonymous", ",") == ("Jan Steen (Dutch, 1626–1679)", "Anonymous")
    assert split_cell("quick (10 min), easy :)", ",") == ("quick (10 min)", "easy :)")
