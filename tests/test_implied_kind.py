"""Which kind of thing is meant where none is named: by a verb of use, or by what the page is full of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from penchant.assistant import Session, merge
from penchant.assistant.understanding.linking.gazetteer import Gazetteer
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Item, infer_schema

GENRES = ("mystery", "history", "comedy", "space")
ITEMS = [
    Item(f"{kind}-{n}-{genre}", f"{kind} {n} {genre}", fields={"kind": kind, "genres": (genre, "classic")})
    for kind in ("podcast", "novel", "game")
    for genre in GENRES
    for n in range(2)
    if (kind, genre) != ("podcast", "space")
]
CATALOGUE = Catalogue(ITEMS, infer_schema(ITEMS))
TAGGER = RuleTagger(Gazetteer(CATALOGUE))
PODCASTS = tuple(item.id for item in ITEMS if item.id.startswith("podcast"))[:4]
MIXED = (*PODCASTS[:3], "novel-0-comedy")


def kinds(text: str, shown: tuple[str, ...] = (), said: str = "mystery") -> list[str]:
    session = merge(Session(), TAGGER.understand(said, Session()), said, CATALOGUE.schema, 0.5)
    session = replace(session, screen=replace(session.screen, shown=shown))
    return [i.value for i in TAGGER.understand(text, session).interests if i.facet == "kind"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a mystery to listen to", ["podcast"]),
        ("something historical I can read on the train", ["novel"]),
        ("what comedy could we play tonight", ["game"]),
        ("a comedy that is a quick read", ["novel"]),
        ("a game about novels to read", ["game"]),
        ("a history podcast", ["podcast"]),
        ("a mystery about people who read minds", []),
        ("a comedy, I can't read subtitles", []),
    ],
)
def test_a_verb_of_use_says_it(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("no history", PODCASTS, ["podcast"]),
        ("make it funny, a comedy", PODCASTS, ["podcast"]),
        ("no history", MIXED, []),
        ("no history", PODCASTS[:2], []),
        ("a comedy to play", PODCASTS, ["game"]),
        ("now a novel", PODCASTS, ["novel"]),
        ("about space", PODCASTS, []),  # there is no such podcast
    ],
)
def test_else_what_is_shown_does(text: str, shown: tuple[str, ...], expected: list[str]) -> None:
    assert kinds(text, shown) == expected


def test_a_kind_that_was_named_or_taken_back_is_left_at_that() -> None:
    assert kinds("no history", PODCASTS, said="a mystery novel") == []
    taken_back = TAGGER.understand("forget the podcasts, a comedy", Session())
    assert [i for i in taken_back.interests if i.facet == "kind" and i.level == "want"] == []


def test_of_a_catalogue_of_one_kind_nothing_is_added() -> None:
    items = [Item(str(n), f"Thing {n}", fields={"genres": (g,), "state": s}) for n, (g, s) in enumerate(
        [(g, s) for g in GENRES for s in ("new", "used", "new")]
    )]  # fmt: skip
    tagger = RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))))
    session = merge(Session(), tagger.understand("mystery", Session()), "mystery", infer_schema(items), 0.5)
    session = replace(session, screen=replace(session.screen, shown=("0", "2", "3", "5")))
    assert [i.facet for i in tagger.understand("no history", session).interests if i.facet == "state"] == []
