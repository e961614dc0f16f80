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
