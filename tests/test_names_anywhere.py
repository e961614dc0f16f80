"""Names, languages and titles wherever they stand and however they are written; and what is but a part of a word."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import EntityLinker, Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.assistant.understanding.text import tokens
from penchant.retriever import Catalogue, Field, Item, Schema

ROWS = [
    ("Red Kite", "T. S. R. Ashgrove", "Basque", ("law", "families")),
    ("Out With It", "Ilse Varga", "Catalan", ("gardens",)),
    ("The Long Ferry", "Ilse Varga", "Basque", ("faith",)),
    ("Stone Soup", "Bjarne Lindqvist", "Instrumental", ("law", "gardens")),
]
FIELDS = (Field("makers", "name"), Field("language", "name"), Field("themes", "facet"))
ITEMS = [
    Item(f"{n}", title, fields={"makers": (maker,), "language": language, "themes": themes})
    for n, (title, maker, language, themes) in enumerate(ROWS)
]
GAZETTEER = Gazetteer(Catalogue(ITEMS, Schema(FIELDS)))


def found(text: str) -> set[str]:
    return {m.entries[0].value for m in EntityLinker(GAZETTEER).find(text, tokens(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Right then, the instrumental ones. Thank you.", {"Instrumental"}),
        ("She does not care for subtitles at all. Basque or something catalan.", {"Basque", "Catalan"}),
        ("Anything but Ashgrove this time", {"T. S. R. Ashgrove"}),
        ("My mother-in-law comes along", set()),
        ("about law", {"law"}),
        ("my sister faints", set()),
        ("about fiath", {"faith"}),
        ("We have seen Red Kite and Out With It.", {"Red Kite", "Out With It"}),
        ("I have read Red Kite, The Long Ferry and Out With It.", {"Red Kite", "The Long Ferry", "Out With It"}),
    ],
)
def test_what_is_found(text: str, expected: set[str]) -> None:
    assert found(text) == expected


def test_a_last_name_in_small_letters_is_known_by_its_place() -> None:
    tagger = RuleTagger(GAZETTEER, spans=span_model())
    said = tagger.understand("not varga, I had her at school", Session()).interests
    assert ("makers", "Ilse Varga", "never") in {(i.facet, i.value, i.level) for i in said}


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("not varga, we had her in our gardens at school", set()),
        ("something about gardens", {"gardens"}),
        ("gardens", {"gardens"}),
    ],
)
def test_what_is_only_part_of_a_story_is_no_wish(text: str, themes: set[str]) -> None:
    tagger = RuleTagger(GAZETTEER, spans=span_model())
    said = tagger.understand(text, Session()).interests
    assert {i.value for i in said if i.facet == "themes"} == themes


MAKERS = ("Kia", "LG", "Noise", "Apple", "HP", "Seat", "Giant")
TOLD = ("A quiet one.", "With noise cancelling.", "No noise at all.", "Plain and sturdy.")
GOODS = [
    Item(f"{n}", f"Model {n}", TOLD[n % 4], {"brand": MAKERS[n % 7], "seats": float(n % 5), "power": 90.0 + n})
    for n in range(56)
]
SHOP = Catalogue(
    GOODS, Schema((Field("brand", "name"), Field("seats", "number"), Field("power", "number", unit="horsepower")))
)


@pytest.fixture(scope="module")
def shop() -> RuleTagger:
    return RuleTagger(Gazetteer(SHOP), spans=span_model())


@pytest.mark.parametrize(
    ("text", "makers"),
    [
        ("a kia please", {("Kia", "want")}),
        ("kia", {("Kia", "want")}),
        ("an lg tv", {("LG", "want")}),
        ("lg", {("LG", "want")}),
        ("not an lg, they break", {("LG", "never")}),
        ("I want an apple phone", {("Apple", "want")}),
        ("hp or kia", {("HP", "want"), ("Kia", "want")}),
        ("something that keeps noise out", set()),
        ("noise cancelling ones for the train", set()),
        ("at least 100 hp", set()),
        ("one with five seats", set()),
        ("I need a good seat for my back", set()),
        ("I had apple pie, now a phone please", set()),
    ],
)
def test_a_maker_in_small_letters_is_known_where_its_name_is_no_other_word(
    shop: RuleTagger, text: str, makers: set[tuple[str, str]]
) -> None:
    said = shop.understand(text, Session()).interests
    assert {(i.value, i.level) for i in said if i.facet == "brand"} == makers
