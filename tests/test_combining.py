"""Tastes side by side and as one, and their form as JSON Schema."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Mark, Session, export_taste, import_taste, undo
from penchant.assistant.session import combined, differences, taste_schema
from penchant.retriever import Interest

COMEDY, HORROR = Interest("genres", "comedy", 0.8, turn=2), Interest("genres", "horror", level="never")
ANN = Session(turn=2, interests=(COMEDY,), marks=(Mark("a", "seen"), Mark("b", "wanted"), Mark("c", "disliked")))
BOB = Session(
    turn=5,
    interests=(HORROR, Interest("genres", "comedy", 0.4, turn=5)),
    marks=(Mark("a", "liked"), Mark("b", "seen"), Mark("c", "wanted"), Mark("d", "liked", "seen", owned=True)),
    profile=(Interest("themes", "space", 0.3, source="profile"),),
)
KINDS = st.sampled_from(["liked", "disliked", "seen", "later", "wanted"])
SESSIONS = st.builds(
    lambda marks, turn: Session(
        turn=turn, interests=(COMEDY,), marks=tuple(Mark(i, k, owned=o) for i, (k, o) in marks.items())
    ),
    st.dictionaries(st.sampled_from("abcd"), st.tuples(KINDS, st.booleans())),
    st.integers(2, 9),
)


def test_what_differs_is_said_line_by_line() -> None:
    assert differences(ANN, BOB) == [
        "~ genres: comedy: want 0.80 -> want 0.40",
        "+ genres: horror: never 1.00",
        "+ profile, themes: space: want 0.30",
        "~ a: seen -> liked",
        "~ b: wanted -> seen",
        "~ c: disliked -> wanted",
        "+ d: liked, seen, owned",
    ]
    assert differences(ANN, ANN) == []


def test_two_tastes_become_one_that_can_be_taken_apart_again() -> None:
    both = combined(ANN, BOB)
    assert {i.value: (i.level, i.strength, i.turn) for i in both.interests} == {
        "comedy": ("want", 0.4, 5),
        "horror": ("never", 1.0, 0),
    }
    assert both.marks == (
        Mark("a", "liked", "seen"),
        Mark("b", "seen"),
        Mark("c", "disliked"),
        Mark("d", "liked", "seen", owned=True),
    )
    assert both.profile == BOB.profile and both.turn == 5
    assert undo(both).marks == ANN.marks and undo(both).interests[0].turn == 5
    assert import_taste(export_taste(both)).marks == both.marks


@given(SESSIONS, SESSIONS)
def test_nothing_seen_or_said_is_lost(one: Session, other: Session) -> None:
    both = {mark.item: mark for mark in combined(one, other).marks}
    for mark in (*one.marks, *other.marks):
        assert mark.item in both
        if mark.kind in ("liked", "disliked"):
            assert both[mark.item].kind in ("liked", "disliked")
        if mark.kind == "seen":
            assert both[mark.item].kinds & {"seen", "disliked"}
    assert combined(one, one).marks == one.marks


def test_the_schema_holds_for_what_is_written_and_refuses_what_is_not_read() -> None:
    schema = taste_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(export_taste(BOB)), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(export_taste(BOB)) | {"version": 9}, schema)
