"""Items that change while people chat: only what is new is encoded, and a change is seen whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from penchant.retriever import (
    CatalogueError,
    Index,
    IndexMismatch,
    Interest,
    Item,
    ItemChange,
    MemoryEngine,
    PenchantError,
    build_index,
    change_items,
    item_text,
    known_fields,
    open_index,
    read_catalogue,
    search,
)

from .conftest import HashEncoder, make_items, write_jsonl
from .test_index import vectors
from .test_index_lock import writing

ITEMS = make_items(60, seed=5)
NEW = [replace(item, id=f"new{n}", title=f"New {n}") for n, item in enumerate(make_items(3, seed=6))]
CHANGE = ItemChange(NEW, ["i4", "i5"], {"i7": {"year": "1911", "popularity": ""}})
ROOT = Path(__file__).parents[1]


def as_changed(items: list[Item]) -> list[Item]:
    """What CHANGE makes of ITEMS."""
    kept = {item.id: item for item in items if item.id not in CHANGE.removed}
    fields = {name: value for name, value in kept["i7"].fields.items() if name != "popularity"}
    kept["i7"] = replace(kept["i7"], fields={**fields, "year": 1911})
    return [*kept.values(), *NEW]


def contents(index: Index) -> dict[str, Item]:
    return {item.id: item for item in index.catalogue.items}


def by_id(items: list[Item]) -> dict[str, Item]:
    return {item.id: item for item in items}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    build_index(ITEMS, tmp_path / "films", HashEncoder())
    return tmp_path / "films"


def test_a_change_is_as_if_indexed_so_and_only_what_is_new_is_encoded(films: Path, tmp_path: Path) -> None:
    before, encoder = open_index(films, HashEncoder()), HashEncoder()
    done = change_items(films, encoder, CHANGE)
    assert (done.added, done.changed, done.removed, done.items, done.unknown) == (3, 1, 2, 61, ())
    facets = {value for item in NEW for name in ("genres", "themes") for value in item.values(name)}
    assert sorted(encoder.texts) == sorted([*facets, *(item_text(item, before.schema) for item in NEW)])
    after = open_index(films, HashEncoder())
    assert contents(after) == by_id(as_changed(ITEMS))
    again = build_index(as_changed(ITEMS), films, encoder := HashEncoder(), before.schema)
    assert encoder.texts == [], "the next penchant index finds all of it there"
    mine, theirs = vectors(after), vectors(again)
    assert all(np.array_equal(mine[name], theirs[name]) for name in theirs)


def test_the_same_once_more_changes_nothing(films: Path) -> None:
    change_items(films, HashEncoder(), CHANGE)
    built = open_index(films, HashEncoder()).engine.metadata()
    done = change_items(films, encoder := HashEncoder(), CHANGE)
    assert not done and done.unknown == ("i4", "i5") and encoder.texts == []
    assert open_index(films, HashEncoder()).engine.metadata() == built


def test_an_index_in_another_engine_is_changed_too() -> None:
    engine = MemoryEngine()
    build_index(ITEMS, engine, HashEncoder())
    change_items(engine, HashEncoder(), CHANGE)
    assert contents(open_index(engine, HashEncoder())) == by_id(as_changed(ITEMS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (ItemChange(values={"gone": {"year": 1}}), "has no item 'gone'"),
        (ItemChange(NEW, values={"i7": {"colour": "red"}}), "no field 'colour'.*its fields are"),
        (ItemChange(NEW, values={"i7": {"year": "old"}}), "year: 'old' is no number"),
        (ItemChange(NEW, values={"i7": {"title": " "}}), "no field 'title' to set"),
        (ItemChange([replace(NEW[0], fields={"year": "old"})]), "'year' holds old"),
        (ItemChange(removed=[item.id for item in ITEMS]), "no items would be left"),
    ],
)
def test_what_does_not_fit_changes_nothing(films: Path, change: ItemChange, said: str) -> None:
    before = open_index(films, HashEncoder()).engine.metadata()
    with pytest.raises(CatalogueError, match=said):
        change_items(films, HashEncoder(), change)
    after = open_index(films, HashEncoder())
    assert after.engine.metadata() == before and contents(after) == by_id(ITEMS)


def test_one_change_says_one_thing_of_an_item() -> None:
    with pytest.raises(CatalogueError, match="i1: one change has this item twice"):
        ItemChange([ITEMS[1]], ["i1"])
    ItemChange(removed=["i1", "i1"])


def test_another_encoder_an_unfinished_index_and_another_writer_are_refused(films: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch, match="was made with the encoder"):
        change_items(films, HashEncoder(salt="-2"), CHANGE)
    with pytest.raises(IndexMismatch, match="is not an index"):
        change_items(tmp_path / "none", HashEncoder(), CHANGE)
    assert not (tmp_path / "none").exists()
    with writing(films) as process, pytest.raises(IndexMismatch, match=f"process {process.pid} on "):
        change_items(films, HashEncoder(), CHANGE)
    with pytest.raises(IndexMismatch, match="unfinished"):
        change_items(films, HashEncoder(), CHANGE)


# rows of files, by the fields that are known

TABLE = """id,title,genres,price,minutes,released,cheap,maker,text
a1,Alpha,"Drama, Crime","€1.299,00",95 min,2018-03-01,yes,Ann Lee,The first.
a2,Beta,"Crime, War","€12,50",101 min,2019-04-02,no,Bo Ray,The second.
a3,Gamma,"Drama, War","€7,99",88 min,2020-05-03,yes,Cy Orr,The third.
a4,Delta,"Comedy, War","€3,20",120 min,2021-06-04,no,Di Fox,The fourth.
a5,Eps,"Comedy, Crime","€3,20",120 min,2021-06-04,no,Ed Law,The fifth.
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "shop.csv").write_text(TABLE, encoding="utf-8")
    read = read_catalogue([tmp_path / "shop.csv"])
    build_index(read.items, tmp_path / "shop", HashEncoder(), read.schema)
    return tmp_path / "shop"


def test_each_row_alone_is_read_as_the_whole_file_was(shop: Path, tmp_path: Path) -> None:
    """A row says little of what its columns are; the index knows."""
    fields, stored = known_fields(shop), contents(open_index(shop, HashEncoder()))
    head, *lines = TABLE.splitlines()
    for line in lines:
        (tmp_path / "one.csv").write_text(f"{head}\n{line}\n", encoding="utf-8")
        (item,) = fields.read([tmp_path / "one.csv"])
        assert item == stored[item.id]


def test_a_row_of_json_has_values_as_they_are(shop: Path, tmp_path: Path) -> None:
    row = {"id": 7, "title": "Zeta", "genres": ["War"], "price": 5, "minutes": "1h 30m", "cheap": True}
    (item,) = known_fields(shop).read([write_jsonl(tmp_path / "one.jsonl", [row])])
    assert item == Item("7", "Zeta", "", {"genres": ("War",), "price": 5, "minutes": 90, "cheap": "yes"})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": 7, "title": "Zeta", "colour": "red"}, "one.jsonl: 'colour' is no field.*its fields are genres"),
        ({"id": 7, "title": "Zeta", "price": "dear"}, "one.jsonl: price: 'dear' is no number"),
        ({"id": 7, "title": "Zeta", "released": "soon"}, "one.jsonl: released: 'soon' is no date"),
        ({"id": 7, "title": "", "price": 3}, "no title"),
    ],
)
def test_a_row_that_does_not_fit_is_named(shop: Path, tmp_path: Path, row: Mapping[str, Any], said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        known_fields(shop).read([write_jsonl(tmp_path / "one.jsonl", [row])])


def test_new_values_are_read_as_cells_of_their_column(shop: Path) -> None:
    values = {"price": "€ 9,50", "genres": "War, Comedy", "cheap": "no", "maker": "", "title": "Alpha II", "text": ""}
    change_items(shop, HashEncoder(), ItemChange(values={"a1": values}))
    found = contents(open_index(shop, HashEncoder()))["a1"]
    assert found.title == "Alpha II" and found.text == "" and "maker" not in found.fields
    assert (found.fields["price"], found.fields["genres"], found.fields["cheap"]) == (9.5, ("War", "Comedy"), "no")


# stopped on the way, and read meanwhile

STOPS = """
import os, signal, sys
from penchant.retriever import ChromaEngine, change_items
from penchant.retriever.encoding import HashEncoder
from tests.test_changing import CHANGE

left = int(sys.argv[2])

def stopping(method):
    def call(*args):
        global left
        result, left = method(*args), left - 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    return call

for name in ("attach", "describe", "upsert", "delete"):
    setattr(ChromaEngine, name, stopping(getattr(ChromaEngine, name)))
change_items(sys.argv[1], HashEncoder(), CHANGE)
"""
WRITES = 6
"""The change is kept, decided on, written (new, gone), said to be all, and no longer kept."""


def stopped_after(writes: int, folder: Path) -> int:
    command = [sys.executable, "-c", STOPS, str(folder), str(writes)]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode


@pytest.mark.parametrize("writes", range(1, WRITES + 1))
def test_killed_after_any_write_it_is_there_whole_or_not_at_all_and_goes_on(films: Path, writes: int) -> None:
    assert stopped_after(writes, films) == -signal.SIGKILL
    items = by_id(ITEMS if writes == 1 else as_changed(ITEMS))
    index = open_index(films, HashEncoder())
    assert contents(index) == items
    picks = search(index, [Interest("genres", "drama")], 100).picks
    assert {pick.item.id for pick in picks} == items.keys()
    expected = vectors(build_index(list(items.values()), MemoryEngine(), HashEncoder(), index.schema))
    found = vectors(index)
    assert all(np.allclose(found[name][:-1], expected[name][:-1], atol=1e-6) for name in expected)
    change_items(films, HashEncoder(), CHANGE)
    assert contents(open_index(films, HashEncoder())) == by_id(as_changed(ITEMS))
    done = change_items(films, HashEncoder(), ItemChange(removed=["new0"]))
    assert done.items == 60 and len(open_index(films, HashEncoder()).catalogue) == 60


def test_there_are_no_further_writes(films: Path) -> None:
    assert stopped_after(WRITES + 1, films) == 0


def test_a_kept_change_gives_way_to_what_is_indexed_anew(films: Path) -> None:
    assert stopped_after(3, films) == -signal.SIGKILL
    assert contents(build_index(ITEMS, films, HashEncoder())) == by_id(ITEMS)
    assert contents(open_index(films, HashEncoder())) == by_id(ITEMS)


CHANGES = """
import sys
from penchant.retriever import ItemChange, change_items
from penchant.retriever.encoding import HashEncoder
from tests.test_changing import ITEMS, NEW

print("begun", flush=True)
for n in range(12):
    change = ItemChange(removed=["i4", "i5"]) if n % 2 else ItemChange([ITEMS[4], ITEMS[5]])
    change_items(sys.argv[1], HashEncoder(), change)
"""


@contextmanager
def changing(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that takes two items out and puts them in again, twelve changes in all."""
    words = [sys.executable, "-c", CHANGES, str(folder)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout and process.stdout.readline()
        yield process


def test_who_opens_it_meanwhile_sees_all_of_a_change_or_nothing(films: Path) -> None:
    with changing(films) as process:
        while process.poll() is None:
            try:
                found = contents(open_index(films, HashEncoder())).keys()
            except IndexMismatch as error:  # it was changed each time that it was read
                assert "another process is writing" in str(error)
                continue
            assert ("i4" in found) == ("i5" in found) and len(found) in (58, 60)
    assert process.returncode == 0 and len(open_index(films, HashEncoder()).catalogue) == 58


def test_what_is_open_goes_on_meanwhile_and_its_engine_is_asked(films: Path) -> None:
    index, asked = open_index(films, HashEncoder()), [Interest("genres", "drama")]
    before = search(index, asked, 20)
    vector = np.ones((1, index.layout.dimensions), np.float32)
    with changing(films) as process:
        while process.poll() is None:
            assert len(index.query(vector, 60)[0][0]) in (58, 59, 60)
            assert search(index, asked, 20) == before
    assert process.returncode == 0


def test_where_nothing_can_be_written_the_change_is_not_there(films: Path) -> None:
    (films / "writing.lock").unlink(missing_ok=True)
    (films / "writing.lock").mkdir()
    with pytest.raises(PenchantError):
        change_items(films, HashEncoder(), CHANGE)
    os.rmdir(films / "writing.lock")
    assert contents(open_index(films, HashEncoder())) == by_id(ITEMS)
