"""Limits that wording alone makes: the time a thing is done in, what a bare number is of, a sentence of its own."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema

FIELDS = (
    Field("year", "number"),
    Field("minutes", "number", unit="min"),
    Field("price", "number", unit="EUR"),
)
_NUMBERS = frozenset(field.name for field in FIELDS if field.kind == "number")
ITEMS = [
    Item(str(n), f"Work {n}", fields={"year": 1950.0 + 8 * n, "minutes": 20.0 + 15 * n, "price": 5.0 * n})
    for n in range(10)
]
TAGGER = RuleTagger(Gazetteer(Catalogue(ITEMS, Schema(FIELDS))), spans=span_model())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one we can finish in 95 minutes", {"minutes <= 95"}),
        ("a story that is over in half an hour", {"minutes <= 30"}),
        ("max. 80 mins please", {"minutes <= 80"}),
        ("nothing over an hour and a quarter", {"minutes <= 75"}),
        ("something much shorter, say under 60", {"minutes < 60"}),
        ("cheaper, like under 20", {"price < 20"}),
        ("All you ever give me is old stuff! After 1999.", {"year > 1999"}),
        ("Sixties, seventies, eighties, that sort of thing", {"year 1960..1969", "year 1970..1979", "year 1980..1989"}),
        ("I sit nine hours a day, something calm", set()),
    ],
)
def test_a_limit(text: str, expected: set[str]) -> None:
    ranges = {f"{i.facet} {i.value}" for i in TAGGER.understand(text, Session()).interests if i.facet in _NUMBERS}
    assert ranges == expected
