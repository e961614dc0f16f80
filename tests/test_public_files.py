"""Tables as public files have them, by what their values say: small and made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import CatalogueFile, read_catalogue


def read(tmp_path: Path, columns: Mapping[str, Sequence[Any]]) -> CatalogueFile:
    """A table of columns as a file of JSON lines."""
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    path = tmp_path / "table.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return read_catalogue([path])


def read_json(tmp_path: Path, whole: Any) -> CatalogueFile:
    path = tmp_path / "whole.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return read_catalogue([path])


def kinds(found: CatalogueFile) -> dict[str, str]:
    return {column.name: column.kind for column in found.columns}


LENT = [{"title": f"Tool {n}", "maker": "Stahl" if n % 2 else "Holz", "power": n} for n in range(5)]
SOLD = [{"title": f"Saw {n}", "maker": "Stahl", "power": n, "note": "new"} for n in range(7)]


def test_all_lists_of_like_rows_are_the_table(tmp_path: Path) -> None:
    found = read_json(tmp_path, {"2019": LENT, "2021": SOLD, "updated": "yesterday"})
    assert [item.fields["year"] for item in found.items] == [2019] * 5 + [2021] * 7
    assert not found.left_out


def test_where_rows_stood_is_a_field_unless_they_have_one_of_that_name(tmp_path: Path) -> None:
    found = read_json(tmp_path, {"lent": LENT, "sold": SOLD})
    assert {item.fields["group"] for item in found.items} == {"lent", "sold"}
    own = [{**row, "group": "x" if n else "y"} for n, row in enumerate(LENT)]
    assert {item.fields["group"] for item in read_json(tmp_path, {"a": own, "b": own[:3]}).items} == {"x", "y"}


def test_a_list_of_something_else_is_told(tmp_path: Path) -> None:
    people = [{"id": n, "born": 1990, "mail": "a@b.ch"} for n in range(3)]
    found = read_json(tmp_path, {"tools": SOLD, "people": people})
    assert len(found.items) == len(SOLD)
    assert ["people" in row.reason and "3" in row.reason for row in found.left_out] == [True]


def words(found: CatalogueFile) -> dict[str, tuple[str, ...]]:
    return {column.name: column.words for column in found.columns}


def test_what_all_names_begin_with_is_not_said_and_sides_have_names(tmp_path: Path) -> None:
    columns = {
        "box_name": [f"Crate {n}" for n in "ABCDEFGHIJKL"],
        "box_DIM_L": [40, 50, 60] * 4,
        "box_DIM_W": [21, 22, 23, 25] * 3,
        "box_DIM_H": [11, 12, 13] * 4,
        "box_top": ["flat", "round"] * 6,
    }
    said = words(read(tmp_path, columns))
    assert [said[f"box_DIM_{side}"] for side in "LWH"] == [("length",), ("width",), ("height",)]
    assert said["box_top"] == ("top",)


def test_columns_of_the_same_words_keep_what_differs(tmp_path: Path) -> None:
    columns = {
        "name": [f"Water {n}" for n in "ABCDEFGHIJKL"],
        "total.iron": [3.5, 4.5, 5.25] * 4,
        "count.iron": [1.5, 2.5, 2.25] * 4,
        "pH": [7.1, 6.9, 7.4] * 4,
        "O2 höhe": [8.5, 9.5, 9.25] * 4,
    }
    said = words(read(tmp_path, columns))
    assert {said["total.iron"], said["count.iron"]} == {("total", "iron"), ("count", "iron")}
    assert said["pH"] == ("ph",)
    assert said["O2 höhe"] == ("o2", "höhe")


TOWNS = ["Thun", "Aarau", "Bulle", "Chur", "Davos", "Baden"]


@pytest.mark.parametrize(
    "values",
    [
        [f"http://www.{town}.example" if n % 2 else f"{town}.example/home" for n, town in enumerate("abcdefghijkl")],
        [f"0{n}1 55{n} 20 1{n}" if n % 2 else f"desk{n}@inn.example" for n in range(12)],
        [f"03{n % 4} 7{n:02} 12 45" for n in range(12)],
        [f"AB{n} {n % 9}XY" for n in range(1, 13)],
        [f"4{n % 9}.12{n:03}, -7{n % 9}.45{n:03}" for n in range(12)],
        [f"Lindengasse {n}" if n % 3 else f"{n} Station Road" for n in range(1, 13)],
    ],
)
def test_where_a_thing_is_and_how_it_is_reached_is_hidden_by_its_values(tmp_path: Path, values: list[str]) -> None:
    columns = {"title": [f"Inn of {n} bears" for n in range(12)], "x": values, "town": TOWNS * 2}
    found = kinds(read(tmp_path, columns))
    assert found["x"] == "hidden"
    assert found["town"] != "hidden"


@pytest.mark.parametrize(
    "values",
    [
        [f"Drive {n}" for n in range(12)],
        ["node.js", "d3.js", "three.js"] * 4,
        [f"{n} GB" for n in range(10, 22)],
        ["01/02/2020", "03/04/2021", "30/04/2021"] * 4,
        ["1.250, 2.500", "3.125", "2.500"] * 4,
        ["Court", "Lane", "Plaza"] * 4,
    ],
)
def test_what_only_looks_like_it_is_not(tmp_path: Path, values: list[str]) -> None:
    columns = {"title": [f"Thing of {n} bears" for n in range(12)], "x": values, "town": TOWNS * 2}
    assert kinds(read(tmp_path, columns)).get("x", "two columns") != "hidden"


def test_two_columns_of_fine_degrees_are_a_point_and_two_of_marks_are_not(tmp_path: Path) -> None:
    up, around = [46.00125 + n / 7 for n in range(12)], [-7.13331 - n / 7 for n in range(12)]
    fun, calm = [33.00125 + n / 7 for n in range(12)], [77.13331 + n / 7 for n in range(12)]
    columns = {"title": [f"Inn {n} on a hill" for n in range(12)], "a": up, "b": around, "c": fun, "d": calm}
    assert kinds(read(tmp_path, columns)) == {"a": "hidden", "b": "hidden", "c": "number", "d": "number"}


def test_a_mark_that_is_called_a_cost_is_no_money(tmp_path: Path) -> None:
    levels = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10, 0, 50]
    columns = {
        "town": [f"Town {n} on the lake" for n in range(12)],
        "cost": levels,
        "safety": [60 + n for n in range(12)],
        "fun": [90 - n for n in range(12)],
        "rent_usd": [3000 - 20 * level for level in levels],
    }
    by = {column.name: (column.unit, column.better) for column in read(tmp_path, columns).columns}
    assert by["cost"] == ("", "more")
    assert by["rent_usd"] == ("USD", "less")
    alone = {"town": columns["town"], "cost": levels, "rooms": [1, 2, 3] * 4}
    assert {c.name: c.unit for c in read(tmp_path, alone).columns}["cost"] == "money"


def test_zeros_where_nobody_has_voted_are_nothing(tmp_path: Path) -> None:
    votes = [0, 0, 0, 12, 40, 7, 0, 31, 22, 18, 11, 5]
    columns = {
        "title": [f"Boot {n} of felt" for n in range(12)],
        "num_vote": votes,
        "fit": [80 + n if vote else 0 for n, vote in enumerate(votes)],
        "laces": [0, 2, 0, 0, 4, 2, 0, 0, 2, 2, 0, 0],
    }
    found = read(tmp_path, columns)
    assert found.schema.prior == "num_vote"
    assert [item.fields.get("fit") for item in found.items][:4] == [None, None, None, 83]
    assert found.items[0].fields["laces"] == 0


def test_a_length_beside_a_weight_takes_no_time(tmp_path: Path) -> None:
    columns = {
        "name": [f"Fish {n} of the sea" for n in range(12)],
        "MinLength": [40 + n for n in range(12)],
        "MaxLength": [60 + n for n in range(12)],
        "Weight": [700 + n for n in range(12)],
    }
    by = {column.name: (column.unit, column.bound) for column in read(tmp_path, columns).columns}
    assert by["MinLength"] == ("", "low")
    assert by["MaxLength"] == ("", "high")


def test_a_grade_a_kind_a_count_and_an_amount_are_no_titles(tmp_path: Path) -> None:
    houses = {
        "Kind": ["House", "Flat", "Flat"] * 8,
        "Brand": [f"Sunny {kind} number {n} in Old Town" for n, kind in enumerate(["house", "flat"] * 12)],
        "Reviews": [f"{n} reviews" for n in range(24)],
        "Price": [f"{n}.50 €/month" for n in range(24)],
    }
    assert read(tmp_path, houses).keys.title == ("Brand",)
    twice = {name: [*values, *values] for name, values in houses.items()}
    assert read(tmp_path, twice).keys.title == ("Brand",)
    bikes = {
        "Model type": ["City", "Road", "Cargo", "Kids"] * 3,
        "Price": ["4.50 €/h", "6.00 €/h", "5.50 €/h"] * 4,
        "Free now": ["yes there", "lent out"] * 6,
        "Where": ["North", "South", "Harbour", "Station", "Zoo", "Fair"] * 2,
    }
    assert set(read(tmp_path, bikes).keys.title) == {"Model type", "Where"}


def test_what_nothing_names_is_called_by_its_kind_and_number(tmp_path: Path) -> None:
    wines = {"": [str(n) for n in range(1, 13)], "grade": ["good", "poor", "fair"] * 4, "acid": [1.5, 2.5, 3.5] * 4}
    path = tmp_path / "wines.csv"
    rows = zip(*wines.values(), strict=True)
    path.write_text("\n".join([",".join(wines), *(",".join(map(str, row)) for row in rows)]), encoding="utf-8")
    found = read_catalogue([path])
    assert [item.title for item in found.items][:2] == ["good, 1", "poor, 2"]


def values(tmp_path: Path, name: str, cells: Sequence[Any], **others: Sequence[Any]) -> list[Any]:
    """What a column beside a title and others becomes."""
    columns = {"title": [f"Thing {n} of the shop" for n in range(len(cells))], name: cells, **others}
    found = read(tmp_path, columns)
    return next(list(column.values) for column in found.columns if column.name == name)


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["Ann Bo|Cy Dee", *["Eve Fox", "Gil Hay", "Ida Joy"] * 4], ("Ann Bo", "Cy Dee")),
        (["Ann Bo, Cy Dee, Eve Fox, Gil Hay", *["Eve Fox", "Ida Joy"] * 6], ("Ann Bo", "Cy Dee", "Eve Fox", "Gil Hay")),
        ([*["oaks/elms", "elms", "pines/firs"] * 5], ("oaks", "elms")),
    ],
)
def test_few_cells_that_are_lists_make_lists(tmp_path: Path, cells: list[str], first: tuple[str, ...]) -> None:
    assert values(tmp_path, "who", cells)[0] == first


@pytest.mark.parametrize(
    "cells",
    [["Home, garden", *["Toys", "Books", "Wine"] * 4], ["AC/DC", "Ann Lee", "Bo Marsh"] * 4, ["3/4", "1/2", "5/8"] * 4],
)
def test_what_are_no_lists(tmp_path: Path, cells: list[str]) -> None:
    assert not isinstance(values(tmp_path, "who", cells)[0], tuple)


def test_a_grade_with_a_remark_is_that_grade_and_none_may_be_one(tmp_path: Path) -> None:
    grades = ["High", "High (at night)", "Low", "Low (all day)", "Medium"] * 3
    assert values(tmp_path, "light", grades)[:4] == ["High", "High", "Low", "Low"]
    kinds_of_screen = ["LCD", "LCD (LED)"] * 6
    assert values(tmp_path, "screen", kinds_of_screen)[:2] == ["LCD", "LCD (LED)"]
    assert values(tmp_path, "heat", ["mild", "hot", "none"] * 4)[2] == "none"
    assert values(tmp_path, "heat", ["Mild", "Hot", "None"] * 4)[2] is None
    assert values(tmp_path, "heat", ["mild", "", "none"] * 4)[2] is None


def test_a_word_that_fills_a_column_of_texts_says_nothing(tmp_path: Path) -> None:
    cells = [f"A chair of wood number {n}" if n % 2 else "TODO" for n in range(20)]
    assert values(tmp_path, "about", cells)[:2] == [None, "A chair of wood number 1"]
    assert values(tmp_path, "colour", ["red", "blue", "red", "red"] * 5)[0] == "red"


def test_threats_to_species_have_names_and_countries_keep_theirs(tmp_path: Path) -> None:
    assert values(tmp_path, "status", ["LC", "EN", "VU", "CR"] * 3)[:2] == ["least concern", "endangered"]
    assert values(tmp_path, "country", ["CR", "VU", "NE"] * 4)[0] == "Costa Rica"


def test_only_no_is_an_answer_where_others_answer(tmp_path: Path) -> None:
    answers = {"vegan": ["Yes", "No"] * 6}
    columns = {"title": [f"Soap {n} of olives" for n in range(12)], "palm oil": ["No", "", "No"] * 4}
    by = {column.name: column.unit for column in read(tmp_path, columns | answers).columns}
    assert by["palm oil"] == "yes/no"
    assert {column.unit for column in read(tmp_path, columns).columns} != {"yes/no"}


def test_dollars_whose_thousands_are_parted_by_dots_are_no_us_dollars(tmp_path: Path) -> None:
    columns = {"title": [f"House {n} on the hill" for n in range(9)], "x": [f"$ {n}50.000.000" for n in range(1, 10)]}
    column = next(c for c in read(tmp_path, columns).columns if c.name == "x")
    assert (column.unit, column.better, column.values[0]) == ("money", "less", 150_000_000)
    usual = read(tmp_path, columns | {"x": [f"${n}50,000,000" for n in range(1, 10)]}).columns
    assert [c.unit for c in usual if c.name == "x"] == ["USD"]


def test_what_was_created_when_others_were_updated_is_of_the_record_and_so_is_an_end(tmp_path: Path) -> None:
    columns = {
        "title": [f"Note {n} on a wall" for n in range(12)],
        "created_at": [f"2020-0{n % 9 + 1}-03" for n in range(12)],
        "updated_at": [f"2021-0{n % 9 + 1}-04" for n in range(12)],
        "ExpDate": [f"2031-0{n % 9 + 1}-04" for n in range(12)],
        "painted": [f"19{20 + n}-05-06" for n in range(12)],
    }
    assert {c.name for c in read(tmp_path, columns).columns if c.aside} == {"created_at", "updated_at", "ExpDate"}


def test_signs_that_were_left_as_utf7_are_read(tmp_path: Path) -> None:
    path = tmp_path / "bars.csv"
    path.write_text("name,warm\n" + "\n".join(f"Ben +ACY- Co {n},+AC0-{n}.5" for n in range(1, 8)), encoding="utf-8")
    found = read_catalogue([path]).items[0]
    assert (found.title, found.fields["warm"]) == ("Ben & Co 1", -1.5)
