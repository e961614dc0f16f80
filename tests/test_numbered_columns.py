"""Columns that are one list, written in several, are read as one; those that only look so are not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.retriever import read_catalogue
from penchant.retriever.catalogue.importing import KnownFields
from penchant.retriever.catalogue.inference import joined

OTHERS = {name: ["x"] * 4 for name in ("plot", "year", "country", "price", "sort")}
PEOPLE = {
    "Actor1": ["Ann Lee", "Bo Marsh", "Cleo Noble", "Ann Lee"],
    "Actor2": ["Bo Marsh", "", "ann lee", "N/A"],
    "Actor3": ["Ann Lee", "Dan Pell", "", ""],
}


def test_a_list_in_several_columns_is_one_column_in_order_each_once() -> None:
    found = joined({**OTHERS, **PEOPLE})
    assert list(found) == [*OTHERS, "Actor"]
    assert found["Actor"] == [["Ann Lee", "Bo Marsh"], ["Bo Marsh", "Dan Pell"], ["Cleo Noble", "ann lee"], ["Ann Lee"]]


@pytest.mark.parametrize("names", [("tag_1", "tag_2"), ("tag", "tag 2"), ("tag", "tag (2)"), ("tag", "tag.1")])
def test_ways_to_number_columns(names: tuple[str, str]) -> None:
    cells = {**OTHERS, names[0]: ["oak", "ash", "fir", ""], names[1]: ["", "oak", "fir", ""]}
    assert joined(cells)["tag"] == [["oak"], ["ash", "oak"], ["fir"], None]


@pytest.mark.parametrize(
    "columns",
    [
        {"mark_1": ["3", "4", "5", "1"], "mark_2": ["2", "4", "4", "1"]},
        {"day1": ["2020-01-02", "2021-03-04", "2019-05-06", ""], "day2": ["2020-01-02", "2021-03-04", "", ""]},
        {"note1": ["It is long, and it rains all day."] * 4, "note2": ["They walk home, and nobody is there."] * 4},
        {"flag1": ["yes", "no", "no", "yes"], "flag2": ["no", "no", "yes", "yes"]},
        {"photo1": ["a.jpg", "b.jpg", "c.jpg", "d.jpg"], "photo2": ["e.jpg", "f.jpg", "g.jpg", "h.jpg"]},
        {"street 1": ["1 High St", "22 Low Rd", "3 Mill Ln", "4 Inn"], "street 2": ["Flat 1", "Flat 2", "", "Unit 9"]},
        {"title 1": ["Kim", "Emma", "Ulysses", "Dracula"], "title 2": ["", "Emma", "", "Count"]},
        {"kind3": ["oak", "ash", "fir", "elm"], "kind4": ["oak", "ash", "fir", "elm"]},
        {"kind1": ["oak", "ash", "fir", "elm"]},
    ],
    ids=["numbers", "dates", "prose", "flags", "pictures", "addresses", "titles", "not from one", "alone"],
)
def test_what_is_no_list(columns: dict[str, list[Any]]) -> None:
    assert list(joined({**OTHERS, **columns})) == [*OTHERS, *columns]


def test_columns_without_names_are_no_list() -> None:
    cells = {f"column {n}": ["oak", "ash", "fir", "elm"] for n in range(1, 5)}
    assert list(joined(cells)) == list(cells)


def test_a_column_that_was_asked_for_stays() -> None:
    assert list(joined({**OTHERS, **PEOPLE}, apart=("Actor1",))) == [*OTHERS, "Actor1", "Actor2", "Actor3"]


@given(st.lists(st.lists(st.sampled_from(["oak", "ash", "fir", "elm tree"]), max_size=3), min_size=2, max_size=20))
def test_whatever_the_lists_are_they_are_read_back(lists: list[list[str]]) -> None:
    """Written in three columns and read: each value once, in the order in which they stood."""
    columns = {f"tree{n + 1}": [row[n] if n < len(row) else "" for row in lists] for n in range(3)}
    found = joined({**OTHERS, **columns})
    if all(any(values) for values in columns.values()):
        assert found["tree"] == [list(dict.fromkeys(row)) or None for row in lists]


def test_rows_that_are_added_to_such_a_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "films.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("title", "year", "sort", "Actor1", "Actor2"))
        writer.writerows(
            (f"Film {n}", 1980 + n, "drama" if n % 2 else "noir", "Ann Lee", ("Bo Marsh", "Cleo Noble")[n % 2])
            for n in range(12)
        )
    read = read_catalogue([file])
    assert read.items[0].fields["Actor"] == ("Ann Lee", "Bo Marsh") and read.schema.kind("Actor") == "name"
    known = KnownFields(read.schema, several=("Actor",))
    (added,) = known.of_cells([{"title": "Film 99", "Actor1": "Cleo Noble", "Actor2": ""}])
    assert added.fields == {"Actor": ("Cleo Noble",)}
