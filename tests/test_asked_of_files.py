"""Ways of asking that people have with lists of goods: what is there, what is not wanted, what is nothing longer."""

from __future__ import annotations

from functools import cache

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Field, Item, Schema

MAKES, KINDS = ("Peugeot", "Renault", "Volvo"), ("Music", "History", "Comedy")
SCHEMA = Schema(
    (
        Field("make", "facet"),
        Field("kind", "facet"),
        Field("first", "number", unit="year"),
        Field("minutes", "number", unit="min"),
        Field("price", "number", unit="EUR", better="less"),
    )
)
ASKED = {
    "any Peugeot or Renault among those?": {("make", "Peugeot", "want"), ("make", "Renault", "want")},
    "any Volvos there?": {("make", "Volvo", "want")},
    "I'd rather have a music one.": {("kind", "Music", "want")},
    "something with music": {("kind", "Music", "want")},
    "my head explodes after twenty minutes, so nothing longer than that": {("minutes", "<= 20", "want")},
    "What is the oldest that you have and that is still there?": {("first", "lowest", "want")},
    "Which is the cheapest one with music?": {("price", "lowest", "want"), ("kind", "Music", "want")},
    "with me": set(),
}


@cache
def tagger() -> RuleTagger:
    items = [
        Item(
            str(n),
            f"Thing number {n}",
            fields={
                "make": MAKES[n % 3],
                "kind": KINDS[n % 2 if n % 5 else 2],
                "first": 1990 + n,
                "minutes": 5 + 3 * n,
                "price": 10 * n,
            },
        )
        for n in range(1, 31)
    ]
    return RuleTagger(Gazetteer(Catalogue(items, SCHEMA)), spans=span_model())


@pytest.mark.parametrize(("text", "expected"), ASKED.items(), ids=ASKED)
def test_what_is_asked_for(text: str, expected: set[tuple[str, str, str]]) -> None:
    found = tagger().understand(text, Session()).interests
    assert {(i.facet, i.value, i.level) for i in found if i.facet} == expected


def test_what_is_fine_without_is_refused() -> None:
    (refused,) = [i for i in tagger().understand("no VW if you dont mind", Session()).interests if i.level == "never"]
    assert refused.value == "VW"
