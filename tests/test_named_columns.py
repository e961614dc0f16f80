"""Shops' exports as they come: names and values side by side, titles in links and addresses, misread letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from penchant.retriever import read_catalogue
from penchant.retriever.catalogue.composite import with_named
from penchant.retriever.catalogue.importing import CatalogueFile, KnownFields
from penchant.retriever.catalogue.reading.misread import reread

NAMES = "Alba Bora Cima Duna Edel Fara Gora Hilo Ivo Jura".split()


def of_lines(folder: Path, *lines: str) -> CatalogueFile:
    (folder / "table.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_catalogue([folder / "table.csv"])


def of_objects(folder: Path, key: str, lists: Sequence[list[Any]]) -> CatalogueFile:
    rows = [{"id": n, "title": f"Tent {NAMES[n]}", key: found} for n, found in enumerate(lists)]
    (folder / "table.json").write_text(json.dumps(rows), encoding="utf-8")
    return read_catalogue([folder / "table.json"])


def kinds(found: CatalogueFile) -> dict[str, str]:
    return {column.name: column.unit or column.kind for column in found.columns}


def slots(start: int, stop: int) -> list[str]:
    head = "sku,title,Spec 1 Name,Spec 1 Value(s),Spec 1 Shown,Spec 2 Name,Spec 2 Value(s),Spec 2 Shown"
    power = [f"Power,{(1500, 2200, 3000)[n % 3]} W,1" for n in range(stop)]
    finish = [f'Finish,"{("steel", "black", "white")[n % 3]}, red",0' for n in range(stop)]
    pairs = [(power[n], finish[n])[:: -1 if n % 4 == 0 else 1] for n in range(stop)]
    return [head, *(f"p{n},Kettle {NAMES[n]},{','.join(pairs[n])}" for n in range(start, stop))]


def test_names_and_values_side_by_side_are_fields_by_the_names(tmp_path: Path) -> None:
    found = of_lines(tmp_path, *slots(0, 10))
    assert kinds(found) == {"Finish": "facet", "Power": "W"}
    assert found.items[0].fields == {"Finish": ("steel", "red"), "Power": 1500}


def test_rows_that_come_later_have_the_same_fields(tmp_path: Path) -> None:
    known = KnownFields(of_lines(tmp_path, *slots(0, 10)).schema, several=("Finish",))
    (tmp_path / "later.csv").write_text("\n".join(slots(1, 2)), encoding="utf-8")
    assert known.read([tmp_path / "later.csv"])[0].fields == {"Power": 2200, "Finish": ("black", "red")}


@pytest.mark.parametrize(
    ("objects", "said"),
    [
        ([{"trait_type": "Eyes", "value": colour} for colour in ("red", "blue")], "red"),
        ([{"id": 7, "name": "Eyes", "values": [{"name": c, "code": "X"}, "grey"]} for c in ("red", "blue")], None),
    ],
)
def test_objects_that_name_a_value(tmp_path: Path, objects: list[Any], said: str | None) -> None:
    found = of_objects(tmp_path, "facts", [[objects[n % 2]] for n in range(8)])
    assert found.items[0].fields == {"Eyes": said or ("red", "grey")}


@pytest.mark.parametrize(
    "objects",
    [
        [{"label": "Red", "value": "r"}, {"label": "Blue", "value": "b"}],
        [{"name": "Ann Lee", "role": "a nurse"}, {"name": "Bo Rae", "role": "a cook"}],
    ],
)
def test_objects_that_are_their_names(tmp_path: Path, objects: list[dict[str, str]]) -> None:
    found = of_objects(tmp_path, "list", [[objects[n % 2]] for n in range(8)])
    assert list(kinds(found)) == ["list"]


def test_what_its_name_settles_is_no_fact() -> None:
    clubs = {"Club 1 name": ["City", "Rovers"] * 4, "Club 1 value": ["10", "20"] * 4}
    assert with_named(clubs) == clubs


def test_all_variants_of_an_article_are_one(tmp_path: Path) -> None:
    rows = [
        line
        for name in NAMES[:4]
        for line in (f"{name},{name} Pot,Glade,Glaze,Green", f"{name},,,,Blue", f"{name},,,,Grey")
    ]
    found = of_lines(tmp_path, "Handle,Title,Vendor,Option1 Name,Option1 Value", *rows)
    assert [item.fields["Glaze"] for item in found.items] == [("Green", "Blue", "Grey")] * 4


def test_numbers_of_variants_are_hidden(tmp_path: Path) -> None:
    lists = [[{"id": str(61200000 + 37 * n + k)} for k in range(3)] for n in range(10)]
    assert kinds(of_objects(tmp_path, "variants", lists)) == {"variants": "hidden"}


def test_an_address_names_a_house(tmp_path: Path) -> None:
    rows = [f"{n + 3} {name} Street,{900 + n},{('gas', 'oil', 'wood')[n % 3]}" for n, name in enumerate(NAMES)]
    assert of_lines(tmp_path, "address,rent,heating", *rows).keys.title == ("address",)


def test_links_that_say_it_in_words_are_titles(tmp_path: Path) -> None:
    rows = [f"{'ABC'[n % 3]},https://x.example/tour/{n}/{name}-loop-{7000 + n}.html" for n, name in enumerate(NAMES)]
    found = of_lines(tmp_path, "region,page", *rows)
    assert found.items[1].title == "Bora loop" and found.items[1].fields["page"]
    numbered = [f"{'ABC'[n % 3]} hall,https://x.example/view?id={n}" for n in range(9)]
    assert of_lines(tmp_path, "region,page", *numbered).items[0].title == "A hall"


def test_composed_titles_have_no_lists_and_no_yes_and_no(tmp_path: Path) -> None:
    rows = [
        {
            "ward": "NSEW"[n % 4] + " ward",
            "roof": [["slate", "felt"], ["tile"]][n % 2],
            "wall": ("brick", "stone")[n % 2],
        }
        for n in range(12)
    ]
    (tmp_path / "table.json").write_text(json.dumps(rows), encoding="utf-8")
    assert not any("[" in item.title for item in read_catalogue([tmp_path / "table.json"]).items)
    flags = [f"{n + 1},{(33, 66, 25)[n % 3]},{('yes', 'no')[n % 2]},{('no', 'yes')[n % 3 == 0]}" for n in range(14)]
    assert of_lines(tmp_path, "n,speed,cd,lit", *flags).keys.title == ("n",)


@pytest.mark.parametrize("text", ["Navideña NAVIDEÑA", "Öl ÖL MÖBEL", "it’s – 5 €", "20 °C", "à côté", "š ž ů"])
def test_misread_letters_are_read_again(text: str) -> None:
    told = f"{text}, Käse, Nüsse, Flöte"
    assert reread(told.encode().decode("cp1252")) == told == reread(told)


def test_one_letter_alone_tells_of_no_misread_file() -> None:
    assert reread("Â¡Hola, Â¡Hola") == "Â¡Hola, Â¡Hola"


@pytest.mark.parametrize("text", ["‘ROMÃ’ x", "LÃ – 5", "„Ä“ und", "MAÇÃ…", "café»…", "ÄÖÜ ÅÄÖ", "SÃO PÃO"])
def test_letters_that_stand_as_they_should_stay(text: str) -> None:
    assert reread(text) == text


def test_amounts_that_end_as_prices_do_are_money(tmp_path: Path) -> None:
    rows = [
        f"{n},Game {name},{9.99 + n:.2f},{40.5 + n * 1.37:.2f},{1.23 + n * 0.71:.2f}" for n, name in enumerate(NAMES)
    ]
    found = of_lines(tmp_path, "id,title,start_pr,end_pr,girth", *rows)
    assert kinds(found) == {"start_pr": "money", "end_pr": "money", "girth": "number"}


def test_capitals_in_an_unknown_language_make_no_makers(tmp_path: Path) -> None:
    things, others = ("TAPPETO", "CUSCINO", "SPECCHIO", "COPERTA"), ("ROSSO", "LUNGO", "BASSO")
    said = [f"{one} {two}" for one in things for two in others]
    rows = [f"s{n},{title},{n}" for n, title in enumerate(said)]
    assert list(kinds(of_lines(tmp_path, "sku,name,depth", *rows))) == ["depth"]
