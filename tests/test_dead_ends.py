"""Wishes that nothing meets: what the page offers to set aside, and which limits make way at the second dead end."""

from __future__ import annotations

import json

import pytest

from penchant.assistant import Assistant, Session
from penchant.retriever import Field, Interest, Item, Schema, build_index
from penchant.retriever.encoding import HashEncoder
from penchant.ui.page.state import read_quick
from penchant.ui.page.state.events import SetAside
from penchant.ui.page.view.chips import ways_out
from penchant.ui.page.words import page_speech

SCHEMA = Schema(
    (
        Field("type", "category"),
        Field("year", "number"),
        Field("minutes", "number", unit="min"),
        Field("price", "number", unit="EUR"),
        Field("moods", "facet"),
    )
)
ITEMS = [
    Item(
        f"w{n}",
        f"Work {n}",
        fields={
            "type": ("film", "play")[n % 2],
            "year": 1950 + 5 * n,
            "minutes": 60 + 10 * n,
            "price": 14 - n,
            "moods": ("warm",),
        },
    )
    for n in range(12)
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(build_index(ITEMS, tmp_path_factory.mktemp("works"), HashEncoder(48), schema=SCHEMA))


def stuck(assistant: Assistant, *more: Interest) -> Session:
    """At a dead end: old works that are long."""
    limits = (Interest("year", "< 1960", turn=1), Interest("minutes", "> 150", turn=2), *more)
    session = assistant.answer(Session(interests=limits, turn=2)).session
    assert session.shown == ()
    return session


def test_the_first_dead_end_says_what_to_set_aside_and_its_buttons_do(assistant: Assistant) -> None:
    reply = assistant.answer(stuck(assistant))
    ways = ways_out(reply, SCHEMA, page_speech())
    assert [way["gains"] for way in ways] == ["2", "2"]
    acts = [read_quick(json.loads(way["act"])) for way in ways]
    assert {w.facet for act in acts if isinstance(act, SetAside) for w in act.wishes} == {"year", "minutes"}


def test_at_the_second_dead_end_older_limits_make_way(assistant: Assistant) -> None:
    reply = assistant.reply("under 5 euros", stuck(assistant))
    assert [pick.item.title for pick in reply.picks] == ["Work 10", "Work 11"]
    assert {i.facet for i in reply.session.interests if i.parked} == {"year"}
    assert reply.notes == ("Set aside, since nothing was left: “before 1960”.",)


@pytest.mark.parametrize(
    "kept", [Interest("moods", "warm", level="never", turn=1), Interest("minutes", "> 500", pinned=True)]
)
def test_what_is_refused_or_pinned_stays(assistant: Assistant, kept: Interest) -> None:
    reply = assistant.reply("under 5 euros", stuck(assistant, kept))
    assert not reply.picks
    assert kept.key in {i.key for i in reply.session.interests if not i.parked}


def test_a_first_dead_end_sets_nothing_aside(assistant: Assistant) -> None:
    session = assistant.answer(Session(interests=(Interest("minutes", "> 150", turn=1),), turn=1)).session
    reply = assistant.reply("before 1960", session)
    assert not reply.picks and not any("Set aside" in note for note in reply.notes)
    assert not any(i.parked for i in reply.session.interests)


def test_to_ask_about_what_the_limits_keep_out_does_not_show_it(assistant: Assistant) -> None:
    reply = assistant.reply("what year is Work 5 from?", stuck(assistant))
    assert "1975" in reply.text and reply.session.shown == ()
