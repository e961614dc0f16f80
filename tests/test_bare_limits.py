"""Limits that wording alone makes: the time a thing is done in, what a bare number is of, a sentence of its own."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Interest, Item, Schema

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
        ("hour forty tops", {"minutes <= 100"}),
        ("anything under an hour and forty-five", {"minutes < 105"}),
        ("up to two hours fifty, please", {"minutes <= 170"}),
        ("2 and a half hours at the very most", {"minutes <= 150"}),
        ("up to two hours 30 people would like", {"minutes <= 120"}),
        ("it can't go past 2 hours", {"minutes <= 120"}),
        ("100 min at the outside", {"minutes <= 100"}),
        ("a quiet one, but not 2 hours", {"minutes < 120"}),
        ("something from the last 15 yrs", {"year >= 2007"}),
        ("older than me (1975)", {"year < 1975"}),
        ("anything younger than my car (2010)", {"year > 2010"}),
        ("We met in the seventies. I should like something from those years", {"year 1970..1979"}),
        ("We met in the seventies. I should like something with a dog", set()),
        ("nothing double-length, under 45 minutes", {"minutes < 45"}),
        ("I sit nine hours a day, something calm", set()),
    ],
)
def test_a_limit(text: str, expected: set[str]) -> None:
    ranges = {f"{i.facet} {i.value}" for i in TAGGER.understand(text, Session()).interests if i.facet in _NUMBERS}
    assert ranges == expected


KINDS = Schema((Field("kind", "category"), Field("minutes", "number", unit="min"), Field("pages", "number")))
SHELF = [
    Item(f"{kind}{n}", f"{kind} {n}", fields={"kind": kind, field: first + step * n})
    for kind, field, first, step in (("film", "minutes", 60.0, 20.0), ("book", "pages", 100.0, 60.0))
    for n in range(8)
]
SHELVED = RuleTagger(Gazetteer(Catalogue(SHELF, KINDS)), spans=span_model())


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("300+ please", "book", {"pages >= 300"}),
        ("under 150", "film", {"minutes < 150"}),
        ("under 150", "book", {"pages < 150"}),
        ("a book, under 150", "film", {"pages < 150"}),
        ("over 140", "", set()),  # of either
        ("over 2000", "film", set()),  # no film is so long
        ("over 140 explosions", "film", set()),
    ],
)
def test_a_bare_limit_is_of_the_kind_that_is_wanted(text: str, before: str, expected: set[str]) -> None:
    session = Session(interests=(Interest("kind", before),) if before else ())
    said = SHELVED.understand(text, session).interests
    assert {f"{i.facet} {i.value}" for i in said if i.facet in ("minutes", "pages")} == expected


GENRES = Schema((Field("genres", "facet"), Field("year", "number", unit="year")))
WORKS = [
    Item(g, f"Work of {g}", fields={"genres": [g], "year": 1960.0 + 10 * n}) for n, g in enumerate(["horror", "war"])
]
SORTED = RuleTagger(Gazetteer(Catalogue(WORKS, GENRES)), spans=span_model())


def test_what_may_be_as_it_is_refused_bars_nothing() -> None:
    said = SORTED.understand("not horror is ok but nothing before 1965", Session()).interests
    assert [(i.facet, i.value) for i in said if i.level == "never"] == [("year", "< 1965")]
    assert not any(i.value == "horror" for i in said)


@pytest.mark.parametrize(("text", "expected"), [("8 and up", set()), ("90 and up", {"minutes >= 90"})])
def test_a_bare_limit_that_all_keep_is_not_of_the_length(text: str, expected: set[str]) -> None:
    items = [Item(item.id, item.title, fields={"minutes": item.fields["minutes"]}) for item in ITEMS]
    tagger = RuleTagger(Gazetteer(Catalogue(items, Schema(FIELDS[1:2]))), spans=span_model())
    found = tagger.understand(f"the really good stuff, {text}", Session()).interests
    assert {f"{i.facet} {i.value}" for i in found if i.facet == "minutes"} == expected
