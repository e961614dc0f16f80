"""Facts that share a cell, and makers by whom titles begin: as fields of their own, in files of many kinds."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.linking import EntityLinker, Gazetteer, find_numbers
from penchant.assistant.understanding.text import tokens
from penchant.retriever import Catalogue, CatalogueFile, Schema, override_schema, read_catalogue
from penchant.retriever.catalogue import KnownFields, schema_toml
from penchant.retriever.catalogue.composite.openings import maker_of
from penchant.retriever.catalogue.composite.parts import parts_of
from penchant.retriever.catalogue.composite.skeleton import Fact, facts_of

MOWERS = [
    {
        "model": f"{maker} {name}",
        "price": str(149 + 30 * n),
        "cutting": f"{30 + n} cm wide, {20 + 5 * (n % 4)} l Box",
        "motor": f"{900 + 100 * (n % 6)} W Motor with {18 + 18 * (n % 3)} V Battery"
        if n % 5
        else f"{1000 + n} W Motor",
        "score": f"{3 + n % 3}.{n % 10} ({100 + 37 * n:,} reviews)",
    }
    for n, (maker, name) in enumerate(
        (maker, name)
        for maker in ("Grasso", "Velmo", "Tornquist", "Hakarin", "Ossbury")
        for name in ("Compact", "Silent 300", "Meadow", "Pro XL")
    )
]
BLANKETS = [
    {"name": name, "fabric": fabric}
    for name, fabric in (
        ("Harbour throw", "80% wool, 20% nylon"),
        ("Attic quilt", "100% cotton"),
        ("Picnic rug", "60% cotton, 40% wool"),
        ("Night shawl", "70% wool, 30% silk"),
        ("Cot cover", "95% cotton, 5% elastane"),
        ("Sofa plaid", "50% wool, 50% cotton"),
        ("Guest spread", "90% cotton, 10% wool"),
        ("Cabin blanket", "100% wool"),
    )
]
_WORDS = "harbour lantern winter orchard silent river copper meadow thunder velvet island garden".split()


def read(folder: Path, rows: Sequence[Mapping[str, str]]) -> CatalogueFile:
    path = folder / "things.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return read_catalogue([path])


def taken(found: CatalogueFile) -> dict[str, tuple[str, str]]:
    """The fields without columns of their own: what each is taken from, and its unit."""
    return {field.name: (field.source, field.unit) for field in found.schema.fields if field.source}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("16 GB RAM, 512 GB SSD", [(16, "GB", "RAM"), (512, "GB", "SSD")]),
        ("3 beds & 2 baths · 1,450 sqft", [(3, "", "beds"), (2, "", "baths"), (1450, "sq ft", "")]),
        ("12 MP + 8 MP Dual Rear & 5 MP Front Lens", [(12, "MP", "Dual Rear Lens"), (5, "MP", "Front Lens")]),
        ("8 GB of memory", [(8, "GB", "memory")]),
        ("2.99/lb", [(2.99, "", "per lb")]),
        ("up to €1.5 per day", [(1.5, "EUR", "per day")]),
        ("Weight: 2.5 kg; Seats: 4", [(2.5, "kg", "Weight"), (4, "", "Seats")]),
        ("a 6.1-inch screen", [(6.1, "inch", "screen")]),
        ("2-4 players, 45 min", [(2, "", "players"), (45, "min", "")]),
        ("Core i7-1165G7, 2.8 GHz", [(2.8, "GHz", "")]),
        ("30 x 20 x 10 cm", []),
        ("30-minutes-or-less, for-1-or-2", []),
        ("3G, 4G, 5G", []),
        ("8 AM - 10:30 PM, 2nd floor", []),
        ("Room 12", []),
        ("", []),
    ],
)
def test_a_cell_is_taken_apart(cell: str, expected: list[tuple[float, str, str]]) -> None:
    found = [(part.low, part.unit.name if part.unit else "", " ".join(part.words)) for part in parts_of(cell)]
    assert found == expected


def test_a_range_keeps_both_ends() -> None:
    assert [(part.low, part.high) for part in parts_of("3-12 months warranty")] == [(3, 12)]


@given(st.text(max_size=60))
def test_any_text_can_be_taken_apart(text: str) -> None:
    assert all(part.low <= part.high and (part.unit or part.words) for part in parts_of(text))


@given(st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=5, max_size=30))
def test_facts_say_what_was_written(pairs: list[tuple[int, int]]) -> None:
    rows = [parts_of(f"{knives} knives, {grams} g steel with lid") for knives, grams in pairs]
    for fact in facts_of(rows):
        said = [fact.of(parts) for parts in rows]
        expected = [pair[fact.unit == "g"] for pair in pairs]
        assert [part.low for part in said if part] == expected


def test_facts_of_a_cell_become_fields_beside_the_column(tmp_path: Path) -> None:
    found = read(tmp_path, MOWERS)
    assert taken(found) == {
        "brand": ("the titles", ""),
        "wide": ("cutting", "cm"),
        "box": ("cutting", "l"),
        "motor (W)": ("motor", "W"),
        "battery": ("motor", "V"),
        "reviews": ("score", "count"),
    }
    assert found.items[6].fields["cutting"] == MOWERS[6]["cutting"], "the column is as it was"
    assert found.items[6].fields["wide"] == 36 and found.items[6].fields["box"] == 30
    assert "battery" not in found.items[5].fields, "nothing is said of it there"
    assert found.items[1].fields["reviews"] == 137 and found.items[1].fields["score"] == 4.1


def test_thousands_are_counted_out(tmp_path: Path) -> None:
    rows = [{"title": f"Place {chr(97 + n)}", "mark": f"{3 + n / 10:.1f} ({n + 1}.{n}K reviews)"} for n in range(12)]
    rows[0]["mark"] = "4.9 (87 reviews)"
    found = read(tmp_path, rows)
    assert [item.fields["reviews"] for item in found.items][:3] == [87, 2100, 3200]


def test_what_a_cell_is_made_of_is_told_by_its_share(tmp_path: Path) -> None:
    found = read(tmp_path, BLANKETS)
    assert taken(found) == {"fabric (parts)": ("fabric", ""), "wool": ("fabric", "%"), "cotton": ("fabric", "%")}
    assert (
        found.items[3].values("fabric (parts)") == ("wool", "silk") and found.schema.kind("fabric (parts)") == "facet"
    )
    assert KnownFields(found.schema).of_cells([BLANKETS[3]])[0].fields == found.items[3].fields
    assert [item.fields.get("wool") for item in found.items][:3] == [80, 0, 40], "none is none of it"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("at least 38 cm wide", ("wide", ">= 38")),
        ("a 30 litre box or bigger", ("box", ">= 30")),
        ("with more than 1200 watts", ("motor (W)", "> 1200")),
        ("54 V battery", ("battery", "54")),
        ("over 500 reviews", ("reviews", "> 500")),
    ],
)
def test_they_are_asked_for_by_unit_and_noun(tmp_path: Path, said: str, expected: tuple[str, str]) -> None:
    found = read(tmp_path, MOWERS)
    gazetteer = Gazetteer(Catalogue(found.items, found.schema))
    assert [(r.facet, r.value) for r in find_numbers(said, gazetteer)] == [expected]


@pytest.mark.parametrize(
    "cells",
    [
        [f"It took me {n} years to learn that the {n + 3} chairs you see are not for sale." for n in range(20)],
        [f"{n + 1} {word.title()} Lane, Flat {n % 4}" for n, word in enumerate(_WORDS)],
        [("3G, 4G, 5G, NFC", "3G, 4G")[n % 2] for n in range(20)],
        [f"{n % 28 + 1} May 2024, 7 pm" for n in range(20)],
        [
            f"{n + 2} {word}"
            for n, word in enumerate("cups spoons eggs limes jars tins pots leaves stems knobs".split())
        ],
        [f"{n} min" for n in range(20)],
        [f"1 to {n} people, 2 h {n} min" for n in range(20)][:4],
    ],
    ids=["prose", "addresses", "plain values", "dates", "ever other things", "one amount", "few"],
)
def test_what_has_no_skeleton_is_left_alone(tmp_path: Path, cells: list[str]) -> None:
    rows = [{"title": f"Thing of {chr(97 + n)}", "about": cell} for n, cell in enumerate(cells)]
    assert not taken(read(tmp_path, rows))


def test_rows_that_come_later_get_the_same_fields(tmp_path: Path) -> None:
    found = read(tmp_path, MOWERS)
    known = KnownFields(found.schema)
    row = {**MOWERS[7], "model": "Pelargo Edge", "cutting": "44 cm wide, 60 l Box", "motor": "1.4 kW Motor"}
    (new,) = known.of_cells([row])
    assert {name: new.fields.get(name) for name in ("brand", "wide", "box", "motor (W)", "battery", "reviews")} == {
        "brand": "Pelargo",
        "wide": 44,
        "box": 60,
        "motor (W)": 1400,
        "battery": None,
        "reviews": 359,
    }
    assert known.of_cells([dict(row) for row in MOWERS])[3].fields == found.items[3].fields
    changed = known.changed(new, {"cutting": "50 cm wide, 70 l Box", "title": "Velmo Edge"})
    assert (changed.fields["wide"], changed.fields["box"], changed.fields["brand"]) == (50, 70, "Velmo")
    assert known.changed(new, {"cutting": "44 cm wide", "wide": "43"}).fields["wide"] == 43, "what is set itself stays"


def test_a_schema_file_says_where_they_are_from_and_may_change_them(tmp_path: Path) -> None:
    found = read(tmp_path, MOWERS)
    text = schema_toml(found)
    assert "# from cutting" in text and "# from the titles" in text
    path = tmp_path / "schema.toml"
    path.write_text(text.replace('words = ["box"]', 'words = ["box", "catcher"]'), encoding="utf-8")
    changed = override_schema(found.schema, path)
    field = changed.field("box")
    assert field and field.words == ("box", "catcher") and field.source == "cutting"
    assert Schema.from_json(changed.to_json()) == changed
    assert KnownFields(changed).of_cells([MOWERS[2]])[0].fields["box"] == 30


def test_makers_are_spelt_one_way_and_may_have_two_words(tmp_path: Path) -> None:
    draw = Random(3)
    makers = ("Land Meadow", "LAND MEADOW", "Corvo", "corvo", "Brio & Sons", "Zuber", "Plimsoll", "Nokken")
    lines = ("Dawn", "Ferry", "Quartz", "Ochre", "Tundra", "Sable", "Ridge", "Larch")
    titles = [f"{maker} {line} {draw.choice('ABC')}" for maker in makers for line in lines]
    found = read(tmp_path, [{"title": title, "price": str(draw.randint(9, 99))} for title in titles])
    brands = {item.values("brand")[0] for item in found.items}
    assert {brand.casefold() for brand in brands} == {
        "land meadow",
        "corvo",
        "brio & sons",
        "zuber",
        "plimsoll",
        "nokken",
    }
    assert len(brands) == 6


def test_a_product_line_before_a_number_is_no_maker() -> None:
    assert maker_of("Pommel Disc 7 Lite", {"grim orchard": None}) == "Pommel"
    assert maker_of("Grim Orchard Press", {"grim orchard": None}) == "Grim Orchard"
    assert maker_of("2016 Corvo Ferry", ()) == "Corvo"
    assert maker_of("The Long Way", ()) is None


@pytest.mark.parametrize(
    ("titles", "others"),
    [
        ([f"The {a} {b}" for a in _WORDS[:6] for b in _WORDS[6:]], {}),
        ([f"{a.title()} {b.title()}" for a in _WORDS for b in _WORDS if a != b], {}),
        (
            [
                f"{kind} {place}"
                for kind in ("Hotel", "Hostel", "Villa", "Inn")
                for place in "Ao Bo Co Do Eo Fo".split()
            ],
            {},
        ),
        ([f"{a}. {b.title()}son" for a in "ABCD" for b in _WORDS], {}),
        ([f"Corvo {line}" for line in _WORDS] * 2, {}),
        (
            [f"{maker} {line}" for maker in ("Corvo", "Nokken", "Zuber", "Plim") for line in _WORDS],
            {"author": "Iva"},
        ),
        ([f"{maker} {line}" for maker in ("Corvo", "Nokken", "Zuber", "Plim") for line in _WORDS], {"Make": ""}),
    ],
    ids=["articles", "common words", "kinds of places", "initials", "one name", "works", "already a column"],
)
def test_titles_that_begin_with_no_maker_have_none(tmp_path: Path, titles: list[str], others: dict[str, str]) -> None:
    rows = [
        {"title": title, "size": str(n % 7 + 30)}
        | {name: (value and f"{value} {'ABC'[n % 3]}. Holt") or title.split()[0] for name, value in others.items()}
        for n, title in enumerate(titles)
    ]
    assert "the titles" not in {source for source, _ in taken(read(tmp_path, rows)).values()}


def test_a_fact_is_found_by_unit_and_words_alone() -> None:
    parts = parts_of("4 TB disk, 16 GB memory")
    assert [fact.of(parts).low for fact in (Fact("GB", ("memory",)), Fact("GB", ("disk",)))] == [16, 4]
    assert Fact("kg", ()).of(parts) is None and Fact("slot", ()).of(parts) is None


def test_short_makers_are_found_in_small_letters(tmp_path: Path) -> None:
    titles = [
        f"{maker} {line} {n}" for maker in ("Ovvo", "Zuber", "Plimsoll", "Corvo") for n, line in enumerate(_WORDS)
    ]
    found = read(tmp_path, [{"title": title, "price": str(n + 9)} for n, title in enumerate(titles)])
    linker = EntityLinker(Gazetteer(Catalogue(found.items, found.schema)))
    for said in ("no ovvo please", "an ovvo for my sister, up to £20"):
        assert [m.entries[0].value for m in linker.find(said, tokens(said))][:1] == ["Ovvo"]
