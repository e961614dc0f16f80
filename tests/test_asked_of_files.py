"""What people say of files that nobody tidied: amounts for so much time, areas, ordinals, what is offered, headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.assistant.understanding.linking import Gazetteer, find_numbers
from penchant.assistant.understanding.linking.deeds import deeds
from penchant.assistant.understanding.text import forms
from penchant.retriever import Catalogue, Item, infer_schema
from penchant.retriever.catalogue.inference import typed
from penchant.retriever.catalogue.values import as_lists, as_quantities

ROOMS = [
    {"fee": 60 + 8 * n, "area_sqm": 20 + 2 * (n % 20), "floor": n % 8, "bedrooms": 1 + n % 4, "min_nights": 1 + n % 5}
    for n in range(30)
]
OFFERED = {
    "Has pool heating": "heated",
    "Free parking": "can park",
    "Airport shipment": "ship",
    "Table booking": "reserve a table",
}
ASKED = {
    "under 120 a night": ("fee", "< 120"),
    "at most 200 per week": ("fee", "<= 200"),
    "90 pcm max": ("fee", "<= 90"),
    "at least 2 beds": ("bedrooms", ">= 2"),
    "4th floor or higher": ("floor", ">= 4"),
    "on the third floor": ("floor", "3"),
    "30 m2 or more": ("area_sqm", ">= 30"),
    "at least 430 square feet": ("area_sqm", ">= 39.94829"),
    "the bigger the better": ("area_sqm", "highest"),
    "the cheaper the better": ("fee", "lowest"),
    "at least 3 nights": ("min_nights", ">= 3"),
}


def gazetteer(rows: list[dict[str, object]]) -> Gazetteer:
    columns = {name: typed(name, [row[name] for row in rows])[0] for name in rows[0]}
    items = [
        Item(
            str(n), f"Item {n}", fields={c.name: value for c in columns.values() if (value := c.values[n]) is not None}
        )
        for n in range(len(rows))
    ]
    schema = infer_schema(items)
    fields = tuple(replace(f, unit=columns[f.name].unit) if f.name in columns else f for f in schema.fields)
    return Gazetteer(Catalogue(items, replace(schema, fields=fields)))


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_amounts_reach_the_field_that_they_are_of(text: str, expected: tuple[str, str]) -> None:
    rows: list[dict[str, object]] = [{**row, "fee": f"{row['fee']} €/night"} for row in ROOMS]
    assert [(r.facet, r.value) for r in find_numbers(text, gazetteer(rows))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("less than 40,000 acres", "< 40000"),
        ("more than 1000 square miles", "> 640000"),
        ("at most 40 km2", "<= 9884.215259"),
        ("over 4000 hectares", "> 9884.215259"),
        ("which is the largest of all?", "highest"),
    ],
)
def test_land_is_asked_for_in_any_unit(text: str, expected: str) -> None:
    rows: list[dict[str, object]] = [{"Acres": 5000 + 211 * n * n, "state": "ABC"[n % 3]} for n in range(60)]
    assert [(r.facet, r.value) for r in find_numbers(text, gazetteer(rows))] == [("Acres", expected)]


@pytest.mark.parametrize("written", ["{:,} €/month", "€ {:,}", "{:,} € / person", "{:,} EUR per week"])
def test_money_for_something_is_money(written: str) -> None:
    found = as_quantities([written.format(n) for n in (990, 1250, 1400, 2100)])
    assert found and [q and q.low for q in found] == [990, 1250, 1400, 2100]
    assert all(q and q.known and q.known.dimension == "money" for q in found)


def test_metres_a_second_are_no_metres() -> None:
    found = as_quantities(["3 m/s", "4 m/s", "5 m/s"])
    assert not found or all(q is None or q.known is None or q.known.dimension != "length" for q in found)


@pytest.mark.parametrize(("field", "said"), OFFERED.items(), ids=OFFERED)
def test_what_is_offered_is_asked_for_as_something_done(field: str, said: str) -> None:
    rows: list[dict[str, object]] = [
        {field: ("yes", "no")[n % 2], "colour": ("red", "blue", "green")[n % 3]} for n in range(30)
    ]
    known = gazetteer(rows).entries.get(forms(said), ())
    assert [(e.facet, e.value) for e in known] == ([(field, "yes")] if said != "ship" else [])


def test_deeds_are_made_of_verbs_only() -> None:
    assert "delivered" in set(deeds(["online", "delivery"])) and "book a table" in set(deeds(["table", "booking"]))
    assert not list(deeds(["king"])) and not list(deeds(["wifi"]))


@pytest.mark.parametrize("mark", [" > ", " -- "])
def test_a_heading_and_what_stands_under_it_are_values_of_their_own(mark: str) -> None:
    cells = [mark.join(("Audio", kind, use)) for kind in ("Headphones", "Speakers") for use in ("Home", "Travel")]
    found = as_lists(cells)
    assert found and found[0] == ("Audio", "Headphones", "Home") and found[3] == ("Audio", "Speakers", "Travel")
    nested = as_lists([f"{cell}; Sale" for cell in cells])
    assert nested and nested[0] == ("Audio", "Headphones", "Home", "Sale")
