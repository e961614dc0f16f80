"""What nothing is all of is said, with what each wish costs; and which few are, and of alternatives neither."""

from __future__ import annotations

import pytest

from penchant.assistant.explanation import shortfall_words
from penchant.assistant.session import Session
from penchant.assistant.shortfall import shortfall
from penchant.retriever import Catalogue, Field, Interest, Item, Schema

ROWS = (("film", "western drama"), ("film", "western comedy"), ("book", "drama"), ("book", "comedy"), ("book", "drama"))
ITEMS = [
    Item(str(n), f"Title {n}", fields={"kind": kind, "genres": tuple(genres.split()), "moods": ("calm",)})
    for n, (kind, genres) in enumerate(ROWS * 2)
]
FIELDS = (Field("kind", "category"), Field("genres", "facet"), Field("moods", "facet"))
CATALOGUE = Catalogue(ITEMS, Schema(FIELDS))
SHOWN = [item.id for item in ITEMS[:5]]


def said(message: str, *wishes: tuple[str, str, str]) -> Session:
    own = Interest("", message, 0.6, quote=message)
    return Session(interests=(*(Interest(f, v, quote=q) for f, v, q in wishes), own))


def test_nothing_is_both_and_each_costs_what_the_other_leaves() -> None:
    session = said("western books", ("genres", "western", "western"), ("kind", "book", "books"))
    found = shortfall(session, CATALOGUE, (), SHOWN)
    assert found and found.without == (6, 4)
    text = shortfall_words(found, CATALOGUE.schema, "western books", session)
    assert text.startswith("Nothing here is listed as “western” and “book” at once; there would be 4 without “book”")


def test_only_few_are_all_of_it() -> None:
    session = said("western comedies", ("genres", "western", "western"), ("genres", "comedy", "comedies"))
    found = shortfall(session, CATALOGUE, (), ["1", "6", *SHOWN[2:]])
    assert found and found.only == ("Title 1", "Title 6")
    assert shortfall(session, CATALOGUE, ("1",), ["6", *SHOWN[2:]]) is None, "one of them is hidden"


@pytest.mark.parametrize("message", ["western or comedy", "westerns and comedies"])
def test_of_alternatives_none_is_lacking(message: str) -> None:
    first, second = message.split()[0], message.split()[-1]
    session = said(message, ("genres", "western", first), ("genres", "comedy", second))
    assert shortfall(session, CATALOGUE, (), SHOWN) is None


def test_one_wish_comes_short_of_no_other() -> None:
    assert shortfall(said("books", ("kind", "book", "books")), CATALOGUE, (), SHOWN) is None
    assert shortfall(Session(), CATALOGUE, (), SHOWN) is None
