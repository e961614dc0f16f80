"""A limit or a value is taken back by whatever its field is called, or by what it is a matter of."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.session import merge
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Field, Item, Schema

SCHEMA = Schema(
    (
        Field("genre", "facet"),
        Field("district", "category"),
        Field("course_difficulty", "category"),
        Field("year", "number", unit="year"),
        Field("minutes", "number", unit="min"),
        Field("price", "number", unit="USD", better="less"),
        Field("rating", "number", unit="rating", better="more"),
        Field("votes", "number", unit="count", better="more"),
        Field("driven", "number", unit="km"),
    ),
    prior="votes",
)
ITEMS = [
    Item(
        str(n),
        f"Thing {n}",
        fields={
            "genre": (("Horror", "Comedy", "Western")[n % 3],),
            "district": ("Lakeside", "Harbour", "Alpine")[n % 3],
            "course_difficulty": ("Beginner", "Advanced")[n % 2],
            "year": 1950.0 + 2 * n,
            "minutes": 60.0 + 4 * n,
            "price": 20.0 + 9 * n,
            "rating": 5 + n / 8,
            "votes": 300.0 + 900 * n,
            "driven": 4000.0 + 3000 * n,
        },
    )
    for n in range(36)
]
TAGGER = RuleTagger(Gazetteer(Catalogue(ITEMS, SCHEMA)), spans=span_model())


def left(*messages: str) -> set[str]:
    session = Session()
    for message in messages:
        session = merge(session, TAGGER.understand(message, session), message, SCHEMA, 0.3)
    return {i.facet for i in session.interests if i.facet}


TAKEN_BACK = {
    "forget about the rating": "rated above 8",
    "a comedy, never mind the rating": "rated above 8",
    "never mind the length": "under 100 minutes",
    "how long it is doesn't matter any more": "under 100 minutes",
    "regardless of the length": "under 100 minutes",
    "money is no object after all": "under 100 dollars",
    "the cost is not important": "under 100 dollars",
    "any price is fine": "under 100 dollars",
    "forget what I said about the price": "under 100 dollars",
    "ok leave the money. A comedy": "under 100 dollars",
    "leave the price out of it": "under 100 dollars",
    "I don't mind how much it is": "under 100 dollars",
    "any year will do": "from the 90s",
    "I don't care when it was made": "from the 90s",
    "a western, any decade": "from the 90s",
    "the district is not important after all": "in Lakeside",
    "any part of town will do": "in Lakeside",
    "any level, but a comedy": "for a beginner",
    "the kilometres are not important after all": "under 40,000 km",
    "the distance driven can be anything": "under 40,000 km",
    "how many votes it has is irrelevant": "over 10000 votes",
}


@pytest.mark.parametrize(("back", "said"), TAKEN_BACK.items(), ids=TAKEN_BACK)
def test_a_field_is_taken_back(back: str, said: str) -> None:
    before = left(said)
    assert len(before) == 1
    assert not before & left(said, back)


@pytest.mark.parametrize(
    "beside", ["any horror", "leave out horror", "never mind that it is old", "the rating stays", "no matter, a comedy"]
)
def test_what_is_not_named_stays(beside: str) -> None:
    assert "minutes" in left("under 100 minutes", beside)


def test_one_of_two_limits_goes() -> None:
    assert left("in Harbour, under 100 dollars", "never mind the price") == {"district"}


def test_what_only_is_asked_for_is_not_what_those_two_stand_for() -> None:
    before = "a proper long western, more than 100 minutes"
    said = "he's seen both, typical. forget about the length, just westerns, and not those two"
    session = merge(Session(), TAGGER.understand(before, Session()), before, SCHEMA, 0.3)
    assert not [i for i in TAGGER.understand(said, session).interests if i.level == "never"]
    assert left(before, said) == {"genre"}
