"""Files of items: one catalogue in four formats, and every way in which a file can be wrong."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from penchant.retriever import CatalogueError, Item, read_items

from .conftest import write_jsonl

ROWS = [
    {"id": "a", "title": "Été", "text": "A hot day.", "year": 1999, "genres": ["drama", "war"], "rating": 7.5},
    {"id": "b", "title": 'Say "no", twice', "text": "", "year": 2001, "genres": ["comedy", "noir"], "rating": None},
    {"id": "c", "title": "三", "text": "", "year": None, "genres": [], "rating": 1.25},
]


def jsonl(folder: Path) -> Path:
    return write_jsonl(folder / "items.jsonl", ROWS)


def gzipped(folder: Path) -> Path:
    path = folder / "items.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(folder).read_bytes()))
    return path


def comma(folder: Path) -> Path:
    path = folder / "items.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(ROWS[0]))
        writer.writeheader()
        writer.writerows({**row, "genres": "|".join(row["genres"])} for row in ROWS)
    return path


def parquet(folder: Path) -> Path:
    path = folder / "items.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)
    return path


@pytest.mark.parametrize("write", [jsonl, gzipped, comma, parquet], ids=lambda f: f.__name__)
def test_formats_agree(tmp_path: Path, write) -> None:
    items = read_items(write(tmp_path))
    assert [(i.id, i.title, i.text) for i in items] == [(r["id"], r["title"], r["text"]) for r in ROWS]
    assert [i.values("genres") for i in items] == [("drama", "war"), ("comedy", "noir"), ()]
    assert [i.values("year") for i in items] == [("1999",), ("2001",), ()]
    assert [i.values("rating") for i in items] == [("7.5",), (), ("1.25",)]
    assert set(items[2].fields) == {"rating"}, "unknown values are left out"


def test_json_keeps_numbers_as_numbers(tmp_path: Path) -> None:
    assert read_items(jsonl(tmp_path))[0].fields["year"] == 1999
    assert read_items(parquet(tmp_path))[0].fields["rating"] == 7.5


def test_other_names_of_the_columns(tmp_path: Path) -> None:
    rows = [{"item_id": 7, "name": "X", "metadata": {"genres": ["war"]}, "fields": {"year": 1990}}]
    assert read_items(write_jsonl(tmp_path / "i.jsonl", rows)) == [
        Item("7", "X", fields={"genres": ("war",), "year": 1990})
    ]


def test_blank_lines_and_a_missing_last_newline(tmp_path: Path) -> None:
    path = tmp_path / "i.jsonl"
    path.write_text('\n{"id": "a", "title": "A"}\n\n{"id": "b", "title": "B"}', encoding="utf-8")
    assert [item.id for item in read_items(path)] == ["a", "b"]


def test_csv_with_a_byte_order_mark_and_a_line_break_in_a_cell(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    path.write_text('id,title,text\r\na,A,"one\ntwo"\r\n', encoding="utf-8-sig", newline="")
    assert read_items(path) == [Item("a", "A", "one\ntwo")]


def test_items_survive_json(tmp_path: Path) -> None:
    for item in read_items(jsonl(tmp_path)):
        assert Item.from_json(item.to_json()) == item


GOOD = '{"id": "a", "title": "A"}\n'
BAD = {
    "broken JSON": ("i.jsonl", GOOD + '{"id": "b", ', ":2:", "not JSON"),
    "not an object": ("i.jsonl", GOOD + "[1, 2]\n", ":2:", "object"),
    "a number": ("i.jsonl", GOOD + "3\n", ":2:", "object"),
    "no id": ("i.jsonl", GOOD + '{"title": "B"}\n', ":2:", "id"),
    "null id": ("i.jsonl", GOOD + '{"id": null, "title": "B"}\n', ":2:", "id"),
    "no title": ("i.jsonl", GOOD + '{"id": "b"}\n', ":2:", "title"),
    "empty title": ("i.jsonl", GOOD + '{"id": "b", "title": ""}\n', ":2:", "title"),
    "equal ids": ("i.jsonl", GOOD + "\n" + GOOD, ":3:", "line 1"),
    "equal ids, number and text": ("i.jsonl", '{"id": 1, "title": "A"}\n{"id": "1", "title": "B"}\n', ":2:", "'1'"),
    "mixed types": (
        "i.jsonl",
        '{"id": 1, "title": "A", "year": 1990}\n{"id": 2, "title": "B", "year": "old"}\n',
        ":2:",
        "'year'",
    ),
    "nested object": ("i.jsonl", '{"id": 1, "title": "A", "cast": {"lead": "X"}}\n', ":1:", "'cast'"),
    "list of numbers": ("i.jsonl", '{"id": 1, "title": "A", "sizes": [1, 2]}\n', ":1:", "'sizes'"),
    "empty file": ("i.jsonl", "", "i.jsonl", "no items"),
    "only blank lines": ("i.jsonl", "\n\n", "i.jsonl", "no items"),
    "binary garbage": ("i.jsonl", b"\xff\xfe\x00\x93", "i.jsonl", "cannot be read"),
    "binary garbage as gzip": ("i.jsonl.gz", b"\xff\xfe\x00\x93", "i.jsonl.gz", "cannot be read"),
    "gzip cut short": ("i.jsonl.gz", gzip.compress(GOOD.encode())[:-12], "i.jsonl.gz", "cannot be read"),
    "binary garbage as parquet": ("i.parquet", b"\xff\xfe\x00\x93" * 9, "i.parquet", "not Parquet"),
    "binary garbage as csv": ("i.csv", b"\xff\xfe\x00\x93", "i.csv", "cannot be read"),
    "csv with only a header": ("i.csv", "id,title\n", "i.csv", "no items"),
    "csv row too long": ("i.csv", "id,title\na,A\nb,B,x\n", ":3:", "header"),
    "csv row too short": ("i.csv", "id,title\na\n", ":2:", "header"),
    "csv quote": ("i.csv", 'id,title\na,"A"x\n', ":2:", "CSV"),
    "csv without ids": ("i.csv", "name\nA\n", ":2:", "id"),
    "csv equal ids": ("i.csv", "id,title\na,A\na,B\n", ":3:", "'a'"),
    "unknown extension": ("i.xlsx", "id", "i.xlsx", ".jsonl"),
}


@pytest.mark.parametrize(("name", "content", "where", "what"), BAD.values(), ids=BAD)
def test_bad_files_are_refused_by_place(tmp_path: Path, name: str, content: str | bytes, where: str, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CatalogueError) as caught:
        read_items(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert where in message
    assert what in message.removeprefix(str(path))


def test_a_damaged_gzip_body_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress("".join(json.dumps({"id": n, "title": f"T{n}"}) + "\n" for n in range(999)).encode())
    path = tmp_path / "i.jsonl.gz"
    for place in range(12, len(whole) - 8, len(whole) // 12):
        path.write_bytes(whole[:place] + bytes(b ^ 0xFF for b in whole[place : place + 4]) + whole[place + 4 :])
        with pytest.raises(CatalogueError, match=r"i\.jsonl\.gz"):
            read_items(path)


@pytest.mark.parametrize("metadata", ["text", [1], 3], ids=repr)
def test_metadata_that_is_not_an_object_is_refused(tmp_path: Path, metadata: object) -> None:
    path = write_jsonl(tmp_path / "i.jsonl", [{"id": "a", "title": "A", "metadata": metadata}])
    with pytest.raises(CatalogueError, match=r"i\.jsonl:1:.*metadata"):
        read_items(path)


def test_a_bad_parquet_row_is_named(tmp_path: Path) -> None:
    path = tmp_path / "i.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": ["a", None], "title": ["A", "B"]}), path)
    with pytest.raises(CatalogueError, match=r"i\.parquet:2: no id"):
        read_items(path)


@pytest.mark.parametrize("name", ["none.jsonl", "."], ids=["missing", "a folder"])
def test_no_such_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(CatalogueError, match="no such file"):
        read_items(tmp_path / name)
