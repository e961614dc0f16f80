"""How much of something is wished for, where no number is said: by what the columns of a catalogue hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant.understanding.degrees import DegreeReader
from penchant.assistant.understanding.degrees.marks import Marks
from penchant.assistant.understanding.degrees.roots import root
from penchant.assistant.understanding.quantities import NumberFields
from penchant.assistant.understanding.text import tokens
from penchant.retriever import HIGHEST, LOWEST, Catalogue, Field, Item, Schema

PEOPLE = ("sprint_speed", "short_passing", "long_passing", "dribbling", "aggression", "vision", "balance")
KEEPING = ("keeping_diving", "keeping_reflexes", "keeping_kicking", "keeping_handling")
FOOD = {"sugar": (0, 50), "Total fat": (0, 90), "calories": (20, 900), "protein": (1, 60), "price": (1, 30)}


def catalogue(**columns: list[float]) -> Catalogue:
    schema = Schema(tuple(Field(name, "number", unit="money" if name == "price" else "") for name in columns))
    count = len(next(iter(columns.values())))
    return Catalogue(
        [
            Item(str(n), f"Thing {n}", fields={name: column[n] for name, column in columns.items()})
            for n in range(count)
        ],
        schema,
    )


def players() -> Catalogue:
    """Forty of the field, good at many things by chance, and ten keepers, who are good at keeping alone."""
    random = np.random.default_rng(7)
    field = {name: [*random.integers(50, 95, 40), *random.integers(10, 30, 10)] for name in PEOPLE}
    level = random.integers(60, 95, 10)
    keeping = {name: [*random.integers(5, 15, 40), *(level + random.integers(0, 3, 10))] for name in KEEPING}
    return catalogue(**{name: list(map(float, column)) for name, column in (field | keeping).items()})


def dishes() -> Catalogue:
    random = np.random.default_rng(3)
    return catalogue(
        **{name: [float(low), *map(float, random.integers(low, high, 49))] for name, (low, high) in FOOD.items()}
    )


def told(known: Catalogue, text: str) -> list[tuple[str, str]]:
    found = DegreeReader(NumberFields(known)).read(tokens(text))
    return [(r.facet, r.value if r.value in (HIGHEST, LOWEST, "<= 0") else r.value[:2]) for r in found]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("a good dribbler", "dribbling"),
        ("someone with great vision", "vision"),
        ("an aggressive one", "aggression"),
        ("long passing", "long_passing"),
        ("short passers", "short_passing"),
        ("who sprints", "sprint_speed"),
    ],
)
def test_what_gets_marks_is_found_by_its_root(text: str, field: str) -> None:
    assert told(players(), text) == [(field, ">=")]


def test_what_many_columns_are_called_by_is_one_thing_if_they_go_together() -> None:
    (found,) = DegreeReader(NumberFields(players())).read(tokens("a keeper"))
    low = float(found.value.removeprefix(">= "))
    column = np.array([item.number(found.facet) for item in players().items])
    assert found.facet in KEEPING and list(np.flatnonzero(column >= low)) and min(np.flatnonzero(column >= low)) >= 40


def test_who_is_best_comes_first_and_worst_last() -> None:
    assert told(players(), "the best dribbler") == [("dribbling", HIGHEST)]
    assert told(players(), "the worst balance") == [("balance", LOWEST)]


@pytest.mark.parametrize("text", ["vision over 80", "at least 70 balance", "80 or more vision", "", "no wings", "good"])
def test_an_amount_is_no_degree(text: str) -> None:
    assert told(players(), text) == []


def test_a_word_that_tells_what_another_is_of_is_none() -> None:
    assert told(players(), "a dribbler of the sprint") == [("dribbling", ">=")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("high in protein", [("protein", ">=")]),
        ("protein-rich", [("protein", ">=")]),
        ("plenty of protein and low sugar", [("protein", ">="), ("sugar", "<=")]),
        ("low calorie", [("calories", "<=")]),
        ("light on fat", [("Total fat", "<=")]),
        ("sugary", [("sugar", ">=")]),
        ("no sugar", [("sugar", "<= 0")]),
        ("sugar-free", [("sugar", "<= 0")]),
        ("without protein", []),
        ("a good price", []),
        ("sugar", []),
        ("good food", []),
    ],
)
def test_much_or_little_of_what_a_column_is_called(text: str, found: list[tuple[str, str]]) -> None:
    assert told(dishes(), text) == found


def test_columns_are_marks_by_their_scale() -> None:
    assert {f.name for f in Marks(NumberFields(players())).fields} == {*PEOPLE, *KEEPING}
    assert not Marks(NumberFields(dishes())).fields
    rooms = {f"{name}s": [1.0, 2, 3, 4] for name in ("bedroom", "bathroom", "bed", "window", "door")}
    assert not Marks(NumberFields(catalogue(**rooms))).fields


def test_much_is_said_of_what_is_meant() -> None:
    """Of players who are all slow the fastest are fast; but nobody is a keeper beside whom others are none."""
    known = players()
    speed, diving = (
        np.array([item.number(name) for item in known.items]) for name in ("sprint_speed", "keeping_diving")
    )
    reader = DegreeReader(NumberFields(known))
    slow = speed < np.median(speed[:40])
    slow[40:] = False

    def bar(text: str, meant: np.ndarray[tuple[int], np.dtype[np.bool_]] | None) -> float:
        said = reader.read(tokens(text))
        (found,) = said if meant is None else reader.among(said, meant)
        return float(found.value.removeprefix(">= "))

    assert bar("fast sprinters", None) > bar("fast sprinters", slow)
    assert sum((speed >= bar("fast sprinters", slow)) & slow) >= 6
    assert bar("a keeper", slow) > diving[:40].max()
    everyone = np.ones(50, dtype=bool)
    assert bar("fast sprinters", everyone) == bar("fast sprinters", None)


def test_words_that_say_something_else_are_left_to_it() -> None:
    words = tokens("great Vision Valley")
    reader = DegreeReader(NumberFields(players()))
    assert reader.read(words) and not reader.read(words, taken={words[1].start, words[2].start})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("passer", "passing"),
        ("dribblers", "dribbling"),
        ("aggressive", "aggression"),
        ("fatty", "fat"),
        ("nutty", "nuts"),
        ("danceable", "danceability"),
        ("sweetness", "sweet"),
        ("calorie", "calories"),
        ("tackler", "tackle"),
    ],
)
def test_words_of_one_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize(("one", "other"), [("ball", "balance"), ("value", "valence"), ("passing", "pastry")])
def test_words_of_two_roots(one: str, other: str) -> None:
    assert root(one) != root(other)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_a_root_is_the_beginning_of_its_word(word: str) -> None:
    found = root(word)
    assert 0 < len(found) <= len(word) and (found[:-1] == word[: len(found) - 1])
