"""What is wanted by a noun that no value is called, in messages as the span model reads them."""

from __future__ import annotations

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.assistant.understanding.tagger import RuleTagger
from penchant.retriever import OPEN, Catalogue, Field, Item, Schema

KINDS = ("Whisky", "Gin", "Rum", "Vodka", "Beer", "Cider", "Lemonade", "Cordial", "Red Wine", "White Wine", "Saloon")
EXTRAS = ("Refrigerator", "Washer", "Elevator", "Stroller", "Garden", "Sauna")


@pytest.fixture(scope="module")
def tagger() -> RuleTagger:
    fields = [{"kind": KINDS[n % 11], "extras": (EXTRAS[n % 6], EXTRAS[(n + 1) % 6])} for n in range(66)]
    items = [Item(str(n), f"Thing {n}", fields=known) for n, known in enumerate(fields)]
    schema = Schema((Field("kind", "facet"), Field("extras", "facet")))
    return RuleTagger(Gazetteer(Catalogue(items, schema)), spans=span_model())


def heard(tagger: RuleTagger, message: str) -> set[tuple[str, str]]:
    return {(i.value, i.level) for i in tagger.understand(message, Session()).interests if i.facet != OPEN}


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("something with a fridge and an elevator", {"Refrigerator", "Elevator"}),
        ("a place with a washing machine please", {"Washer"}),
        ("do you have any spirits?", {"Whisky", "Gin", "Rum", "Vodka"}),
        ("I want a bourbon", {"Whisky"}),
        ("a red wine or a spirit", {"Red Wine"}),
    ],
)
def test_the_values_that_a_noun_stands_for_are_wanted(tagger: RuleTagger, message: str, values: set[str]) -> None:
    assert heard(tagger, message) == {(value, "want") for value in values}


@pytest.mark.parametrize(
    "message",
    [
        "my boss spilled spirits over his suit. I need a present",
        "my fridge broke last week, what is new?",
        "something like a beverage",
        "I would like a thing",
        "a present for my fridge",
        "any zebra spirits?",
    ],
)
def test_what_is_only_told_or_says_nothing_is_no_wish(tagger: RuleTagger, message: str) -> None:
    assert heard(tagger, message) == set()


def test_what_is_refused_by_such_a_noun_stays_a_refusal_in_its_own_words(tagger: RuleTagger) -> None:
    found = tagger.understand("no spirits please", Session()).interests
    assert [(i.facet, i.value) for i in found if i.level == "never"] == [(OPEN, "spirits")]


def test_what_all_things_are_called_stands_for_no_values_of_some() -> None:
    malts = ("Pale Ale", "Pilsner", "Wheat", "Oats", "Spelt", "Barley")
    items = [
        Item(str(n), f"Brew {n}", text="A beer for the evening.", fields={"malts": (malts[n % 6],)}) for n in range(42)
    ]
    tagger = RuleTagger(Gazetteer(Catalogue(items, Schema((Field("malts", "facet"),)))), spans=span_model())
    for message in ("I want a beer", "do you have an alcohol free beer?"):
        assert not heard(tagger, message), message
