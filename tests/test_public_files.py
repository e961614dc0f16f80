"""Tables as public files have them, by what their values say: small and made up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

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
