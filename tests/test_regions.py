"""A continent is each of its countries that a catalogue has, wanted or refused."""

from __future__ import annotations

from functools import cache

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Item, infer_schema

COUNTRIES = ("Germany", "Italy", "Thailand", "Japan", "Peru", "Morocco")
EUROPE = {("Germany", "never"), ("Italy", "never")}


@cache
def tagger() -> RuleTagger:
    items = [Item(str(n), f"Stay {n}", fields={"country": COUNTRIES[n % 6]}) for n in range(24)]
    return RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())


def countries(message: str) -> set[tuple[str, str]]:
    said = tagger().understand(message, Session())
    assert not said.note
    return {(i.value, i.level) for i in said.interests if i.facet}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("nothing in Europe", EUROPE),
        ("somewhere outside Europe", EUROPE),
        ("outside of Japan", {("Japan", "never")}),
        ("a stay in Asia", {("Thailand", "want"), ("Japan", "want")}),
        ("European ones", {(name, "want") for name, _ in EUROPE}),
        ("not in Asia or Africa", {("Thailand", "never"), ("Japan", "never"), ("Morocco", "never")}),
    ],
)
def test_a_continent_is_its_countries(message: str, expected: set[tuple[str, str]]) -> None:
    assert countries(message) == expected


def test_what_is_refused_is_no_wish() -> None:
    said = tagger().understand("somewhere outside Europe", Session())
    assert not any("Europe" in i.value for i in said.interests if i.level == "want")


def test_a_word_of_the_catalogue_stays_what_it_is() -> None:
    items = [
        Item(str(n), f"Stay {n}", fields={"country": COUNTRIES[n % 6], "tour": ("Europe", "Andes")[n % 2]})
        for n in range(24)
    ]
    known = Gazetteer(Catalogue(items, infer_schema(items)))
    assert not known.broader & {("europe",)}


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("something British", "U.K."),
        ("by an American maker", "U.S.A."),
        ("made in the USA", "U.S.A."),
        ("a Dutch one", "Netherlands"),
        ("Bolivian, please", "Bolivia"),
        ("by a Frenchman", "France"),
        ("Vietnamese ones", "Vietnam"),
        ("Ecuadorian", "Ecuador"),
    ],
)
def test_what_is_of_a_country_is_found_in_any_column_of_countries(message: str, place: str) -> None:
    places = ("U.K.", "U.S.A.", "Netherlands", "Bolivia", "France", "Vietnam", "Ecuador", "Scotland")
    items = [Item(str(n), f"Bar {n}", fields={"made_by": places[n % 8], "taste": "sweet"}) for n in range(32)]
    made = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())
    assert {i.value for i in made.understand(message, Session()).interests if i.facet} == {place}


def told(message: str, *places: str, field: str = "made_by") -> set[tuple[str, str]]:
    items = [Item(str(n), f"Bar {n}", fields={field: places[n % len(places)], "taste": "sweet"}) for n in range(32)]
    made = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())
    return {(i.value, i.level) for i in made.understand(message, Session()).interests if i.facet}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("European, please", {("Europe", "want")}),
        ("European or Japanese", {("Europe", "want"), ("Japan", "want")}),
        ("nothing European", {("Europe", "never")}),
        ("an Asian one", {("Japan", "want"), ("East Asia", "want")}),
        ("something American", {("America", "want")}),
        ("South American ones", {("South America", "want")}),
        ("no Africans", {("Africa", "never")}),
    ],
)
def test_what_is_of_a_continent_that_a_column_has(message: str, expected: set[tuple[str, str]]) -> None:
    assert told(message, "Europe", "Japan", "America", "South America", "East Asia", "Africa") == expected


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a Sicilian one", {("Sicily", "want")}),
        ("something Neapolitan", {("Naples", "want")}),
        ("Welsh or Cornish", {("Wales", "want"), ("Cornwall", "want")}),
        ("nothing Texan", {("Texas", "never")}),
        ("Parisian", {("Paris", "want")}),
        ("a Floridian one", {("Florida", "want")}),
        ("Breton", {("Brittany", "want")}),
    ],
)
def test_what_is_of_a_part_of_a_country(message: str, expected: set[tuple[str, str]]) -> None:
    names = ("Sicily", "Naples", "Wales", "Cornwall", "Texas", "Paris", "Florida", "Brittany")
    assert told(message, *names, field="origin") == expected


def test_first_names_are_no_places() -> None:
    assert not told("a Parisian one", "Paris", "Anna", "Boris", "Clara", "Chris", "Peter")
