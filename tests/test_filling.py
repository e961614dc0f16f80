"""Picks that together fill a time: exact, within it, and by the fields that say how long items take."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Assistant, Session, undo
from penchant.assistant.filling import MINUTES_A_PAGE, Lengths, fill
from penchant.assistant.session import SpareTime, start_topic
from penchant.assistant.understanding.quantities import NumberFields
from penchant.retriever import Catalogue, Field, Item, Schema, build_index
from penchant.retriever.encoding import HashEncoder

SCHEMA = Schema(
    (
        Field("kind", "category"),
        Field("genres", "facet"),
        Field("lauf", "number", unit="min"),
        Field("dicke", "number", words=("pages",)),
        Field("lieferung", "number", unit="days"),
    )
)
SHORT, LONG = (31, 42, 47, 58, 66), (95, 103, 118, 140)
ITEMS = [
    *(Item(f"a{m}", f"Record {m}", fields={"kind": "album", "genres": ("jazz",), "lauf": m}) for m in SHORT),
    *(Item(f"f{m}", f"Feature {m}", fields={"kind": "film", "genres": ("comedy",), "lauf": m}) for m in LONG),
    *(Item(f"b{p}", f"Volume {p}", fields={"kind": "book", "genres": ("essay",), "dicke": p}) for p in (80, 220, 400)),
    Item("x", "Unmeasured", fields={"kind": "film", "genres": ("comedy",), "lieferung": 2}),
]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("filling")
    return Assistant(build_index(ITEMS, folder, HashEncoder(48), SCHEMA))


@given(
    st.lists(st.tuples(st.integers(1, 40), st.floats(0.1, 1.0)), max_size=8),
    st.integers(1, 100),
    st.integers(1, 5),
    st.integers(0, 2),
)
def test_the_fullest_and_best(things: list[tuple[int, float]], capacity: int, most: int, least: int) -> None:
    sizes, worth = [size for size, _ in things], [each for _, each in things]

    def value(places: tuple[int, ...]) -> float:
        return sum(sizes[n] * worth[n] for n in places)

    chosen = tuple(fill(sizes, worth, capacity, most, least))
    every = (c for count in range(least, most + 1) for c in itertools.combinations(range(len(things)), count))
    fitting = [c for c in every if sum(sizes[n] for n in c) <= capacity] or [()]
    assert chosen in fitting and math.isclose(value(chosen), max(map(value, fitting)), abs_tol=1e-6)


@given(st.lists(st.floats(1, 5000), max_size=12), st.floats(1, 20000))
def test_what_is_chosen_fits_however_long(sizes: list[float], capacity: float) -> None:
    chosen = fill(sizes, [1.0] * len(sizes), capacity, 12)
    assert sum(sizes[n] for n in chosen) <= capacity + 1e-6 and len(set(chosen)) == len(chosen)


def test_lengths_by_unit_and_words() -> None:
    catalogue = Catalogue(ITEMS, SCHEMA)
    fields = NumberFields(catalogue)
    lengths = Lengths(catalogue, fields)
    minutes = dict(zip((item.id for item in ITEMS), lengths.minutes.tolist(), strict=True))
    assert minutes["a31"] == 31 and minutes["b80"] == 80 * MINUTES_A_PAGE and math.isnan(minutes["x"])
    assert [field.name for field in fields.lengths] == ["lauf", "dicke"]


def minutes_of(picks: tuple[object, ...]) -> float:
    catalogue = Catalogue(ITEMS, SCHEMA)
    known = Lengths(catalogue, NumberFields(catalogue))
    return sum(float(known.minutes[catalogue.row[pick.item.id]]) for pick in picks)  # type: ignore[attr-defined]


def test_said_in_words(assistant: Assistant) -> None:
    reply = assistant.reply("jazz, I have two hours", Session())
    total = minutes_of(reply.picks)
    assert len(reply.picks) > 1 and 100 < total <= 120
    assert "of 2 hours" in reply.text and reply.text.startswith("Together ")
    assert {pick.item.fields["kind"] for pick in reply.picks} <= {"album", "film", "book"}


def test_it_goes_on_until_undone_or_another_topic(assistant: Assistant) -> None:
    first = assistant.reply("jazz, I have two hours", Session())
    second = assistant.reply("no essay", first.session)
    assert second.session.screen.time == SpareTime(120) and minutes_of(second.picks) <= 120
    assert not undo(undo(second.session)).screen.time
    assert not start_topic(second.session).screen.time
    assert not assistant.reply("no time limit, please", second.session).session.screen.time


def test_where_no_two_go_together_each_fits(assistant: Assistant) -> None:
    reply = assistant.reply("a film, I have two hours", Session())
    assert len(reply.picks) == 3 and all(minutes_of((pick,)) <= 120 for pick in reply.picks)
    assert reply.text.startswith("Each of these fits into 2 hours.")


def test_several_sittings_say_what_was_assumed(assistant: Assistant) -> None:
    reply = assistant.reply("an essay for three evenings", Session())
    assert 400 < minutes_of(reply.picks) <= 540
    assert "of 9 hours" in reply.text and "one evening counted as 3 hours" in reply.text
    assert "a page as 1.5 minutes" in reply.text


def test_a_limit_of_one_item_stays_one(assistant: Assistant) -> None:
    reply = assistant.reply("a film under two hours", Session())
    assert not reply.session.screen.time and "Together" not in reply.text


def test_by_hand(assistant: Assistant) -> None:
    reply = assistant.fit_time(Session(), 40, 5)
    assert reply.filling and 180 < reply.filling.minutes <= 200
    assert minutes_of(reply.picks) == reply.filling.minutes


def test_nothing_fits(assistant: Assistant) -> None:
    reply = assistant.reply("a film, I have 20 minutes", Session())
    assert not reply.picks and not reply.relaxations
    assert reply.text.startswith("Nothing of that fits into 20 minutes.")
