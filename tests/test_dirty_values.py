"""Cells as files have them that are no values: what says nothing, what points elsewhere, and what is wrapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import read_catalogue
from penchant.retriever.catalogue.inference import typed, typed_columns, without_repeated
from penchant.retriever.catalogue.reading import text_of
from penchant.retriever.catalogue.values import as_lists, as_quantities, is_missing


@pytest.mark.parametrize("cell", ["{Not specified}", "[Unknown]", "(none)", "<null>", "Not Applicable", "n/a.", "{}"])
def test_what_says_that_nothing_is_known(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["{", "(no wave)", "None of the Above", "[x]", "NaNa", "Unknown Pleasures"])
def test_what_says_something(cell: str) -> None:
    assert not is_missing(cell)


def kinds(name: str, cells: list[Any]) -> list[tuple[str, str]]:
    return [(column.kind, column.unit) for column in typed(name, cells)]


def test_minus_one_in_a_column_of_texts_is_nothing() -> None:
    (column,) = typed("Headquarters", ["Oslo", "-1", "Bergen", "Oslo", "-1", "Molde"] * 4)
    assert set(column.values) == {"Oslo", "Bergen", "Molde", None}
    (column,) = typed("Change", ["-1", "2", "-1", "0.5"] * 4)
    assert set(column.values) == {-1, 2, 0.5}


@pytest.mark.parametrize(
    ("name", "cells", "known"),
    [
        ("Founded", ["1912", "-1", "1984", "2003", "-1", "1966"], {1912, 1984, 2003, 1966}),
        ("Score", ["3.9", "-1", "4.2", "2.8"], {3.9, 4.2, 2.8}),
        ("Employees", ["0", "12", "-1", "40", "-1", "7"], {0, 12, 40, 7}),
        ("Range (km)", ["310", "9999", "420", "280", "510"], {310, 420, 280, 510}),
        ("num_pages", ["0", *map(str, range(96, 400, 16))], set(range(96, 400, 16))),
        ("Change", ["-1", "2", "-1", "0.5"], {-1, 2, 0.5}),
        ("Balance", ["-3", "-1", "4", "-1", "7"], {-3, -1, 4, 7}),
        ("Low (°C)", ["-1", "2", "-1", "5", "8"], {-1, 2, 5, 8}),
        ("Price", ["999", "450", "9999", "1200"], {999, 450, 9999, 1200}),
        ("Bedrooms", ["0", "2", "1", "3", "0"], {0, 2, 1, 3}),
    ],
)
def test_what_stands_for_none_is_no_amount(name: str, cells: list[str], known: set[float]) -> None:
    (column,) = typed(name, cells * 3)
    assert {value for value in column.values if value is not None} == known


def test_what_weighs_nothing_is_not_known() -> None:
    (column,) = typed("Weight (kg)", ["0.00", "1.25", "3.5", "0.00", "7"] * 3)
    assert set(column.values) == {None, 1.25, 3.5, 7}
    (column,) = typed("Climb (m)", ["0", "120", "340"] * 5)
    assert 0 in column.values, "a level path climbs nothing"
    (column,) = typed("Price (EUR)", ["0", "12", "9.90"] * 5)
    assert 0 in column.values, "what is free costs nothing"


ADDRESSES: dict[str, list[Any]] = {
    "lists of pictures": [[f"https://img.example/{n}.jpg", f"https://img.example/{n}b.jpg"] for n in range(12)],
    "pictures that recur": [[f"https://img.example/{n % 3}.jpg"] for n in range(12)],
    "numbers to ring": [f"(0{n % 9 + 1}5) 555-01{n % 5}7" for n in range(24)],
    "numbers with a country": [f"+47 22 85 {n % 4}0 1{n % 4}" for n in range(24)],
    "mail": [f"desk{n % 4}@shop.example" for n in range(24)],
}


@pytest.mark.parametrize("cells", ADDRESSES.values(), ids=ADDRESSES)
def test_what_points_elsewhere_is_no_interest(cells: list[Any]) -> None:
    (column,) = typed("column 4", cells)
    assert column.kind == "hidden"
    assert column.values[0] == (tuple(cells[0]) if isinstance(cells[0], list) else cells[0]), "a card shows its picture"


def test_codes_of_places_and_articles_are_no_amounts() -> None:
    assert kinds("contact.address.postcode", [f"{9000 + n % 7}" for n in range(30)]) == [("hidden", "")]
    assert kinds("No.", [f"{40000 + 7 * n}-1" for n in range(30)]) == [("hidden", "")]
    assert kinds("Accession", [f"{n * 7 % 90}.19{n + 10}" for n in range(30)]) == [("hidden", "")]
    assert kinds("Players", [f"{n % 3 + 1}-{n % 3 + 3}" for n in range(30)]) == [("number", ""), ("number", "")]


def test_what_goes_on_by_tens_from_row_to_row_is_the_number_of_the_row() -> None:
    assert kinds("overall rank", list(range(10, 400, 10))) == [("hidden", "")]
    assert kinds("Steps", [*range(10, 390, 10), 380]) == [("number", "")]


def test_a_comma_in_brackets_parts_nothing() -> None:
    cells = ["(Dane, 1850-1901), oil", "(Finn, 1870-1930), ink", "(Dane, 1850-1901), ink", "oil, ink"] * 4
    lists = as_lists(cells)
    dane, finn = "(Dane, 1850-1901)", "(Finn, 1870-1930)"
    assert lists and set(lists) == {(dane, "oil"), (finn, "ink"), (dane, "ink"), ("oil", "ink")}


def test_brackets_around_all_cells_are_dropped() -> None:
    assert set(typed("Home", ["(Danish)", "(Finnish)", "(Danish)"] * 5)[0].values) == {"Danish", "Finnish"}
    assert set(typed("Sex", ["(Female)", "(male)", "(Male)", "(Male)"] * 5)[0].values) == {"Female", "Male"}
    kept = typed("Kind", ["vase (large)", "(small) cup", "jug"] * 5)[0].values
    assert set(kept) == {"vase (large)", "(small) cup", "jug"}


def test_a_name_above_a_number_that_another_column_has_is_the_name() -> None:
    marks = [round(2 + n % 7 / 4, 2) for n in range(20)]
    columns = typed_columns(
        without_repeated({"Score": marks, "Firm": [f"Weir {'ABCDE'[n % 5]} & Co\n{marks[n]}" for n in range(20)]})
    )
    firm = next(column for column in columns if column.name == "Firm")
    assert set(firm.values) == {f"Weir {letter} & Co" for letter in "ABCDE"}


def test_places_that_are_shared_and_the_last_that_are_told_in_bands() -> None:
    places = ["1", "2", "=3", "=3", "5", "=6", "=6", "8", "201-250", "201-250", "601–800", "1001+"] * 2
    low = typed("rank", places)[0]
    assert low.better == "less" and low.values[:6] == [1, 2, 3, 3, 5, 6] and not low.warnings
    assert low.values[8:12] == [201, 201, 601, 1001]


def test_the_unit_of_a_name_is_heard_and_a_least_is_no_minute() -> None:
    (column,) = typed("Playing time (sec.)", [120, 250, 300] * 5)
    assert column.unit == "s" and not column.warnings
    (column,) = typed("Age min", [4, 8, 16] * 5)
    assert (column.unit, column.bound) == ("", "low")
    (column,) = typed("Wait min", [4, 8, 16] * 5)
    assert column.unit == "min"
    (column,) = typed("pc foreign students", [f"{n}%" for n in range(5, 60, 5)])
    assert (column.unit, column.better) == ("%", "")


def test_two_columns_whose_last_words_are_the_same_are_told_apart() -> None:
    coats = ["black", "white", "grey", "brown", "ginger"] * 4
    cells: dict[str, list[Any]] = {"fur.main": coats, "eyes.main": coats[1:] + coats[:1], "a.dogs": [True, None] * 10}
    columns = {column.name: column for column in typed_columns(cells)}
    assert columns["fur.main"].words == ("fur", "main") and columns["eyes.main"].words == ("eyes", "main")
    assert (columns["a.dogs"].words, columns["a.dogs"].unit) == (("dogs",), "yes/no")


def test_an_equals_sign_is_no_amount_elsewhere() -> None:
    assert as_quantities(["=A1", "=B2", "=C3"]) is None


def csv_of(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


HEAD = "Code;Lamp;Maker;Colour;Watts;Price"
LAMPS = [
    f"L{n};Lamp {'ABCDEFGHIJKL'[n]};Firm {n % 3};{'red' if n % 2 else 'blue'};{n + 4};{n + 9},50" for n in range(12)
]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Total;12;;;;", "2 of 6 cells"),
        (";All;;;114;", "2 of 6 cells"),
        ("Sum;;;;114;180,00", "a total of the rows above"),
    ],
)
def test_a_total_is_no_thing(tmp_path: Path, line: str, reason: str) -> None:
    lamps = [lamp.replace(",50", ".50") for lamp in LAMPS]
    read = read_catalogue([csv_of(tmp_path, "lamps.csv", HEAD, *lamps, line.replace(",00", ".00"))])
    assert len(read.items) == 12 and len(read.left_out) == 1 and reason in read.left_out[0].reason


def test_rows_of_a_sparse_table_are_things(tmp_path: Path) -> None:
    sparse = [f"L{n};Lamp {n};;;;" for n in range(12, 20)]
    assert len(read_catalogue([csv_of(tmp_path, "lamps.csv", HEAD, *LAMPS, *sparse)]).items) == 20
    one = "L99;Lamp Z;Firm 4;;;"
    assert len(read_catalogue([csv_of(tmp_path, "lamps.csv", HEAD, *LAMPS, one)]).items) == 13


def test_two_files_that_are_unlike_keep_their_rows(tmp_path: Path) -> None:
    lamps = csv_of(tmp_path, "lamps.csv", HEAD.replace("Lamp", "name"), *LAMPS)
    teas = csv_of(tmp_path, "teas.csv", "Tea;Land", *(f"{word} tea;Japan" for word in ("Green", "Roast", "Rice")))
    read = read_catalogue([lamps, teas])
    assert len(read.items) == 15 and not read.left_out
    assert {item.title for item in read.items} >= {"Lamp A", "Green tea", "Rice tea"}


ENCODED = {
    "pounds": ("Fig tea;£45.00", "cp1252"),
    "euros and accents": ("Thé à la pêche brûlé;45 €", "cp1252"),
    "umlauts": ("Grüner Tee für Kühe;£4", "cp1252"),
    "Polish": ("Łódź nocą, wąż i źródło;12 zł", "cp1250"),
    "Czech": ("Žluťoučký kůň příliš úpěl;14 Kč", "cp1250"),
}


@pytest.mark.parametrize(("line", "encoding"), ENCODED.values(), ids=ENCODED)
def test_of_two_encodings_the_one_in_which_signs_stand_in_place(line: str, encoding: str) -> None:
    text = "Name;Price\n" + f"{line}\n" * 8
    assert text_of(text.encode(encoding), "a file") == text


def test_a_long_list_of_three_digits_each_is_no_amount() -> None:
    (column,) = typed("suffixes", ["97", "3", "44", "1"] * 20 + [",".join(str(n) for n in range(201, 999, 7))])
    assert column.kind == "number" and column.values[-1] is None and column.values[0] == 97
