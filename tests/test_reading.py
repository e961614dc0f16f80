"""Files of items: one catalogue in four formats, and every way in which a file can be wrong."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from penchant.retriever import CatalogueError, Item, read_catalogue, read_items

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


def test_objects_without_a_text_in_them_are_no_values(tmp_path: Path) -> None:
    settings = [{"temp": {"value": 65, "unit": "celsius"}, "duration": n} for n in range(2)]
    rows = [{"name": f"Brew {n}", "mash": settings, "hops": [{"name": "Fuggle", "grams": n}]} for n in range(9)]
    (tmp_path / "brews.json").write_text(json.dumps(rows))
    items = read_catalogue([tmp_path / "brews.json"]).items
    assert all(item.values("hops") == ("Fuggle",) and not item.values("mash") for item in items)


def test_items_survive_json(tmp_path: Path) -> None:
    for item in read_items(jsonl(tmp_path)):
        assert Item.from_json(item.to_json()) == item


GOOD = '{"id": "a", "title": "A"}\n{"id": "c", "title": "C"}\n'
UNREADABLE = {
    "empty file": ("i.jsonl", "", "no items"),
    "only blank lines": ("i.jsonl", "\n\n", "no items"),
    "broken JSON": ("i.json", '[{"id": "b", ', "not JSON"),
    "no objects": ("i.json", "[1, 2]", "no items"),
    "binary garbage": ("i.jsonl", b"\xff\xfe\x00\x93", "no items"),
    "control characters": ("i.csv", b"\x93\x01\x02\x03 a,b", "cannot be read"),
    "gzip cut short": ("i.jsonl.gz", gzip.compress(GOOD.encode())[:-12], "cannot be read"),
    "no zip": ("i.zip", b"PK\x03\x04" + b"\x00" * 40, "cannot be read"),
    "no database": ("i.db", b"SQLite format 3\x00" + b"\xff" * 200, "cannot be read"),
    "binary garbage as parquet": ("i.parquet", b"PAR1" + b"\x93" * 9, "not Parquet"),
    "csv with only a header": ("i.csv", "id,title\n", "no items"),
}


@pytest.mark.parametrize(("name", "content", "what"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CatalogueError) as caught:
        read_items(path)
    assert str(caught.value).startswith(str(path)) and what in str(caught.value)


BAD_ROWS = {
    "broken JSON": ("i.jsonl", GOOD + '{"id": "b", ', 3, "not JSON"),
    "not an object": ("i.jsonl", GOOD + "[1, 2]\n", 3, "no object"),
    "a number": ("i.jsonl", GOOD + "3\n", 3, "no object"),
    "no title": ("i.jsonl", GOOD + '{"id": "b"}\n', 3, "no title"),
    "empty title": ("i.jsonl", GOOD + '{"id": "b", "title": " "}\n', 3, "no title"),
    "a row too long": ("i.csv", "id,title\na,A\nc,C\nb,B,x\n", 4, "3 cells"),
    "a line below the table": ("i.csv", "id,title,price\na,A,1\nc,C,2\n(c) the shop\n", 4, "1 of 3 cells"),
}


@pytest.mark.parametrize(("name", "content", "line", "reason"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_set_aside_with_its_line(tmp_path: Path, name: str, content: str, line: int, reason: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    read = read_catalogue([path])
    assert [item.title for item in read.items] == ["A", "C"]
    assert [(row.file, row.line) for row in read.left_out] == [(str(path), line)] and reason in read.left_out[0].reason
    with pytest.raises(CatalogueError) as caught:
        read_catalogue([path], strict=True)
    assert f"{path}:{line}: " in str(caught.value) and reason in str(caught.value)


def test_strict_tells_all_problems_at_once(tmp_path: Path) -> None:
    path = tmp_path / "i.jsonl"
    path.write_text(GOOD + "3\n" + GOOD + '{"id": "b"}\n', encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        read_catalogue([path], strict=True)
    assert all(part in str(caught.value) for part in (":3:", ":6:", "2 rows say the same"))


def test_repeated_rows_are_merged_and_others_of_the_same_id_kept(tmp_path: Path) -> None:
    path = tmp_path / "i.csv"
    rows = "".join(f"{n},T{n},{n}\n" for n in range(100))
    path.write_text(f"id,title,pages\n{rows}7,T7,\n8,Other,8\n", encoding="utf-8")
    read = read_catalogue([path])
    assert read.merged == 1 and len(read.items) == 101
    assert len({item.id for item in read.items}) == 101
    assert next(item for item in read.items if item.title == "T7").fields["pages"] == 7


def test_made_ids_do_not_hang_on_the_order_of_rows(tmp_path: Path) -> None:
    rows = [{"title": f"Chair {n}", "price": n} for n in range(20)]
    one = read_items(write_jsonl(tmp_path / "a.jsonl", rows))
    other = read_items(write_jsonl(tmp_path / "b.jsonl", rows[::-1]))
    assert {item.title: item.id for item in one} == {item.title: item.id for item in other}


def test_titles_stay_as_they_are(tmp_path: Path) -> None:
    titles = ["AC\\DC | live", 'He said "no"', "Tom & Jerry", "  spaced  ", "<b>Bold</b> moves"]
    items = read_items(write_jsonl(tmp_path / "i.jsonl", [{"id": str(n), "title": t} for n, t in enumerate(titles)]))
    assert [item.title for item in items] == ["AC\\DC | live", 'He said "no"', "Tom & Jerry", "spaced", "Bold moves"]


def test_a_damaged_gzip_body_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress("".join(json.dumps({"id": n, "title": f"T{n}"}) + "\n" for n in range(999)).encode())
    path = tmp_path / "i.jsonl.gz"
    for place in range(12, len(whole) - 8, len(whole) // 12):
        path.write_bytes(whole[:place] + bytes(b ^ 0xFF for b in whole[place : place + 4]) + whole[place + 4 :])
        with pytest.raises(CatalogueError, match=r"i\.jsonl\.gz"):
            read_items(path)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="no such file"):
        read_items(tmp_path / "none.jsonl")
    with pytest.raises(CatalogueError, match="no files in the folder"):
        read_items(tmp_path)


def test_a_folder_is_read_as_one_catalogue(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", [{"id": "a", "title": "A"}])
    (tmp_path / "b.csv").write_text("id,title\nb,B\nc,C\n", encoding="utf-8")
    assert [item.id for item in read_items(tmp_path)] == ["a", "b", "c"]


def test_a_query_on_a_database(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE chairs (id TEXT, title TEXT, price REAL)")
        database.executemany(
            "INSERT INTO chairs VALUES (?, ?, ?)", [("a", "Oak chair", 90.0), ("b", "Pine chair", 40.0)]
        )
    database.close()
    assert [item.title for item in read_catalogue([path], query="SELECT * FROM chairs WHERE price < 50").items] == [
        "Pine chair"
    ]
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_catalogue([path], query="DELETE FROM chairs")
    assert len(read_items(path)) == 2


@pytest.mark.extra("duckdb")
def test_a_duckdb_file(tmp_path: Path) -> None:
    import duckdb

    with duckdb.connect(str(tmp_path / "shop.duckdb")) as database:
        database.execute(
            "CREATE TABLE chairs AS SELECT * FROM (VALUES ('a', 'Oak chair'), ('b', 'Pine chair')) t(id, title)"
        )
    path = tmp_path / "shop.duckdb"
    assert [item.title for item in read_items(path)] == ["Oak chair", "Pine chair"]
    assert len(read_catalogue([path], query="SELECT * FROM chairs WHERE id = 'a'").items) == 1


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "i.jsonl", [{"id": "a", "title": "A"}])
    with pytest.raises(CatalogueError, match="no column 'name'; columns: id, title"):
        read_catalogue([path], title="name")


# What JSON may say and nothing else can hold.

DEEP = "[" * 900 + "1" + "]" * 900


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (r'"genres": ["a\ud800b", "c"]', {"genres": ("a\ufffdb", "c")}),
        (r'"genres": ["\ud83d\ude00", "c"]', {"genres": ("\U0001f600", "c")}),
        (r'"k\udfff": "v"', {"k\ufffd": "v"}),
        ('"year": Infinity', {}),
        ('"year": 1e999', {}),
        ('"year": NaN', {}),
        ('"year": ' + "9" * 400, {"year": "9" * 400}),
        ('"x": [[[1]], "b"]', {"x": ("[[1]]", "b")}),
    ],
)
def test_what_only_json_may_hold_becomes_what_files_can(tmp_path: Path, row: str, fields: dict[str, object]) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(f'{{"id": "1", "title": "A", {row}}}\n{{"id": "2", "title": "B"}}\n')
    first, second = read_catalogue([path]).items
    assert {name: value for name, value in first.fields.items() if value is not None} == fields
    assert first.to_json().encode() and second.title == "B"


@pytest.mark.parametrize("value", [DEEP, "[" * 100_000 + "]" * 100_000, '{"a":' * 60 + "1" + "}" * 60])
def test_what_lies_too_deep_is_set_aside_or_refused(tmp_path: Path, value: str) -> None:
    good, deep = '{"id": "1", "title": "A"}', f'{{"id": "2", "title": "B", "x": {value}}}'
    (tmp_path / "lines.jsonl").write_text(f"{good}\n{deep}\n")
    read = read_catalogue([tmp_path / "lines.jsonl"])
    assert len(read.items) == 1 and "too deep" in read.left_out[0].reason
    (tmp_path / "whole.json").write_text(f"[{deep}]")
    with pytest.raises(CatalogueError, match=r"whole\.json.*too deep"):
        read_catalogue([tmp_path / "whole.json"])


def test_a_number_without_end_is_no_number_of_an_item() -> None:
    with pytest.raises(CatalogueError, match="'1': the number field 'year' holds inf"):
        Item("1", "A", fields={"year": float("inf")}).number("year")


# What unpacks to far more than it is.

ZEROS = b"0" * (1 << 20)


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb") as packed:
        for _ in range(600):
            packed.write(ZEROS)


def zip_bomb(path: Path) -> None:
    """No part is large: together they are."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for n in range(30):
            packed.writestr(f"{n}.csv", b"id,title\n" + ZEROS * 20)


def zstandard_bomb(path: Path) -> None:
    with pyarrow.CompressedOutputStream(str(path), "zstd") as packed:
        for _ in range(600):
            packed.write(ZEROS)


def sheet_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "")
        for n in range(30):
            packed.writestr(f"xl/worksheets/sheet{n}.xml", ZEROS * 20)


def nested_bomb(path: Path) -> None:
    inner = path.with_name("inner.gz")
    gzip_bomb(inner)
    path.write_bytes(gzip.compress(inner.read_bytes()))
    inner.unlink()


def bomb_of_bombs(path: Path) -> None:
    """No packed part unpacks to too much: together they do."""
    part = gzip.compress(b"id,title\n" + ZEROS * 200)
    with zipfile.ZipFile(path, "w") as packed:
        for n in range(3):
            packed.writestr(f"{n}.csv.gz", part)


@pytest.mark.parametrize("pack", [gzip_bomb, zip_bomb, sheet_bomb, zstandard_bomb, nested_bomb, bomb_of_bombs])
def test_a_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path, pack: Callable[[Path], None]) -> None:
    pack(tmp_path / "films.packed")
    with pytest.raises(CatalogueError, match=r"films\.packed.*more than 200 times its size; if it is meant, unpack it"):
        read_catalogue([tmp_path / "films.packed"])


def test_a_file_that_packs_well_is_read(tmp_path: Path) -> None:
    (tmp_path / "films.csv.gz").write_bytes(gzip.compress(b"id,title\n1,A\n" + b"\n" * 20_000_000))
    assert [item.title for item in read_items(tmp_path / "films.csv.gz")] == ["A"]
