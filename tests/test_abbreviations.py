"""What a catalogue writes short and a person does not, or the other way round, is the same; all else stays."""

from __future__ import annotations

from functools import cache
from itertools import cycle

import pytest

from penchant.assistant import Session
from penchant.assistant.understanding import RuleTagger
from penchant.assistant.understanding.linking import Gazetteer
from penchant.assistant.understanding.spans import span_model
from penchant.retriever import Catalogue, Item, infer_schema

GENRES = (
    "Real-Time Strategy",
    "First-Person Shooter",
    "Role-Playing",
    "Massively Multiplayer Online",
    "Puzzle",
    "Racing",
)
COLOURS = ("BLK", "SLV", "GRN", "WHT")
SENSORS = ("FF", "APS-C", "MFT", "CMOS")


@cache
def tagger() -> RuleTagger:
    rows = zip(
        range(24), cycle(GENRES), cycle(COLOURS), cycle(SENSORS), cycle(("yes", "yes", "no")), cycle(("PS5", "PC"))
    )
    names = ("genre", "colour", "sensor", "SGL_RM", "runs_on")
    items = [Item(str(n), f"Number {n}", fields=dict(zip(names, row, strict=True))) for n, *row in rows]
    return RuleTagger(Gazetteer(Catalogue(items, infer_schema(items))), spans=span_model())


def values(message: str) -> set[tuple[str, str]]:
    said = tagger().understand(message, Session())
    assert not said.note
    return {(i.level, i.value) for i in said.interests if i.facet}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("an RTS please", ("want", "Real-Time Strategy")),
        ("do you have any FPSs?", ("want", "First-Person Shooter")),
        ("no MMOs", ("never", "Massively Multiplayer Online")),
        ("some rpgs, but nothing long", ("want", "Role-Playing")),
        ("RPGs", ("want", "Role-Playing")),
        ("something for the PlayStation 5", ("want", "PS5")),
        ("a full frame one", ("want", "FF")),
        ("micro four thirds", ("want", "MFT")),
        ("a black one", ("want", "BLK")),
        ("nothing in silver", ("never", "SLV")),
        ("with a single room", ("want", "yes")),
    ],
)
def test_short_and_long_are_the_same(message: str, expected: tuple[str, str]) -> None:
    assert expected in values(message)


@pytest.mark.parametrize(
    "message", ["a game for two on a rainy day", "something slow and gentle", "a plant for my room"]
)
def test_other_words_are_no_abbreviations(message: str) -> None:
    assert not values(message)


def test_what_a_code_may_stand_for_is_not_said_to_be_lacking() -> None:
    """ "SLV" might be slate for all that anybody can tell; none of the codes is anything with an x."""
    assert tagger().understand("a slate one", Session()).note == ""
    assert "“xenon”" in tagger().understand("a xenon one", Session()).note


def test_what_may_be_short_for_many_titles_of_records_is_short_for_none() -> None:
    names = ("Far Away", "First Aid", "Fallen Arches", "Rare Atoms", "Red Apples")
    records = [Item(str(n), f"Song {n}", fields={"album": (name,)}) for n, name in enumerate(names)]
    own = RuleTagger(Gazetteer(Catalogue(records, infer_schema(records))), spans=span_model())
    for message in ("she is one of my fav singers", "I WANT TO LISTEN TO RAP"):
        assert [i for i in own.understand(message, Session()).interests if i.facet] == [], message
