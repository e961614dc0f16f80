"""Kinds of columns: from values first. Headers in other languages, or without meaning, change little."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from penchant.retriever import read_catalogue
from penchant.retriever.catalogue.inference import find_keys, known_values, typed, typed_columns
from penchant.retriever.catalogue.inference.headers import header_unit, words_of
from penchant.retriever.catalogue.schema import Field
from penchant.retriever.catalogue.values import unit_named

DATA = Path(__file__).parent / "benchmarks" / "data" / "catalogues"
FILES = sorted(path for path in DATA.rglob("*") if path.is_file() and path.parent.name != "spec")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_as_people_have_them(path: Path) -> None:
    """Made up by hands that had not seen the reader: each is read as it is, with titles that tell its items apart: all
    but the same model of a used car, or the same job, which are there several times."""
    read = read_catalogue([path])
    assert len(read.items) >= 30 and len(read.left_out) <= 4
    assert len({item.id for item in read.items}) == len(read.items)
    assert len({item.title for item in read.items}) >= 0.65 * len(read.items)
    assert sum(column.kind == "number" for column in read.columns) >= 1
    assert any(column.kind in ("facet", "name", "category") for column in read.columns)


def table(seed: int = 0) -> dict[str, list[Any]]:
    draw = Random(seed)
    first, last = (
        ("Ann", "Bo", "Cleo", "Dan", "Eve", "Finn"),
        ("Lee", "Marsh", "Noble", "Okoro", "Pell", "Quist", "Rowe"),
    )
    nouns, places = (
        ("River", "Door", "Winter", "Machine", "Garden", "Letter", "Harbour"),
        ("North", "Glass", "Salt", "Paper"),
    )
    return {
        "title": [f"The {draw.choice(places)} {draw.choice(nouns)} {n}" for n in range(80)],
        "genres": [
            ", ".join(draw.sample(["drama", "comedy", "horror", "noir", "war"], draw.choice([1, 2]))) for _ in range(80)
        ],
        "director": [f"{draw.choice(first)} {draw.choice(last)}" for _ in range(80)],
        "year": [str(draw.randint(1950, 2023)) for _ in range(80)],
        "price": [f"{draw.randint(3, 90)},{draw.randint(10, 99)} €" for _ in range(80)],
        "length": [f"{draw.randint(60, 200)} min" for _ in range(80)],
        "released": [
            f"{draw.randint(1, 28):02}.{draw.randint(1, 12):02}.{draw.randint(1990, 2020)}" for _ in range(80)
        ],
        "colour": [draw.choice(["yes", "no"]) for _ in range(80)],
        "plot": [
            f"A {draw.choice(nouns)} that nobody wanted turns up in the {draw.choice(places)}, once more."
            for _ in range(80)
        ],
        "page": [f"https://example.org/{n}" for n in range(80)],
    }


GERMAN = ("Titel", "Genres", "Regie", "Jahr", "Preis", "Länge", "Premiere", "Farbfilm", "Handlung", "Seite")
CHINESE = ("片名", "类型", "导演", "年份", "价格", "片长", "上映", "彩色", "剧情", "网页")
NONE = ("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10")


@pytest.mark.parametrize("names", [GERMAN, CHINESE, NONE], ids=["German", "Chinese", "none"])
def test_other_headers_give_the_same_kinds(names: tuple[str, ...]) -> None:
    known = table()
    kinds = {c.name: (c.kind, c.unit) for c in typed_columns(known)}
    for (old, cells), new in zip(known.items(), names, strict=True):
        (column,) = typed(new, cells)
        assert (column.kind, column.unit) == kinds[old], (old, new)
    renamed = dict(zip(names, known.values(), strict=True))
    assert find_keys(renamed).title == (names[0],)


def test_kinds_of_that_table() -> None:
    kinds = {c.name: c.kind for c in typed_columns(table())}
    assert kinds == {
        "title": "text",
        "genres": "facet",
        "director": "name",
        "year": "number",
        "price": "number",
        "length": "number",
        "released": "number",
        "colour": "category",
        "plot": "text",
        "page": "hidden",
    }


def test_ranges_and_mixed_amounts_become_two_columns() -> None:
    ages = typed("Age", ["3-6 years", "8-12 years", "10-99 years"] * 5)
    assert [(c.name, c.bound, c.values[0]) for c in ages] == [("Age (from)", "low", 3), ("Age (to)", "high", 6)]
    long = typed("duration", ["90 min", "2 Seasons", "104 min", "1 Season"] * 5)
    assert [(c.unit, c.values[:4]) for c in long] == [("min", [90, None, 104, None]), ("season", [None, 2, None, 1])]


def test_the_mean_of_votes_is_a_mark_and_how_many_there_are_is_not() -> None:
    for name in ("vote_average", "Avg. Review", "mean_vote", "Durchschnitt der Stimmen"):
        (column,) = typed(name, [7.6, 6.3, 8.1, 5.0] * 10)
        assert (column.unit, column.better) == ("rating", "more"), name
    for name in ("vote_count", "User Count", "Scored by", "enrollment"):
        (counted,) = typed(name, [9106, 44, 118, 20] * 10)
        assert counted.unit == "count", name


def test_times_as_iso_has_them_years_that_never_came_and_what_is_earned() -> None:
    (cooking,) = typed("cookTime", ["PT30M", "PT1H15M", "P1D", None] * 10)
    assert (cooking.unit, cooking.values[:4]) == ("min", [30, 75, 1440, None])
    (renovated,) = typed("yr_renovated", [0, 1990, 2005, 0] * 10)
    assert (renovated.unit, renovated.values[:4]) == ("year", [None, 1990, 2005, None])
    (wage,) = typed("monthly_wage_eur", [1200, 3400, 990] * 10)
    (fee,) = typed("monthly_fee_eur", [1200, 3400, 990] * 10)
    assert (wage.better, fee.better) == ("more", "less")
    (foot,) = typed("weak_foot", [1, 3, 5, 2] * 10)
    assert not foot.unit


def test_keys_and_constants_are_no_interests() -> None:
    assert typed("shop_id", list(range(1000, 1030)))[0].kind == "hidden"
    assert typed("type", ["game"] * 30)[0].kind == "hidden"
    assert typed("empty", [None, "", "N/A"]) == []


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("hours_per_week", "h"),
        ("Calories per serving", "kcal"),
        ("price_per_night", ""),
        ("price_kg", ""),
        ("price_eur", "EUR"),
        ("weeks", "weeks"),
        ("eur", "EUR"),
        ("eur_per_kg", "EUR"),
        ("pen", ""),
        ("weight_g", "g"),
        ("altitude_m", "m"),
        ("length_m", ""),
        ("votes_m", ""),
        ("size_l", ""),
        ("Lens wide (W)", ""),
        ("Lens tele (T)", ""),
        ("Power (W)", "W"),
        ("Load (t)", "t"),
        ("Litres (l)", "l"),
    ],
)
def test_a_column_counts_in_what_stands_before_per(name: str, unit: str) -> None:
    found = header_unit(name)
    assert (found.name if found else "") == unit


def test_a_list_of_equipment_and_an_amount_are_no_titles() -> None:
    parts = ("Tow bar", "Isofix", "Rear camera", "Roof rails", "Winter tyres", "Bluetooth")
    cars = ("Ford Focus 1.0 EcoBoost", "Mazda CX-5 2.2 SKYACTIV", "Opel Astra 1.6 CDTI", "Kia Niro 1.6 GDI")
    cells = {
        "Vehicle": [f"{cars[n % 4]} {'' if n < 24 else 'Sport'}{n % 7}".strip() for n in range(40)],
        "Mileage": [f"{81 + n}.{n:03} km" for n in range(40)],
        "Features": [", ".join(parts[n % 6 :] + parts[: n % 5]) for n in range(40)],
    }
    assert find_keys(cells).title == ("Vehicle",)


def test_a_rate_in_a_name_is_no_unit_of_its_end() -> None:
    (column,) = typed("Consumption l/100km", [f"{n % 9 + 3},{n % 7 + 1}" for n in range(40)])
    assert (column.kind, column.unit, column.words) == ("number", "l/100km", ("consumption",))
    assert [header_unit(name) for name in ("distance_km", "Range (km)")] == [unit_named("km")] * 2


def test_a_handful_of_owners_is_no_popularity() -> None:
    (few,) = typed("Previous Owners", [n % 4 + 1 for n in range(40)])
    (many,) = typed("Owners", [n * 37 % 900 for n in range(40)])
    assert (few.unit, many.unit) == ("", "count")


def test_one_column_of_litres_and_of_persons_is_two() -> None:
    litres, persons = typed("capacity", ["12 L", "0.5 L", "2-person", "40 L", "4-person", None, "3-person", "65 L"])
    assert (litres.unit, persons.unit) == ("l", "person")
    assert persons.values == [None, None, 2, None, 4, None, 3, None]


SLUGS = [f"{first}-{second}" for first in ("black", "grand", "petit") for second in ("opium", "male", "matin", "jour")]


def test_a_column_of_slugs_is_the_title_where_no_other_names_the_rows() -> None:
    addresses = [f"https://example.org/{slug}.html" for slug in SLUGS]
    table = {"url": addresses, "Maker": ["house-of-x"] * 12, "Scent": SLUGS, "sex": ["men", "women"] * 6}
    assert find_keys(table).title == ("Scent",)
    assert find_keys({**table, "Called": [f"{slug.title()} for all" for slug in SLUGS]}).title == ("Called",)
    codes = [f"x{n}-{n}b" for n in range(12)]
    assert find_keys({"code": codes, "Scent": SLUGS}).title == ("Scent",)


def test_a_title_is_never_put_together_of_addresses() -> None:
    addresses = [f"https://example.org/{n}.html" for n in range(12)]
    table = {"page": addresses, "grape": ["Pinot", "Merlot", "Syrah"] * 4, "land": ["Chile", "Spain"] * 6}
    assert find_keys(table).title == ("grape", "land")


def test_titles_that_are_slugs_are_shown_with_blanks(tmp_path: Path) -> None:
    file = tmp_path / "scents.csv"
    rows = [f"{slug},{'men' if n % 2 else 'women'},{1990 + n}" for n, slug in enumerate(SLUGS)]
    file.write_text("\n".join(["Scent,sex,year", *rows]))
    assert {item.title for item in read_catalogue([file]).items} == {slug.replace("-", " ") for slug in SLUGS}
    file.write_text("\n".join(["title,sex,year", *rows, "Jean-Luc Ho,men,1990", "Mary,men,1991"]))
    assert "black-opium" in {item.title for item in read_catalogue([file]).items}


@pytest.mark.parametrize(
    "cells", [["UT", "NM", "CA, NV"] * 4, [["UT"], ["NM"], ["CA", "NV"]] * 4], ids=["text", "JSON"]
)
def test_a_column_of_states_is_of_names_also_with_lists(cells: list[Any]) -> None:
    (column,) = typed("state", cells)
    assert column.kind == "name"
    assert [v if isinstance(v, tuple) else (v,) for v in column.values[:3]] == [
        ("Utah",), ("New Mexico",), ("California", "Nevada")]  # fmt: skip


def number_of(name: str, cells: list[Any]) -> tuple[str, list[Any]]:
    (column,) = typed(name, cells)
    assert column.kind == "number"
    return column.unit, list(column.values)


def test_thousands_and_millions_in_one_column_are_no_metres() -> None:
    assert number_of("a", ["5.3k", "1.2m", "890", "2b"] * 3)[1][:4] == [5300, 1200000, 890, 2e9]
    assert number_of("enrolled", ["1.5m", "3m", "12m"] * 4) == ("count", [1500000, 3000000, 12000000] * 4)
    assert number_of("a", ["1.5m", "3m", "12m"] * 4) == ("m", [1.5, 3, 12] * 4)
    assert number_of("downloads", ["10,000+", "500+", "1,000,000+"] * 4) == ("count", [10000, 500, 1000000] * 4)
    assert number_of("height", ["1.5 m", "2 km", "350 m"] * 4) == ("m", [1.5, 2000, 350] * 4)


def test_a_size_in_thousands_and_millions_is_of_a_file_where_its_name_says_no_more() -> None:
    cells = ["19M", "201k", "8.7M", "Varies with device", "25M", "4.4M"] * 4
    assert number_of("Size", cells) == ("MB", [19, 0.201, 8.7, None, 25, 4.4] * 4)
    assert number_of("company size", cells)[0] == ""


def test_a_rating_count_is_no_rating() -> None:
    counts, few = [str(120 + 97 * n) for n in range(12)], [str(n) for n in range(30, 42)]
    assert number_of("Rating Count", counts)[0] == "count"
    assert number_of("Rating Value", counts)[0] == number_of("total score", few)[0] == "rating"


@pytest.mark.parametrize(("unit", "cell", "value"), [("count", "1.2m", 1200000), ("MB", "19M", 19), ("m", "1.2m", 1.2)])
def test_a_single_cell_is_read_as_its_field_counts(unit: str, cell: str, value: float) -> None:
    assert known_values(Field("a", "number", unit=unit), [cell], several=False) == [value]


@pytest.mark.parametrize("name", ["column 1", "Unnamed: 0", "unnamed: 0.1", "...1", ""])
def test_numbers_of_rows_without_a_name_are_hidden(name: str) -> None:
    """Those of some rows of a larger table, in any order."""
    rows = [str(n) for n in Random(1).sample(range(900), 40)]
    (column,) = typed(name, rows)
    assert column.kind == "hidden"
    for other, cells in (("column 3", rows), ("pages", rows), (name, ["1", "2", "3", "4"] * 10)):
        (column,) = typed(other, cells)
        assert column.kind == "number"


def numbers_of(cells: dict[str, list[Any]]) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {c.name: (c.unit, c.better, c.words) for c in typed_columns(cells) if c.kind == "number"}


def test_marks_for_something_else_than_the_whole_are_no_ratings_beside_those_for_it() -> None:
    marks = [1.5 + n % 7 / 2 for n in range(40)]
    beside = numbers_of({"avg_rating": marks, "grip_rating": marks, "hygiene_score": marks})
    assert beside["avg_rating"][:2] == ("rating", "more")
    assert beside["grip_rating"] == ("", "", ("grip",)) and beside["hygiene_score"] == ("", "", ("hygiene",))
    assert numbers_of({"grip_rating": marks})["grip_rating"][:2] == ("rating", "more")
    counted = numbers_of({"rating_avg": marks, "rating_n": [40 + n * 7 % 200 for n in range(40)]})["rating_n"]
    assert "rating" in counted[2]


def test_what_a_battery_takes_is_no_price() -> None:
    hours = [2 + n % 6 for n in range(40)]
    assert numbers_of({"charge_time_h": hours, "fare": [h * 30 for h in hours]})["charge_time_h"][0] == "h"


def test_a_length_is_a_way_beside_a_climb_a_size_beside_a_width_and_else_a_time() -> None:
    long = [1200.5 + 310.25 * n for n in range(40)]
    assert numbers_of({"length": long, "ascent": [n * 11 for n in range(40)]})["length"][0] == "m"
    assert numbers_of({"length": [n / 10 for n in range(40)], "ascent": long})["length"][0] == "km"
    assert numbers_of({"length": long, "width": long})["length"][0] == ""
    assert numbers_of({"length": [61 + n % 9 for n in range(40)], "plays": long})["length"][0] == "min"


def test_popularity_in_places_is_better_the_lower_it_is() -> None:
    places = Random(3).sample(range(1, 90), 60)
    assert numbers_of({"popularity": places})["popularity"][:2] == ("", "less")
    assert numbers_of({"popularity": [n * n for n in places]})["popularity"][:2] == ("count", "more")


def test_coordinates_are_no_values() -> None:
    (column,) = typed("where", [[47.1234 + n / 7919, 8.3456 - n / 7919] for n in range(30)])
    assert column.kind == "hidden"


def test_three_letter_codes_of_languages_are_names_though_the_column_says_code() -> None:
    (column,) = typed("language_code", ["eng", "spa", "ger", "fre", "en-GB"] * 12)
    assert column.kind == "name" and set(column.values) == {"English", "Spanish", "German", "French"}


def test_names_between_slashes_are_several_and_other_words_are_one() -> None:
    pairs = ["Ada Byron/Charles Babbage", "Ann Lee", "Bo Marsh", "Cleo Noble/Dan Okoro/Eve Pell"] * 10
    (people,) = typed("authors", pairs)
    assert people.values[0] == ("Ada Byron", "Charles Babbage") and people.values[1] == ("Ann Lee",)
    (bands,) = typed("band", ["AC/DC", "Ann Lee", "Bo Marsh", "Cleo Noble"] * 10)
    assert bands.values[0] == "AC/DC"
    (tenants,) = typed("tenant", ["Bachelors/Family", "Family", "Bachelors", "Company", "Any"] * 10)
    assert tenants.values[0] == "Bachelors/Family"


def test_an_address_is_matched_as_written_a_level_of_prices_is_no_money_and_for_ends_what_is_asked_by() -> None:
    streets = [f"{n} Mill Lane, Old Town" for n in range(40)]
    assert typed("Address", streets)[0].kind == "name"
    assert numbers_of({"price_range": [1 + n % 4 for n in range(40)]})["price_range"][:2] == ("", "less")
    cost = numbers_of({"Average Cost for two": [300 + 50 * (n % 9) for n in range(40)]})["Average Cost for two"]
    assert cost == ("money", "less", ("average", "cost"))


def test_what_stands_in_place_of_a_number_is_none() -> None:
    sizes = [f"{n}M" for n in range(10, 30)]
    (column,) = typed("Size", [*sizes, *["Varies with device"] * 8])
    assert (column.kind, column.unit, column.values[-1]) == ("number", "MB", None)
    assert "Varies with device" in column.warnings[0]
    (few,) = typed("Shoe", ["38", "39", "One size"] * 9)
    assert few.kind != "number"
    (half,) = typed("Size", [*sizes, *["Varies with device"] * 20])
    assert half.kind != "number"


@pytest.mark.parametrize(
    ("name", "unit"), [("elev_m", "m"), ("motor_w", "W"), ("battery_wh", "Wh"), ("warranty_mo", "months")]
)
def test_a_unit_behind_a_name_cut_short(name: str, unit: str) -> None:
    found = header_unit(name)
    assert found is not None and found.name == unit


def test_an_id_that_a_few_rows_lack_is_one_all_the_same() -> None:
    names = [f"Kettle {n} of copper" for n in range(100)]
    cells = {"ID": [f"{n + 1000}" for n in range(99)] + [None], "Name": names}
    assert find_keys(cells).identity == "ID"
    assert find_keys({**cells, "ID": [None] * 50 + [f"{n}" for n in range(50)]}).identity == ""
    assert find_keys({**cells, "ID": [None] * 100}).identity == ""


@pytest.mark.parametrize(
    ("name", "unit"),
    [("euroPerDay", "EUR"), ("dist_pc", "parsec"), ("orbit_au", "astronomical unit"), ("runtime_d", "days")],
)
def test_short_units_of_names(name: str, unit: str) -> None:
    found = header_unit(name)
    assert found is not None
    assert found.name == unit


@pytest.mark.parametrize("name", ["pack_pc", "size_d", "supermarket", "PerMonth"])
def test_short_words_that_are_no_units(name: str) -> None:
    assert (found := header_unit(name)) is None or found.dimension == "time"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("userrating", ("user", "rating")),
        ("sizebytes", ("size", "bytes")),
        ("fueltype", ("fuel", "type")),
        ("numreviews", ("num", "reviews")),
        ("bedroomcount", ("bedroom", "count")),
        ("description", ("description",)),
        ("temperature", ("temperature",)),
        ("verkaufspreis", ("verkaufspreis",)),
        ("characteristics", ("characteristics",)),
    ],
)
def test_words_that_a_name_writes_as_one(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_a_size_in_bytes_is_asked_for_in_megabytes() -> None:
    assert header_unit("sizebytes") == unit_named("bytes")


def test_the_ends_of_a_range_are_asked_for_by_the_same_words_though_their_names_have_a_point() -> None:
    ends = {"Min. Reach (mm)": ["35", "50", "70", "85"] * 9, "Max. Reach (mm)": ["50", "70", "200", "85"] * 9}
    assert [(c.words, c.bound) for c in typed_columns(ends)] == [(("reach",), "low"), (("reach",), "high")]


def test_a_place_within_a_place_is_two() -> None:
    cells = ["Old Town, Arven", "Harbour, Arven", "Arven", "Belmont", "Mill Side, Belmont", "Corry", "Park, Arven"] * 5
    (column,) = typed_columns({"city": cells})
    assert column.values[:4] == [("Old Town", "Arven"), ("Harbour", "Arven"), ("Arven",), ("Belmont",)]


def test_first_names_behind_a_comma_are_no_places() -> None:
    cells = ["Quill, Ada", "Thorne, Ada", "Marsh, Bram", "Penn, Bram", "Roe, Cleo", "Voss, Cleo"] * 5
    (column,) = typed_columns({"written": cells})
    assert not any(isinstance(value, tuple) for value in column.values)


def test_so_much_of_so_much_is_a_number() -> None:
    (column,) = typed_columns({"iron": [f"{n} mg/100g" for n in (12, 30, 7, 41, 12, 9)] * 6})
    assert (column.kind, column.unit, column.values[0]) == ("number", "mg", 12)


def test_of_two_prices_that_of_the_list_is_meant_by_its_name_alone() -> None:
    listed = [40, 55, 80, 35, 60, 90] * 6
    columns = typed_columns({"Actual_Price": listed, "Selling_Price": [n - n % 3 * 5 for n in listed]})
    assert [(column.name, column.aside) for column in columns] == [("Actual_Price", True), ("Selling_Price", False)]
    fee = typed_columns({"Price": listed, "Cleaning fee": [n // 5 for n in listed]})
    assert not any(column.aside for column in fee)
