"""Refusals without a word of refusal beside them, and words of refusal that refuse nothing, on a shelf of cheeses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Session
from penchant.assistant.near_values import NearValues
from penchant.assistant.session import Understanding
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.parsing.exceptions import denied_twice
from penchant.assistant.understanding.parsing.implied_refusals import is_also_so, is_left_out
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import OPEN, Catalogue, Field, Interest, Item, Schema
from penchant.retriever.encoding import HashEncoder

SCHEMA = Schema((Field("milk", "facet"), Field("country", "name"), Field("rind", "category")))
MILKS = ("Goat", "Sheep", "Cow", "Buffalo", "Camel")
ORIGINS = ("Norway", "Greece", "Austria", "Wales")
RINDS = ("Washed", "Bloomy", "Waxed")
ITEMS = [
    Item(str(n), f"Wheel {n}", fields={"milk": (MILKS[n % 5],), "country": (ORIGINS[n % 4],), "rind": RINDS[n % 3]})
    for n in range(30)
]
TAGGER = RuleTagger(Gazetteer(Catalogue(ITEMS, SCHEMA)), spans=span_model())

REFUSED = {
    "something mild. goat turns my stomach": {"Goat"},
    "I've had it with sheep, what else is there": {"Sheep"},
    "anything for her but camel": {"Camel"},
    "any country but Norway": {"Norway"},
    "we had goat on Sunday, so anything but that": {"Goat"},
    "my aunt only ever buys sheep, so no more of that please": {"Sheep"},
    "we were in Greece last summer so somewhere else": {"Greece"},
    "I'd rather not have a goat one": {"Goat"},
    "goat is out and so is sheep": {"Goat", "Sheep"},
    "spare me the goat": {"Goat"},
}

NOT_REFUSED = (
    "who doesn't love goat?",
    "what's not to like about sheep, give me some",
    "I'm not against buffalo",
    "you can never have too much goat",
    "I can't live without my goat",
    "nobody makes it better than Norway does",
    "something from Greece, not that I know it well",
    "my sister likes goat, and I'd like the same",
)


def nevers(text: str) -> set[str]:
    return {i.value for i in TAGGER.understand(text, Session()).interests if i.level == "never" and i.facet}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_without_a_word_of_refusal_is_barred(text: str) -> None:
    assert nevers(text) == REFUSED[text]


@pytest.mark.parametrize("text", NOT_REFUSED)
def test_two_denials_and_pronouns_without_refusal_bar_nothing(text: str) -> None:
    assert nevers(text) == set()


def test_a_wish_is_not_what_a_refused_pronoun_stands_for() -> None:
    assert nevers("a goat cheese please, but not that one again") == set()


@pytest.mark.parametrize(
    ("led", "expected"),
    [("anything ", False), ("anything but ", True), ("all sorts except the ", True), ("nice, but ", False)],
)
def test_only_what_is_taken_out_of_all_is_left_out(led: str, expected: bool) -> None:
    assert is_left_out(f"{led}goat", len(led)) is expected


def test_a_kind_that_is_refused_is_not_narrowed_to_its_nearest_value() -> None:
    """Where values are of the kind, all of them are barred, whichever is nearest to the word by its letters."""
    values = ("butter", "milk", "cheese", "cream", *(f"spice {n}" for n in range(20)))
    items = [Item(value, value, fields={"contents": (value,)}) for value in values]
    near = NearValues(Catalogue(items, Schema((Field("contents", "facet"),))), HashEncoder())
    said = Understanding("recommend", (Interest(OPEN, "dairy", level="never"),))
    assert near.taken(said).interests == said.interests


@given(st.text(max_size=80))
def test_any_text_is_looked_through(text: str) -> None:
    spans = denied_twice(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert isinstance(is_left_out(text, len(text)) or is_also_so(text, 0, len(text)), bool)


ON_SCREEN = {
    "the second one is nice, but not that country": {"Greece"},
    "not the first country please": {"Norway"},
}


@pytest.mark.parametrize("text", ON_SCREEN)
def test_a_fields_word_means_what_the_item_on_screen_has_there(text: str) -> None:
    said = TAGGER.understand(text, Session().show(["0", "1", "2"])).interests
    assert {i.value for i in said if i.level == "never" and i.facet == "country"} == ON_SCREEN[text]


@pytest.mark.parametrize("text", ["im alergic to goat", "anythng but goat please", "witout goat"])
def test_a_word_of_refusal_may_be_misspelt(text: str) -> None:
    assert nevers(text) == {"Goat"}
