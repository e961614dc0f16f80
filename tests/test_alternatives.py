"""What is wanted beside, or instead of, what was wanted before: "or a book", "the 80s as well", "memoirs only"."""

from __future__ import annotations

import pytest

from penchant.assistant import Session, Understanding, merge
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema, infer_schema

ITEMS = [
    Item(f"{n}", f"Work {n}", fields={"kind": kind, "genres": genres, "year": 1950.0 + 6 * n})
    for n, (kind, genres) in enumerate(
        (kind, genres)
        for kind in ("podcast", "novel", "opera")
        for genres in (("mystery", "crime"), ("history", "memoir"), ("comedy", "crime"), ("heist", "comedy"))
    )
]
CATALOGUE = Catalogue(ITEMS, infer_schema(ITEMS))
TAGGER = RuleTagger(Gazetteer(CATALOGUE), spans=span_model())


def wants(*messages: str) -> set[str]:
    """What of fields is wanted after some messages."""
    session = Session()
    for message in messages:
        session = merge(session, TAGGER.understand(message, session), message, CATALOGUE.schema, 0.5)
    fields = CATALOGUE.schema.of("category", "facet", "number")
    return {f"{i.facet} {i.value}" for i in session.interests if i.facet in fields and i.level == "want"}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("a mystery podcast", "or a novel", {"genres mystery", "kind podcast", "kind novel"}),
        ("a mystery podcast", "make it a novel", {"genres mystery", "kind novel"}),
        ("a comedy from the 90s", "80s would be fine as well", {"genres comedy", "year 1990..1999", "year 1980..1989"}),
        ("a comedy from the 90s", "from the 80s", {"genres comedy", "year 1980..1989"}),
        ("a history or a comedy", "only comedies please", {"genres comedy"}),
        ("a history or a comedy", "comedy only", {"genres comedy"}),
        ("a history", "a comedy", {"genres history", "genres comedy"}),
        ("a heist podcast", "That's not a heist!", {"genres heist", "kind podcast"}),
    ],
)
def test_what_is_wanted_then(before: str, now: str, expected: set[str]) -> None:
    assert wants(before, now) == expected


SOFAS = [
    Item(f"{n}", title, fields={"shape": shape, "colour": colour})
    for n, (title, shape, colour) in enumerate(
        (
            ("Aldo Corner Sofa", "corner", "blue"),
            ("Bex", "corner", "grey"),
            ("Fern Recliner", "recliner", "grey"),
            ("Gus Recliner Deluxe", "recliner", "red"),
            ("Dune Hammock", "seat", "white"),
            ("Kit Hammock", "seat", "grey"),
        )
    )
]
ROOM = Catalogue(SOFAS, Schema((Field("shape", "facet"), Field("colour", "facet"))))
SELLER = RuleTagger(Gazetteer(ROOM), spans=span_model())


def said_of(text: str, shown: str) -> Understanding:
    before = "something nice for the living room"
    session = merge(Session(), SELLER.understand(before, Session()), before, ROOM.schema, 0.5)
    return SELLER.understand(text, session.show(tuple(shown)))


@pytest.mark.parametrize(
    ("text", "shown", "value"),
    [
        ("just the corner", "0124", "corner"),
        ("only the corner sofas please", "0124", "corner"),
        ("ok, just the grey", "0124", "grey"),
        ("only recliners", "0234", "recliner"),
        ("just the hammocks", "0145", "hammocks"),
    ],
)
def test_just_a_kind_is_a_wish_and_takes_nothing(text: str, shown: str, value: str) -> None:
    said = said_of(text, shown)
    assert not said.asked.topic
    assert value in {i.value for i in said.interests if i.level == "want"} or value in said.interests[0].value


@pytest.mark.parametrize(
    ("text", "shown", "item"),
    [
        ("I'll take the deluxe", "0123", "3"),
        ("I'll take the Aldo", "0123", "0"),
        ("I'll take the corner", "023", "0"),
        ("I'll take the corner", "0123", ""),
    ],
)
def test_one_is_taken_by_a_word_that_no_other_on_screen_has(text: str, shown: str, item: str) -> None:
    said = said_of(text, shown)
    assert "".join(said.about) == item
    assert said.asked.topic == ("accept" if item else "no such place")
