"""Merging and undoing: examples of each rule, and properties over random conversations."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from penchant.assistant import Mark, Session, Understanding, merge, redo, undo
from penchant.retriever import MENTION, OPEN, Field, Interest, Schema

SCHEMA = Schema((Field("kind", "category"), Field("genres", "facet"), Field("people", "name"), Field("year", "number")))
DECAY = 0.3
SESSION = TypeAdapter(Session)


def hear(
    session: Session, *interests: Interest, intent: str = "refine", outdated: tuple = (), **more: tuple
) -> Session:
    said = Understanding(intent, interests, **more)
    return merge(session, said, "quote", SCHEMA, DECAY, outdated)


def genre(value: str, level: str = "want") -> Interest:
    return Interest("genres", value, level=level)


def year(value: str, level: str = "want") -> Interest:
    return Interest("year", value, level=level)


def kind(value: str, level: str = "want") -> Interest:
    return Interest("kind", value, level=level)


def phrase(value: str, strength: float = 0.65) -> Interest:
    return Interest(OPEN, value, strength)


def item(name: str) -> Interest:
    return Interest(MENTION, name.upper(), item=name, source="mention")


def kept(session: Session) -> set[str]:
    sign = {"want": "", "less": "~", "never": "-"}
    return {f"{sign[i.level]}{i.item or i.value}" + "(parked)" * i.parked for i in session.interests}


def test_interests_add_up() -> None:
    session = hear(hear(Session(), genre("comedy"), genre("horror", "never")), genre("war", "less"))
    assert kept(session) == {"comedy", "-horror", "~war"}
    assert [i.turn for i in session.interests] == [1, 1, 2] and session.turn == 2


def test_said_again_is_renewed() -> None:
    session = hear(hear(Session(), genre("comedy"), genre("war")), replace(genre("Comedy"), quote="again"))
    (comedy,) = [i for i in session.interests if i.key == ("genres", "comedy")]
    assert comedy.turn == 2 and comedy.quote == "again" and len(session.interests) == 2


@pytest.mark.parametrize(("before", "now"), [("want", "never"), ("never", "want"), ("never", "less"), ("less", "want")])
def test_another_level_supersedes(before: str, now: str) -> None:
    (only,) = hear(hear(Session(), genre("horror", before)), genre("horror", now)).interests
    assert only.level == now


def test_a_new_range_replaces_the_old_but_not_what_is_ruled_out() -> None:
    session = hear(hear(Session(), year("1990..1999"), year("1995", "never")), year("> 2000"))
    assert kept(session) == {"> 2000", "-1995"}


@pytest.mark.parametrize(
    ("before", "now", "left"),
    [
        ("> 1990", "< 2000", {"> 1990", "< 2000"}),
        ("< 2000", ">= 2000", {">= 2000"}),
        ("> 1990", "> 1980", {"> 1980"}),
        ("> 1990", "< 1980", {"< 1980"}),
        ("1990..1999", "< 2000", {"< 2000"}),
    ],
)
def test_the_two_ends_of_a_number_hold_beside_each_other(before: str, now: str, left: set[str]) -> None:
    assert kept(hear(hear(Session(), year(before)), year(now))) == left


@pytest.mark.parametrize(("now", "left"), [("<= 2010", {"<= 2010"}), ("> 1990", {"-> 2000", "> 1990"})])
def test_a_limit_beyond_what_was_refused_lifts_the_refusal(now: str, left: set[str]) -> None:
    assert kept(hear(hear(Session(), year("> 2000", "never")), year(now))) == left


def test_two_ranges_in_one_message_are_both_kept() -> None:
    assert kept(hear(Session(), year("1980..1989"), year("1990..1999"))) == {"1980..1989", "1990..1999"}


def test_new_categories_replace_the_old_together() -> None:
    session = hear(hear(Session(), kind("film"), kind("book")), kind("book"), kind("album"))
    assert kept(session) == {"book", "album"}


def test_ruling_out_a_category_leaves_the_wanted_ones() -> None:
    assert kept(hear(hear(Session(), kind("film")), kind("book", "never"))) == {"film", "-book"}


def test_a_new_topic_parks_wants_and_lesses_only() -> None:
    before = hear(Session(), genre("comedy"), genre("war", "less"), genre("horror", "never"), year("1990"))
    session = hear(before, genre("jazz"), intent="new_topic")
    assert kept(session) == {"comedy(parked)", "~war(parked)", "-horror", "1990(parked)", "jazz"}


def test_a_parked_interest_said_again_is_back() -> None:
    session = hear(hear(Session(), genre("comedy")), genre("jazz"), intent="new_topic")
    assert kept(hear(session, genre("comedy"))) == {"comedy", "jazz"}


def test_outdated_interests_are_parked() -> None:
    before = hear(Session(), kind("film"), genre("comedy"))
    assert kept(hear(before, genre("pop"), outdated=(("kind", "film"),))) == {"film(parked)", "comedy", "pop"}


def test_what_is_taken_back_is_gone() -> None:
    before = hear(Session(), genre("Horror", "never"), genre("comedy"))
    assert kept(hear(before, dropped=(("genres", "horror"),))) == {"comedy"}


def test_own_phrases_fade_out() -> None:
    """0.65, 0.195, 0.0585, then below 0.05."""
    session = hear(Session(), phrase("something light"), genre("comedy"))
    for turns, there in ((1, True), (2, True), (3, False)):
        session = hear(session)
        assert ("something light" in kept(session)) is there, turns
    assert kept(session) == {"comedy"}


@pytest.mark.parametrize("interest", [replace(phrase("clowns"), level="never"), replace(phrase("calm"), source="edit")])
def test_a_never_or_an_edit_in_own_words_stays(interest: Interest) -> None:
    session = hear(Session(), interest)
    for _ in range(30):
        session = hear(session)
    assert session.interests == hear(Session(), interest).interests


def test_mentioned_and_seen_items_are_hidden_once_each() -> None:
    session = hear(hear(Session(), item("a"), seen=("b", "a")), item("a"), seen=("c",))
    assert session.hidden == ("b", "a", "c")
    assert [[change.after for change in diff.marks] for diff in session.diffs] == [
        [Mark("b", "seen"), Mark("a", "seen")],
        [Mark("c", "seen")],
    ]


def test_more_hides_what_is_on_screen() -> None:
    screen = Session(marks=(Mark("b", "seen"),)).show("ab")
    assert hear(screen, intent="more").hidden == ("b", "a")
    assert hear(screen, intent="refine").hidden == ("b",)


def test_a_diff_says_what_changed_and_by_which_words() -> None:
    session = hear(hear(Session(), genre("horror", "never"), genre("comedy")), genre("horror"))
    (change,) = session.diffs[-1].changes
    assert (change.sign, change.before.level, change.after.level) == ("~", "never", "want")
    assert [c.sign for c in session.diffs[0].changes] == ["+", "+"] and session.diffs[-1].quote == "quote"


@pytest.mark.parametrize(
    ("old", "new", "strength"), [(0.6, 0.6, 0.8), (0.6, 1.0, 1.0), (0.8, 0.5, 0.5), (1.0, 1.0, 1.0)]
)
def test_said_again_is_stronger_and_said_weakly_is_weaker(old: float, new: float, strength: float) -> None:
    session = hear(Session(), replace(genre("war"), strength=old))
    (war,) = hear(session, replace(genre("war"), strength=new)).interests
    assert war.strength == pytest.approx(strength)


def test_a_pinned_interest_is_neither_parked_nor_replaced_nor_forgotten() -> None:
    pinned = [replace(i, pinned=True, turn=1) for i in (kind("film"), genre("war"), phrase("calm"))]
    session = Session(turn=1, interests=tuple(pinned))
    for _ in range(9):
        session = hear(session, kind("book"), intent="new_topic", outdated=(("genres", "war"),))
    assert {"film", "war", "calm", "book"} == kept(session)
    assert kept(hear(session, dropped=(("genres", "war"),))) == {"film", "calm", "book"}


def test_a_field_that_is_said_to_be_single_valued_is() -> None:
    schema = Schema((Field("language", "name", single=True), Field("genres", "facet")))
    french, dutch = Interest("language", "French"), Interest("language", "Dutch")
    session = merge(Session(), Understanding("refine", (french, genre("war"))), "", schema, DECAY)
    assert kept(merge(session, Understanding("refine", (dutch,)), "", schema, DECAY)) == {"Dutch", "war"}
    both = merge(Session(), Understanding("refine", (french, dutch)), "", schema, DECAY)
    assert kept(both) == {"French", "Dutch"}


def test_said_both_ways_in_one_message_the_stricter_counts() -> None:
    for said in ((genre("war"), genre("war", "never")), (genre("war", "never"), genre("war"))):
        assert kept(hear(Session(), *said)) == {"-war"}


def test_what_is_put_off_is_back_with_the_next_topic() -> None:
    session = hear(Session().show("ab"), seen=("c",), intent="more")
    assert session.hidden == ("a", "b", "c")
    session = hear(session, later=("d",))
    assert session.hidden == ("a", "b", "c", "d")
    assert hear(session, genre("war"), intent="new_topic").hidden == ("c",)


def test_a_question_about_an_item_changes_nothing() -> None:
    before = hear(Session(), genre("war"))
    for intent in ("ask", "compare"):
        assert merge(before, Understanding(intent, about=("a",)), "what is it about?", SCHEMA, DECAY) is before


def test_undo_of_nothing_is_nothing() -> None:
    session = Session()
    assert undo(session) is session


def test_ids_are_unguessable_and_different() -> None:
    assert len({Session().id for _ in range(100)}) == 100 and len(Session().id) >= 20


# properties

LEVELS = st.sampled_from(["want", "less", "never"])
INTERESTS = st.one_of(
    st.builds(genre, st.sampled_from(["comedy", "Comedy", "horror", "war"]), LEVELS),
    st.builds(year, st.sampled_from(["1990", "< 2000", "1990..1999"]), st.sampled_from(["want", "never"])),
    st.builds(kind, st.sampled_from(["film", "book"]), st.sampled_from(["want", "never"])),
    st.builds(phrase, st.sampled_from(["calm", "bright", "odd"]), st.floats(0.05, 1)),
    st.builds(item, st.sampled_from("abc")),
)
KEYS = st.sampled_from([("genres", "horror"), ("genres", "comedy"), ("kind", "film"), ("year", "1990")])
UNDERSTANDINGS = st.builds(
    Understanding,
    st.sampled_from(["recommend", "refine", "more", "new_topic", "feedback", "small_talk"]),
    st.lists(INTERESTS, max_size=4, unique_by=lambda i: i.key).map(tuple),
    st.lists(KEYS, max_size=1).map(tuple),
    st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
)
TURNS = st.lists(st.tuples(UNDERSTANDINGS, st.lists(KEYS, max_size=2)), max_size=8)


def play(turns: list[tuple[Understanding, list[tuple[str, str]]]]) -> list[Session]:
    """The session before the first turn and after each."""
    sessions = [Session().show("cd")]
    for said, outdated in turns:
        sessions.append(merge(sessions[-1], said, "quote", SCHEMA, DECAY, outdated))
    return sessions


def test_thanks_and_small_talk_change_nothing() -> None:
    before = play([(Understanding("recommend", (Interest("genres", "war"),)), [])])[-1]
    for intent in ("small_talk", "feedback"):
        assert merge(before, Understanding(intent), "thanks", SCHEMA, DECAY) is before


def state(session: Session) -> bytes:
    """All but what can be undone and redone."""
    return SESSION.dump_json(session.without_history())


@given(TURNS, st.booleans())
def test_undo_and_redo_are_exact_to_the_byte_also_across_a_save(turns: list, saved: bool) -> None:
    def kept(session: Session) -> Session:
        return SESSION.validate_json(SESSION.dump_json(session)) if saved else session

    sessions = play(turns)
    steps = [(before, after) for before, after in pairwise(sessions) if before is not after]
    session = kept(sessions[-1])
    for before, _ in reversed(steps):
        session = kept(undo(session))
        assert state(session) == state(before) and session.diffs == before.diffs
    for _, after in steps:
        session = kept(redo(session))
        assert state(session) == state(after) and session.diffs == after.diffs
    assert SESSION.dump_json(session) == SESSION.dump_json(replace(sessions[-1], undone=()))


@given(TURNS)
def test_what_is_said_after_an_undo_ends_what_could_be_redone(turns: list) -> None:
    for before, (said, outdated), after in zip(sessions := play(turns), turns, sessions[1:], strict=False):
        if after is not before:
            again = merge(undo(after), said, "quote", SCHEMA, DECAY, outdated)
            assert again == after and again.undone == () and before.turn + 1 == after.turn


@given(TURNS)
def test_sessions_are_values(turns: list) -> None:
    """The old session is as it was, and the same words make the same session."""
    sessions = play(turns)
    frozen = [repr(session) for session in sessions]
    undo(merge(sessions[-1], Understanding("new_topic", (genre("war"),)), "", SCHEMA, DECAY))
    assert [repr(session) for session in sessions] == frozen
    again = [replace(session, id=sessions[0].id) for session in play(turns)]
    assert again == sessions


@given(TURNS)
def test_what_was_just_said_is_there_and_keys_are_unique(turns: list) -> None:
    for session, (said, _) in zip(play(turns)[1:], turns, strict=True):
        assert len({i.key for i in session.interests}) == len(session.interests)
        now = {i.key: i for i in session.interests}
        for i in said.interests:
            renewed = now[i.key]
            assert renewed.strength >= i.strength and replace(renewed, strength=i.strength) == replace(
                i, turn=renewed.turn
            )
        assert all(0 < i.turn <= session.turn for i in session.interests)
        assert len(set(session.hidden)) == len(session.hidden)


@given(TURNS, UNDERSTANDINGS)
def test_only_words_end_a_never(turns: list, said: Understanding) -> None:
    """Neither age nor a new topic does: the next message names it, takes it back, wishes for other years, or leaves it
    as it is."""
    before = play(turns)[-1]
    now = merge(before, said, "", SCHEMA, DECAY)
    named = {i.key for i in said.interests} | set(said.dropped)
    years = any(i.facet == "year" and i.level == "want" for i in said.interests)
    nevers = {
        i for i in before.interests if i.level == "never" and i.key not in named and not (years and i.facet == "year")
    }
    assert nevers <= set(now.interests)


@given(TURNS)
def test_wanted_ranges_and_categories_are_of_one_turn(turns: list) -> None:
    for session in play(turns):
        for facet in ("year", "kind"):
            assert len({i.turn for i in session.interests if i.facet == facet and i.level == "want"}) <= 1


@given(TURNS)
def test_a_session_survives_json(turns: list) -> None:
    session = play(turns)[-1]
    assert SESSION.validate_json(SESSION.dump_json(session)) == session


def test_a_message_that_goes_on_takes_up_the_one_before() -> None:
    first = Interest(OPEN, "a mat for wet hands", 0.6, quote="A mat,  for wet hands")
    onward = Interest(OPEN, "38 degrees", 0.6, quote="38 degrees", context="A mat, for wet hands")
    assert kept(hear(hear(Session(), first, phrase("grip", 0.5)), onward)) == {"38 degrees", "grip"}
    assert kept(hear(hear(Session(), replace(first, pinned=True)), onward)) == {"a mat for wet hands", "38 degrees"}
    assert kept(hear(hear(Session(), first), replace(onward, context=""))) == {"a mat for wet hands", "38 degrees"}


def test_a_part_of_a_message_is_wanted_for_as_long_as_a_reason_holds() -> None:
    session = hear(Session(), phrase("korean", 0.1), phrase("a korean course"))
    for turn in range(3):
        session = hear(session, year(f">= {1990 + turn}"))
        assert ("korean" in [i.value for i in session.interests]) is True
    assert "korean" not in [i.value for i in hear(session, year(">= 2000")).interests]
