"""What a column is, by what stands in it: codes and amounts, years, titles, files without a header, codes of places."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import CatalogueFile, read_catalogue
from penchant.retriever.catalogue.inference import Column, find_keys, typed_columns

NAMES = [
    f"{one} {other}" for one in ("Amber", "Birch", "Cedar", "Dune") for other in "Fjord Grove Heath Islet Jade".split()
]
SIZES = ["Slim up to 40 cm (16 in)", "Regular 41-60 cm (16-24 in)", "Wide 61-90 cm (24-35 in)", "Huge 91 cm or more"]
TASTES = ["smoky, peat, brine", "honey, malt, hay", "citrus, vanilla, oak", "tar, salt, iodine", "apple, pear, grass"]
YEARS = [1612, 1740, 1871, 1880, 1901, 1912, 1923, 1934, 1950, 1961, 1977, 1988, 1999, 2004]
HEIGHTS = [1012, 1240, 1371, 1480, 1501, 1612, 1723, 1734, 1850, 1861, 1977, 1988, 1999, 2004]


def column(name: str, cells: Sequence[Any], **others: Sequence[Any]) -> Column:
    """A column as what it is taken for, beside others."""
    return next(c for c in typed_columns({name: list(cells), **others}) if c.name == name)


def lines(tmp_path: Path, rows: Sequence[Sequence[object]]) -> CatalogueFile:
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in rows))
    return read_catalogue([path])


def test_what_most_cells_say_is_a_value_beside_long_ones() -> None:
    sentences = ["Half price on Sundays and for children", "By arrangement with the keeper", "Twelve pounds in summer"]
    found = column("Admission", ["gratis"] * 6 + sentences)
    assert list(found.values).count("gratis") == 6
    left_out = column("Story", ["TODO" if n % 2 else f"A chair of oak from village {n}" for n in range(20)])
    assert left_out.values[1] is None
    assert "left out in 10 rows: 'TODO'" in left_out.warnings


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("sheet", [f"{n % 17:03}" for n in range(25)], "hidden"),
        ("Pages", [f"{n % 17:03}" for n in range(25)], "number"),
        ("rows", [2 * n + n % 2 + 1 for n in range(40)], "hidden"),
        ("rank", [2 * n + n % 2 + 1 for n in range(40)], "number"),
        ("distance", [n * n + 900 for n in range(40)], "number"),
        ("inspectionNo", [10_000 + 977 * n % 80_000 for n in range(30)], "hidden"),
        ("inhabitants", [10_000 + 977 * n % 80_000 for n in range(30)], "number"),
        ("código", [11, 12, 21, 22, 23] * 6, "hidden"),
        ("sector", ["KQ21", "KQ22", "LR11", "LR12", "MS10"] * 6, "name"),
        ("model", ["Type2", "Type3", "Type4"] * 9 + ["Type5", "Type6"], "facet"),
        ("effort_code", ["easy", "hard"] * 12, "category"),
        ("currency_code", ["USX", "EUX"] * 12, "hidden"),
    ],
)
def test_codes_are_no_amounts(name: str, cells: Sequence[Any], kind: str) -> None:
    assert column(name, cells).kind == kind


@pytest.mark.parametrize(
    ("name", "cells", "unit"),
    [
        ("feita_em", YEARS, "year"),
        ("top", HEIGHTS, ""),
        ("bits", [1000, 1500, 2000, 1200] * 3, ""),
        ("pages", YEARS, ""),
    ],
)
def test_years_are_told_by_their_values(name: str, cells: Sequence[Any], unit: str) -> None:
    assert column(name, cells).unit == unit


def test_grades_with_amounts_stay_grades_and_a_town_is_no_unit(tmp_path: Path) -> None:
    rows = [(name, SIZES[n % 4], f"Lindenweg {n + 2}, {10_000 + 7 * n} Potsdam") for n, name in enumerate(NAMES)]
    found = {one.name: one for one in lines(tmp_path, [("Desk", "Format", "Adresse"), *rows]).columns}
    assert found["Format"].kind == "category"
    assert not any(one.source == "Adresse" for one in found.values())


def test_codes_of_continents_and_provinces_are_no_languages() -> None:
    continents = ["EU", "AS", "NA", "SA", "OC", "AF", "NA"] * 2
    assert column("cont", continents).values[:3] == ["Europe", "Asia", "North America"]
    provinces = ["TO", "CN", "VR", "NA", "SI", "FI", "BA"] * 2
    assert column("prov", provinces).values[3] == "Napoli"
    assert column("tongue", ["EN", "DE", "FR", "IT"] * 3).values[0] == "English"
    assert column("language", ["TO", "MI", "FI", "BA"] * 3).values[2] == "Finnish"


def test_na_is_unknown_where_the_file_says_so() -> None:
    states = ["CA", "NV", "UT", "TX", "NA", "OR"] * 2
    assert column("state", states).values[3:5] == ["Texas", None]
    assert column("cont", ["EU", "AS", "NA", "OC"] * 3, depth=["1", "NA", "3"] * 4).values[2] is None


def test_people_are_called_by_first_and_last_name(tmp_path: Path) -> None:
    people = [(last, first, "red") for first in ("Anna", "Berta", "Clara") for last in ("Adler", "Brandt", "Conrad")]
    assert lines(tmp_path, [("Nachname", "Vorname", "Haus"), *people]).items[0].title == "Anna Adler"
    books = {"title": NAMES[:9], "author_first_name": ["Anna"] * 9, "author_last_name": ["Adler"] * 9}
    assert find_keys(books).title == ("title",)


def test_titles_are_names_and_no_notes(tmp_path: Path) -> None:
    notes = [f"{TASTES[n % 5]}, {name.split()[1]}" for n, name in enumerate(NAMES)]
    table = {"bottling": [name.split()[0] for name in NAMES], "words to taste": notes}
    assert find_keys(table).title != ("words to taste",)
    assert find_keys({"Plant sort": NAMES, "Ground": [f"dry {name} slopes" for name in NAMES]}).title == ("Plant sort",)
    songs = [(name.replace(" ", "_"), 1960 + n) for n, name in enumerate(NAMES)]
    assert lines(tmp_path, [("Song", "Jahr"), *songs]).items[0].title == NAMES[0]
    assert lines(tmp_path, [("Song", "Jahr"), *songs, ("So what", 1959)]).items[0].title == songs[0][0]


def test_a_file_without_a_header_keeps_its_first_row(tmp_path: Path) -> None:
    rows = [("INN", f"{n % 3 + 2} stars", name, f"info@inn{n}.org", 1000 + 37 * n) for n, name in enumerate(NAMES)]
    found = lines(tmp_path, rows)
    assert len(found.items) == len(rows)
    assert found.items[0].title == NAMES[0]
    assert any("no header" in warning for one in found.columns for warning in one.warnings)


@pytest.mark.parametrize(
    "header", [("Sort", "Class", "Name", "Mail", "Places"), ("INN", "Class", "Name", "Mail", "Places")], ids=str
)
def test_a_header_is_no_row(tmp_path: Path, header: Sequence[str]) -> None:
    rows = [("INN", f"{n % 3 + 2} stars", name, f"info@inn{n}.org", 1000 + 37 * n) for n, name in enumerate(NAMES)]
    assert len(lines(tmp_path, [header, *rows]).items) == len(rows)


def test_years_that_go_on_are_names_of_columns(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(name, n, n + 3, 40 - n) for n, name in enumerate(NAMES)]
    found = lines(tmp_path, [("Land", 2019, 2020, 2021), *rows])
    assert [one.name for one in found.columns] == ["2019", "2020", "2021"]
