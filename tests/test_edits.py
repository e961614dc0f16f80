"""Edits by hand: each does what it says, as one diff that can be undone, and a bad one changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from penchant.assistant import Edit, EditError, Mark, Session, edit, set_mode, start_topic, undo
from penchant.retriever import (
    MENTION,
    OPEN,
    Catalogue,
    CompositionConfig,
    Field,
    Interest,
    Item,
    Schema,
    softmax_weights,
)

SCHEMA = Schema((Field("kind", "category"), Field("genres", "facet"), Field("year", "number"), Field("key", "hidden")))
ITEMS = (Item("a", "Alien", fields={"kind": "film", "genres": ("horror",), "year": 1979}), Item("b", "Blue"))
CATALOGUE = Catalogue(ITEMS, SCHEMA)
COMEDY, WAR = (
    Interest("genres", "comedy", 0.5, turn=2, quote="a comedy"),
    Interest("genres", "war", level="less", turn=1),
)
HORROR = Interest("genres", "horror", level="never", turn=1)
SESSION = Session("s", 3, (COMEDY, WAR, HORROR), (Mark("b", "later"),))


def edited(*edits: Edit) -> tuple[Interest, ...]:
    return edit(SESSION, edits, CATALOGUE).interests


def test_a_strength_set_by_hand_counts_from_now() -> None:
    (comedy, *others) = edited(Edit("genres", "Comedy", strength=0.8))
    assert comedy == replace(COMEDY, strength=0.8, turn=3, source="edit") and tuple(others) == (WAR, HORROR)


def test_another_level() -> None:
    assert edited(Edit("genres", "war", level="never"))[1] == replace(WAR, level="never", turn=3, source="edit")


def test_to_park_or_pin_is_not_to_say_it_again() -> None:
    assert edited(Edit("genres", "comedy", parked=True))[0] == replace(COMEDY, parked=True)
    assert edited(Edit("genres", "comedy", pinned=True))[0] == replace(COMEDY, pinned=True)


def test_what_is_taken_up_again_counts_from_now() -> None:
    parked = replace(SESSION, interests=(replace(COMEDY, parked=True),))
    (comedy,) = edit(parked, [Edit("genres", "comedy", parked=False)], CATALOGUE).interests
    assert comedy == replace(COMEDY, turn=3, source="edit")


def test_another_facet_keeps_its_place_only_if_the_key_is_known() -> None:
    moved = edited(Edit("genres", "comedy", to_facet=OPEN, to_value="laughs"))
    assert [(i.facet, i.value) for i in moved] == [("genres", "war"), ("genres", "horror"), (OPEN, "laughs")]
    merged = edited(Edit("genres", "comedy", to_value="war"))
    assert [(i.value, i.level) for i in merged] == [("war", "want"), ("horror", "never")]


def test_what_is_not_there_is_added_and_what_is_removed_is_gone() -> None:
    *_, jazz = edited(Edit("genres", "jazz", strength=0.4))
    assert jazz == Interest("genres", "jazz", 0.4, source="edit", turn=3)
    *_, alien = edited(Edit(MENTION, item="a"))
    assert (alien.value, alien.item) == ("Alien", "a")
    assert edited(Edit("genres", "HORROR", remove=True)) == (COMEDY, WAR)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Edit("genre", "comedy"), "no facet 'genre'; it has kind, genres, year"),
        (Edit("key", "x"), "no facet 'key'"),
        (Edit("genres", "  "), "needs a value"),
        (Edit("genres", "comedy", strength=0), "strength"),
        (Edit("genres", "comedy", strength=float("nan")), "strength"),
        (Edit("year", "soon"), "year: 'soon' is not a range"),
        (Edit("genres", "jazz", remove=True), "no interest genres: jazz"),
        (Edit(MENTION, item="gone"), "no item 'gone'"),
        (Edit("genres", "comedy", to_facet="nowhere"), "no facet 'nowhere'"),
    ],
)
def test_a_bad_edit_says_what_is_wrong_and_changes_nothing(wrong: Edit, message: str) -> None:
    with pytest.raises(EditError, match=message):
        edit(SESSION, [Edit("genres", "comedy", strength=0.1), wrong], CATALOGUE)


def test_less_of_a_number_or_a_category_is_never() -> None:
    assert edited(Edit("year", "< 1990", level="less"))[-1].level == "never"


def test_an_edit_that_changes_nothing_leaves_no_diff() -> None:
    assert edit(SESSION, [Edit("genres", "comedy", parked=False)], CATALOGUE).diffs[-1].changes
    assert edit(SESSION, [Edit("genres", "comedy", pinned=False)], CATALOGUE) is SESSION


def test_an_edit_ages_nothing_and_is_undone_exactly() -> None:
    after = edit(SESSION, [Edit("genres", "comedy", strength=0.9), Edit("genres", "war", remove=True)], CATALOGUE)
    assert after.turn == SESSION.turn and after.diffs[-1].kind == "edit"
    assert after.diffs[-1].quote == "genres: comedy: strength 0.9; removed genres: war"
    assert replace(undo(after), undone=()) == SESSION


def test_a_new_topic_by_hand() -> None:
    pinned = replace(WAR, pinned=True)
    after = start_topic(replace(SESSION, interests=(COMEDY, pinned, HORROR)))
    assert after.interests == (replace(COMEDY, parked=True), pinned, HORROR) and after.marks == ()


def test_the_mode_says_what_is_hidden() -> None:
    marks = (Mark("a", "seen"), Mark("b", "disliked"), Mark("c", "liked"), Mark("d", "later"))
    session = replace(SESSION, marks=marks)
    assert session.hidden == ("a", "b", "c", "d") and set_mode(session, "both").hidden == ("b", "d")
    assert set_mode(session, "new") is session and undo(set_mode(session, "both")).screen.mode == "new"


def test_a_pinned_interest_does_not_fade() -> None:
    old, pinned = Interest("genres", "a", turn=0), Interest("genres", "b", turn=0, pinned=True)
    weights = softmax_weights([old, pinned], SCHEMA, 9, CompositionConfig())
    assert weights[1] > 0.9


EDITS = st.builds(
    Edit,
    st.sampled_from(["genres", "year", OPEN]),
    st.sampled_from(["comedy", "war", "horror", "jazz", "1990", "> 2000"]),
    strength=st.none() | st.floats(0, 1.2),
    level=st.none() | st.sampled_from(["want", "less", "never"]),
    parked=st.none() | st.booleans(),
    pinned=st.none() | st.booleans(),
    to_value=st.none() | st.sampled_from(["war", "jazz", "1980"]),
    remove=st.booleans(),
)


@given(st.lists(EDITS, max_size=5))
def test_edits_keep_a_session_whole_and_undo_is_exact(edits: list[Edit]) -> None:
    try:
        after = edit(SESSION, edits, CATALOGUE)
    except EditError:
        return
    assert len({i.key for i in after.interests}) == len(after.interests)
    assert all(0 < i.strength <= 1 for i in after.interests)
    assert after is SESSION or replace(undo(after), undone=()) == SESSION
