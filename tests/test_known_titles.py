"""What a person says they know, also by a part of a title, and a maker who is left aside."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import MENTION, Catalogue, Field, Item, Schema

TITLES = (
    "My Neighbour Sploro",
    "The Last Waltz in Ghent",
    "Hedgerow 2",
    "Dinner at Noon",
    "Tin Moon (Deluxe)",
    "Tin Moon",
)
ITEMS = [Item(title, title, fields={"maker": "Brask Olander", "genres": ["drama"]}) for title in TITLES]
TAGGER = RuleTagger(
    Gazetteer(Catalogue(ITEMS, Schema((Field("maker", "name"), Field("genres", "facet"))))), spans=span_model()
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we've done Sploro, something else", "My Neighbour Sploro"),
        ("we've done Dinner at Noon and Sploro", "My Neighbour Sploro"),
        ("we saw hedgerow last week", "Hedgerow 2"),
        ("we've seen Waltz in Ghent twice, a drama please", "The Last Waltz in Ghent"),
        ("Tin Moon we've had twice", "Tin Moon"),
    ],
)
def test_a_work_is_known_by_a_part_of_its_title(text: str, expected: str) -> None:
    assert expected in TAGGER.understand(text, Session()).seen


def test_what_anybody_may_have_had_is_no_title() -> None:
    assert not TAGGER.understand("we had dinner already, a drama please", Session()).seen


def test_a_maker_who_is_left_aside_is_refused() -> None:
    said = TAGGER.understand("a drama, Brask Olander aside", Session()).interests
    assert [i.value for i in said if i.level == "never"] == ["Brask Olander"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("something like Sploro, but older", "My Neighbour Sploro"),
        ("Like the Waltz in Ghent but drier", "The Last Waltz in Ghent"),
        ("a drama along the lines of Hedgerow", "Hedgerow 2"),
        ("one in the vein of Sploro please", "My Neighbour Sploro"),
    ],
)
def test_what_is_to_be_alike_is_named_by_a_part_of_its_title(text: str, expected: str) -> None:
    said = TAGGER.understand(text, Session())
    assert expected in said.seen
    assert expected in [i.value for i in said.interests if i.facet == MENTION and i.level == "want"]


def test_to_like_a_thing_names_no_title() -> None:
    assert not TAGGER.understand("I'd like dinner and a drama", Session()).seen
