"""What has the most of something of all that a catalogue has, by the column that is meant; and whether it has it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from penchant.assistant import Assistant, Reply, Session
from penchant.assistant.understanding.linking import is_of_all
from penchant.assistant.understanding.linking.superlatives import superlatives
from penchant.assistant.understanding.quantities import NumberFields, find_orders
from penchant.retriever import (
    DEFAULT_MODEL,
    HIGHEST,
    LOWEST,
    Catalogue,
    Field,
    Item,
    MemoryEngine,
    Schema,
    build_index,
)
from penchant.retriever.encoding import encoder_named

SCHEMA = Schema(
    (
        Field("terrain", "facet"),
        Field("rating", "number", unit="rating", better="more"),
        Field("ratings_count", "number", unit="count", better="more"),
        Field("elevation_gain", "number", unit="m"),
        Field("noise_level", "number"),
        Field("founded", "number"),
        Field("toll", "number", unit="EUR", better="less"),
    ),
    prior="ratings_count",
)
NAMES = ("Larch Ridge", "Otter Mere", "Gannet Stack", "Fern Gully", "Salt Pan Loop", "Kestrel Edge", "Juniper Saddle")
ITEMS = [
    Item(
        str(n),
        name,
        f"A walk over {('moor', 'sand')[n % 2]}.",
        {
            "terrain": (("Moor", "Sand")[n % 2],),
            "rating": 3 + (n * 3 % 7) / 4,
            "ratings_count": 100.0 + 50 * (n * 2 % 7),
            "elevation_gain": 80.0 + 60 * (n * 4 % 7),
            "noise_level": 20.0 + 3 * (n * 5 % 7),
            "founded": 1900.0 + 11 * (n * 6 % 7),
            "toll": 1.0 + (n + 3) % 7,
        },
    )
    for n, name in enumerate(NAMES)
]
OF_ALL = {
    "which trail has the most ratings of them all?": ("ratings_count", HIGHEST),
    "what's the steepest one you have?": ("elevation_gain", HIGHEST),
    "the quietest in your whole catalogue please": ("noise_level", LOWEST),
    "which is the oldest club on here?": ("founded", LOWEST),
    "what is the cheapest you've got": ("toll", LOWEST),
    "which one has been rated by the most people, of everything you have?": ("ratings_count", HIGHEST),
    "the best rated of all": ("rating", HIGHEST),
}
NOT_OF_ALL = (
    "which of these is the steepest?",
    "what's the most expensive one here?",
    "and of those the best rated is?",
    "a song of all times",
    "which one of them is the quietest?",
)
NO_ORDER = ("the best trail for a rainy day", "a forest walk", "the rest", "an honest guide", "at least one moor")


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(build_index(ITEMS, MemoryEngine(), encoder_named(DEFAULT_MODEL), SCHEMA), k=3)


def led(field: str, end: str, among: Sequence[Item]) -> str:
    return (max if end == HIGHEST else min)(among, key=lambda item: item.number(field)).title


@pytest.mark.slow
@pytest.mark.parametrize(("text", "asked"), OF_ALL.items(), ids=OF_ALL)
def test_what_leads_of_all_is_said_and_shown_in_that_order(
    assistant: Assistant, text: str, asked: tuple[str, str]
) -> None:
    reply = assistant.reply(text, assistant.answer(Session()).session)
    numbers = [pick.item.number(asked[0]) for pick in reply.picks]
    assert reply.picks[0].item.title == led(*asked, ITEMS) and f"**{reply.picks[0].item.title}**" in reply.text
    assert numbers == sorted(numbers, reverse=asked[1] == HIGHEST)


@pytest.mark.slow
def test_it_is_within_what_is_wanted(assistant: Assistant) -> None:
    wished = assistant.reply("over sand", assistant.answer(Session()).session)
    reply = assistant.reply("what's the steepest one you have?", wished.session)
    sand = [item for item in ITEMS if "Sand" in item.values("terrain")]
    assert reply.picks[0].item.title == led("elevation_gain", HIGHEST, sand)


@pytest.mark.slow
def test_of_what_is_shown_it_is_answered_and_nothing_moves(assistant: Assistant) -> None:
    wished = assistant.reply("over moor", assistant.answer(Session()).session)
    reply = assistant.reply("which of these is the steepest?", wished.session)
    assert led("elevation_gain", HIGHEST, [pick.item for pick in wished.picks]) in reply.text.split("**")[1]
    assert reply.session.shown == wished.session.shown and reply.session.interests == wished.session.interests


@pytest.mark.parametrize("text", OF_ALL)
def test_all_is_told_from_what_is_shown(text: str) -> None:
    assert is_of_all(text)


@pytest.mark.parametrize("text", NOT_OF_ALL)
def test_what_is_shown_is_not_all(text: str) -> None:
    assert not is_of_all(text)


@pytest.mark.slow
@pytest.mark.parametrize("text", NO_ORDER)
def test_what_is_no_superlative_orders_nothing(text: str) -> None:
    fields = NumberFields(Catalogue(ITEMS, SCHEMA), encoder_named(DEFAULT_MODEL))
    assert not superlatives(text, fields, find_orders(text, fields))


@pytest.mark.slow
@pytest.mark.parametrize("text", ["the cheapest walk founded after 1900", "the dearest trail founded before 1980"])
def test_what_is_said_of_a_price_is_of_no_year(text: str) -> None:
    fields = NumberFields(Catalogue(ITEMS, SCHEMA), encoder_named(DEFAULT_MODEL))
    orders = find_orders(text, fields)
    assert {r.facet for r in [*superlatives(text, fields, orders), *orders]} == {"toll"}


HELD = (
    "do you have Otter Mere?",
    "is Otter Mere in your catalogue?",
    "have you got otter mere",
    "Is Otter Mere in there?",
)
ABSENT = ("do you have Pelican Brief?", "do you stock snowshoes", "is Pelican Brief in there?", "any zebras in here?")


@pytest.mark.slow
@pytest.mark.parametrize("text", HELD)
def test_what_is_there_is_said_and_comes_first(assistant: Assistant, text: str) -> None:
    for session in (Session(), assistant.reply("over moor", assistant.answer(Session()).session).session):
        reply = assistant.reply(text, session)
        assert reply.text.startswith("Yes") and "**Otter Mere**" in reply.text
        assert reply.session.shown[0] == "1" and reply.session.interests == session.interests


@pytest.mark.slow
@pytest.mark.parametrize("text", ABSENT)
def test_what_is_not_there_is_said(assistant: Assistant, text: str) -> None:
    reply: Reply = assistant.reply(text, assistant.answer(Session()).session)
    assert reply.text.startswith("No, the catalogue has no") and reply.picks


@pytest.mark.slow
def test_what_a_never_bars_is_not_shown_though_it_is_there(assistant: Assistant) -> None:
    wished = assistant.reply("no sand please", assistant.answer(Session()).session)
    reply = assistant.reply("do you have Otter Mere?", wished.session)
    assert reply.text.startswith("Yes") and "1" not in reply.session.shown


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["do you have something quiet?", "do you have any moor walks?", "is there one over sand?", "is it available?"],
)
def test_a_description_is_not_denied(assistant: Assistant, text: str) -> None:
    assert not assistant.reply(text, assistant.answer(Session()).session).text.startswith("No, the catalogue has no")
