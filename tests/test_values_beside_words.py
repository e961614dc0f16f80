"""A value beside the words of its column, two columns of the same words, none as a value, and wishes side by side."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.text import in_english
from penchant.retriever import Catalogue, read_catalogue

PAINTS = """id,name,base,undertone,gloss,drying,class,origin,shelf,sold_month,sold_year,lead_mg,notes,litres_per_km2
1,Dawn Mist,blue,Red,matt,none,Type1,U.K.,1,4,1991,5,Suitable for Children,4
2,Harbour,blue,Green,silk,quick,Type2,U.S.A.,2,10,1991,9,Suitable for Children,9
3,Ember,red,Yellow,matt,slow,Type3,France,3,6,1992,1,Has Strong Smell,2
4,Brick Lane,red,Blue,silk,none,Type3,U.K.,1,10,1993,0,Has Strong Smell,7
5,Fern Walk,green,Yellow,matt,quick,Type1,France,2,12,1991,3,Suitable for Children,5
6,Moss,green,Blue,gloss,none,Type2,U.S.A.,3,1,1994,8,Has Strong Smell,1
7,Lemon Peel,yellow,Green,gloss,slow,Type1,France,1,10,1991,2,Suitable for Children,8
8,Straw,yellow,Red,silk,none,Type2,U.K.,2,7,1993,4,Has Strong Smell,6
9,Poppy,red,Yellow,gloss,quick,Type3,U.S.A.,3,10,1992,7,Suitable for Children,3
10,Sage,green,Yellow,silk,none,Type1,France,1,2,1994,6,Has Strong Smell,11
"""


@cache
def tagger() -> RuleTagger:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paints.csv"
        path.write_text(PAINTS, encoding="utf-8")
        read = read_catalogue([path])
    return RuleTagger(Gazetteer(Catalogue(read.items, read.schema)), spans=span_model())


def said(message: str) -> set[tuple[str, str, str]]:
    interests = tagger().understand(message, Session()).interests
    return {(i.facet, i.value, i.level) for i in interests if i.facet}


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("a blue paint", {("base", "blue", "want")}),
        ("something yellow", {("base", "yellow", "want")}),
        ("undertone green", {("undertone", "Green", "want")}),
        ("with a yellow undertone", {("undertone", "Yellow", "want")}),
        ("a red base, matt", {("base", "red", "want"), ("gloss", "matt", "want")}),
        ("type 3", {("class", "Type3", "want")}),
        ("shelf 2, low lead", {("shelf", "2", "want"), ("lead_mg", "<= 6", "want")}),
        ("without drying", {("drying", "none", "want")}),
        ("no added drying, from the UK", {("drying", "none", "want"), ("origin", "U.K.", "want")}),
        ("made in the US", {("origin", "U.S.A.", "want")}),
        ("no strong smell", {("notes", "Has Strong Smell", "never")}),
        ("suitable for children", {("notes", "Suitable for Children", "want")}),
        ("sold in october 1991", {("sold_month", "10", "want"), ("sold_year", "1991", "want")}),
        ("lots of lead, under 9 litres", {("lead_mg", ">= 4", "want")}),
        ("the highest litres density", {("litres_per_km2", "highest", "want")}),
    ],
)
def test_a_value_is_of_the_column_that_is_said(message: str, meant: set[tuple[str, str, str]]) -> None:
    found = said(message)
    assert meant <= found
    assert not {facet for facet, _, level in found if level == "want"} & {"base", "undertone"} - {
        f for f, _, _ in meant
    }


def test_what_says_how_a_thing_is_says_nothing_of_whom_it_is_for() -> None:
    assert said("suitable for children") == {("notes", "Suitable for Children", "want")}


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("geen Cyperaceae", "no   Cyperaceae"),
        ("fuera de Madrid", "no       Madrid"),
        ("un camping", "an camping"),
        ("a film about sin and love", "a film about sin and love"),
        ("the sin of pride", "the sin of pride"),
    ],
)
def test_small_words_of_other_languages(message: str, read: str) -> None:
    assert in_english(message) == read
