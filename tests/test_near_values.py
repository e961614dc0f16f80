"""Phrases that no value is called, and the value that they are near to in meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from penchant.assistant.near_values import NearValues
from penchant.assistant.session import Understanding
from penchant.retriever import OPEN, Catalogue, Field, Interest, Item, Schema
from penchant.retriever.encoding import HashEncoder, Vectors

KINDS = [f"kind{n}" for n in range(30)]


class PlacedEncoder(HashEncoder):
    """Gives each text a place of its own, and to those of `alike` one beside another text."""

    def __init__(self, alike: Mapping[str, str]) -> None:
        super().__init__(64)
        self._alike = alike

    def encode(self, texts: Sequence[str]) -> Vectors:
        own = {text: n for n, text in enumerate([*KINDS, "Maker"])}
        placed = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(placed, texts, strict=True):
            row[own.get(self._alike.get(text, text), 60)] = 1.0
            row[own.get(text, 61)] += 1.2 if text == "spiders" else 0.5
        return np.asarray(placed / np.linalg.norm(placed, axis=1, keepdims=True))


@pytest.fixture
def near() -> NearValues:
    items = [Item(str(n), f"Thing {n}", fields={"kind": kind, "by": "Maker"}) for n, kind in enumerate(KINDS)]
    catalogue = Catalogue(items, Schema((Field("kind", "facet"), Field("by", "name"))))
    return NearValues(catalogue, PlacedEncoder({"sat nav": "kind7", "spiders": "kind3", "a maker": "Maker"}))


def said(*interests: Interest, note: str = "") -> Understanding:
    return Understanding("recommend", interests, note=note)


def test_a_refused_phrase_is_taken_for_the_value_it_is_nearly_and_that_is_said(near: NearValues) -> None:
    note = "No “sat nav” in this catalogue; taken as words."
    told = near.taken(said(Interest(OPEN, "sat nav", level="never"), note=note))
    assert [(i.facet, i.value, i.level) for i in told.interests] == [("kind", "kind7", "never")]
    assert told.note == "No “sat nav” in this catalogue; taken as “kind7”."


@pytest.mark.parametrize(
    "interest",
    [
        Interest(OPEN, "something else", 0.1),
        Interest(OPEN, "a maker", 0.1),
        Interest(OPEN, "sat nav", 0.6),
        Interest(OPEN, "sat nav", 0.1, "less"),
        Interest("kind", "kind3"),
    ],
    ids=["far", "a name", "the whole message", "less", "known"],
)
def test_what_stays_as_it_is(near: NearValues, interest: Interest) -> None:
    assert near.taken(said(interest)) == said(interest)


def test_what_is_wanted_by_no_noun_is_the_value_that_nothing_else_is_as_near_to(near: NearValues) -> None:
    told = near.taken(said(Interest(OPEN, "sat nav", 0.1)))
    assert [(i.facet, i.value, i.strength) for i in told.interests] == [("kind", "kind7", 0.7)]
    a_noun = said(Interest(OPEN, "spiders", 0.1))  # what it stands for is known otherwise
    assert near.taken(a_noun) == a_noun


def test_what_is_only_near_bars_nothing(near: NearValues) -> None:
    refused = said(Interest(OPEN, "spiders", level="never"))
    assert near.taken(refused) == refused


def test_a_wish_is_guessed_where_a_value_ends_in_the_phrase() -> None:
    kinds = ["Entire villa", "Soft toys", *KINDS[:28]]
    items = [Item(str(n), f"Thing {n}", fields={"kind": kind}) for n, kind in enumerate(kinds)]
    catalogue = Catalogue(items, Schema((Field("kind", "facet"),)))
    alike = {"Entire villa": "kind28", "villa": "kind28", "Soft toys": "kind29", "soft": "kind29"}

    class Encoder(PlacedEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return super().encode([alike.get(text, text) for text in texts])

    near = NearValues(catalogue, Encoder({}))
    note = "No “villa” in this catalogue; taken as words."
    told = near.taken(said(Interest(OPEN, "villa", 0.1), note=note))
    assert [(i.facet, i.value, i.level) for i in told.interests] == [("kind", "Entire villa", "want")]
    assert told.note == "No “villa” in this catalogue; taken as “Entire villa”."
    assert near.taken(said(Interest(OPEN, "soft", 0.1))) == said(Interest(OPEN, "soft", 0.1))
    wanted = said(Interest(OPEN, "villa", 0.1), Interest("kind", "Entire villa"))
    assert near.taken(wanted) == wanted


KEYS = ("First gear", "Second gear", "Single bed", "Double bed", "Third floor", "Plain")


class GearEncoder(HashEncoder):
    """Gives each of the keys a place of its own, and a phrase that of the key which it is nearest to."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        near = {"single gear": "Second gear", "twin bed": "Single bed", "sole bed": "Single bed"}
        placed = np.zeros((len(texts), 8), dtype=np.float32)
        placed[np.arange(len(texts)), [KEYS.index(near.get(text, text)) for text in texts]] = 1.0
        return placed


@pytest.mark.parametrize(
    ("phrase", "meant"), [("single gear", []), ("twin bed", []), ("sole bed", [("kind", "Single bed")])]
)
def test_a_value_of_another_number_is_never_near(phrase: str, meant: list[tuple[str, str]]) -> None:
    items = [Item(str(n), f"Thing {n}", fields={"kind": kind}) for n, kind in enumerate(KEYS)]
    near = NearValues(Catalogue(items, Schema((Field("kind", "category"),))), GearEncoder(8))
    assert near.meant([phrase]) == [meant]
