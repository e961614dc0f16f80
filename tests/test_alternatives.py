"""What is wanted beside, or instead of, what was wanted before: "or a book", "the 80s as well", "memoirs only"."""

from __future__ import annotations

import pytest

from penchant.assistant import Session, merge
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import Catalogue, Item, infer_schema

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
