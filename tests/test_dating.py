"""Years as catalogues of works write them, and which of several dates tells of the thing: small made-up columns."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from penchant.assistant.understanding.quantities import find_ranges
from penchant.retriever import read_catalogue
from penchant.retriever.catalogue import Field, Schema
from penchant.retriever.catalogue.inference import known_values, typed, typed_columns
from penchant.retriever.catalogue.inference.table import schema_of
from penchant.retriever.catalogue.values import as_dates, as_years

YEARS = {
    "about": (["c. 1712", "ca. 1850", "circa 1901", "1899"], ["1712", "1850", "1901", "1899"]),
    "spans cut short": (["1887-89", "1921–23", "1903/04", "1950"], ["1887", "1921", "1903", "1950"]),
    "a hyphen before a small number, beside a larger": (["1907-08", "1914-26", "1930"], ["1907", "1914", "1930"]),
    "decades and centuries": (["1780s", "late 1920s", "18th century", "1955"], ["1780", "1920", "1700", "1955"]),
    "a place before it": (
        ["Lisbon, May-June 1931", "c. 1920", "Oslo, 4 March 1911", "1914", "summer 1902", "1919"],
        ["1931-05", "1920", "1911-03", "1914", "1902", "1919"],
    ),
    "a remark behind it": (["1871, cast 1902", "1880", "1884", "1890 (restored)"], ["1871", "1880", "1884", "1890"]),
    "another year behind it": (["1935 (printed 1960)", "1936", "1941"], ["1935", "1936", "1941"]),
    "one digit behind it": (["1900-1", "1923-25", "1931"], ["1900", "1923", "1931"]),
    "in brackets": (["(c. 1640)", "[1655]", "1661?"], ["1640", "1655", "1661"]),
}


@pytest.mark.parametrize(("cells", "years"), YEARS.values(), ids=YEARS)
def test_years_as_works_are_dated(cells: list[str], years: list[str]) -> None:
    assert as_years(cells, loosely=False) == years
    (column,) = typed("When", [*cells, "n.d.", "undated"])
    assert (column.unit, column.values, column.warnings) == ("date", [*years, None, None], ())


NO_YEARS = {
    "titles": ["Route 1952", "Return to Oz, 1985", "Winter of 1947", "Party like 1999", "The year 1500"],
    "months": ["1999-04", "1999-11", "2001-07"],
    "days": ["1999-04-30", "1999-11-02", "2001-07-12"],
    "watts": ["1200-1400", "1500-1800", "1100"],
    "phone numbers": ["1800-22", "555 1999", "1900 12"],
}


@pytest.mark.parametrize("cells", NO_YEARS.values(), ids=NO_YEARS)
def test_what_is_no_year_stays_what_it_is(cells: list[str]) -> None:
    assert as_years(cells) is None


def test_a_month_is_no_span_where_none_is_one() -> None:
    assert as_dates(["1999-04", "1999-11", "2001-07"]) == ["1999-04", "1999-11", "2001-07"]


def museum(rows: int = 60) -> dict[str, list[str]]:
    """Pots: by whom, when they were thrown, and when the museum bought them."""
    draw = Random(3)
    potters = [(f"Ida {name}", 1850 + 7 * n) for n, name in enumerate(("Rask", "Holm", "Berg", "Lind", "Dahl", "Vik"))]
    made = [draw.choice(potters) for _ in range(rows)]
    thrown = [year + draw.randint(20, 50) for _, year in made]
    return {
        "Potter": [who for who, _ in made],
        "Lived": [f"({year})" for _, year in made],
        "Thrown": [f"c. {year}" for year in thrown],
        "Bought": [f"{year + draw.randint(5, 40)}-0{draw.randint(1, 9)}-11" for year in thrown],
        "Entry modified": [f"2024-05-0{draw.randint(1, 3)}" for _ in thrown],
    }


def test_of_several_dates_that_of_the_thing_is_meant() -> None:
    columns = {column.name: column for column in typed_columns(museum())}
    assert {name for name, column in columns.items() if column.aside} == {"Lived", "Bought", "Entry modified"}


def asked(schema: Schema, text: str) -> list[str]:
    return [found.facet for found in find_ranges(text, schema)]


def test_a_date_that_is_aside_is_meant_where_it_is_named() -> None:
    schema = schema_of(typed_columns(museum()))
    assert asked(schema, "something from the 1920s") == ["Thrown"]
    assert asked(schema, "bought before 1950") == ["Bought"]
    assert asked(schema_of(typed_columns({"Last updated": ["2023-02-01", "2023-03-02"] * 9})), "before 2020") == []


def test_days_of_taking_down_are_no_dates_of_things() -> None:
    draw = Random(4)
    seen = [f"2025-03-0{draw.choice((1, 1, 1, 2, 3))}" for _ in range(30)]
    opened = [f"{draw.randint(1990, 2024)}-06-0{draw.randint(1, 9)}" for _ in range(30)]
    columns = typed_columns({"a": seen, "b": opened})
    assert [column.aside for column in columns] == [True, False]
    assert not typed_columns({"a": seen})[0].aside, "concerts of one week"


def test_the_year_of_an_album_is_not_that_of_its_band() -> None:
    """Each band has several years, and many bands are there once: nothing goes with the maker."""
    draw = Random(5)
    bands = [f"The {word}" for word in ("Keys", "Lamps", "Moths", "Nails", "Oars")]
    columns = typed_columns({"Artist": [draw.choice(bands) for _ in range(40)], "Year": list(range(1970, 2010))})
    assert not any(column.aside for column in columns)


def test_the_dates_of_a_file_have_one_order(tmp_path: Path) -> None:
    path = tmp_path / "sets.csv"
    rows = [f"Kit {n},0{n % 9 + 1}/0{n % 3 + 1}/2019,{13 + n % 9}/05/2021" for n in range(20)]
    path.write_text("\n".join(["Name,Out,Gone", *rows]), encoding="utf-8")
    first = read_catalogue([path]).items[2]
    assert (first.fields["Out"], first.fields["Gone"]) == ("2019-03-03", "2021-05-15")
    assert read_catalogue([path]).items[4].fields["Out"] == "2019-02-05"


def test_a_row_that_is_added_has_such_a_year_too() -> None:
    field = Field("Thrown", "number", unit="date")
    cells = ["c. 1712", "1914-26", "Oslo, May 1931", "2001-07-12", None, "1880s"]
    assert known_values(field, cells, False) == ["1712", "1914", "1931-05", "2001-07-12", None, "1880"]
    for cell, value in zip(cells, ["1712", "1914", "1931-05", "2001-07-12", None, "1880"], strict=True):
        assert known_values(field, [cell], False) == [value]
