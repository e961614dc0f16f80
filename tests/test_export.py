"""Tastes as files: they come back exactly, old ones still open, and broken ones are refused and change nothing."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import (
    Mark,
    Profile,
    Session,
    TasteError,
    Understanding,
    export_taste,
    import_taste,
    merge,
    redo,
    remember,
    under,
    undo,
)
from penchant.retriever import MENTION, OPEN, Field, Interest, Schema

from .test_state_update import TURNS, play

SCHEMA = Schema((Field("genres", "facet"),))

OLD = {
    "id": "k3y",
    "turn": 2,
    "interests": [
        {"facet": "genres", "value": "comedy", "strength": 1.0, "level": "want", "parked": False, "source": "message"}
        | {"turn": 1, "quote": "a comedy", "item": ""},
        {"facet": "item", "value": "Alien", "strength": 1.0, "level": "never", "parked": False, "source": "mention"}
        | {"turn": 2, "quote": "Alien", "item": "alien-1979"},
    ],
    "shown": ["x"],
    "hidden": ["alien-1979", "heat"],
    "diffs": [{"turn": 1, "quote": "a comedy", "changes": [], "hidden": []}],
}
"""What `penchant ask --json` printed as "session" before tastes had a format."""


@given(TURNS, st.integers(0, 3), st.lists(st.builds(Interest, st.just("genres"), st.sampled_from("xyz")), max_size=1))
def test_a_taste_comes_back_exactly_but_for_its_key_and_its_screen(turns: list, undone: int, profile: list) -> None:
    session = replace(play(turns)[-1], profile=tuple(profile))
    for _ in range(undone):
        session = undo(session)
    again = import_taste(export_taste(session))
    assert again.id != session.id and session.id not in export_taste(session)
    assert replace(again, id=session.id, screen=session.screen) == session
    shown = replace(again, id=session.id, screen=session.screen)
    assert redo(shown) == redo(session)


def test_a_person_can_read_it() -> None:
    session = merge(Session(), Understanding("refine", (Interest("genres", "комедия"),)), "комедию", SCHEMA, 0.6)
    text = export_taste(session)
    assert '"facet": "genres",\n      "value": "комедия",\n      "level": "want"' in text
    assert json.loads(text)["version"] == 6


def test_the_first_version_still_opens() -> None:
    session = import_taste(json.dumps(OLD))
    assert [(i.label, i.level) for i in session.interests] == [("genres: comedy", "want"), ("like Alien", "never")]
    assert session.marks == (Mark("alien-1979", "seen"), Mark("heat", "seen")) and session.turn == 2
    assert session.diffs == () and session.shown == () and session.id != "k3y"


GOOD = json.loads(export_taste(play([])[-1]))
COMEDY = {"facet": "genres", "value": "comedy"}


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        pytest.param("{", "not JSON", id="cut"),
        pytest.param("[" * 100_000, "not", id="deep"),
        pytest.param("[]", "not a taste, but list", id="list"),
        pytest.param("{}", "format", id="empty"),
        pytest.param("x" * 5_000_001, "at most 5,000,000", id="large"),
        pytest.param(
            GOOD | {"interests": [COMEDY | {"value": str(n)} for n in range(2001)]}, "at most 2000 items", id="many"
        ),
        pytest.param(GOOD | {"version": 7}, "by a later Penchant", id="later"),
        pytest.param(GOOD | {"format": "other"}, "format", id="other"),
        pytest.param(GOOD | {"more": 1}, "more: Extra inputs", id="extra"),
        pytest.param(GOOD | {"interests": [COMEDY | {"strength": 7}]}, "interests.0.strength", id="strength"),
        pytest.param(GOOD | {"interests": [COMEDY | {"level": "maybe"}]}, "interests.0.level", id="level"),
        pytest.param(GOOD | {"interests": [COMEDY, COMEDY]}, "two interests are about the same", id="twice"),
        pytest.param(GOOD | {"items": [{"item": "a", "mark": "eaten"}]}, "items.0.mark", id="mark"),
        pytest.param(GOOD | {"history": [{"turn": 1}]}, "0.quote", id="history"),
        pytest.param(GOOD | {"turn": -1}, "turn", id="turn"),
        pytest.param(OLD | {"interests": "none"}, "interests", id="old"),
    ],
)
def test_a_broken_file_is_refused_with_place_and_reason(broken: str | dict, reason: str) -> None:
    with pytest.raises(TasteError, match=reason):
        import_taste(broken if isinstance(broken, str) else json.dumps(broken))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda c: st.lists(c) | st.dictionaries(st.text(), c)
    )
)
def test_any_json_is_a_taste_or_refused(raw: object) -> None:
    for value in (raw, GOOD | raw if isinstance(raw, dict) else GOOD | {"interests": raw}):
        try:
            import_taste(json.dumps(value))
        except TasteError:
            continue


# a long-term profile


def session_with(*interests: Interest, marks: tuple[Mark, ...] = ()) -> Session:
    return Session("s", 4, interests, marks)


def test_a_profile_moves_towards_what_was_wanted_and_forgets_what_was_not() -> None:
    jazz, war = Interest("genres", "jazz", 1.0), Interest("genres", "war", 1.0)
    one = remember(Profile(), session_with(jazz, war))
    two = remember(one, session_with(jazz))
    assert [(i.value, round(i.strength, 3)) for i in one.interests] == [("jazz", 0.3), ("war", 0.3)]
    assert [(i.value, round(i.strength, 3)) for i in two.interests] == [("jazz", 0.51), ("war", 0.21)]
    for _ in range(10):
        two = remember(two, session_with(jazz))
    assert [i.value for i in two.interests] == ["jazz"]


def test_only_pinned_nevers_and_no_passing_words_are_kept() -> None:
    kept = remember(
        Profile(),
        session_with(
            Interest("genres", "horror", level="never"),
            Interest("genres", "gore", level="never", pinned=True),
            Interest(OPEN, "something light"),
            Interest("genres", "old", parked=True),
            Interest("genres", "slow", level="less", source="feedback"),
            marks=(Mark("a", "disliked"), Mark("b", "later")),
        ),
    )
    assert [(i.value, i.level, i.source) for i in kept.interests] == [("gore", "never", "profile")]
    assert kept.marks == (Mark("a", "disliked"),)
    assert remember(kept, session_with()).interests == kept.interests
    assert remember(kept, session_with(Interest("genres", "gore"))).interests[0].level == "want"


def test_a_profile_lies_under_the_session() -> None:
    profile = Profile(
        (
            Interest("genres", "jazz", 0.6, source="profile"),
            Interest("genres", "gore", level="never", source="profile"),
        ),
        (Mark("a", "disliked"), Mark("b", "seen")),
    )
    session = under(profile, session_with(Interest("genres", "jazz", 0.9), marks=(Mark("b", "liked"),)))
    assert [(i.value, i.strength, i.level) for i in session.effective_interests] == [
        ("jazz", 0.9, "want"),
        ("gore", 1.0, "never"),
    ]
    assert set(session.hidden) == {"a", "b"} and session.interests == (Interest("genres", "jazz", 0.9),)
    other = under(profile, session_with(Interest(MENTION, "X", item="x")))
    assert [(i.value, i.strength) for i in other.effective_interests] == [("X", 1.0), ("jazz", 0.3), ("gore", 1.0)]
