"""What a catalogue does not hold is said; of what it holds in another form it is never said."""

from __future__ import annotations

from functools import cache

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Item, infer_schema

PHONES = (
    ("Galaxy", "Samsung", "white", "South Korea", "turn-based timer"),
    ("Pixel", "Google", "black", "United States", "wireless"),
    ("Xperia", "Sony", "blue", "Japan", "wireless"),
    ("Skyline", "Fairphone", "black", "Netherlands", "seafood"),
)


@cache
def tagger() -> RuleTagger:
    items = [
        Item(
            str(n), f"{PHONES[n % 4][0]} {n}", fields=dict(zip(("brand", "colour", "country", "has"), row, strict=True))
        )
        for n, row in ((n, PHONES[n % 4][1:]) for n in range(16))
    ]
    return RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())


@pytest.mark.parametrize(
    ("message", "lacking"),
    [
        ("a green phone", "green"),
        ("something in purple", "purple"),
        ("do you have anything from Framework?", "Framework"),
        ("any huawei?", "huawei"),
        ("Sony or Motorola", "Motorola"),
        ("a Thai one", "Thai"),
        ("do you sell laptops?", "laptops"),
        ("rogue-like games", "rogue-like"),
    ],
)
def test_what_is_not_there_is_said(message: str, lacking: str) -> None:
    said = tagger().understand(message, Session())
    assert said.note == f"No “{lacking}” in this catalogue; taken as words."
    assert said.interests, "it is a wish all the same"


@pytest.mark.parametrize(
    "message",
    [
        "an american phone",
        "one from the US",
        "Samsungs please",
        "a Samsng",
        "a Fairfone",
        "sea food",
        "turnbased timers",
        "something cosy",
        "something darker",
        "a slimmer one",
        "a brilliant one",
        "a phone for my grandmother",
        "no purple",
        "do you have any phones from Japan?",
    ],
)
def test_nothing_is_said_of_what_is_there_in_another_form(message: str) -> None:
    assert tagger().understand(message, Session()).note == ""


def test_slips_of_words_that_only_titles_have_are_put_right() -> None:
    said = tagger().understand("something like a skylne", Session())
    assert any("skyline" in i.value for i in said.interests) and said.note == ""
    assert all("skylne" in i.quote for i in said.interests), "what was written stays to be seen"


def test_a_word_of_the_language_is_no_slip() -> None:
    said = tagger().understand("something with pixels and pixies", Session())
    assert not any("pixel " in i.value for i in said.interests)
